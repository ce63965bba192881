"""The headers of tus 1.0 (https://tus.io/protocols), read strictly and written in one place."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime

from django.http import HttpRequest

from uploader.server.problems import ProblemError

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
ALGORITHMS = ("sha1", "sha256")
BYTES = "application/offset+octet-stream"


def check_version(request: HttpRequest) -> None:
    """Raise ProblemError 412 for a client that speaks another version."""
    if request.headers.get("Tus-Resumable") != VERSION:
        raise ProblemError(
            412,
            "tus-version",
            "Another protocol version",
            f"Send Tus-Resumable: {VERSION}.",
            {"Tus-Version": VERSION},
        )


def count(request: HttpRequest, name: str) -> int:
    """Read a header that holds a number of bytes. Raises ProblemError 400."""
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ProblemError(400, "bad-header", "Not understood", f"{name} must be a whole number.")
    return int(text)


def has_bytes(request: HttpRequest) -> bool:
    """Tell whether the body holds a part of the file."""
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == BYTES


def checksum(request: HttpRequest) -> tuple[str, bytes] | None:
    """Read `Upload-Checksum`: algorithm and digest. Raises ProblemError 400."""
    header = request.headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if algorithm not in ALGORITHMS or len(digest) != hashlib.new(algorithm).digest_size:
        raise ProblemError(
            400, "bad-header", "Not understood", "Upload-Checksum must be sha1 or sha256 in base64."
        )
    return algorithm, digest


def http_date(when: datetime) -> str:
    """Write a time as `Upload-Expires` wants it (RFC 9110)."""
    return format_datetime(when.astimezone(UTC), usegmt=True)
