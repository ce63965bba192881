"""Text from outside, made into text that every database keeps."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator


def plain(text: str) -> str:
    r"""Take out NUL, which PostgreSQL refuses, and replace halves of characters.

    JSON can escape both, ``\u0000`` and ``\ud800``; neither is in any word of a person's.
    """
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


Words: TypeAlias = Annotated[str, AfterValidator(plain)]
"""A field or parameter that holds plain text."""
