"""The stores the person has signed in to: one in use, the others' photos wait for it to change."""

from __future__ import annotations

import logging
from dataclasses import replace

from uploader.background.contact import Contact
from uploader.background.profiles import Profile
from uploader.background.signals import DeskSignals
from uploader.background.values import StoreEntry
from uploader.domain.states import FOLLOWED, IN_FLIGHT, State
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

_UNDER_WAY = (State.WAITING, *IN_FLIGHT, *FOLLOWED)


class KnownStores:
    """Its methods block, some on the network: call them from workers."""

    def __init__(self, outbox: Outbox, contact: Contact, signals: DeskSignals) -> None:
        self._outbox = outbox
        self._contact = contact
        self._signals = signals
        self._told: list[StoreEntry] = []

    def tell(self) -> None:
        """Tell the window which stores there are, where that has changed."""
        entries = self.entries()
        if entries != self._told:
            self._told = entries
            self._signals.stores_changed.emit(entries)

    def entries(self) -> list[StoreEntry]:
        """List the stores, in the order in which they came."""
        current = self._contact.profile_name
        return [self._entry(p, p.name == current) for p in self._contact.profiles.shown()]

    def use(self, name: str) -> None:
        """Show another store's list and send its photos; those of the one before wait."""
        if name != self._contact.profile_name:
            self._contact.switch(name)
        self.tell()

    def rename(self, name: str, label: str) -> None:
        """Call a store as the person does; without a label, as it calls itself."""
        profile = self._contact.profiles.named(name)
        if profile is not None:
            self._contact.profiles.put(replace(profile, label=label.strip()))
            self._contact.renamed()
            self.tell()

    def forget(self, name: str) -> None:
        """Revoke and remove the sign-in key. Photos that aren't done stay on record.

        With them, so does the name under which they are found at the next sign-in.
        """
        profile = self._contact.profiles.named(name)
        if profile is None:
            return
        self._contact.let_go(profile)
        if self._outbox.listed(name, limit=1):
            self._contact.profiles.put(replace(profile, forgotten="yes"))
        else:
            self._contact.profiles.drop(name)
        self._contact.go_on_elsewhere(name)
        self.tell()

    def _entry(self, profile: Profile, current: bool) -> StoreEntry:
        counts = self._outbox.counts(profile.name)
        return StoreEntry(
            name=profile.name,
            title=profile.title,
            email=profile.email,
            address=profile.address,
            current=current,
            waiting=counts.of(*_UNDER_WAY),
            unsent=counts.of(State.ADDED, State.CHECKING, State.READY),
        )
