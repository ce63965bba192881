"""npm's tus-js-client, as anybody would use it, uploads to our server."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CHUNK = 20_000


@pytest.fixture
def upload(companion: Any, client: Any, node: Any, item: str, tmp_path: Path) -> Callable[..., Any]:
    """Upload bytes with tus-js-client; give what it said at its end."""

    def run(data: bytes, *, metadata: dict[str, str] | None = None, **asked: Any) -> Any:
        file = tmp_path / "photo.jpg"
        file.write_bytes(data)
        known = {"reference": str(uuid.uuid4()), "item": item, "filename": "Lämpchen 1.jpg"}
        wanted = {
            "endpoint": f"{companion.url}/api/v1/uploads", "token": client.token,
            "file": str(file), "metadata": {**known, **(metadata or {})}, **asked,
        }  # fmt: skip
        done = subprocess.run(
            node("upload.mjs", json.dumps(wanted)), capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=100,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


def check_arrived(client: Any, said: Any, sha256: str) -> None:
    """See that the upload is an image with just these bytes."""
    assert said["ended"] == "success", said
    assert client.image(said["image"])["sha256"] == sha256


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, ["POST 201", "PATCH 204"]),
        ({"whole": True}, ["POST 201"]),
        ({"override": True}, ["POST 201", "POST 204"]),
        ({"checksum": True}, ["POST 201", "PATCH 204"]),
    ],
    ids=["creation", "creation with upload", "method override", "checksum"],
)
def test_whole(
    upload: Any, client: Any, photo: Any, digest: Any, how: dict[str, Any], expected: list[str]
) -> None:
    data = photo()
    said = upload(data, **how)
    check_arrived(client, said, digest(data))
    assert said["outcome"] == "created"
    assert said["requests"] == expected


def test_in_chunks(upload: Any, client: Any, photo: Any, digest: Any) -> None:
    data = photo()
    said = upload(data, chunkSize=CHUNK)
    check_arrived(client, said, digest(data))
    assert said["requests"][1:] == ["PATCH 204"] * -(-len(data) // CHUNK)


def test_goes_on_in_another_process(
    upload: Any, client: Any, photo: Any, digest: Any, tmp_path: Path
) -> None:
    data, metadata = photo(), {"reference": str(uuid.uuid4())}
    how = {"chunkSize": CHUNK, "urls": str(tmp_path / "urls.json"), "metadata": metadata}
    first = upload(data, stopAfter=CHUNK, **how)
    assert first["ended"] == "stopped"
    then = upload(data, **how)
    check_arrived(client, then, digest(data))
    assert then["resumed"]
    assert then["requests"][0] == "HEAD 200"
    assert len(then["requests"]) <= -(-len(data) // CHUNK)


def test_goes_on_by_its_reference_alone(upload: Any, client: Any, photo: Any, digest: Any) -> None:
    """A client that has forgotten the address creates anew, and learns where it stands."""
    data, metadata = photo(), {"reference": str(uuid.uuid4())}
    first = upload(data, chunkSize=CHUNK, stopAfter=CHUNK, metadata=metadata)
    then = upload(data, chunkSize=CHUNK, metadata=metadata)
    check_arrived(client, then, digest(data))
    assert then["url"] == first["url"]
    # It begins at 0 whatever the creation says, is told that it is out of step, and asks.
    assert then["requests"][:3] == ["POST 201", "PATCH 409", "HEAD 200"]


def test_a_repeat_makes_no_second_image(
    upload: Any, client: Any, companion: Any, photo: Any, digest: Any
) -> None:
    data, metadata = photo(), {"reference": str(uuid.uuid4())}
    first = upload(data, metadata=metadata)
    again = upload(data, whole=True, metadata=metadata)
    check_arrived(client, again, digest(data))
    assert (again["image"], again["outcome"]) == (first["image"], "repeated")
    assert len(client.get(f"/api/v1/images?sha256={digest(data)}").json()["images"]) == 1


def test_termination(upload: Any, client: Any, photo: Any) -> None:
    said = upload(photo(), chunkSize=CHUNK, stopAfter=CHUNK, terminate=True)
    assert said["ended"] == "stopped"
    assert said["requests"][-1] == "DELETE 204"
    assert client.tus("HEAD", said["url"]).status_code == 404


def test_our_metadata_is_held_against_the_content(
    upload: Any, client: Any, photo: Any, digest: Any
) -> None:
    data = photo()
    wrong = upload(data, metadata={"sha256": digest(b"another")})
    assert (wrong["ended"], wrong["status"]) == ("error", 460)
    right = upload(data, metadata={"sha256": digest(data), "alt": "A lamp", "focus": "0.2,0.8"})
    check_arrived(client, right, digest(data))
    image = client.image(right["image"])
    assert (image["alt"], image["focus"]) == ("A lamp", [0.2, 0.8])


def test_a_refusal_reaches_it(upload: Any) -> None:
    said = upload(b"This is no photo." * 100)
    assert (said["ended"], said["status"]) == ("error", 422)
    assert "not-a-photo" in said["error"]
