"""Leaves out of ICU's data what Qt never asks for: 32 MB become 6.

Qt takes from ICU how to compare texts, names of time zones, and old encodings (its libraries'
imports tell). The program sorts file dialogs by the first, in whatever language, shows none of the
second and reads encodings with Python. Names of languages, currencies and units, spelt-out numbers,
transliteration and where lines break come from ICU's data too, and nobody in the bundle asks.

The format is ICU's own (``source/tools/toolutil/package.cpp``, ``ucmndata.h``): a header, and a
table of names and offsets, both sorted. A language whose data is missing falls back to the root's.
"""

from __future__ import annotations

import re
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("en", "de")
_FOLDERS_KEPT = ("coll", "zone")
_NEVER = (".cnv", "/unames.icu")
_LOCALE = re.compile(r"[a-z]{2,3}(?:_\w+)?")
_INDEX = ("res_index",)

_MAGIC = b"\xda\x27"
_FORMAT = b"CmnD"
_FORMAT_AT = 12
"""Bytes from the header's begin to the name of its format."""
_ALIGNED = 16
_SOURCE = """\
    .section .rodata
    .balign 16
    .globl {symbol}
    .type {symbol}, @object
{symbol}:
    .incbin "{data}"
    .size {symbol}, . - {symbol}
    .section .note.GNU-stack, "", @progbits
"""


class StrangeDataError(Exception):
    """The library isn't as it is known here."""


def reduce(library: Path) -> None:
    """Write the library ``libicudata.so.N`` anew with the data that is needed.

    Raises `StrangeDataError`, and CalledProcessError where it can't be linked.
    """
    header, items = read(library.read_bytes())
    kept = {name: data for name, data in items.items() if needed(name)}
    raw = library.with_suffix(".dat")
    raw.write_bytes(write(header, kept))
    source = _SOURCE.format(symbol=f"icudt{library.name.rpartition('.')[2]}_dat", data=raw)
    library.unlink()
    subprocess.run(
        [
            *("gcc", "-shared", "-nostdlib", "-s", "-Wl,--build-id=none"),
            *(f"-Wl,-soname,{library.name}", "-o", str(library), "-x", "assembler", "-"),
        ],
        input=source, text=True, check=True,
    )  # fmt: skip
    raw.unlink()


def needed(name: str) -> bool:
    """Whether an item stays, by its name: ``icudt73l/zone/de.res``."""
    folder, _, file = name.partition("/")[2].rpartition("/")
    if (folder and folder not in _FOLDERS_KEPT) or name.endswith(_NEVER):
        return False
    stem = file.removesuffix(".res")
    if folder == "coll" or not file.endswith(".res") or not _LOCALE.fullmatch(stem):
        return True
    return stem in _INDEX or stem.partition("_")[0] in LANGUAGES


def read(library: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Take the data's header and its items out of a library. Raises `StrangeDataError`."""
    start = library.find(_FORMAT) - _FORMAT_AT
    if start < 0 or library[start + 2 : start + 4] != _MAGIC:
        raise StrangeDataError("ICU’s data isn’t where it was")
    (size,) = struct.unpack_from("<H", library, start)
    table = start + size
    (count,) = struct.unpack_from("<I", library, table)
    entries = [struct.unpack_from("<II", library, table + 4 + 8 * n) for n in range(count)]
    names = [library[table + at : library.index(b"\0", table + at)].decode() for at, _ in entries]
    begins = [table + at for _, at in entries]
    # The last one has no end of its own; what follows it there does no harm.
    ends = [*begins[1:], _end(library)]
    if names != sorted(names) or begins != sorted(begins):
        raise StrangeDataError("ICU’s data isn’t sorted")
    items = {name: library[a:b] for name, a, b in zip(names, begins, ends, strict=True)}
    return library[start : start + size], items


def _end(library: bytes) -> int:
    """Give where the library's read-only section ends: its section headers come last (ELF 64)."""
    (headers,) = struct.unpack_from("<Q", library, 0x28)
    return int(headers)


def write(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """Put data together; the names have to be sorted already."""
    names = b"".join(name.encode() + b"\0" for name in items)
    first = 4 + 8 * len(items)
    at = _aligned(first + len(names))
    entries, name_at, body = [], first, b""
    for name, data in items.items():
        entries.append(struct.pack("<II", name_at, at + len(body)))
        name_at += len(name) + 1
        body += data.ljust(_aligned(len(data)), b"\0")
    table = struct.pack("<I", len(items)) + b"".join(entries) + names
    return header + table.ljust(at, b"\0") + body


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
