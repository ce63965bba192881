"""A manifest and its signatures in one file, so that one can't be newer than the other.

```
store-uploader-manifest 1
signature: <base64 of 64 bytes>

{ … the manifest, exactly as it was signed … }
```

What is signed are the bytes after the first empty line, behind `PURPOSE`: a signature made for
anything else by the same key is none for a manifest.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from uploader.domain.updates import StrangeAnswerError
from uploader.engine.updates import words

LIMIT = 64_000
"""Bytes of the whole file."""
FIRST = b"store-uploader-manifest 1"
PURPOSE = b"store-uploader update manifest 1\n"

_NAME = b"signature:"
_MOST = 4
_BYTES = 64


class Envelope(NamedTuple):
    """Nothing in it is checked yet."""

    signatures: tuple[bytes, ...]
    body: bytes


def signed_bytes(body: bytes) -> bytes:
    """Give what the signatures are made over."""
    return PURPOSE + body


def seal(body: bytes, signatures: Sequence[bytes]) -> bytes:
    """Write the file."""
    lines = [FIRST, *(_NAME + b" " + base64.b64encode(one) for one in signatures), b"", body]
    return b"\n".join(lines)


def open_envelope(raw: bytes) -> Envelope:
    """Take a file apart. Raises StrangeAnswerError for what is no such file."""
    head, gap, body = raw.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    if len(raw) > LIMIT or not gap or first != FIRST or not 0 < len(lines) <= _MOST:
        raise StrangeAnswerError(*words.STRANGE)
    return Envelope(tuple(_signature(line) for line in lines), body)


def _signature(line: bytes) -> bytes:
    try:
        signature = base64.b64decode(line.removeprefix(_NAME).strip(), validate=True)
    except ValueError:
        signature = b""
    if not line.startswith(_NAME) or len(signature) != _BYTES:
        raise StrangeAnswerError(*words.STRANGE)
    return signature
