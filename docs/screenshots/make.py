"""Make the pictures of the window: ``python docs/screenshots/make.py [FOLDER [NAME…]]``.

Shows a scripted batch without a store, so that every picture comes out the same. The photos
are those of `resources/samples`. Pictures are at twice the logical size, in 256 colours.
"""

# ruff: noqa: E402
from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gui")]

from dataclasses import replace

import gui_fakes
import pillow_heif
from PIL import Image, ImageOps
from PySide6.QtCore import QMimeData, QSettings, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from uploader.background.values import Link, Notice, Progress
from uploader.domain.findings import Format, Limits
from uploader.domain.history import HistoryPage, Outcome, outcome_of
from uploader.domain.photos import Event, Problem
from uploader.domain.states import State
from uploader.outbox.words import DAMAGED
from uploader.ui.dialogs.about import AboutDialog
from uploader.ui.dialogs.diagnostics import DiagnosticsDialog
from uploader.ui.dialogs.shortcuts import ShortcutsDialog
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.main_window import MainWindow
from uploader.ui.models.groups import Group
from uploader.ui.offers import read_offer
from uploader.ui.theme import Theme
from uploader.ui.widgets.item_editor import ItemEditor

SAMPLES = ROOT / "resources" / "samples"
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
    "offline-light": "offline", "offline-dark": "offline-dark",
    "history-light": "history", "history-dark": "history-dark",
    "diagnostics-light": "diagnostics", "diagnostics-dark": "diagnostics-dark",
}  # fmt: skip
"""Pictures that stand in the guide too, and their names there."""

GUIDE_WIDTH = 1200
"""Twice the guide's column, in pixels."""


def _save(picture: Image.Image, path: Path) -> None:
    """Save in 256 colours: a third of the size, and nobody sees it.

    By coverage, as the median cut turns the few red and green pixels of a window brown and grey.
    """
    wide = Image.Quantize.MAXCOVERAGE
    picture.quantize(256, wide, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)


def _for_the_guide(picture: Image.Image, name: str) -> None:
    """Save a copy as wide as the guide shows it."""
    copy = picture.copy()
    copy.thumbnail((GUIDE_WIDTH, 10_000), Image.Resampling.LANCZOS)
    _save(copy, ROOT / "docs" / "guide" / "pictures" / f"{name}.png")


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


