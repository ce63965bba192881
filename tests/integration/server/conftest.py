"""A client that speaks the contract plainly, so that the tests see every byte of an answer."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from PIL import Image

BYTES = "application/offset+octet-stream"


def encoded(values: dict[str, str]) -> str:
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in values.items()
    )


class Client(requests.Session):
    """An admin's app at `url`."""

    def __init__(self, url: str, credentials: tuple[str, str] = ("", ""), token: str = "") -> None:
        super().__init__()
        self.url = url
        self.token = token or self._sign_in(*credentials)
        self.headers["Authorization"] = f"Bearer {self.token}"

    def _sign_in(self, email: str, password: str) -> str:
        form = {"email": email, "password": password, "device": "test"}
        answer = self.post("/api/v1/sign-in", json=form)
        assert answer.status_code == 201, answer.text
        return answer.json()["token"]  # type: ignore[no-any-return]

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs.setdefault("timeout", 40)
        kwargs.setdefault("allow_redirects", False)
        return super().request(method, url if "://" in url else self.url + url, *args, **kwargs)

    def create(
        self, data: bytes, item: str = "", *, body: bytes | None = None, length: int | None = None,
        headers: dict[str, str] | None = None, **metadata: str,
    ) -> requests.Response:  # fmt: skip
        """Begin an upload of `data`, with `body` as its first part."""
        metadata.setdefault("reference", str(uuid.uuid4()))
        if item:
            metadata["item"] = item
        sent = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(data) if length is None else length),
            "Upload-Metadata": encoded(metadata),
            **({"Content-Type": BYTES} if body is not None else {}),
            **(headers or {}),
        }
        return self.post("/api/v1/uploads", data=body, headers=sent)

    def upload(self, data: bytes, item: str = "", **metadata: str) -> requests.Response:
        """Upload all of `data` in one request."""
        return self.create(data, item, body=data, **metadata)

    def part(
        self, place: str, offset: int, body: Any, headers: dict[str, str] | None = None
    ) -> requests.Response:
        sent = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), "Content-Type": BYTES}
        return self.patch(place, data=body, headers={**sent, **(headers or {})})

    def tus(self, method: str, place: str) -> requests.Response:
        return self.request(method, place, headers={"Tus-Resumable": "1.0.0"})

    def image(self, image_id: str) -> dict[str, Any]:
        answer = self.get(f"/api/v1/images/{image_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    def settled(self, image_id: str, cursor: str, tries: int = 12) -> dict[str, Any]:
        """Follow an image by the cursor until its processing is over."""
        for _ in range(tries):
            changes = self.get(f"/api/v1/images?changed_since={cursor}&wait=5").json()
            cursor = changes["cursor"]
            for image in changes["images"]:
                if image["id"] == image_id and image["state"] != "processing":
                    return image  # type: ignore[no-any-return]
        raise AssertionError(f"never finished: {self.image(image_id)}")


@pytest.fixture(scope="session")
def client(companion: Any) -> Iterator[Client]:
    with Client(companion.url, companion.admin) as client:
        yield client


@pytest.fixture(scope="session")
def client_of() -> type[Client]:
    return Client


@pytest.fixture(scope="session")
def photo() -> Callable[..., bytes]:
    """Make a photo that nobody else has: ``photo(width, height, kind="JPEG")``."""

    def make(width: int = 640, height: int = 480, kind: str = "JPEG", **options: Any) -> bytes:
        picture = Image.effect_noise((width // 4, height // 4), 50).convert("RGB")
        picture = picture.resize((width, height))
        picture.putpixel((0, 0), tuple(random.randbytes(3)))
        out = io.BytesIO()
        picture.save(out, kind, **options)
        return out.getvalue()

    return make


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(scope="session")
def digest() -> Callable[[bytes], str]:
    return sha256


@pytest.fixture
def item(companion: Any) -> str:
    """A fresh item's id."""
    return companion.item(f"Item {uuid.uuid4()}")  # type: ignore[no-any-return]
