"""What the person changes of photos on the list: their items, texts, crops, turns and places.

All of it holds while it can still be sent with the photo. What the store has of a half-sent one is
dropped there, in its own time: the photo begins anew with what is wanted now.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from uploader.background.contact import Contact
from uploader.background.errands import Errands
from uploader.background.service import Service, capabilities_of
from uploader.domain.edits import Edits
from uploader.domain.errors import CancelledError, StoreError
from uploader.domain.photos import Photo
from uploader.domain.stores import Item
from uploader.domain.styles import Focus, Style
from uploader.engine import edit
from uploader.engine.matching import note_choices
from uploader.outbox import Outbox

log = logging.getLogger(__name__)


class Amendments:
    """Changes photos in the outbox; what is to be told to the store goes by way of `network`."""

    def __init__(self, outbox: Outbox, contact: Contact, network: Errands) -> None:
        self._outbox, self._contact, self._network = outbox, contact, network

    def replace_file(self, photo_id: int, path: Path) -> None:
        """Give a photo another file and look at that one."""
        edit.replace_file(self._outbox, photo_id, path)

    def choose_item(self, ids: Sequence[int], item: Item | None) -> None:
        """Say where photos belong; one that the store rejected is sent again to it."""
        self.choose_items(dict.fromkeys(ids, item))

    def choose_items(self, items: Mapping[int, Item | None]) -> None:
        """Say where each photo belongs, like `choose_item`."""
        left = [photo_id for photo_id, item in items.items() if item is None]
        note_choices(self._outbox, left_open=left, chosen=items.keys() - left)
        self._drop_begun(edit.choose_items(self._outbox, items))

    def set_alt(self, photo_id: int, text: str) -> None:
        """Set the alt text while it can still be sent with the photo."""
        self._drop_begun(edit.set_alt(self._outbox, photo_id, text))

    def set_focus(self, photo_id: int, focus: Focus) -> None:
        """Set the focus point while it can still be sent with the photo."""
        self._drop_begun(edit.set_focus(self._outbox, photo_id, focus))

    def set_alts(self, texts: Mapping[int, str]) -> None:
        """Set many alt texts, like `set_alt`."""
        self._drop_begun(edit.set_alts(self._outbox, texts))

    def write_alts(self, ids: Sequence[int], template: str, keep: bool) -> None:
        """Set many alt texts from a template, like `set_alt`."""
        self._drop_begun(edit.write_alts(self._outbox, ids, template, keep=keep))

    def rotate(self, ids: Sequence[int], turns: int) -> None:
        """Turn pictures further, by quarter turns, while that can still be sent with them."""
        self._edit(ids, lambda edits: edits.turned(turns))

    def set_pad(self, ids: Sequence[int], pad: bool) -> None:
        """Say whether pictures are padded, while that can still be sent with them."""
        self._edit(ids, lambda edits: replace(edits, pad=pad))

    def set_positions(self, positions: Mapping[int, int | None]) -> None:
        """Ask for places within items while that can still be sent with the photos."""
        self._drop_begun(edit.set_positions(self._outbox, positions))

    def set_replaces(self, images: Mapping[int, str]) -> None:
        """Set whose place photos take while that can still be sent with them."""
        self._drop_begun(edit.set_replaces(self._outbox, images))

    def centre_on_products(self, ids: Sequence[int]) -> None:
        """Move crops to where they keep the product whole."""
        self._drop_begun(edit.centre_on_products(self._outbox, ids, self._styles()))

    # ---- parts
    def _edit(self, ids: Sequence[int], change: Callable[[Edits], Edits]) -> None:
        self._drop_begun(edit.set_edits(self._outbox, ids, change, self._styles()))

    def _styles(self) -> tuple[Style, ...]:
        return capabilities_of(self._contact.service).styles

    def _drop_begun(self, photos: Sequence[Photo]) -> None:
        """Have the store drop what it has of half-sent photos, in its own time."""
        service = self._contact.service
        if service is not None and photos:
            self._network.run(lambda: _discard(service, photos))


def _discard(service: Service, photos: Sequence[Photo]) -> None:
    for photo in photos:
        try:
            service.store.discard(photo, service.cancel)
        except (StoreError, CancelledError) as error:
            log.info("photo %d: what arrived wasn't dropped: %s", photo.id, error)
            return
