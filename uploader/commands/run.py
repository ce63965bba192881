"""Runs a batch in an event loop of its own, until it ends or somebody presses Ctrl+C."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QTimer

from uploader.background.desk import Desk
from uploader.commands.batch import Batch

STOPPED = "Stopped. What is left goes out next time."
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run_batch(app: QCoreApplication, desk: Desk, batch: Batch) -> str:
    """Start the desk and run until the batch ends; return why it ended early, or nothing."""
    batch.ended.connect(app.quit)
    QTimer.singleShot(0, desk.start)
    with _heard(batch):
        if not batch.over:
            app.exec()
    return batch.sentence


@contextmanager
def _heard(batch: Batch) -> Iterator[None]:
    """End the batch on Ctrl+C and on a request to terminate."""
    before = [signal.signal(which, lambda *_: batch.end(STOPPED)) for which in _SIGNALS]
    # Python hears signals only when its own code runs: this timer lets it, now and then.
    breath = QTimer()
    breath.timeout.connect(lambda: None)
    breath.start(200)
    try:
        yield
    finally:
        breath.stop()
        for which, handler in zip(_SIGNALS, before, strict=True):
            signal.signal(which, handler)
