"""What a person dropped, as a list of photos: folders are searched, the rest is counted."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from uploader.domain.cancel import CancelToken
from uploader.domain.endings import ENDINGS

_FIRST_BATCH, _BATCH = 20, 200
"""The first one is a window's worth: it can be shown and looked at while the others come."""
_NUMBER = re.compile(r"(\d+)")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_SYSTEM = frozenset({"lost+found", "$recycle.bin", "system volume information"})
"""Folders that systems keep on every drive: what is in them isn't the person's, or thrown away."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The photos in order, and how many other files lay beside them.

    `strangers` are those of the others that were named themselves; `shut` are folders that
    couldn't be looked into.
    """

    photos: list[Path]
    ignored: int
    strangers: list[Path] = field(default_factory=list)
    shut: list[Path] = field(default_factory=list)


def scan(
    paths: Iterable[Path],
    cancel: CancelToken,
    on_found: Callable[[list[Path]], None] = lambda _: None,
) -> Scan:
    """Find the photos in files and folders, folders recursively in natural order.

    Files named directly count as photos by ending, by content, or where they can't be looked
    at (then they are refused with their reason later). Hidden files in folders, and what systems
    keep on every drive, are neither taken nor counted. Links are followed, each folder once.
    `on_found` gets the photos in batches while the search goes on. Raises `CancelledError`.
    """
    search = _Search(cancel, on_found)
    for path in paths:
        # Unlike `Path.is_dir` it says no, rather than raise, where the system refuses to look.
        if os.path.isdir(path):  # noqa: PTH112
            search.folder(path)
        elif path.suffix.lower() in ENDINGS or may_be_photo(path):
            search.take(path)
        else:
            search.strangers.append(path)
    search.flush()
    ignored = search.ignored + len(search.strangers)
    return Scan(search.photos, ignored, search.strangers, search.shut)


def may_be_photo(path: Path) -> bool:
    """Whether the first bytes are a picture's, or can't be looked at.

    Pipes and devices are no photos: they are never opened, as that may wait for ever.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return True
    if head.startswith(_MAGIC):
        return True
    return (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or (
        head[4:8] == b"ftyp" and head[8:12] in _BRANDS
    )


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key under which ``lamp 9`` comes before ``lamp 10``, whatever the case."""
    # Most names are plain, and there may be thousands.
    whole = name if name.isascii() else unicodedata.normalize("NFC", name)
    parts = _NUMBER.split(whole.casefold())
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts if p)


class _Search:
    """The state of one scan."""

    def __init__(self, cancel: CancelToken, on_found: Callable[[list[Path]], None]) -> None:
        self.photos: list[Path] = []
        self.ignored = 0
        self.strangers: list[Path] = []
        self.shut: list[Path] = []
        self._cancel = cancel
        self._on_found = on_found
        self._told = 0
        self._seen: set[tuple[int, int]] = set()

    def take(self, path: Path) -> None:
        self.photos.append(path)
        if len(self.photos) - self._told >= (_BATCH if self._told else _FIRST_BATCH):
            self.flush()

    def flush(self) -> None:
        if fresh := self.photos[self._told :]:
            self._told = len(self.photos)
            self._on_found(fresh)

    def folder(self, top: Path) -> None:
        # A stack rather than recursion: folders can lie deeper than Python may call.
        stack = [top]
        while stack:
            folder = stack.pop()
            self._cancel.check()
            try:
                entries = _entries(folder) if self._is_new(folder) else []
            except OSError:
                self.shut.append(folder)
            else:
                stack.extend(reversed(self._take_of(entries)))

    def _take_of(self, entries: Iterable[tuple[Path, bool]]) -> Sequence[Path]:
        """Take the photos among them; return the folders."""
        folders = []
        for entry, is_folder in entries:
            self._cancel.check()
            if is_folder:
                folders.append(entry)
            elif entry.suffix.lower() in ENDINGS:
                self.take(entry)
            else:
                self.ignored += 1
        return folders

    def _is_new(self, folder: Path) -> bool:
        """Whether we haven't been here, by another link. Raises OSError."""
        known = folder.stat()
        key = (known.st_dev, known.st_ino)
        if known.st_ino and key in self._seen:
            return False
        self._seen.add(key)
        return True


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """List what the person keeps there, in natural order, each with whether it is a folder.

    Raises OSError.
    """
    with os.scandir(folder) as listing:
        entries = [(e.name, _is_folder(e)) for e in listing if not _is_hidden(e.name)]
    entries.sort(key=lambda e: (natural_key(e[0]), e[0]))
    return [(folder / name, is_folder) for name, is_folder in entries]


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SYSTEM


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
