"""Reads a table of file names and SKUs as spreadsheets write it: any separator, any encoding.

What can be read is kept, in the file's order; what can't is told line by line.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from uploader.domain.name_list import NameList
from uploader.domain.names import words as words_of
from uploader.engine import words

MOST_BYTES = 20_000_000
"""A hundred times what an evening's list has."""
MOST_TOLD = 5
"""Lines that can't be read and are told one by one."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ("\t", ";", ",")
_NAME_HEADS = frozenset({"name", "file", "filename", "file name", "photo", "image", "picture",
                         "datei", "dateiname", "foto", "bild"})  # fmt: skip
_SKU_HEADS = frozenset({"sku", "item", "item sku", "article", "article number", "code", "product",
                        "artikel", "artikelnummer", "artikel nr", "art nr", "artnr",
                        "produkt"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file had: `names`, and a sentence for each thing that couldn't be read."""

    names: NameList
    problems: tuple[str, ...] = ()


def read_list(path: Path) -> ReadList:
    """Read a file. Never raises for what is in it, or for a disk that doesn't give it."""
    empty = NameList(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return ReadList(empty, (words.LIST_UNREADABLE.format(name=path.name),))
    if len(data) > MOST_BYTES:
        return ReadList(empty, (words.LIST_TOO_LARGE.format(name=path.name),))
    return parse_list(path.name, data)


def parse_list(source: str, data: bytes) -> ReadList:
    """Read a table from its bytes: names and SKUs in its first two columns, or under headings."""
    separator, text = _separator_of(decode(data))
    rows: list[tuple[str, str]] = []
    problems: list[str] = []
    columns: tuple[int, int] | None = None
    for line, cells in _lines(text.splitlines(keepends=True), separator):
        if cells is None:
            problems.append(words.LIST_QUOTE.format(line=line))
            continue
        if not any(cells):
            continue
        if columns is None:
            found = _headings(cells)
            columns = found or (0, 1)
            if found:
                continue
        name, sku = (cells[column] if column < len(cells) else "" for column in columns)
        if name and sku:
            rows.append((name, sku))
        else:
            missing = words.LIST_NO_SKU if name else words.LIST_NO_NAME
            problems.append(missing.format(line=line))
    if not rows and not problems:
        problems.append(words.LIST_EMPTY.format(name=source))
    return ReadList(NameList(source, tuple(rows)), _told(problems))


def _lines(lines: list[str], separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Give each row's line number and cells; None for one that makes no sense.

    A cell in quotation marks may go over several lines. One that is never closed would take all
    others along: from there on each line stands for itself.
    """
    begins, alone = 0, False
    while begins < len(lines):
        part = lines[begins : begins + 1] if alone else lines[begins:]
        reader = csv.reader(part, delimiter=separator, strict=True)
        done = 0
        try:
            for cells in reader:
                yield begins + done + 1, [cell.strip() for cell in cells]
                done = reader.line_num
        except csv.Error:
            yield begins + done + 1, None
            alone, done = True, done + 1
        begins += max(1, done)


def decode(data: bytes) -> str:
    """Give the text of bytes in UTF-8, UTF-16 or Windows-1252, told by their mark or content."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    # Names are mostly Latin letters: without a mark, every other byte of UTF-16 is zero.
    if data[1:400:2].count(0) > len(data[1:400:2]) / 2:
        return data.decode("utf-16-le", "replace")
    if data[0:400:2].count(0) > len(data[0:400:2]) / 2:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _separator_of(text: str) -> tuple[str, str]:
    """Tell what separates the cells, and give the table without Excel's line about it."""
    head, _, rest = text.partition("\n")
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:
        return head.strip()[4], f"\n{rest}"
    sample = text.splitlines()[:200]
    return max(_SEPARATORS, key=lambda separator: _splits(sample, separator)), text


def _splits(lines: list[str], separator: str) -> int:
    """Count the lines that a separator splits, outside of quotation marks."""
    return sum(separator in "".join(line.split('"')[::2]) for line in lines)


def _headings(cells: list[str]) -> tuple[int, int] | None:
    """Find the columns of names and SKUs in a line of headings; None where it is none."""
    heads = [words_of(cell) for cell in cells]
    name = next((n for n, head in enumerate(heads) if head in _NAME_HEADS), None)
    sku = next((n for n, head in enumerate(heads) if head in _SKU_HEADS), None)
    if name is None and sku is None:
        return None
    if name is None or sku is None:
        known = name if name is not None else sku
        other = 1 if known == 0 else 0
        return (known, other) if name is not None else (other, known)  # type: ignore[return-value]
    return name, sku


def _told(problems: list[str]) -> tuple[str, ...]:
    """Tell the first few one by one and count the others."""
    more = len(problems) - MOST_TOLD
    if more <= 0:
        return tuple(problems)
    last = words.LIST_MORE_ONE if more == 1 else words.LIST_MORE.format(count=more)
    return (*problems[:MOST_TOLD], last)
