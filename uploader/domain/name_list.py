"""A person's own list of file names and the SKUs that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from uploader.domain.endings import ENDINGS
from uploader.domain.names import plain


@dataclass(frozen=True, slots=True)
class NameList:
    """`rows` of name and SKU in the file's order, repeated names too; `source` is the file's."""

    source: str = ""
    rows: tuple[tuple[str, str], ...] = ()


class NameIndex:
    """Finds SKUs by file names, in any case, with or without their ending."""

    def __init__(self, names: NameList) -> None:
        self._whole: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        for name, sku in names.rows:
            # A list made on another system may name folders, in its own way.
            key = plain(name.replace("\\", "/").rstrip("/").rpartition("/")[2])
            stem, _, ending = key.rpartition(".")
            if stem and f".{ending}" in ENDINGS:
                self._stems.setdefault(stem, []).append(sku)
            self._whole.setdefault(key, []).append(sku)

    def skus(self, path: PurePath) -> list[str] | None:
        """Give what the list says of a file, each SKU once; None where it doesn't name it.

        The whole name before the name without its ending, and that before the same name with
        another ending.
        """
        for index, key in (
            (self._whole, plain(path.name)),
            (self._whole, plain(path.stem)),
            (self._stems, plain(path.stem)),
        ):
            if key in index:
                return list(dict.fromkeys(index[key]))
        return None
