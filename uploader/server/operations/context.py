"""What a line of the log belongs to: a request, an account, a photo. Set once, on every line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

_PRESENT: ContextVar[dict[str, object] | None] = ContextVar("log context", default=None)


@contextlib.contextmanager
def noting(**fields: object) -> Iterator[None]:
    """Put fields on every line that is logged in this block, besides those around it."""
    before = _PRESENT.get()
    token = _PRESENT.set({**(before or {}), **fields})
    try:
        yield
    finally:
        _PRESENT.reset(token)


def note(**fields: object) -> None:
    """Add fields that became known only now, to the innermost block around."""
    present = _PRESENT.get()
    if present is not None:
        present.update(fields)


def noted() -> dict[str, object]:
    """Give the fields of the present block."""
    return _PRESENT.get() or {}