class Studio:
    """One window, shown in one state after another."""

    def __init__(self, folder: Path, wanted: set[str]) -> None:
        self.app = QApplication.instance() or QApplication([])
        self.theme = Theme(self.app, "light", family="Inter")
        self.folder, self.wanted = folder, wanted
        self._scratch = tempfile.TemporaryDirectory()
        self.scratch = Path(self._scratch.name)
        self.previews = gui_fakes.FakePreviews(load_pictures())
        self.window = None

    def open(self, batch: bool = True, size: tuple[int, int] = (1200, 760)) -> MainWindow:
        """Open a new window with the batch or without."""
        if self.window is not None:
            self.window._parting = True
            self.window.close()
        self.desk = gui_fakes.FakeDesk(replace(gui_fakes.CAPABILITIES, limits=LIMITS))
        settings = QSettings(str(self.scratch / "settings.ini"), QSettings.Format.IniFormat)
        self.window = window = MainWindow(self.desk, self.previews, settings, self.theme)
        window.resize(*size)
        window.show()
        self.desk.connection_changed.emit(gui_fakes.ONLINE)
        if batch:
            now = time.time()
            self.photos = gui_fakes.design_batch(now)
            self.desk.events = events()
            self.desk.reset.emit(self.photos)
            self.desk.totals_changed.emit(gui_fakes.TOTALS)
            self.desk.progressed.emit({5: Progress(5_300_000, 8_400_000, 1_000_000)})
        return window

    def pick(self, row: int) -> None:
        """Select a row."""
        self.window.list.setCurrentIndex(self.window.model.index(row))

    def shoot(self, name: str, widget=None) -> None:
        """Save what a widget shows."""
        if self.wanted and name not in self.wanted:
            return
        QTest.qWait(80)
        # A paint draws only as many new rows as its budget allows.
        for _ in range(12):
            (widget or self.window).grab()
            QTest.qWait(5)
        path = self.folder / f"{name}.png"
        (widget or self.window).grab().save(str(path))
        picture = Image.open(path).convert("RGB")
        _save(picture, path)

        if name in GUIDE:
            _for_the_guide(picture, GUIDE[name])

    def both(self, name: str) -> None:
        """Save the window in both themes."""
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            self.shoot(f"{name}-{scheme}")
        self.theme.set_scheme("light")

    # ---- the states
    def main(self) -> None:
        """The batch in progress, in both themes."""
        self.open()
        self.pick(5)
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            self.shoot(f"main-{scheme}")
        self.theme.set_scheme("light")

    def empty(self) -> None:
        """Before the first photo."""
        self.open(batch=False)
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            self.shoot(f"empty-{scheme}")
        self.theme.set_scheme("light")

    def matching(self) -> None:
        """Two items fit a file name."""
        window = self.open()
        self.desk.changed.emit(
            [
                replace(self.photos[9], item=None),
                replace(self.photos[10], item=None),
            ]
        )
        window.chips.choose(Group.ATTENTION)
        self.pick(2)
        window.list.edit_item(7)
        editor = window.list.findChild(ItemEditor)
        QTest.qWait(30)
        editor.popup.move_by(1)
        self.both("matching")

    def offline(self) -> None:
        """The network is gone."""
        window = self.open()
        window.toolbar.inspector.click()
        now = time.time()
        since = time.mktime((2026, 11, 23, 20, 46, 0, 0, 0, -1))
        online = gui_fakes.ONLINE
        self.desk.connection_changed.emit(
            replace(
                online,
                link=Link.OFFLINE,
                since=since,
                next_try=now + 8.4,
                title="No way to the store",
                detail="harbourpine.shop can’t be found. Check the network and the address.",
            )
        )
        self.desk.changed.emit(
            [
                replace(self.photos[4], state=State.WAITING, sent=5_300_000),
                replace(self.photos[5], state=State.UNCERTAIN, problem=None, not_before=0),
            ]
        )
        self.pick(4)
        self.both("offline")

    def signed_out(self) -> None:
        """The sign-in ended while photos were being sent."""
        self.open().work.show_inspector(False)
        self.desk.connection_changed.emit(
            replace(
                gui_fakes.ONLINE,
                link=Link.SIGNED_OUT,
                title="You are signed out",
                detail="Sign in again; the photos wait and go on by themselves.",
            )
        )
        self.desk.changed.emit(
            [
                replace(self.photos[4], state=State.WAITING, sent=5_300_000),
                replace(self.photos[5], not_before=0),
            ]
        )
        self.pick(4)
        self.both("signed-out")

    def waiting(self) -> None:
        """Each way to wait, and what was taken back."""
        window = self.open()
        window.work.show_inspector(False)
        now = time.time()
        busy = Problem("Busy", "Harbour & Pine asks for a little patience.")
        waits = replace(self.photos[6], state=State.WAITING, item=self.photos[6].candidates[0])
        self.desk.changed.emit(
            [
                replace(self.photos[1], state=State.CANCELLED),
                replace(self.photos[3], state=State.UNCERTAIN, not_before=now + 8.4),
                replace(waits, not_before=now + 300, problem=busy),
                replace(self.photos[8], state=State.WAITING),
            ]
        )
        self.pick(1)
        self.both("waiting")

    def damaged(self) -> None:
        """The list of photos was damaged, and what became of it."""
        self.open().work.show_inspector(True)
        self.desk.noticed.emit(
            Notice(DAMAGED.format(count=312, name="outbox.damaged-1.sqlite3"), stays=True,
                   folder=Path("/photos"))
        )  # fmt: skip
        self.pick(5)
        self.shoot("damaged-light")

    def small(self) -> None:
        """A small window."""
        window = self.open(size=(960, 540))
        self.theme.set_scheme("dark")
        self.pick(5)
        window.list.verticalScrollBar().setValue(72)
        self.shoot("small-window-dark")
        self.theme.set_scheme("light")

    def dragging(self) -> None:
        """Files over the window."""
        window = self.open()
        self.pick(5)
        mime = QMimeData()
        names = [f"a{n}.jpg" for n in range(24)] + ["Autumn", "a.txt", "b.pdf", "c.mov"]
        mime.setUrls([QUrl.fromLocalFile(f"/photos/{name}") for name in names])
        window.drops.overlay.show_offer(read_offer(mime))
        self.shoot("dragover-light")

    def sign_in(self) -> None:
        """Signing in, and what goes wrong with it."""
        window = self.open(batch=False)
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            dialog = SignInDialog(self.desk, self.theme, window)
            dialog.address.setText("harbourpine.shop")
            dialog.email.setText("ines@harbourpine.shop")
            dialog.password.setText("twelve chars")
            dialog.show()
            self.desk.greeted.emit("https://harbourpine.shop", "Harbour & Pine")
            dialog.submit.setFocus()
            self.shoot(f"signin-plain-{scheme}", dialog)
            self.desk.sign_in_failed.emit(
                "email",
                "This account isn’t an administrator of the store",
                "Ask whoever runs Harbour & Pine to make it one, or sign in with another account.",
            )
            dialog.email.deselect()
            self.shoot(f"signin-{scheme}", dialog)
            dialog.close()
        self.theme.set_scheme("light")

    def history(self) -> None:
        """What was sent on an evening."""
        self.open()
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            self.window.history.open()
            dialog = self.window.history.dialog
            lines = gui_fakes.history_lines(time.mktime((2026, 11, 23, 20, 42, 10, 0, 0, -1)))
            counts = dict.fromkeys(Outcome, 0) | {Outcome.ALL: len(lines)}
            for line in lines:
                counts[outcome_of(line.outcome)] += 1
            page = HistoryPage(dialog.model.query, tuple(lines), counts, None, False, 1)
            self.desk.history.emit(page)
            dialog.table.selectRow(2)
            self.shoot(f"history-{scheme}", dialog)
            dialog.close()
        self.theme.set_scheme("light")

    def help(self) -> None:
        """The guide, what is copied for whoever helps, and what this is."""
        window = self.open()
        helper = window.helper
        for scheme in ("light", "dark"):
            self.theme.set_scheme(scheme)
            helper.guide()
            QTest.qWait(500)
            self.shoot(f"guide-{scheme}", helper.dialog)
            helper.dialog.search.setText("sku")
            QTest.qWait(300)
            helper.guide("matching.md")
            QTest.qWait(300)
            self.shoot(f"guide-search-{scheme}", helper.dialog)
            helper.dialog.close()
            self._diagnostics(scheme)
            for kind in (AboutDialog, ShortcutsDialog):
                dialog = kind(window)
                dialog.show()
                self.shoot(f"{kind.__name__.removesuffix('Dialog').lower()}-{scheme}", dialog)
                dialog.close()
        self.theme.set_scheme("light")

    def _diagnostics(self, scheme: str) -> None:
        window = self.window
        dialog = DiagnosticsDialog(self.desk, self.theme, window.settings, window)
        dialog.show()
        self.desk.diagnosed.emit(DIAGNOSTICS, False)
        self.shoot(f"diagnostics-{scheme}", dialog)
        dialog.close()


