"""The check of the batch before it goes out, and what a person decides in it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from uploader.background.contact import Contact
from uploader.background.errands import Errands
from uploader.background.service import Service, capabilities_of
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.photos import Photo
from uploader.domain.preflight import BatchCheck
from uploader.domain.states import FINISHED
from uploader.domain.stores import Item
from uploader.engine import words
from uploader.engine.outcome import STORE_TROUBLE
from uploader.engine.payload import removes_metadata
from uploader.engine.preflight import CHECKS_OFF, look_over, sent_place
from uploader.engine.replacing import places_for
from uploader.outbox import Outbox

log = logging.getLogger(__name__)

SetReplaces = Callable[[Mapping[int, str]], None]


class Preflight:
    """`check` and `add` are short; `replace` asks the store, in the network's thread.

    `set_replaces` puts on record whose place photos take.
    """

    def __init__(
        self,
        outbox: Outbox,
        contact: Contact,
        signals: DeskSignals,
        network: Errands,
        set_replaces: SetReplaces,
    ) -> None:
        self._outbox, self._contact, self._signals = outbox, contact, signals
        self._network, self._set_replaces = network, set_replaces

    @property
    def wanted(self) -> bool:
        """Whether Upload looks first: unless the person says otherwise."""
        return not self._outbox.get_setting(CHECKS_OFF)

    def set_wanted(self, wanted: bool) -> None:
        """Keep whether Upload looks first."""
        self._outbox.set_setting(CHECKS_OFF, "" if wanted else "yes")
        self._signals.checks_batch_changed.emit(wanted)

    def check(self) -> None:
        """Look over the list; `batch_checked` answers."""
        self._signals.batch_checked.emit(self.look_over())

    def look_over(self) -> BatchCheck:
        """Look over the list as it stands."""
        service, profile = self._contact.service, self._contact.profile_name
        photos = self._outbox.photos(profile)
        hashes = {photo.sha256 for photo in photos if photo.sha256}
        sent = {
            sent_place(item, sha256): name
            for item, sha256, name in self._outbox.sent_before(profile, hashes)
        }
        return look_over(
            photos,
            capabilities_of(service),
            known=_items(service, photos).get,
            sent=sent,
            removes_metadata=removes_metadata(self._outbox),
        )

    def add(self, ids: Sequence[int]) -> None:
        """Have photos added to what their items have."""
        self._set_replaces(dict.fromkeys(ids, ""))
        self.check()

    def replace(self, ids: Sequence[int]) -> None:
        """Have photos take the places of what their items have; `batch_checked` answers."""
        self._network.run(lambda: self._replace(ids))

    # ---- in the network's thread
    def _replace(self, ids: Sequence[int]) -> None:
        service = self._contact.service
        if service is None or not self._contact.link.online:
            self._signals.noticed.emit(Notice(*words.NOT_REPLACED))
            self.check()
            return
        try:
            self._set_replaces(self._places(service, ids))
        except CancelledError:
            return
        except STORE_TROUBLE as error:
            self._contact.trouble(error, service)
            self._signals.noticed.emit(Notice(*words.NOT_REPLACED))
        except StoreError as error:
            self._signals.noticed.emit(Notice(error.title, error.detail))
        self.check()

    def _places(self, service: Service, ids: Sequence[int]) -> dict[int, str]:
        by_item: dict[str, list[Photo]] = defaultdict(list)
        chosen = frozenset(ids)
        taken: set[str] = set()
        for photo in self._outbox.photos(service.profile.name):
            if photo.id in chosen and photo.item is not None and photo.item.id:
                by_item[photo.item.id].append(photo)
            elif photo.replaces and photo.state not in FINISHED:
                taken.add(photo.replaces)
        places: dict[int, str] = {}
        for item_id, photos in by_item.items():
            images = service.store.images(item_id, service.cancel)
            places |= places_for(photos, images, taken)
        return places


def _items(service: Service | None, photos: Sequence[Photo]) -> dict[str, Item]:
    """Give the photos' items as the catalogue knows them now."""
    wanted = {photo.item.id for photo in photos if photo.item is not None and photo.item.id}
    if service is None or not wanted:
        return {}
    return {item.id: item for item in service.catalogue.items if item.id in wanted}
