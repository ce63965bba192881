"""The history as a table that spreadsheets open: one file, all of it or nothing."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TextIO

from uploader.domain.history import HistoryLine

HEADER = ("Sent", "Ended", "Store", "Item", "SKU", "File", "Folder", "Bytes", "SHA-256", "Outcome",
          "Reason", "Detail", "Store number", "Page", "Reference")  # fmt: skip
"""The columns. Scripts read them: names and order stay."""

LEFT_EARLY = "left the list"
"""Stands in Outcome for a photo that was taken off the list before the store was done."""

COMMA, SEMICOLON = ",", ";"
"""What stands between cells. Programs read commas; Excel reads what the system's lists have, and
where a comma is the decimal sign that is a semicolon."""

_SIGNS = "[-=+@＝＋－＠]"
_FORMULA = re.compile(rf"[\t\r\n]|[\s\x00-\x1f\u200b-\u200f\ufeff]*{_SIGNS}")
_CELL_WITHIN = re.compile(rf'([,;\t\r\n]"*)(?={_SIGNS})')


def write_csv(
    path: Path, lines: Iterable[HistoryLine], stores: Mapping[str, str], separator: str = COMMA
) -> int:
    """Write lines to `path`, in place of what was there; return how many.

    UTF-8 with a mark that Excel looks for, RFC 4180 but for the `separator`. `stores` are the
    names of profiles' stores. Raises OSError; then what was there before is still there.
    """
    with _replacing(path) as file:
        table = csv.writer(file, delimiter=separator, lineterminator="\r\n")
        table.writerow(HEADER)
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007 - the last one is the answer
            table.writerow([guarded(cell, separator) for cell in _cells(line, stores)])
    return count


def guarded(cell: str, separator: str = COMMA) -> str:
    """Keep a spreadsheet from taking a text for a formula: with an apostrophe before it.

    File names, titles and a store's reasons come from others (OWASP: CSV injection). Also where
    a spreadsheet that expects another separator would see a cell begin, quoted or not.
    """
    first = "'" if _FORMULA.match(cell) else ""
    return first + _CELL_WITHIN.sub(
        lambda found: found[0] if found[0][0] == separator else f"{found[0]}'", cell
    )


def _cells(line: HistoryLine, stores: Mapping[str, str]) -> tuple[str, ...]:
    item, problem = line.item, line.problem
    return (
        _moment(line.sent_at),
        _moment(line.ended_at),
        stores.get(line.profile) or line.profile,
        item.title if item else "",
        item.sku if item else "",
        line.path.name,
        str(line.path.parent),
        "" if line.bytes is None else str(line.bytes),
        line.sha256,
        LEFT_EARLY if line.left_early else line.outcome.value,
        problem.title if problem else "",
        problem.detail if problem else "",
        line.remote_id,
        line.page,
        line.reference,
    )


def _moment(at: float | None) -> str:
    """Write a time as ISO 8601 has it, in local time with its offset from UTC."""
    return "" if at is None else datetime.fromtimestamp(at).astimezone().isoformat("T", "seconds")


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Give a file that takes the place of `path` once it is complete and on disk."""
    part = path.with_name(f".history-{uuid.uuid4().hex[:8]}.part")
    try:
        # A file's name may hold bytes that no text has, a store's title half a letter.
        with part.open("x", encoding="utf-8-sig", errors="replace", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
