"""The system's word that there is a network again. Lives on the UI thread.

A system without such a service (or a plug-in for it) says nothing; then the probes alone find
out. Its word is only a hint to probe at once, never proof of anything.
"""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

log = logging.getLogger(__name__)

_NONE = (
    QNetworkInformation.Reachability.Disconnected,
    QNetworkInformation.Reachability.Unknown,
)


class Reachability(QObject):
    """Signals: `back()`, a network has come, or another in place of the one before.

    `information` stands for the system's, in tests.
    """

    back = Signal()

    def __init__(self, parent: QObject | None = None, information: Any = None) -> None:  # noqa: ANN401 - Qt's object or one like it
        super().__init__(parent)
        self._information = information or _of_system()
        if self._information is None:
            log.info("the system tells nothing about the network")
            return
        self._information.reachabilityChanged.connect(self._on_reachability)
        self._information.transportMediumChanged.connect(self._on_medium)

    def _on_reachability(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability not in _NONE:
            self.back.emit()

    def _on_medium(self, _medium: QNetworkInformation.TransportMedium) -> None:
        """From one Wi-Fi to a cable, say: the connections of before lead nowhere."""
        self.back.emit()


def _of_system() -> QNetworkInformation | None:
    if not QNetworkInformation.loadDefaultBackend():
        return None
    return QNetworkInformation.instance()
