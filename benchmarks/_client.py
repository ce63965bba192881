"""A client of the contract that times its requests; nothing more than the benchmarks need."""

from __future__ import annotations

import base64
import hashlib
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any

import requests
from _store import Store


class Client:
    """Signed in at a store, on one kept connection."""

    def __init__(self, store: Store, token: str = "") -> None:
        self._store = store
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token or store.token()}"

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def get(self, path: str) -> tuple[float, dict[str, Any]]:
        """Ask; give the seconds that it took, and the answer."""
        began = time.perf_counter()
        answer = self._session.get(self._store.url + path)
        seconds = time.perf_counter() - began
        assert answer.status_code == 200, answer.text
        return seconds, answer.json()

    def upload(self, path: Path, title: str) -> tuple[float, str]:
        """Send a photo whole; give the seconds until it was accepted, and the image's id."""
        content = path.read_bytes()
        meta = {
            "reference": str(uuid.uuid4()),
            "item_title": title,
            "sha256": hashlib.sha256(content).hexdigest(),
            "filename": path.name,
        }
        pairs = (f"{name} {base64.b64encode(v.encode()).decode()}" for name, v in meta.items())
        headers = {
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)),
            "Upload-Metadata": ",".join(pairs),
            "Content-Type": "application/offset+octet-stream",
        }
        place = f"{self._store.url}/api/v1/uploads"
        began = time.perf_counter()
        answer = self._session.post(place, data=content, headers=headers)
        seconds = time.perf_counter() - began
        assert answer.status_code == 201, answer.text
        return seconds, answer.headers["Store-Image"]

    def until_over(self, image: str) -> None:
        """Wait until an image's processing is over."""
        while self.get(f"/api/v1/images/{image}")[1]["state"] == "processing":
            time.sleep(0.02)
