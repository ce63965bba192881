"""Watches the UI thread: how late it comes to a timer, and what it was doing meanwhile."""

from __future__ import annotations

import collections
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

TICK = 0.005
FRAME, STALL = 0.016, 0.050


class Watchdog:
    """Notes how late a timer on this thread comes, in seconds, phase by phase.

    Beside it the processor's time that the thread itself used in each turn: what a turn takes
    longer than that, it waited for the interpreter or the processor.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.late: dict[str, list[float]] = {}
        self.own: dict[str, list[float]] = {}
        self.phase("")
        self.last = time.perf_counter()
        self._used = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(int(TICK * 1000))
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def phase(self, name: str) -> None:
        """Count what comes now under another name."""
        self.name = name
        self._late = self.late.setdefault(name, [])
        self._own = self.own.setdefault(name, [])

    def stop(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        self._late.append(max(0.0, now - self.last - TICK))
        self._own.append(used - self._used)
        self.last, self._used = now, used

    def figures(self, *names: str) -> dict[str, float]:
        """Sum up some phases, or all of them; times in milliseconds."""
        chosen = names or tuple(self.late)
        late = sorted(one for name in chosen for one in self.late[name]) or [0.0]
        own = sorted(one for name in chosen for one in self.own[name]) or [0.0]

        def at(share: float) -> float:
            return round(late[min(len(late) - 1, int(len(late) * share))] * 1000, 1)

        return {
            "turns": len(late),
            "in_frame": round(100 * sum(one < FRAME for one in late) / len(late), 3),
            "p99": at(0.99),
            "p999": at(0.999),
            "max": at(1.0),
            "over_50": sum(one > STALL for one in late),
            "own_in_frame": round(100 * sum(one < FRAME for one in own) / len(own), 3),
            "own_max": round(own[-1] * 1000, 1),
        }


class Witness:
    """Looks what the UI thread does while it is late. It costs a little: for looking for causes.

    By an alarm signal, which Python handles on the main thread, between two of its steps.
    """

    def __init__(self, dog: Watchdog) -> None:
        self._dog = dog
        self.seen: collections.Counter[str] = collections.Counter()

    def start(self) -> None:
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, 0.008, 0.008)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        late = time.perf_counter() - self._dog.last - TICK
        if late > FRAME:
            self.seen[f"{self._dog.name}: {_where(frame)}"] += 1

    def tell(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for where, count in self.seen.most_common(40):
            print(f"{count:6} {where}")


def _where(frame: FrameType | None) -> str:
    stack = []
    while frame is not None and len(stack) < 7:
        code = frame.f_code
        stack.append(f"{Path(code.co_filename).stem}.{code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return " < ".join(stack)


def empty_window() -> None:
    """The floor: an empty window with the same watchdog, until standard input closes."""
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.show()
    watchdog = Watchdog()
    closing = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    closing.activated.connect(app.quit)
    app.exec()
    print(json.dumps(watchdog.figures()))


@contextmanager
def beside() -> Iterator[dict[str, float]]:
    """Run an empty window beside; its figures are there at the end."""
    figures: dict[str, float] = {}
    process = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield figures
    finally:
        figures |= json.loads(process.communicate("")[0])


def line(name: str, f: dict[str, float]) -> str:
    return (
        f"{name:24} {f['in_frame']:7.3f} % under 16 ms, p99.9 {f['p999']} ms, longest {f['max']} ms"
        f", {f['over_50']} of {f['turns']} over 50 ms; of its own work {f['own_in_frame']:.3f} %"
        f" under 16 ms, longest {f['own_max']} ms"
    )


if __name__ == "__main__":
    empty_window()
