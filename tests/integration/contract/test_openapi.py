"""The OpenAPI description, held against the running server by schemathesis; every check is on.

`make fuzz` tries more: SCHEMATHESIS_EXAMPLES for each route, SCHEMATHESIS_SEED.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "12")
SEED = os.environ.get("SCHEMATHESIS_SEED", "7")


@pytest.fixture(scope="module")
def store(
    companion_of: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A store of its own: what is made up fills its catalogue."""
    with companion_of(tmp_path_factory.mktemp("described")) as store:
        yield store


@pytest.fixture(scope="module")
def description(store: Any, client_of: Any) -> dict[str, Any]:
    with client_of(store.url, store.admin) as client:
        return client.get("/api/openapi.json").json()  # type: ignore[no-any-return]


def test_every_route_of_the_contract_is_described(description: dict[str, Any]) -> None:
    routes = {f"{m} {p}" for p, methods in description["paths"].items() for m in methods}
    assert {
        "get /api/v1/sign-in", "post /api/v1/sign-in", "delete /api/v1/sign-in",
        "get /api/v1/store", "get /api/v1/items", "post /api/v1/items",
        "get /api/v1/images", "get /api/v1/images/{image_id}",
        "patch /api/v1/images/{image_id}", "delete /api/v1/images/{image_id}",
        "post /api/v1/images/{image_id}/retry",
        "get /api/v1/devices", "delete /api/v1/devices", "delete /api/v1/devices/{device_id}",
        "options /api/v1/uploads", "post /api/v1/uploads", "delete /api/v1/uploads",
        "head /api/v1/uploads/{upload_id}", "patch /api/v1/uploads/{upload_id}",
        "post /api/v1/uploads/{upload_id}", "delete /api/v1/uploads/{upload_id}",
    } <= routes  # fmt: skip


def test_only_the_way_in_is_open(description: dict[str, Any]) -> None:
    assert description["security"] == [{"token": []}, {"session": []}]
    open_to_all = {
        operation["operationId"]
        for methods in description["paths"].values()
        for operation in methods.values()
        if operation.get("security") == []
    }
    assert open_to_all == {"greet", "sign_in"}


def test_the_server_does_what_the_description_says(
    store: Any, description: dict[str, Any], client_of: Any, photo: Any, tmp_path: Path
) -> None:
    other = "other@harbourpine.shop"
    store.manage("createadmin", other, "--password-stdin", stdin=store.admin[1])
    item = store.item("Lamp", "L-1")
    with client_of(store.url, store.admin) as client:
        image = client.upload(photo(), item).headers["Store-Image"]
        client.settled(image, "0")
    schema = tmp_path / "openapi.json"
    schema.write_text(json.dumps(description))
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
        "STORE": store.url,
        "STORE_ITEM": item,
        "STORE_IMAGE": image,
        "STORE_EMAIL": store.admin[0],
        "STORE_OTHER": other,
        "STORE_PASSWORD": store.admin[1],
        "STORE_DATABASE": str(store.data / "store.sqlite3"),
    }
    command = [
        str(Path(sys.executable).with_name("st")), "--config-file", str(HERE / "schemathesis.toml"),
        "run", str(schema), "--url", store.url, "--seed", SEED, "-n", EXAMPLES,
        "--continue-on-failure", "--request-timeout", "40", "--no-color",
    ]  # fmt: skip
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in store.log
