"""What schemathesis has to know of our store; loaded by its command line (SCHEMATHESIS_HOOKS)."""

from __future__ import annotations

import base64
import os
import random
import sqlite3
import uuid
from contextlib import closing
from typing import Any

import requests
import schemathesis
from schemathesis.specs.openapi import checks

# Strangers learn nothing of our addresses, not even that they would have to sign in.
checks._enforces_auth = lambda probe, _authenticated: probe.status_code == 404

STORE = os.environ["STORE"]
ITEM, IMAGE = os.environ["STORE_ITEM"], os.environ["STORE_IMAGE"]
CHANCE = random.Random(7)


ENDING = {"DELETE /api/v1/sign-in", "DELETE /api/v1/devices", "DELETE /api/v1/devices/{device_id}"}
"""Routes that end sign-ins: they are asked by another admin, each time with a new one."""


def token(email: str) -> str:
    """Sign in, past the throttle that guessed passwords fill."""
    with closing(sqlite3.connect(os.environ["STORE_DATABASE"], timeout=30)) as database, database:
        database.execute("DELETE FROM store_attempt")
    form = {"email": email, "password": os.environ["STORE_PASSWORD"]}
    answer = requests.post(f"{STORE}/api/v1/sign-in", json=form, timeout=30)
    return answer.json()["token"]  # type: ignore[no-any-return]


TOKEN = token(os.environ["STORE_EMAIL"])


@schemathesis.auth(cache_by_key=lambda case, _context: _device(case))
class Token:
    """Signs in."""

    def get(self, case: schemathesis.Case, _context: Any) -> str:
        return token(os.environ["STORE_OTHER"]) if case.operation.label in ENDING else TOKEN

    def set(self, case: schemathesis.Case, data: str, _context: Any) -> None:
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


def _device(case: schemathesis.Case) -> str:
    return str(uuid.uuid4()) if case.operation.label in ENDING else "one"


@schemathesis.serializer("application/offset+octet-stream")
def part(_context: Any, value: Any) -> Any:
    """Send a part's bytes as they are."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.hook
def before_call(_context: Any, case: schemathesis.Case, _kwargs: Any) -> None:
    """Name what is there in half of the requests that make sense: else all would get 404."""
    if case.meta is None or not case.meta.generation.mode.is_positive or CHANCE.random() < 0.5:
        return
    if case.operation.label == "POST /api/v1/uploads" and "Upload-Metadata" in case.headers:
        case.headers["Upload-Metadata"] = metadata()
    if "image_id" in case.path_parameters:
        case.path_parameters["image_id"] = IMAGE
    if "upload_id" in case.path_parameters:
        case.path_parameters["upload_id"] = begun(case)
        if "Upload-Offset" in case.headers and CHANCE.random() < 0.7:
            case.headers["Upload-Offset"] = "0"


def metadata() -> str:
    said = {"reference": str(uuid.UUID(int=CHANCE.getrandbits(128))), "item": ITEM}
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items()
    )


def begun(case: schemathesis.Case) -> str:
    """Begin an upload; give its id."""
    size = len(case.body) if isinstance(case.body, bytes) and case.body else 10
    answer = requests.post(
        f"{STORE}/api/v1/uploads",
        headers={
            "Authorization": f"Bearer {TOKEN}",
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(size),
            "Upload-Metadata": metadata(),
        },
        timeout=30,
    )
    return answer.headers["Location"].rpartition("/")[2]
