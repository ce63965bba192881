"""What can still be read of a damaged outbox: from a copy, through SQLite and past it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from uploader.outbox.carving import Record, Value, carve
from uploader.outbox.files import SIDES, WAL, has_header, is_intact, side, size_of
from uploader.outbox.schema import Migrations, migrate
from uploader.outbox.sense import fits

Row = dict[str, Value]
"""Values by column; those of no use are left out."""

PAGE = 4096
"""SQLite's usual size of a page, in bytes."""

_CHUNK = 1 << 20
_UNREADABLE = (sqlite3.Error, ValueError, OverflowError, MemoryError)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is declared; `optional` ones may be left out of a row."""

    name: str
    declared: str
    required: bool
    optional: bool
    is_key: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the newest schema. The first column is its key."""

    name: str
    columns: tuple[Column, ...]
    has_rowid: bool

    def row(self, values: Mapping[str, Value]) -> Row | None:
        """Keep the values that fit; None where one that must be there doesn't.

        A time that can't be is taken for long ago: it isn't worth a photo.
        """
        kept: Row = {}
        for column in self.columns:
            value = values.get(column.name)
            if fits(value, column.declared, required=column.required) and column.name in values:
                kept[column.name] = value
            elif column.required and column.declared == "REAL" and type(value) in (int, float):
                kept[column.name] = 0.0
            elif not column.optional:
                return None
        return kept

    def carved(self, record: Record) -> Row | None:
        """Take a record of a page for a row of this table, if it can be one."""
        values = list(record.values)
        if self.has_rowid != (record.rowid is not None) or len(values) > len(self.columns):
            return None
        if self.has_rowid and values and values[0] is None:
            values[0] = record.rowid
        names = (column.name for column in self.columns)
        row = self.row(dict(zip(names, values, strict=False)))
        # A shorter one, from before a column was added, has to fit in every value.
        whole = len(values) == len(self.columns)
        return row if row is not None and (whole or len(row) == len(values)) else None


def tables_of(db: sqlite3.Connection) -> list[Table]:
    """Describe the tables of an outbox, photos first: the others may refer to them."""
    found = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    found.sort(key=lambda table: (table[0] != "photos", table[0]))
    return [
        Table(name, tuple(_columns(db, name)), "WITHOUT ROWID" not in sql) for name, sql in found
    ]


class Remains:
    """The readable rows of a damaged outbox's copy, and the last id that it gave, if known."""

    def __init__(self, copy: Path, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._rows: dict[str, dict[Value, Row]] = {table.name: {} for table in tables}
        self.last_id: int | None = None
        if self._read(copy):
            return
        # Closing took the log's pages into the file.
        with contextlib.suppress(OSError):
            self._carve(copy)

    def rows(self, table: str) -> list[Row]:
        """Give a table's readable rows, by their keys."""
        return list(self._rows[table].values())

    def _read(self, copy: Path) -> bool:
        """Read through SQLite; tell whether nothing was in the way."""
        whole = False
        with contextlib.suppress(*_UNREADABLE), contextlib.closing(_connect(copy)) as db:
            # Every table is read, and damage isn't always in the way of reading.
            whole = all([self._read_table(db, table) for table in self._tables])  # noqa: C419
            whole = whole and is_intact(db)
            self.last_id = _last_id(db)
        return whole

    def _read_table(self, db: sqlite3.Connection, table: Table) -> bool:
        """Read from both ends towards the damage."""
        rows = self._rows[table.name]
        for direction in ("ASC", "DESC"):
            with contextlib.suppress(*_UNREADABLE):
                there = [column.name for column in _columns(db, table.name)]
                query = f'SELECT * FROM "{table.name}" ORDER BY 1 {direction}'  # noqa: S608
                for values in db.execute(query):
                    row = table.row(dict(zip(there, values, strict=True)))
                    if row is not None:
                        rows.setdefault(values[0], row)
                return bool(there)
        return False

    def _carve(self, copy: Path) -> None:
        sizes = [len(table.columns) for table in self._tables]
        for record in carve(copy, _page_size(copy)):
            count = len(record.values)
            for table in self._tables:
                # Rows from before a column was added are shorter than their table.
                if count in sizes and count != len(table.columns):
                    continue
                if (row := table.carved(record)) is not None:
                    self._rows[table.name].setdefault(row[table.columns[0].name], row)
                    break


def copy_of(path: Path, copy: Path, migrations: Migrations, *, with_log: bool) -> Path:
    """Copy an outbox and its log, with a new first page if that is beyond use. Raises OSError."""
    drop(copy)
    if path.is_file():
        _copy(path, copy)
        if with_log:
            _copy_sides(path, copy)
    else:
        copy.touch()
        _copy_sides(path, copy)
    if not has_header(copy) and (size_of(copy) >= PAGE or size_of(side(copy, WAL))):
        with copy.open("r+b") as file:
            file.write(_first_page(migrations))
    return copy


def drop(copy: Path) -> None:
    """Remove a copy and what lies beside it."""
    for suffix in ("", *SIDES):
        side(copy, suffix).unlink(missing_ok=True)


def _first_page(migrations: Migrations) -> bytes:
    """Make the first page of an outbox: its tables begin at the same pages in each."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, Path(), migrations)
        page = bytearray(db.serialize()[:PAGE])
    page[18:20] = b"\2\2"
    # No list of free pages, and a count of pages that SQLite looks up for itself.
    page[24:28], page[92:96] = b"\0\0\0\1", b"\0\0\0\0"
    page[32:40] = bytes(8)
    return bytes(page)


def _copy_sides(path: Path, copy: Path) -> None:
    for suffix in (WAL, "-journal"):
        source = side(path, suffix)
        if source.is_file():
            _copy(source, side(copy, suffix))


def _copy(source: Path, target: Path) -> None:
    """Copy a file; where it is full of zeros, without taking room for them."""
    with source.open("rb") as read, target.open("wb") as write:
        for chunk in _chunks(read.fileno()):
            if chunk.count(0) == len(chunk):
                write.seek(len(chunk), 1)
            else:
                write.write(chunk)
        write.truncate()


def _chunks(descriptor: int) -> Iterator[bytes]:
    with open(descriptor, "rb", closefd=False) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _page_size(path: Path) -> int:
    if not has_header(path):
        return PAGE
    with path.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:18], "big")
    return 65536 if size == 1 else size


def _connect(copy: Path) -> sqlite3.Connection:
    db = sqlite3.connect(copy, isolation_level=None)
    db.text_factory = _text
    return db


def _last_id(db: sqlite3.Connection) -> int | None:
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'photos'").fetchone()
    return row[0] if row and type(row[0]) is int else None


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _columns(db: sqlite3.Connection, table: str) -> Iterator[Column]:
    for _, name, declared, required, default, key in db.execute(f'PRAGMA table_info("{table}")'):
        is_key = bool(key)
        yield Column(
            name, declared, bool(required) or is_key,
            not is_key and (not required or default is not None), is_key,
        )  # fmt: skip
