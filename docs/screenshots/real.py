"""Make the pictures of the history: ``python docs/screenshots/real.py [FOLDER]``.

The real program, without a display, with the companion store as its store: the samples are sent,
and whatever else an evening brings. Pictures are at twice the logical size, in 256 colours.
"""

# ruff: noqa: E402
from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PIL import Image
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest

from uploader.app import App, build
from uploader.background.settings import Settings
from uploader.commands.companion import Companion, companion
from uploader.domain.history import ENDED
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Credentials

SAMPLES = ROOT / "resources" / "samples"
TWIN = "HP-1042_mug-once-more.png"
"""The picture of another sample, on the same item."""
ARCHIVED = "HP-3310"
PATIENCE_MS = 120_000


def until(condition: Callable[[], object], what: str) -> None:
    """Let the program work until it is so."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not condition():
        if deadline.hasExpired():
            raise SystemExit(f"never happened: {what}")
        QTest.qWait(50)


class Evening:
    """A person's evening with the program."""

    def __init__(self, app: App, store: Companion, folder: Path) -> None:
        self.app, self.desk, self.store, self.folder = app, app.desk, store, folder

    def photos(self, *states: State) -> list[Photo]:
        """Give the photos that stand there."""
        return [photo for photo in self.desk.photos() if photo.state in states]

    def sign_in(self) -> None:
        """Sign in, and know the catalogue."""
        read: list[int] = []
        self.desk.catalogue_loaded.connect(read.append)
        credentials = Credentials(self.store.email, self.store.password)
        self.desk.sign_in(self.store.address, credentials, stay=False, profile="pictures")
        until(lambda: read, "the catalogue")

    def send(self, *paths: Path) -> None:
        """Add photos and upload what has an item, to the end."""
        added: list[int] = []
        self.desk.added.connect(added.append)
        self.desk.add(paths)
        until(lambda: added, "photos on the list")
        until(lambda: not self.photos(State.ADDED, State.CHECKING), "photos that are looked at")
        self.desk.upload()
        until(lambda: all(_at_rest(photo) for photo in self.desk.photos()), "the end")

    def shoot(self, target: Path) -> None:
        """Save the history in both themes."""
        self.app.window.history.open()
        dialog = self.app.window.history.dialog
        dialog.resize(1000, 600)
        until(dialog.model.rowCount, "lines")
        dialog.table.selectRow(2)
        dialog.table.setFocus()
        for scheme in ("light", "dark"):
            self.app.window.theme.set_scheme(scheme)
            QTest.qWait(200)
            file = target / f"history-{scheme}.png"
            dialog.grab().save(str(file))
            picture = Image.open(file).convert("RGB")
            picture.quantize(256, kmeans=4, dither=Image.Dither.NONE).save(file, optimize=True)


def _at_rest(photo: Photo) -> bool:
    return photo.state in ENDED or (photo.state is State.READY and photo.item is None)


def archive(data: Path) -> None:
    """Take an item off the shop's shelf, unseen by the program."""
    with closing(sqlite3.connect(data / "server" / "store.sqlite3", timeout=30)) as db, db:
        db.execute("UPDATE store_item SET active = 0 WHERE sku = ?", (ARCHIVED,))


def run() -> None:
    """Spend the evening, and make the pictures of it."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    with (
        tempfile.TemporaryDirectory(prefix="photos-") as photos,
        tempfile.TemporaryDirectory() as made,
        companion(Path(made) / "server") as store,
    ):
        data, folder = Path(made), Path(photos)
        shutil.copytree(SAMPLES, folder, dirs_exist_ok=True)
        app = build(Settings(data, keychain=False, profile="pictures", resume=False))
        app.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        app.window.show()
        opened: list[bool] = []
        app.desk.opened.connect(lambda: opened.append(True))
        app.desk.start()
        until(lambda: opened, "an outbox")
        evening = Evening(app, store, folder)
        evening.sign_in()
        late = [folder / "HP-3310_2.jpg", folder / "dining-chair-oak.jpg"]
        evening.send(*sorted(p for p in folder.iterdir() if p not in late and p.is_file()))
        shutil.copy(folder / "HP-1042.png", folder / TWIN)
        archive(data)
        evening.send(late[0], folder / TWIN)
        evening.shoot(target)
        app.close()


if __name__ == "__main__":
    run()
