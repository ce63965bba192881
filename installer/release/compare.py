"""Are two builds the same? ``python -m installer.release.compare FOLDER FOLDER`` tells.

Each file with the same name is compared byte by byte. Where two differ, both are opened, and told
is which of their parts differ and by what: time, owner, mode, order, or the bytes, with what stands
there and, where a folder that was built in is found in them, that.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from installer.release.unpack import Entry, entries

_AROUND = 24


def differences(one: Path, other: Path, marks: Sequence[str] = ()) -> list[str]:
    """List what differs between two folders of packages; empty where all is the same.

    `marks` are texts that mustn't be in a package, such as the folders that it was built in.
    """
    names = {path.name for path in (*one.iterdir(), *other.iterdir()) if path.is_file()}
    found: list[str] = []
    for name in sorted(names):
        lacking = [str(folder) for folder in (one, other) if not (folder / name).is_file()]
        if lacking:
            found.append(f"{name}: not in {lacking[0]}")
        elif (one / name).read_bytes() != (other / name).read_bytes():
            inside = list(_inside(entries(one / name), entries(other / name), marks))
            found += [f"{name}: {line}" for line in inside or ["packed in another way"]]
    return found


def _inside(one: Sequence[Entry], other: Sequence[Entry], marks: Sequence[str]) -> Iterator[str]:
    ours, theirs = ({each.place: each for each in all_} for all_ in (one, other))
    for place in sorted(ours.keys() ^ theirs.keys()):
        yield f"{place}: only in the {'first' if place in ours else 'second'}"
    for place in (each.place for each in one if each.place in theirs):
        yield from _entry(ours[place], theirs[place], marks)


def _entry(one: Entry, other: Entry, marks: Sequence[str]) -> Iterator[str]:
    for name, value in one.about.items():
        if other.about.get(name) != value:
            yield f"{one.place}: {name} {value} / {other.about.get(name)}"
    if one.data != other.data:
        at = _first(one.data, other.data)
        count = sum(a != b for a, b in zip(one.data, other.data, strict=False))
        yield f"{one.place}: bytes differ, {count} of {len(one.data)}, first at {at}"
        for side in (one, other):
            yield f"    {_shown(side.data, at)}"
        for mark in marks:
            if mark.encode() in one.data + other.data:
                yield f"    has the folder {mark} in it"


def _first(one: bytes, other: bytes) -> int:
    """Give where two texts begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _shown(data: bytes, at: int) -> str:
    """Show what stands around a place, as far as it can be printed."""
    part = data[max(at - _AROUND, 0) : at + _AROUND]
    return "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)


def told(found: Iterable[str], most: int) -> str:
    """Put the differences into words, `most` of them at most."""
    lines = list(found)
    if not lines:
        return "Byte by byte the same."
    more = [f"… and {len(lines) - most} more"] if len(lines) > most else []
    return "\n".join([*islice(lines, most), *more])


def main() -> None:
    """Compare, tell, and end with 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs=2)
    parser.add_argument("--mark", action="append", default=[], help="mustn’t be in a package")
    parser.add_argument("--most", type=int, default=60)
    said = parser.parse_args()
    found = differences(said.folders[0], said.folders[1], said.mark)
    print(told(found, said.most))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
