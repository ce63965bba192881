"""PySide6 itself: a release once gave back references that it hadn't taken (decision 9)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal


class Speaker(QObject):
    said = Signal()


def test_signals_and_timers_keep_the_references_of_true_and_none(qapp):
    speaker, timer = Speaker(), QTimer()
    speaker.said.connect(lambda: None)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(100):
        speaker.said.emit()
        timer.start(1000)
        timer.stop()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert before[0] - after[0] < 50
    assert before[1] - after[1] < 50
