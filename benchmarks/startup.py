"""How soon the window is there: from the command to the first paint, warm.

Ours is the whole program, as a menu starts it, with its data folder, lock and settings. Peer: an
empty QMainWindow of the same PySide6, started the same way. Under Xvfb, so that it is a real X
window.
Last line: one JSON object. Run: ``.venv/bin/python benchmarks/startup.py``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from _display import display

ROUNDS = 9

FIRST_PAINT = """
import time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            # Later than this paint, so that the window is really on the screen.
            QTimer.singleShot(0, QApplication.instance().quit)
            watched.removeEventFilter(self)
        return False

def watch(window):
    window._first_paint = FirstPaint(window)
    window.installEventFilter(window._first_paint)
"""

OURS = (
    FIRST_PAINT
    + """
import sys
from uploader.ui.threshold import Threshold

class Watched(Threshold):
    def show(self):
        watch(self)
        super().show()

import uploader.app
uploader.app.Threshold = Watched
from uploader.cli import main
sys.exit(main([]))
"""
)

EMPTY = (
    FIRST_PAINT
    + """
from PySide6.QtWidgets import QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1200, 760)
watch(window)
window.show()
app.exec()
"""
)


def seconds(program: str, environment: dict[str, str]) -> float:
    began = time.time()
    result = subprocess.run(
        [sys.executable, "-c", program],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return float(result.stdout.split()[0]) - began


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of both, taking turns, and their ratio."""
    with display() as screen, tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **screen, "STORE_UPLOADER_DATA": data}
        times: dict[str, list[float]] = {"ours": [], "empty": []}
        for _ in range(rounds + 1):  # the first round warms the disk's cache
            times["ours"].append(seconds(OURS, environment))
            times["empty"].append(seconds(EMPTY, environment))
    ours, empty = (statistics.median(times[name][1:]) for name in ("ours", "empty"))
    return {"ours": round(ours, 3), "empty": round(empty, 3), "ratio": round(ours / empty, 2)}


def main() -> None:
    found = measure()
    print(f"empty QMainWindow  {found['empty']:.3f} s to the first paint (median of {ROUNDS})")
    print(f"Store Uploader     {found['ours']:.3f} s, {found['ratio']:.2f} times the empty window")
    print("target             0.600 s, and 1.5 times the empty window")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