DIAGNOSTICS = """\
Store Uploader: diagnostics
Made 2026-11-23 19:42 UTC. Keys, addresses and the names of photos are left out.

Versions
  Store Uploader: 0.1.0
  Python: 3.13.5
  PySide6-Essentials: 6.11.3
  pillow: 12.0.0
  System: Debian GNU/Linux 13 (trixie), Linux 6.12.48, x86_64

Window
  platform: wayland
  screens: 1920 × 1200 at 2
  look: fusion, light

Stores
  known: 1
  store 1: https://…, used last

Photos
  list 1: ready 24, waiting 69, uploading 1, processing 6, live 207, failed 1

The log’s last 2 lines
2026-11-23 20:41:58,204 INFO uploader.engine.upload: photo 6: no answer
2026-11-23 20:42:08,911 WARNING uploader.engine.settle: photo 3: done, but … isn’t there
"""


def events() -> dict[int, list[Event]]:
    """The history of the selected photo."""
    at = time.mktime((2026, 11, 23, 20, 42, 10, 0, 0, -1))
    lines = (
        (0, "Waits, next try in 12 s"),
        (2, "Looked in the store: not there, safe to send"),
        (8, "No answer after 5.1 of 8.9 MB"),
        (39, "Sending began"),
        (63, "Added; item found by its title"),
    )
    return {6: [Event(6, at - ago, text) for ago, text in lines]}


def run() -> None:
    """Make all pictures, or those named."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    studio = Studio(folder, set(sys.argv[2:]))
    for scene in (
        studio.main, studio.empty, studio.matching,
        studio.offline, studio.signed_out, studio.waiting, studio.damaged,
        studio.small, studio.dragging, studio.sign_in, studio.history, studio.help,
    ):  # fmt: skip
        scene()


if __name__ == "__main__":
    run()
