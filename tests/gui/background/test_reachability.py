"""What the system says about the network, scripted; and the real thing, which must be quiet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from uploader.background.reachability import Reachability

Reach = QNetworkInformation.Reachability


class System(QObject):
    """Speaks as `QNetworkInformation` does."""

    reachabilityChanged = Signal(Reach)  # noqa: N815 - Qt's name
    transportMediumChanged = Signal(QNetworkInformation.TransportMedium)  # noqa: N815 - Qt's name


@pytest.fixture
def system(qapp):
    return System()


@pytest.fixture
def heard(system):
    """How often the network was back; keeps what listens."""
    told: list[int] = []
    reachability = Reachability(information=system)
    reachability.back.connect(lambda: told.append(1))
    yield told
    reachability.deleteLater()


@pytest.mark.parametrize(
    ("now", "back"),
    [
        (Reach.Online, 1),
        (Reach.Local, 1),
        (Reach.Site, 1),
        (Reach.Disconnected, 0),
        (Reach.Unknown, 0),
    ],
)
def test_any_network_is_worth_a_probe(system, heard, now, back) -> None:
    system.reachabilityChanged.emit(now)
    assert len(heard) == back


def test_another_medium_is_worth_one_too(system, heard) -> None:
    system.transportMediumChanged.emit(QNetworkInformation.TransportMedium.WiFi)
    assert heard == [1]


def test_the_real_one_says_nothing_of_itself(qapp, caplog) -> None:
    Reachability(qapp).deleteLater()
    assert [record for record in caplog.records if record.levelname != "INFO"] == []


def test_a_system_without_such_a_service_is_fine(qapp, monkeypatch) -> None:
    monkeypatch.setattr(QNetworkInformation, "loadDefaultBackend", staticmethod(lambda: False))
    Reachability(qapp).deleteLater()
