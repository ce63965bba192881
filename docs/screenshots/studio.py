"""The window on a desk without an engine, and how pictures of it are saved.

Every picture comes out the same: the photos are those of `resources/samples`, and the clock is
an evening in November. Pictures are in 256 colours.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import gui_fakes
import pillow_heif
from PIL import Image, ImageOps
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from uploader.background.values import Bitmap, Progress, Totals
from uploader.domain.findings import Format, Limits
from uploader.domain.photos import Event, Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.ui.delegates import row_cache
from uploader.ui.language import speak
from uploader.ui.main_window import MainWindow
from uploader.ui.theme import Theme, application

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
PICTURES = {
    "bowls-speckled-set3.jpg": "HP-1180_bowls-speckled.jpg",
    "chair-oak-black.jpg": "dining-chair-oak.jpg",
    "HP-2041_lamp-terra.jpg": "HP-2041_lamp-terra.jpg",
    "teapot-iron-1l.jpg": "cast-iron-teapot-1-l.jpg",
    "tote-canvas-natural.jpg": "canvas-tote-natural.heic",
    "pan-oak-handle.jpg": "frying-pan-28-cm.jpg",
    "harbour-mug.jpg": "HP-1042.png",
    "vase-celadon-tall.jpg": "HP-4416_vase-celadon.jpg",
    "candle-amber-fig.jpg": "HP-6009_candle-fig.png",
    "board-walnut-long.jpg": "serving-board-walnut.tif",
}
LIMITS = Limits(
    20_000_000, 100_000_000, frozenset({Format.JPEG, Format.PNG, Format.WEBP, Format.TIFF})
)


GUIDE = {
    "main-light": "main", "main-dark": "main-dark",
    "signin-plain-light": "signin", "signin-plain-dark": "signin-dark",
    "matching-light": "matching", "matching-dark": "matching-dark",
    "triage-light": "triage", "triage-dark": "triage-dark",
    "rules-light": "rules", "rules-dark": "rules-dark",
    "offline-light": "offline", "offline-dark": "offline-dark",
    "evening-light": "history", "evening-dark": "history-dark",
    "diagnostics-light": "diagnostics", "diagnostics-dark": "diagnostics-dark",
}  # fmt: skip
"""Pictures that stand in the guide too, and their names there."""

OWN = 96
"""Colours of a picture that are kept as they are: the most frequent ones."""

GUIDE_WIDTH = 1200
"""Twice the guide's column, in pixels."""


def save(picture: Image.Image, path: Path) -> None:
    """Save in 256 colours: a third of the size, and nobody sees it.

    The window's own colours stay exactly as they are; those of the photos are chosen by coverage,
    as the median cut turns the few red and green pixels of a window brown and grey.
    """
    counted = sorted(picture.getcolors(1 << 24), reverse=True)
    own = [value for _, colour in counted[:OWN] for value in colour]
    spread = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.NEAREST)
    photos = spread.quantize(256 - OWN, Image.Quantize.MAXCOVERAGE).getpalette()
    palette = Image.new("P", (1, 1))
    palette.putpalette((own + photos)[: 3 * 256])
    made = picture.quantize(palette=palette, dither=Image.Dither.NONE)
    # Pillow looks up in buckets of eight: each entry becomes what most often stands for it.
    exact = list(made.getpalette())
    pairs = Image.merge("RGBA", (*picture.split(), Image.frombytes("L", made.size, made.tobytes())))
    for _, (*colour, entry) in sorted(pairs.getcolors(1 << 24)):
        exact[3 * entry : 3 * entry + 3] = colour
    made.putpalette(exact)
    made.save(path, optimize=True)


def for_the_guide(picture: Image.Image, path: Path) -> None:
    """Save a copy as wide as the guide shows it."""
    copy = picture.copy()
    copy.thumbnail((GUIDE_WIDTH, 10_000), Image.Resampling.LANCZOS)
    save(copy, path)


