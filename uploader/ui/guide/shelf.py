"""Fetches the guide's pages and pictures in a worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from uploader.background.errands import Errands
from uploader.ui.guide.pages import Page, read_pages
from uploader.ui.resources import guide


@dataclass(frozen=True, slots=True)
class Volume:
    """The whole guide, without the pictures' pixels. Sizes are in the files' pixels.

    `anchors` leads from the English page and heading to the heading in this language.
    """

    pages: tuple[Page, ...] = ()
    sizes: dict[str, QSize] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)

    def page(self, name: str) -> Page | None:
        """Give a page by its file's name."""
        return next((page for page in self.pages if page.name == name), None)


class Shelf(QObject):
    """Lives on the UI thread as long as the window.

    Signals: `read(Volume)`, empty where there is no guide; `picture(str, QImage)` answers
    `want`.
    """

    read = Signal(object)
    picture = Signal(str, QImage)
    _read = Signal(object)
    _made = Signal(str, QImage)

    def __init__(self, parent: QObject | None = None, folder: Path | None = None) -> None:
        super().__init__(parent)
        self._folder = self._pages = folder or guide()
        self._errands = Errands()
        # Signals of workers end here, on an object that stays; from here on they are calls.
        self._read.connect(self.read, Qt.ConnectionType.QueuedConnection)
        self._made.connect(self.picture, Qt.ConnectionType.QueuedConnection)

    def fetch(self) -> None:
        """Read all pages in the person's language; `read` answers."""
        language = QLocale().name()[:2]
        self._errands.run(lambda: self._read.emit(self._volume(language)))

    def want(self, name: str, width: int, *, dark: bool) -> None:
        """Read a picture, `width` pixels wide at most; `picture` answers."""
        self._errands.run(lambda: self._made.emit(name, self._picture(name, width, dark=dark)))

    def close(self) -> None:
        """Drop what is still wanted, and wait for what is being read (one file)."""
        self._errands.close()

    def _volume(self, language: str) -> Volume:
        chosen = self._folder / language
        self._pages = chosen if chosen.is_dir() else self._folder
        try:
            pages = read_pages(self._pages)
        except OSError:
            return Volume()
        names = {name for page in pages for name in page.pictures}
        sizes = {name: QImageReader(self._path(name)).size() for name in names}
        return Volume(tuple(pages), sizes, self._anchors(pages))

    def _anchors(self, pages: list[Page]) -> dict[tuple[str, str], str]:
        """Translate the headings: pages have the same ones in the same order."""
        found = dict[tuple[str, str], str]()
        if self._pages == self._folder:
            return found
        english = {page.name: page for page in read_pages(self._folder)}
        for page in pages:
            asked = english[page.name].sections if page.name in english else ()
            for one, other in zip(asked, page.sections, strict=False):
                found[page.name, one.anchor] = other.anchor
        return found

    def _path(self, name: str, *, dark: bool = False) -> str:
        """Find a picture; its dark sister where there is one and it is wanted."""
        path = self._pages / name
        sister = path.with_stem(f"{path.stem}-dark")
        return str(sister if dark and sister.is_file() else path)

    def _picture(self, name: str, width: int, *, dark: bool) -> QImage:
        image = QImageReader(self._path(name, dark=dark)).read()
        if image.width() <= width:
            return image
        # In colours: a palette can't be scaled smoothly.
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
