"""The real window without a person: what the demo without a display and the smoke run share."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from uploader.paths import data_dir

if TYPE_CHECKING:
    from uploader.app import App
    from uploader.commands.batch import Batch

# Qt is imported after the platform has been chosen.
# ruff: noqa: PLC0415

PREVIEWS_MS = 20_000


@contextmanager
def data_folder(chosen: Path | None) -> Iterator[Path]:
    """Give the chosen folder, or one that is gone afterwards."""
    if chosen is not None:
        yield data_dir(chosen)
        return
    with tempfile.TemporaryDirectory(prefix="store-uploader-") as made:
        yield Path(made)


def send(app: App, photos: Sequence[Path], sign_in: Callable[[], None]) -> Batch:
    """Have a built app sign in and send these photos; give the batch once it has ended."""
    from uploader.commands.batch import Batch, Rules
    from uploader.commands.run import run_batch

    batch = Batch(app.desk, photos, Rules(guess_never=False))
    app.desk.opened.connect(sign_in)
    run_batch(app.qt, app.desk, batch)
    return batch


def photograph(app: App, file: Path | None) -> None:
    """Save a picture of the window, once the previews that it shows are there."""
    from PySide6.QtCore import QDeadlineTimer, QEventLoop

    if file is None:
        return
    deadline = QDeadlineTimer(PREVIEWS_MS)
    app.qt.processEvents()
    while not (app.previews.idle or deadline.hasExpired()):
        app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
    app.qt.processEvents()
    file.parent.mkdir(parents=True, exist_ok=True)
    picture = app.window.grab()
    while app.window.list.delegate.rows.postponed and not deadline.hasExpired():
        picture = app.window.grab()
    picture.save(str(file))