def load_pictures() -> dict[str, Image.Image]:
    """Read the samples, upright, as large as the inspector shows them."""
    pillow_heif.register_heif_opener()
    found = {}
    for name, sample in PICTURES.items():
        picture = ImageOps.exif_transpose(Image.open(SAMPLES / sample)).convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
        picture.thumbnail((1600, 800))
        found[name] = picture
    return found


EVENING = time.mktime((2026, 11, 23, 20, 42, 10, 0, 0, -1))

GERMAN = {
    "HP-1180": "Gesprenkelte Schalen, 3er-Set",
    "HP-3310": "Esszimmerstuhl, Eiche",
    "HP-2041": "Terrakotta-Tischleuchte",
    "HP-1022": "Gusseiserne Teekanne, 1 l",
    "HP-5102": "Stofftasche, natur",
    "HP-2207": "Bratpfanne, 28 cm",
    "HP-1042": "Hafenbecher, blau",
    "HP-1043": "Hafenbecher, sand",
    "HP-4416": "Hohe Vase, seladongrün",
    "HP-6009": "Bernsteinkerze, Feige",
    "HP-2218": "Servierbrett, Nussbaum",
}
"""What the items are called in a German shop."""


class KeptPreviews(gui_fakes.FakePreviews):
    """Renders each picture once for all paints."""

    def __init__(self) -> None:
        super().__init__(load_pictures())
        self._kept: dict[tuple[object, ...], Bitmap | None] = {}

    def bitmap(self, photo: Photo, style: str) -> Bitmap | None:
        """Give a rendered style."""
        key = (photo.name, style, photo.focus, photo.edits)
        if key not in self._kept:
            self._kept[key] = super().bitmap(photo, style)
        return self._kept[key]

    def large(self, photo: Photo) -> Bitmap | None:
        """Give the inspector's picture."""
        key = (photo.name, photo.edits)
        if key not in self._kept:
            self._kept[key] = super().large(photo)
        return self._kept[key]


