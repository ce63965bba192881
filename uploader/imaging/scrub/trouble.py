"""Why a file's private data stays in it."""

from __future__ import annotations


class CannotCleanError(Exception):
    """It can't be told for certain what is the picture: the file is better left as it is."""
