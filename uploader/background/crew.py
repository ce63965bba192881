"""What the window's commands do, in workers: the outbox, the contact and the lanes together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer

from uploader.background.amendments import Amendments
from uploader.background.archive import Archive
from uploader.background.cache import Cache
from uploader.background.contact import Contact
from uploader.background.control import Control
from uploader.background.copying import Copying
from uploader.background.darkroom.client import Developer
from uploader.background.darkroom.looks import comparing, examining, seeking
from uploader.background.errands import Errands
from uploader.background.intake import Intake, Named
from uploader.background.known_stores import KnownStores
from uploader.background.pictures import ItemPictures
from uploader.background.preflight import Preflight
from uploader.background.rulebook import Rulebook
from uploader.background.service import Service
from uploader.background.settings import Settings
from uploader.background.signals import DeskSignals
from uploader.background.stock import Stock
from uploader.background.values import Notice
from uploader.background.watching import Watching
from uploader.background.withdrawals import Withdrawals
from uploader.background.work import Report, Work
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.photos import Photo
from uploader.domain.preferences import Preferences
from uploader.domain.states import State
from uploader.domain.stores import Credentials
from uploader.engine import edit, words
from uploader.engine.clocks import DayClock
from uploader.engine.copies import Copies
from uploader.engine.keychain import Keychain
from uploader.engine.payload import removes_metadata, set_removes_metadata
from uploader.engine.resend import retry
from uploader.outbox import Outbox, OutboxDamagedError, OutboxError

log = logging.getLogger(__name__)

_FIRST = 8

_SCREEN = 200
_HELPING = 150
_HELPING_SECONDS = 0.015
"""Photos told at once: the first rows, and the others by and by."""

_PAUSED = "paused"
"""The setting that keeps a pause."""


class Crew:
    """Made in a worker (its imports and the outbox take time); commands come through errands.

    Raises `OutboxError` where the outbox can't be opened.
    """

    def __init__(
        self, settings: Settings, signals: DeskSignals, report: Report, developer: Developer
    ) -> None:
        self._signals, self._developer = signals, developer
        self._clock = DayClock()
        opened = Outbox.open(settings.data / "outbox.sqlite3", self._clock)
        self.outbox = opened.outbox
        said, folder = opened.notice, settings.data
        self.notice = Notice(said, stays=True, folder=folder) if said else None
        self.keychain = Keychain(enabled=settings.keychain)
        self._resume, self._keep_pause = settings.resume, settings.keep_pause
        self.network = Errands(self.heed)
        self._scans = Errands(self.heed)
        self._returns = Errands(self.heed)
        self._tellings = Errands(self.heed)
        self._sent_after_all: set[int] = set()
        self._shown = ""
        self._closing = CancelToken()
        self._on_changed: Callable[[list[Photo]], None] = lambda _: None
        self.control = Control(self.outbox, settings, signals)
        self.contact = self._make_contact(settings)
        self.stores = KnownStores(self.outbox, self.contact, signals)
        self._watches = settings.heeds_person
        self._make_ways_in(settings.data)
        self._make_stock(settings.data)
        self.work = self._make_work(report)
        self.amendments = Amendments(self.outbox, self.contact, self.network)
        self.preflight = Preflight(
            self.outbox, self.contact, signals, self.network, self.amendments.set_replaces
        )
        self.withdrawals = Withdrawals(
            self.outbox,
            self.contact,
            self.work,
            signals,
            heed=self.heed,
            forgotten=self._forgotten,
        )

    # ---- the parts
    def _make_contact(self, settings: Settings) -> Contact:
        """Make the contact to the store, and the copies that stand in for files that are away."""
        copies = Copies(settings.data / "copies")
        self.copying = Copying(
            self.outbox,
            copies,
            self._signals,
            self._closing,
            heed=self.heed,
            wanted=lambda: self.control.preferences.copies,
        )
        return Contact(
            self.outbox,
            self.keychain,
            self.control.connect,
            self._signals,
            profile=settings.profile,
            on_change=self._link_changed,
            on_service=self._service_changed,
            on_no_service=self._no_service,
            clock=self._clock,
            compare=comparing(self._developer),
            bucket=self.control.bucket,
            stand_in=copies.stand_in,
        )

    def _make_ways_in(self, data: Path) -> None:
        """Make what puts photos on the list: what the person adds, and the watched folder."""
        self.intake = Intake(
            self.outbox,
            data / "pictures",
            self._signals,
            self._closing,
            profile=self._profile,
            on_disk_trouble=self._disk_trouble,
        )
        self.watching = Watching(
            self.outbox,
            data / "watched",
            self._signals,
            self._closing,
            add=self._add_watched,
            heed=self.heed,
        )

    def _make_stock(self, data: Path) -> None:
        """Make what knows of items, their pictures, and of what was sent to them."""
        self.archive = Archive(data / "outbox.sqlite3", self._signals, self.heed, self._profile)
        self.pictures = ItemPictures(self._signals, self._developer, lambda: self.contact.service)
        self.stock = Stock(
            self.outbox,
            Cache(data / "catalogue"),
            self._signals,
            heed=self.heed,
            on_trouble=self.contact.trouble,
        )
        self.rulebook = Rulebook(
            self.outbox,
            self.stock,
            self._signals,
            self.heed,
            service=lambda: self.contact.service,
            profile=self._profile,
        )

    def _make_work(self, report: Report) -> Work:
        return Work(
            self.outbox,
            self.contact,
            report,
            self._disk_trouble,
            uploads=self.control.uploads,
            clock=self._clock,
            examine=examining(self._developer),
            find=seeking(self._developer),
        )

    # ---- beginning and end
    def start(self, on_changed: Callable[[list[Photo]], None]) -> None:
        """Tell the window what there is, and go on with what the last run left.

        Raises `OutboxError` where the disk takes no change.
        """
        self._on_changed = on_changed
        self.outbox.recover(self._clock())
        self.outbox.listener = self._heard
        if self.notice:
            self._signals.noticed.emit(self.notice)
        self._show(self._profile())
        if self._keep_pause and self.outbox.get_setting(_PAUSED):
            self.work.pause()
            self._signals.paused_changed.emit(True)
        self._signals.removes_metadata_changed.emit(removes_metadata(self.outbox))
        self._signals.preferences_changed.emit(self.control.preferences)
        self.stores.tell()
        self._signals.checks_batch_changed.emit(self.preflight.wanted)
        self.copying.start()
        self._watch(self._profile())
        self.withdrawals.go_on()
        self._add_left()
        self.work.start()
        if self._resume:
            self.network.run(self.contact.resume)

    def close(self, deadline: QDeadlineTimer) -> None:
        """Stop quickly; every photo stays in a state from which it goes on."""
        self._closing.cancel()
        ended = [self.work.close(deadline)]
        for errands in (self.network, self._scans, self._returns, self._tellings):
            ended.append(errands.close(deadline.remainingTime()))
        ended.append(self.watching.close(deadline.remainingTime()))
        ended.append(self.copying.close(deadline.remainingTime()))
        ended.append(self.archive.close(deadline.remainingTime()))
        ended.append(self.rulebook.close(deadline.remainingTime()))
        ended.append(self.pictures.close(deadline.remainingTime()))
        ended.append(self.stock.close(deadline.remainingTime()))
        ended.append(self.withdrawals.close(deadline.remainingTime()))
        if all(ended):
            self.outbox.close()
        else:
            log.warning("closing took too long; what was under way is settled at the next start")

    # ---- photos
    def add(self, paths: Sequence[Path]) -> None:
        """Search folders and add the photos in them, batch by batch."""
        number = self.intake.note(paths)
        self._scans.run(lambda: self.intake.scan(number))

    def add_picture(self, png: bytes) -> None:
        """Keep a picture from the clipboard as a file, and add it."""
        self.intake.add_picture(png)

    def upload(self, ids: Iterable[int]) -> None:
        """Queue ready photos that know their item."""
        self._queue(self._profile(), ids)

    def _queue(self, profile: str, ids: Iterable[int]) -> None:
        wanted = frozenset(ids)
        ready = self.outbox.ids(profile, State.READY, with_item=True)
        ready = [photo_id for photo_id in ready if not wanted or photo_id in wanted]
        # A few first: they are on their way while the others are queued.
        for some in (ready[:_FIRST], ready[_FIRST:]):
            self.outbox.move_many(some, State.WAITING, words.QUEUED, only={State.READY})

    def pause(self) -> None:
        """Stop sending, also after a restart: the person decides when it goes on."""
        self.work.pause()
        if self._keep_pause:
            self.outbox.set_setting(_PAUSED, "yes")

    def resume(self) -> None:
        """Go on sending."""
        self.work.resume()
        if self._keep_pause:
            self.outbox.set_setting(_PAUSED, "")

    def set_removes_metadata(self, removes: bool) -> None:
        """Keep whether what is private is removed from photos that aren't begun."""
        set_removes_metadata(self.outbox, removes)
        self._signals.removes_metadata_changed.emit(removes)

    def change_preferences(self, change: Callable[[Preferences], Preferences]) -> None:
        """Keep and follow what the person sets."""
        wanted = change(self.control.preferences)
        if wanted == self.control.preferences:
            return
        if self.control.set(wanted):
            self.network.run(self.contact.reconnect)
        self.work.set_uploads(self.control.uploads)

    def retry(self, ids: Sequence[int]) -> None:
        """Override every back-off; ask the store about what it has."""
        stuck = retry(self.outbox, self._profile(), ids)
        self.contact.link.try_now()
        service = self.contact.service
        if service is not None:
            service.follower.hurry()
        if service is not None and stuck:
            self.network.run(lambda: self._send_again(service, stuck, named=bool(ids)))

    def put_back(self, ids: Iterable[int]) -> None:
        """Look at cancelled photos again; they are sent as soon as they are ready."""
        self._sent_after_all.update(ids)
        edit.put_back(self.outbox, ids)

    def timeline(self, photo_id: int) -> None:
        """Tell a photo's events."""
        self._signals.timeline.emit(photo_id, self.outbox.events(photo_id))

    def find_items(self, query: str) -> None:
        """Search the catalogue."""
        self._signals.items_found.emit(query, self.stock.find(self.contact.service, query))

    # ---- the store
    def sign_in(
        self, address: str, credentials: Credentials, stay: bool, name: str, cancel: CancelToken
    ) -> None:
        """Sign in, in its own time."""
        self.network.run(
            lambda: self.contact.sign_in(address, credentials, stay=stay, name=name, cancel=cancel)
        )

    def tell_on(self) -> None:
        """Tell all of the list, once the window has begun with it.

        From its beginning: what changed since that was read, and was heard before it, is lost.
        """
        profile = self._shown
        self._tellings.run(lambda: self._tell_all(profile))

    # ---- being told
    def _heard(self, photos: list[Photo]) -> None:
        self.withdrawals.heard(photos)
        self.copying.heard(photos)
        back = [p.id for p in photos if p.id in self._sent_after_all and p.state is State.READY]
        self._sent_after_all.difference_update(back)
        back += self.control.at_once.heard(photos)
        # Of an account before this one, too, whose photos were looked at until a moment ago.
        for profile in {photo.profile for photo in photos if photo.id in back}:
            self._returns.run(partial(self._queue, profile, back))
        service = self.contact.service
        # What an account before this one still had under way isn't on the list.
        name = None if service is None else service.profile.name
        gone = self.withdrawals.is_leaving
        self._on_changed([p for p in photos if name in {None, p.profile} and not gone(p.id)])
        self.work.heard(photos)

    def set_watched(self, folder: str) -> None:
        """Add new photos in a folder by themselves from now on; empty: of none."""
        if self._profile():
            self.watching.choose(self._profile(), folder)

    def _watch(self, profile: str) -> None:
        if self._watches:
            self.watching.serve(profile)

    def _add_watched(self, profile: str, paths: list[Path]) -> None:
        self.intake.scan(self.intake.note_named(Named(profile, tuple(paths))), quiet=True)

    def _forgotten(self, photos: Sequence[Photo]) -> None:
        self.intake.drop_pictures(photos)
        self.copying.drop(photos)

    def _link_changed(self) -> None:
        service = self.contact.service
        if service is not None and self.contact.link.online:
            self.stock.refresh(service)
            self.withdrawals.drop_half_sent()
        self.work.wake_all()

    def _service_changed(self, service: Service) -> None:
        self.outbox.adopt(service.profile.name)
        if service.profile.name != self._shown:
            # Until the store (or what is known of it) says more.
            self._signals.capabilities_changed.emit(service.capabilities)
            self._show(service.profile.name)
            self._watch(service.profile.name)
        self.stock.serve(service)
        self.work.wake_all()
        self.stores.tell()

    def _no_service(self) -> None:
        self._show("")
        self._watch("")
        self.stores.tell()

    def heed(self, error: Exception) -> bool:
        """Tell the person of what isn't a bug; False for what is."""
        if isinstance(error, OutboxDamagedError):
            # Whoever reads beside the outbox (the history) may have met it: checked at the start.
            self.outbox.damaged = True
        if isinstance(error, OutboxError):
            self._disk_trouble(error)
        return isinstance(error, OutboxError | CancelledError)

    def _disk_trouble(self, error: OutboxError) -> None:
        self._signals.noticed.emit(Notice(error.title, error.detail))

    # ---- parts
    def _add_left(self) -> None:
        """Go on adding what the last run was told of and didn't come to."""
        for left in self.intake.left():
            number = self.intake.note_named(left)
            self._scans.run(partial(self.intake.scan, number, quiet=True, again=True))

    def _show(self, profile: str) -> None:
        """Tell the window a profile's list: what it shows first; `tell_on` tells the rest."""
        self._shown = profile
        self._signals.reset.emit(self.outbox.listed(profile, limit=_SCREEN))

    def _tell_all(self, profile: str) -> None:
        # In small helpings: a window that takes thousands in at once stands still meanwhile.
        after = 0
        while self._shown == profile and not self._closing.wait(_HELPING_SECONDS):
            told = self.outbox.tell(profile, after, _HELPING)
            if not told:
                return
            after = told[-1].id

    def _send_again(self, service: Service, photos: Sequence[Photo], *, named: bool) -> None:
        for photo in photos:
            outcome = service.send_again(photo, service.cancel, named=named)
            if outcome.trouble is not None:
                self.contact.trouble(outcome.trouble, service)
                return

    def _profile(self) -> str:
        return self.contact.profile_name
