"""Reads what a build was told about updates: `resources/updates/channel.txt`.

Lines ``address = https://…`` and ``key = …`` (base64 of the 32 bytes of an Ed25519 public key);
one of each, or two keys while one takes over from the other. Lines that begin with # say nothing.
"""

from __future__ import annotations

import base64
import logging
from pathlib import Path

from uploader.domain.updates import Channel
from uploader.engine.updates.address import usable

log = logging.getLogger(__name__)

MOST_KEYS = 2
KEY_BYTES = 32


def read_channel(path: Path | None) -> Channel:
    """Give what a build was told. Nothing, or nonsense: it asks nobody."""
    try:
        return parse_channel(path.read_text("utf-8")) if path else Channel()
    except FileNotFoundError:
        return Channel()
    except (OSError, ValueError) as error:
        log.warning("what was said about updates can't be used: %s", error)
        return Channel()


def parse_channel(text: str) -> Channel:
    """Read the file's lines. Raises ValueError for one that can't be used."""
    address, keys = "", list[bytes]()
    for line in text.splitlines():
        name, _, value = (part.strip() for part in line.partition("="))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if name == "address" and not address:
            address = usable(value)
        elif name == "key" and len(keys) < MOST_KEYS:
            keys.append(read_key(value))
        else:
            raise ValueError(f"a line too many, or of no meaning: {name[:20]}")
    return Channel(address, tuple(keys))


def read_key(text: str) -> bytes:
    """Read a public key. Raises ValueError."""
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("no Ed25519 public key")
    return key


def write_key(key: bytes) -> str:
    """Write a public key as `read_key` takes it."""
    return base64.b64encode(key).decode("ascii")
