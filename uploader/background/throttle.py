"""Coalesces what many threads say, so that the window hears it at most 20 times a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

INTERVAL_MS = 50


class Throttle(QObject):
    """Keeps the latest value for each key and hands all of them over together.

    `put` is called from any thread; `deliver` runs on the thread this object lives on. The
    first value after a quiet time goes out at once, so that a single change isn't late.
    """

    _poked = Signal()

    def __init__(
        self, deliver: Callable[[dict[Any, Any]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._deliver = deliver
        self._lock = threading.Lock()
        self._latest: dict[Hashable, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._flush)
        self._poked.connect(self._on_poked, Qt.ConnectionType.QueuedConnection)

    def put(self, values: Mapping[Any, Any]) -> None:
        """Take values by key; a later one for the same key replaces an earlier one."""
        with self._lock:
            quiet = not self._latest
            self._latest.update(values)
        if quiet and values:
            self._poked.emit()

    def flush(self) -> None:
        """Hand over what is there now. Call on the object's own thread."""
        self._timer.stop()
        self._hand_over()

    def _on_poked(self) -> None:
        if not self._timer.isActive():
            self._flush()

    def _flush(self) -> None:
        if self._hand_over():
            self._timer.start()

    def _hand_over(self) -> bool:
        with self._lock:
            values, self._latest = self._latest, {}
        if values:
            self._deliver(values)
        return bool(values)
