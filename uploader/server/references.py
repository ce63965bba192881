"""References, a client's own names of its photos: UUIDs, which may be written in several ways."""

from __future__ import annotations

import uuid
from typing import Annotated, TypeAlias

from pydantic import AfterValidator

from uploader.server.words import plain


def canonical(text: str) -> str:
    """Give a reference as it stands on record. Raises ValueError where it is no UUID."""
    return str(uuid.UUID(text))


def _sought(text: str) -> str:
    try:
        return canonical(text)
    except ValueError:
        return plain(text)  # nothing has that name


Reference: TypeAlias = Annotated[str, AfterValidator(_sought)]
"""A parameter that names a photo which may be known, or not."""
