"""Signs manifests with keys of the tests' own."""

from __future__ import annotations

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from uploader.engine.updates.channel import write_key
from uploader.engine.updates.envelope import seal, signed_bytes
from uploader.engine.updates.reading import written

KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
NOW = 1_795_469_263.0
DAY = 86_400.0
PAGE = "https://store-uploader.example/download"


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def fields(**changes: Any) -> dict[str, Any]:
    """A manifest's fields, as they are meant to be."""
    package = {"system": "linux", "name": "store-uploader_9.0_amd64.deb", "size": 41_000_000,
               "sha256": "ab" * 32}  # fmt: skip
    usual = {
        "product": "store-uploader",
        "version": "9.0",
        "serial": 7,
        "issued": written(NOW - DAY),
        "expires": written(NOW + 60 * DAY),
        "page": PAGE,
        "notes": ["Photos go out twice as fast."],
        "packages": [package],
    }
    made = {**usual, **changes}
    return {name: value for name, value in made.items() if value is not None}


def body(**changes: Any) -> bytes:
    return json.dumps(fields(**changes)).encode()


def signed(*keys: Ed25519PrivateKey, **changes: Any) -> bytes:
    """A whole file, signed with `keys` (the trusted one, if none)."""
    made = body(**changes)
    return seal(made, [key.sign(signed_bytes(made)) for key in keys or (KEY,)])


def channel_text(address: str, *keys: Ed25519PrivateKey) -> str:
    """What a build is told."""
    lines = [f"address = {address}", *(f"key = {write_key(public(key))}" for key in keys)]
    return "\n".join(lines) + "\n"
