"""What the person has set for the engine, put to work: limits, the way to the store, at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from uploader.background import preferences as kept
from uploader.background.at_once import AtOnce
from uploader.background.autostart import autostart
from uploader.background.settings import Settings
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.domain.preferences import Network, Preferences
from uploader.engine import words
from uploader.engine.bandwidth import Bucket
from uploader.outbox import Outbox
from uploader.stores.companion import CompanionStore
from uploader.stores.network import write_bundle
from uploader.stores.protocol import Store

log = logging.getLogger(__name__)


class Control:
    """Attributes: `preferences` as they are now, `bucket` and `at_once` that follow them.

    Its methods touch the disk: call them from workers.
    """

    def __init__(self, outbox: Outbox, settings: Settings, signals: DeskSignals) -> None:
        self._outbox = outbox
        self._settings = settings
        self._signals = signals
        self.preferences = kept.read(outbox)
        self.bucket = Bucket(self.preferences.bandwidth)
        self.at_once = AtOnce()
        self.at_once.on = self.preferences.at_once and settings.heeds_person

    @property
    def uploads(self) -> int:
        """How many photos are sent at once."""
        return self._settings.uploads or self.preferences.uploads

    def set(self, preferences: Preferences) -> bool:
        """Keep and follow what the person has set; tell whether the way to the store changed.

        Certificates that can't be used are said, and left as they were.
        """
        before = self.preferences.network
        if preferences.network.certificates != before.certificates:
            preferences = self._with_certificates(preferences)
        kept.write(self._outbox, preferences)
        self.preferences = preferences
        self.bucket.bandwidth = preferences.bandwidth
        self.at_once.on = preferences.at_once and self._settings.heeds_person
        self._signals.preferences_changed.emit(preferences)
        return preferences.network != before

    def connect(self, address: str) -> Store:
        """Make the connection to a store, as it is set now."""
        network = self.preferences.network
        return CompanionStore(address, verify=self._settings.verified_by(network), network=network)

    def tell_autostart(self, wanted: bool | None = None) -> None:
        """Have the program start with the system or not, if wanted; tell how it stands."""
        try:
            way = autostart(self._settings.data)
            if wanted is not None:
                way.turn(wanted)
            self._signals.autostart_changed.emit(way.is_on())
        except OSError as error:
            log.warning("starting with the system can't be set: %s", error.strerror)
            self._signals.noticed.emit(Notice(*words.NO_AUTOSTART))
            self._signals.autostart_changed.emit(False)

    def _with_certificates(self, wanted: Preferences) -> Preferences:
        own, network = wanted.network.certificates, wanted.network
        try:
            if own:
                write_bundle(Path(own), self._settings.bundle)
            else:
                self._settings.bundle.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            log.info("certificates can't be used: %s", type(error).__name__)
            self._signals.noticed.emit(Notice(*words.NO_CERTIFICATE))
            old = self.preferences.network.certificates
            network = Network(network.use, network.proxy, old)
        return replace(wanted, network=network)
