"""Pictures that are sent for the checks, and followed until they are processed."""

from __future__ import annotations

import hashlib
import time
import uuid
from dataclasses import dataclass
from typing import Any

from uploader.server.conformance import expect
from uploader.server.conformance.check import FailedError, SkippedError
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.shop import Shop, finished


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture that the store has accepted."""

    data: bytes
    reference: str
    image: str
    cursor: str

    @property
    def sha256(self) -> str:
        """Of the whole file, as hex."""
        return hashlib.sha256(self.data).hexdigest()


def send(shop: Shop, data: bytes, **metadata: str) -> Sent:
    """Upload a picture in one request; it has to be accepted as a new one."""
    reference = str(uuid.uuid4())
    answer = shop.begin(len(data), reference, body=data, **metadata)  # type: ignore[arg-type]
    expect.status(answer, 201)
    image, cursor = finished(answer, "created", len(data))
    return Sent(data, reference, image, cursor)


def sent(shop: Shop) -> Sent:
    """Upload one picture for all checks that only need some picture.

    Where that fails, the first check that needs it fails, and the others are skipped.
    """
    if isinstance(shop.sample, str):
        raise SkippedError(f"No picture could be sent: {shop.sample}")
    if shop.sample is None:
        try:
            shop.sample = send(shop, picture())
        except FailedError as error:
            shop.sample = str(error)
            raise
    return shop.sample


def settled(shop: Shop, image: str, cursor: str) -> dict[str, Any]:
    """Follow an image by the cursor until its processing is over. Raises FailedError."""
    until = time.monotonic() + shop.patience
    while time.monotonic() < until:
        said = shop.changes(cursor, wait=5)
        for change in said["images"]:
            if change["id"] == image and change["state"] != "processing":
                return dict(change)
        cursor = said["cursor"]
    raise FailedError(
        f"Image {image} didn’t end its processing within {shop.patience:g} s: no change later "
        "than Store-Cursor told so."
    )
