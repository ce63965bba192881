"""``store-uploader demo``: the app with a store of its own, to try it or to prove it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from uploader.commands.companion import Companion, CompanionError, companion
from uploader.commands.unattended import data_folder, photograph, send
from uploader.domain.stores import Credentials
from uploader.journal import journal
from uploader.paths import samples_dir

if TYPE_CHECKING:
    from uploader.app import App

# Qt is imported after the platform has been chosen.
# ruff: noqa: PLC0415

PROFILE = "demo"
DONE = 0
SOME_FAILED = 1
NOT_BEGUN = 2


@dataclass(frozen=True, slots=True)
class Demo:
    """What the command line asked for."""

    headless: bool = False
    photos: Path | None = None
    screenshot: Path | None = None
    json: bool = False
    data: Path | None = None


def demo(options: Demo) -> int:
    """Run the demo; return 0 if every photo that could be used is live, else 1; 2 if not begun.

    With a window: its exit code.
    """
    photos = options.photos or samples_dir()
    if not photos.exists():
        sys.stderr.write(f"{photos} doesn't exist.\n")
        return NOT_BEGUN
    if options.headless:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        with data_folder(options.data) as data, journal(data), companion(data / "server") as store:
            app = _build(data)
            if options.headless:
                return _headless(app, store, photos, options)
            return _with_window(app, store, photos)
    except CompanionError as error:
        sys.stderr.write(f"{error}\n")
        return NOT_BEGUN


def _build(data: Path) -> App:
    from uploader.app import build
    from uploader.background.settings import Settings

    # Its store's password is new each time: nothing to keep, nothing to resume.
    return build(
        Settings(
            data,
            keychain=False, profile=PROFILE, resume=False, keep_pause=False, heeds_person=False,
        )
    )  # fmt: skip


def _sign_in(app: App, store: Companion) -> None:
    credentials = Credentials(store.email, store.password)
    app.desk.sign_in(store.address, credentials, stay=False, profile=PROFILE)


def _with_window(app: App, store: Companion, photos: Path) -> int:
    from PySide6.QtCore import Qt

    from uploader.app import show

    # The photos are added, not sent: pressing Upload is the person's.
    # Once: the catalogue is read again after a while without network.
    app.desk.catalogue_loaded.connect(
        lambda _: app.desk.add([photos.absolute()]), Qt.ConnectionType.SingleShotConnection
    )
    return show(app, lambda: _sign_in(app, store))


def _headless(app: App, store: Companion, photos: Path, options: Demo) -> int:
    from uploader.commands.summary import Summary, explain

    app.window.show()
    batch = send(app, [photos], lambda: _sign_in(app, store))
    photograph(app, options.screenshot)
    summary = Summary.of(app.desk.photos(), batch.seconds)
    if batch.sentence:
        sys.stderr.write(batch.sentence + "\n")
    explain(app.desk.photos(), batch.passed_over)
    app.close()
    summary.write(as_json=options.json)
    if not batch.begun:
        return NOT_BEGUN
    return DONE if summary.complete and not batch.sentence else SOME_FAILED
