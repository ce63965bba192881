"""Looks into databases that a process works with, past all code of the product."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any


def look(file: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Ask a database that a process works with; nothing where it isn't made yet."""
    if not file.exists():
        return []
    with contextlib.closing(
        sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    ) as db:
        try:
            return db.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return []
            raise


def change(file: Path, statement: str, *values: Any) -> int:
    """Tamper with a database that a process works with; return how many rows changed."""
    with contextlib.closing(sqlite3.connect(file, timeout=30)) as db, db:
        return db.execute(statement, values).rowcount
