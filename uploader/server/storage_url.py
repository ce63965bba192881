"""Reads STORAGE_URL: in which folder or bucket originals and styles are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_MODEL = "s3://bucket/prefix?endpoint_url=https://s3.example&region_name=eu-central-1"
_KNOWN = frozenset({"endpoint_url", "region_name", "addressing_style", "public_url"})
_FOLDER = "uploader.server.processing.files.DurableStorage"
_BUCKET = "uploader.server.processing.bucket.Bucket"


@dataclass(frozen=True, slots=True)
class Place:
    """Where pictures are: Django's settings of the storage, and where else they can be seen."""

    storage: dict[str, Any]
    folder: Path
    """Of no meaning with a bucket."""
    public_url: str = ""
    """An address at which visitors get the styles without this server; empty: there is none."""


def read_storage(url: str, usual: Path, variable: str = "STORAGE_URL") -> Place:
    """Read an address of the kind ``s3:`` or ``file:``; empty means the `usual` folder.

    Credentials never stand in it: boto3 finds them in AWS_ACCESS_KEY_ID and so on. Raises
    ValueError with a sentence that names the variable.
    """
    parts = urlsplit(url)
    if not url:
        return Place({"BACKEND": _FOLDER}, usual)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return Place({"BACKEND": _FOLDER}, Path(unquote(parts.path)))
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError(f"{variable} must be such as {_MODEL}, or file:///srv/media.")
    if "@" in parts.netloc:
        raise ValueError(f"{variable} must hold no key: set AWS_ACCESS_KEY_ID and the like.")
    said = dict(parse_qsl(parts.query))
    if unknown := sorted(said.keys() - _KNOWN):
        raise ValueError(f"{variable} knows {', '.join(sorted(_KNOWN))}; not {unknown[0]!r}.")
    for name in ("endpoint_url", "public_url"):
        if said.get(name, "https://x").partition("://")[0] not in ("http", "https"):
            raise ValueError(f"{variable}: {name} must begin with https://.")
    public_url = said.pop("public_url", "").rstrip("/")
    location = unquote(parts.path).strip("/")
    options = {"bucket_name": parts.netloc, "location": f"{location}/" if location else "", **said}
    return Place({"BACKEND": _BUCKET, "OPTIONS": options}, usual, public_url)
