"""The engine, seen from the window: commands in, signals out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities, Credentials, Item
from uploader.domain.styles import Focus


class Desk(QObject):
    """Lives on the UI thread; every command returns at once and works in the background.

    Signals (all arrive on the UI thread, the frequent ones at most 20 times a second):
    `reset(list[Photo])` the whole list, in the order added; `changed(list[Photo])` new or
    changed photos; `removed(list[int])` ids; `progressed(dict[int, Progress])`;
    `totals_changed(Totals)`; `connection_changed(Connection)`; `capabilities_changed(
    Capabilities)`; `timeline(int, list[Event])`, newest first; `items_found(str, list[Item])`
    answers `find_items`; `greeted(str, str)` address and the store's name; `greeting_failed(
    str, str, str)` address, title, detail; `signed_in(Account)`; `sign_in_failed(str, str,
    str)` the field to correct (address, email, password or empty), title, detail;
    `paused_changed(bool)`; `noticed(Notice)`.
    """

    reset = Signal(list)
    changed = Signal(list)
    removed = Signal(list)
    progressed = Signal(dict)
    totals_changed = Signal(object)
    connection_changed = Signal(object)
    capabilities_changed = Signal(object)
    timeline = Signal(int, list)
    items_found = Signal(str, list)
    greeted = Signal(str, str)
    greeting_failed = Signal(str, str, str)
    signed_in = Signal(object)
    sign_in_failed = Signal(str, str, str)
    paused_changed = Signal(bool)
    noticed = Signal(object)

    # ---- photos
    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders (recursively); what isn't a photo is counted and noticed."""

    def add_picture(self, png: bytes) -> None:
        """Add a picture from the clipboard; it is kept in the outbox's folder until live."""

    def upload(self, ids: Sequence[int] = ()) -> None:
        """Send the ready photos among `ids`, or all that are ready and have an item."""

    def pause(self) -> None:
        """Stop sending; what is under way stops where it is and goes on from there."""

    def resume(self) -> None:
        """Go on sending."""

    def retry(self, ids: Sequence[int] = ()) -> None:
        """Try again now, whatever the back-off says: `ids`, or all that failed or wait."""

    def cancel(self, ids: Sequence[int]) -> None:
        """Take photos back that aren't in the store yet."""

    def remove(self, ids: Sequence[int]) -> None:
        """Cancel what isn't sent, and take the photos off the list."""

    def replace_file(self, photo_id: int, path: Path) -> None:
        """Give a refused photo another file."""

    def choose_item(self, ids: Sequence[int], item: Item | None) -> None:
        """Say which item photos belong to; an `Item` with an empty id is made on upload."""

    def set_alt(self, photo_id: int, text: str) -> None:
        """Set the text for people who can't see the photo."""

    def set_focus(self, photo_id: int, focus: Focus) -> None:
        """Set the point that the square keeps."""

    def request_timeline(self, photo_id: int) -> None:
        """Ask for a photo's events; `timeline` answers."""

    def find_items(self, query: str) -> None:
        """Look in the catalogue by title and SKU; `items_found` answers, at most 50."""

    # ---- the store
    @property
    def capabilities(self) -> Capabilities:
        """What the store can do; defaults until signed in."""
        raise NotImplementedError

    def greet(self, address: str) -> None:
        """Ask whether there is a store at `address`; `greeted` or `greeting_failed` answers."""

    def sign_in(self, address: str, credentials: Credentials, stay: bool) -> None:
        """Sign in; `stay` keeps the token in the keychain, never anywhere else."""

    def sign_out(self) -> None:
        """Revoke and forget the token. Waiting photos stay in the outbox."""

    def try_now(self) -> None:
        """While offline: probe at once."""

    @property
    def keychain(self) -> bool | None:
        """Whether the system has a usable keychain; None while nobody has looked yet."""
        raise NotImplementedError

    def photo(self, photo_id: int) -> Photo | None:
        """Give the photo as last told."""
        raise NotImplementedError

    def close(self) -> None:
        """Stop all work quickly; everything goes on at the next start."""