class Studio:
    """One window, shown in one state after another. `language` is what it speaks."""

    def __init__(self, folder: Path, guide: Path | None = None) -> None:
        self.app = QApplication.instance() or application()
        self.language = speak(self.app, "")
        self.theme = Theme(self.app, "light", family="Inter")
        self.folder, self.guide = folder, guide
        folder.mkdir(parents=True, exist_ok=True)
        # A paint draws only as many new rows as its budget allows; nobody waits for this one.
        row_cache.BUDGET = 10.0
        self._scratch = tempfile.TemporaryDirectory()
        self.scratch = Path(self._scratch.name)
        self.previews = KeptPreviews()
        self.window: MainWindow | None = None
        self.photos: list[Photo] = []

    # ---- the window
    def open(
        self,
        *,
        batch: bool = True,
        size: tuple[int, int] = (1200, 760),
        count: int = 0,
        first: bool = False,
    ) -> MainWindow:
        """Open a new window with the design's batch, with `count` photos or without any.

        `first`: for somebody who has never been here.
        """
        if self.window is not None:
            self.window._parting = True
            self.window.helper.close()
            self.window.close()
        self.desk = gui_fakes.FakeDesk(replace(gui_fakes.CAPABILITIES, limits=LIMITS))
        self.desk.request_pictures = self._show_item_pictures
        settings = QSettings(str(self.scratch / "settings.ini"), QSettings.Format.IniFormat)
        # The first start leads otherwise.
        settings.setValue("guided", "false" if first else "true")
        self.window = window = MainWindow(self.desk, self.previews, settings, self.theme)
        window.resize(*size)
        window.show()
        if not first:
            self.desk.connection_changed.emit(gui_fakes.ONLINE)
        self.desk.removes_metadata_changed.emit(True)
        self.photos = []
        if batch:
            self.photos = [self.in_language(p) for p in gui_fakes.design_batch(time.time())]
            if count:
                self.photos = list(self._many(count))
            self.desk.events = {6: events(), 1: events(), 7: asking_events()}
            self.desk.reset.emit(self.photos)
            self.desk.totals_changed.emit(totals(count))
            self.desk.progressed.emit({5: Progress(5_300_000, 8_400_000, 1_000_000)})
        return window

    def pick(self, row: int) -> None:
        """Select a row."""
        self.window.list.setCurrentIndex(self.window.model.index(row))

    def _many(self, count: int) -> Iterator[Photo]:
        """Give the design's rows over and over, each as another photo of its item."""
        rows = self.photos[:11]
        for number in range(count):
            row = rows[(number + 5) % len(rows) if count < 11 else number % len(rows)]
            yield replace(row, id=number + 1, reference=f"r{number + 1}")

    def in_language(self, photo: Photo) -> Photo:
        """Give a photo the words that its shop has for it in its language."""
        candidates = tuple(_pictured(item) for item in photo.candidates)
        if self.language != "de":
            return replace(photo, candidates=candidates)
        items = tuple(map(_german, candidates))
        alt = "Gusseiserne Bratpfanne mit Eichengriff, von oben" if photo.alt else ""
        photo = replace(photo, candidates=items, alt=alt, item=self.item_in_language(photo.item))
        if photo.state is State.REJECTED:
            refused = Problem("Abgelehnt", "Der Artikel HP-3310 ist archiviert.")
            photo = replace(photo, problem=refused)
        return photo

    def _show_item_pictures(self, addresses: list[str]) -> None:
        """Answer as the store would, with the picture that an item has."""
        for address in addresses:
            picture = ImageOps.exif_transpose(Image.open(SAMPLES / address)).convert("RGBA")
            picture.thumbnail((100, 100))
            self.desk.item_picture.emit(address, gui_fakes.to_bitmap(picture))

    def item_in_language(self, item: Item | None) -> Item | None:
        """Give an item the name that it has in the shop's language."""
        return _german(item) if item and self.language == "de" else item

    # ---- pictures
    def shoot(self, name: str, widget: QWidget | None = None) -> None:
        """Save what a widget shows; `name` is the file's, without ending."""
        shown = widget or self.window
        QTest.qWait(60)
        # What a first paint asks for is there in the second.
        shown.grab()
        QTest.qWait(20)
        self._renew()
        shown.grab()
        path = self.folder / f"{name}.png"
        shown.grab().save(str(path))
        picture = Image.open(path).convert("RGB")
        save(picture, path)
        if self.guide is not None and name in GUIDE:
            for_the_guide(picture, self.guide / f"{GUIDE[name]}.png")

    def _renew(self) -> None:
        """Let the next try be 12 s away in every picture, however long the one before took."""
        waits = [
            replace(self.desk.listed[photo.id], not_before=time.time() + 12.3)
            for photo in self.photos
            if photo.not_before and self.desk.listed[photo.id].not_before > 0
        ]
        if waits:
            self.desk.changed.emit(waits)
            QTest.qWait(30)

    def schemes(self) -> Iterator[str]:
        """Go through light and dark, and end light."""
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            yield scheme
        self.theme.set_scheme("light")

    def both(self, name: str, widget: QWidget | None = None) -> None:
        """Save a widget in both themes."""
        for scheme in self.schemes():
            self.shoot(f"{name}-{scheme}", widget)


def _pictured(item: Item) -> Item:
    return replace(item, thumb_url="harbour-mug-sand.avif") if item.images else item


def _german(item: Item) -> Item:
    return replace(item, title=GERMAN.get(item.sku, item.title))


def totals(count: int) -> Totals:
    """What the bottom tells of the design's batch, or of `count` photos."""
    if not count:
        return gui_fakes.TOTALS
    return Totals(count // 11, count, count * 5_100_000, 1_200_000, count * 4.3, count // 4)


def asking_events() -> list[Event]:
    """The history of the photo whose item isn't known."""
    return [
        Event(7, EVENING - 61, "Two items fit the file name: waits for you"),
    ]


def events() -> list[Event]:
    """The history of the selected photo."""
    lines = (
        (0, "No answer. Next try in 12 s"),
        (2, "Looked in the store: not there, safe to send"),
        (8, "No answer after 5.1 of 8.9 MB"),
        (39, "Sending began"),
        (63, "Added; item found by its title"),
    )
    return [Event(6, EVENING - ago, text) for ago, text in lines]
