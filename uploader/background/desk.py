"""The engine, seen from the window: commands in, signals out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal

from uploader.background.connection_facts import Facts, facts_of, private_of
from uploader.background.darkroom.client import Developer, Here
from uploader.background.errands import Errands
from uploader.background.pulse import Pulse
from uploader.background.settings import Settings
from uploader.background.signals import DeskSignals
from uploader.background.updates import Updates
from uploader.background.values import Connection, StoreEntry, UpdateStanding
from uploader.domain.cancel import CancelToken
from uploader.domain.history import HistoryQuery
from uploader.domain.photos import Photo
from uploader.domain.preferences import Preferences
from uploader.domain.stores import Capabilities, Credentials, Item
from uploader.domain.styles import Focus
from uploader.domain.trial import Setup

if TYPE_CHECKING:
    from uploader.background.crew import Crew

CLOSING_MS = 3000
"""What closing waits for; everything is on record, so what takes longer may be cut off."""


class Desk(DeskSignals):
    """Lives on the UI thread; every command returns at once and works in the background.

    `developer` decodes the photos that are looked at and compared; without one, the workers do.
    Signals: those of `DeskSignals`; the frequent ones come at most 20 times a second.
    """

    _opened = Signal(object, bool)

    def __init__(
        self,
        settings: Settings,
        parent: QObject | None = None,
        developer: Developer | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._developer = settings, developer or Here()
        self._voice = self.voice()
        self._crew: Crew | None = None
        self._errands = Errands(self._heed)
        self._quick = Errands(self._heed)
        self._inquiries = Errands(self._heed)
        self._early: list[Callable[[Crew], None]] = []
        self._closed = False
        self._capabilities = Capabilities()
        self._connection = Connection()
        self._preferences = Preferences()
        self._stores: list[StoreEntry] = []
        self._watched = ""
        self._keychain: bool | None = None
        self._reachability: QObject | None = None
        self._signing_in = CancelToken()
        self._pulse = Pulse(self)
        self._updates = Updates(settings, self._voice, lambda: self._preferences, self)
        self._update_standing = UpdateStanding()
        self._opened.connect(self._on_opened)
        # After the pulse, which begins anew by it.
        self.reset.connect(lambda _: self._at_once(lambda crew: crew.tell_on()))
        self.capabilities_changed.connect(self._on_capabilities)
        self.connection_changed.connect(self._on_connection)
        self.preferences_changed.connect(self._on_preferences)
        self.stores_changed.connect(self._on_stores)
        self.watched_changed.connect(self._on_watched)
        self.updates_stand.connect(self._on_updates)

    def start(self) -> None:
        """Open the outbox and go on with what the last run left. Call after the first paint.

        Where it `failed`, it may be called again.
        """
        self._errands.run(self._open)

    def close(self) -> None:
        """Stop all work quickly; everything goes on at the next start."""
        if self._closed:
            return
        self._closed = True
        self._pulse.stop()
        deadline = QDeadlineTimer(CLOSING_MS)
        for errands in (self._errands, self._quick):
            # What the person said last counts too: it is only put on record here.
            errands.finish(deadline.remainingTime())
            errands.close(deadline.remainingTime())
        self._inquiries.close(deadline.remainingTime())
        self._updates.close(deadline.remainingTime())
        if self._crew is not None:
            self._crew.close(deadline)

    # ---- photos
    def add(self, paths: Sequence[Path]) -> None:
        """Add files and folders (recursively); what isn't a photo is counted and noticed."""
        self._do(lambda crew: crew.add(paths))

    def add_picture(self, make: Callable[[], bytes]) -> None:
        """Add a picture from the clipboard, made a PNG in the background; it is kept as a file."""
        self._do(lambda crew: crew.add_picture(make()))

    def upload(self, ids: Sequence[int] = ()) -> None:
        """Send the ready photos among `ids`, or all that are ready and have an item."""
        self._do(lambda crew: crew.upload(ids))

    def look_first(self, ids: Sequence[int]) -> None:
        """Have these photos looked at before the other added ones: they are in sight."""
        if self._crew is not None:
            self._crew.work.look_first(ids)

    def pause(self) -> None:
        """Stop sending; what is under way stops where it is and goes on from there."""
        self._set_paused(True)

    def resume(self) -> None:
        """Go on sending."""
        self._set_paused(False)

    def set_removes_metadata(self, removes: bool) -> None:
        """Say whether what is private is removed from photos that aren't begun; kept."""
        self._do(lambda crew: crew.set_removes_metadata(removes))

    def change_preferences(self, change: Callable[[Preferences], Preferences]) -> None:
        """Follow what the person sets, at once, and keep it.

        `change` is called in the background with what is set by then: that may be more than was
        told last, or than is known before the outbox is open.
        """
        self._do(lambda crew: crew.change_preferences(change))

    def set_watched_folder(self, folder: str) -> None:
        """Add new photos in this folder by themselves, for the store in use; empty: none."""
        self._do(lambda crew: crew.set_watched(folder))

    def request_autostart(self) -> None:
        """Ask whether the program starts with the system; `autostart_changed` answers."""
        self._do(lambda crew: crew.control.tell_autostart())

    def set_autostart(self, on: bool) -> None:
        """Have the program start with the system, or no longer; `autostart_changed` answers."""
        self._do(lambda crew: crew.control.tell_autostart(on))

    def check_batch(self) -> None:
        """Look over the list before it goes out; `batch_checked` answers."""
        self._do(lambda crew: crew.preflight.check())

    def set_checks_batch(self, checks: bool) -> None:
        """Say whether *Upload* looks over the list first; kept."""
        self._do(lambda crew: crew.preflight.set_wanted(checks))

    def add_to_items(self, ids: Sequence[int]) -> None:
        """Have photos added to the pictures of their items; `batch_checked` answers."""
        self._do(lambda crew: crew.preflight.add(ids))

    def replace_in_items(self, ids: Sequence[int]) -> None:
        """Have photos take the places of what their items have; `batch_checked` answers."""
        self._do(lambda crew: crew.preflight.replace(ids))

    def centre_on_products(self, ids: Sequence[int]) -> None:
        """Move the crops of photos so that they keep the product whole, where one does."""
        self._do(lambda crew: crew.amendments.centre_on_products(ids))

    def retry(self, ids: Sequence[int] = ()) -> None:
        """Try again now, whatever the back-off says: `ids`, or all that failed or wait.

        What was removed in the store is sent anew only where it is among `ids`.
        """
        self._do(lambda crew: crew.retry(ids))

    def cancel(self, ids: Sequence[int]) -> None:
        """Take photos back that aren't in the store yet."""
        self._do(lambda crew: crew.withdrawals.cancel(ids))

    def remove(self, ids: Sequence[int]) -> None:
        """Cancel what isn't sent, and take the photos off the list."""
        self._do(lambda crew: crew.withdrawals.remove(ids))

    def put_back(self, ids: Sequence[int]) -> None:
        """Send cancelled photos after all: they are looked at again and go out by themselves.

        One that has no item (or whose file can't be used any more) waits for the person.
        """
        self._do(lambda crew: crew.put_back(ids))

    def remove_finished(self) -> None:
        """Take all that is live, was there already or was cancelled off the list."""
        self._do(lambda crew: crew.withdrawals.remove_finished())

    def replace_file(self, photo_id: int, path: Path) -> None:
        """Give a refused photo another file."""
        self._do(lambda crew: crew.amendments.replace_file(photo_id, path))

    def choose_item(self, ids: Sequence[int], item: Item | None) -> None:
        """Say which item photos belong to; an `Item` with an empty id is made on upload."""
        self._do(lambda crew: crew.amendments.choose_item(ids, item))

    def choose_items(self, items: Mapping[int, Item | None]) -> None:
        """Say which item each photo belongs to, by id, like `choose_item`."""
        self._do(lambda crew: crew.amendments.choose_items(items))

    def set_alt(self, photo_id: int, text: str) -> None:
        """Set the text for people who can't see the photo."""
        self._do(lambda crew: crew.amendments.set_alt(photo_id, text))

    def set_focus(self, photo_id: int, focus: Focus) -> None:
        """Set the point that the square keeps."""
        self._do(lambda crew: crew.amendments.set_focus(photo_id, focus))

    def set_alts(self, texts: Mapping[int, str]) -> None:
        """Set the texts of many photos, by id."""
        self._do(lambda crew: crew.amendments.set_alts(texts))

    def write_alts(self, ids: Sequence[int], template: str, keep: bool) -> None:
        """Set the texts of photos from a template; `keep` leaves those alone that have one."""
        self._do(lambda crew: crew.amendments.write_alts(ids, template, keep))

    def rotate(self, ids: Sequence[int], turns: int) -> None:
        """Have the store turn pictures further, by quarter turns; clockwise if more than 0."""
        self._do(lambda crew: crew.amendments.rotate(ids, turns))

    def set_pad(self, ids: Sequence[int], pad: bool) -> None:
        """Say whether the store pads pictures to a square."""
        self._do(lambda crew: crew.amendments.set_pad(ids, pad))

    def set_positions(self, positions: Mapping[int, int | None]) -> None:
        """Ask for places among the pictures of photos' items, by id; None: the end."""
        self._do(lambda crew: crew.amendments.set_positions(positions))

    def set_replaces(self, images: Mapping[int, str]) -> None:
        """Say by id which picture (the store's id; empty: none) each photo takes the place of."""
        self._do(lambda crew: crew.amendments.set_replaces(images))

    def request_timeline(self, photo_id: int) -> None:
        """Ask for a photo's events; `timeline` answers."""
        self._at_once(lambda crew: crew.timeline(photo_id))

    def find_items(self, query: str) -> None:
        """Look in the catalogue by title and SKU; `items_found` answers, at most 50."""
        self._at_once(lambda crew: crew.find_items(query))

    def request_pictures(self, addresses: Sequence[str]) -> None:
        """Ask for items' pictures, most urgent first; `item_picture` answers for each."""
        self._at_once(lambda crew: crew.pictures.want(addresses))

    # ---- matching
    def request_matching(self) -> None:
        """Ask how photos find their items; `matching_told` answers."""
        self._do(lambda crew: crew.rulebook.tell())

    def try_matching(self, setup: Setup) -> None:
        """Ask what other rules would do with the list; `matching_tried` answers the last."""
        self._at_once(lambda crew: crew.rulebook.try_out(setup))

    def keep_matching(self, setup: Setup) -> None:
        """Find items by these rules from now on; photos without one are matched again."""
        self._do(lambda crew: crew.rulebook.keep(setup))

    def match_again(self) -> None:
        """Match photos that have no item; what the person chose stays."""
        self._do(lambda crew: crew.rulebook.match_again())

    def read_names(self, path: Path) -> None:
        """Read a list of file names and SKUs; `names_read` answers."""
        self._do(lambda crew: crew.rulebook.read(path))

    def photo(self, photo_id: int) -> Photo | None:
        """Give the photo as last told."""
        return self._pulse.photo(photo_id)

    def photos(self) -> list[Photo]:
        """Give all photos as last told."""
        return self._pulse.photos()

    # ---- the history
    def request_history(self, query: HistoryQuery, before: int | None = None) -> None:
        """Ask for what was sent, older than line `before` if given; `history` answers."""
        self._do(lambda crew: crew.archive.request(query, before))

    def request_history_changes(self, query: HistoryQuery, since: int) -> None:
        """Ask for the lines that changed after a revision; `history_changed` answers."""
        self._do(lambda crew: crew.archive.request_changes(query, since))

    def export_history(self, path: Path, query: HistoryQuery) -> None:
        """Write what answers the query as CSV; `history_exported` tells how it went."""
        self._do(lambda crew: crew.archive.export(path, query))

    def request_diagnostics(
        self, *, names: bool, window: Sequence[Facts], chosen: Mapping[str, str]
    ) -> None:
        """Ask for what helps a developer to help, with photos' `names` or without.

        `window` is what the window knows of itself, `chosen` its settings. `diagnosed` answers,
        also where the outbox can't be opened.
        """
        facts = [*window, facts_of(self._connection)]
        private = private_of(self._connection)
        data = self._settings.data

        def inquire() -> None:
            # Imported here, in a worker, as it is rarely wanted.
            from uploader.engine.diagnostics import report  # noqa: PLC0415

            text = report(data, names=names, window=facts, chosen=chosen, private=private)
            self._voice.diagnosed.emit(text, names)

        self._inquiries.run(inquire)

    # ---- the store
    @property
    def capabilities(self) -> Capabilities:
        """What the store can do; defaults until signed in."""
        return self._capabilities

    @property
    def connection(self) -> Connection:
        """How the app stands with its store, as last told."""
        return self._connection

    @property
    def preferences(self) -> Preferences:
        """What the person has set, as last told."""
        return self._preferences

    @property
    def watched_folder(self) -> str:
        """The folder whose new photos are added by themselves; empty: none."""
        return self._watched

    @property
    def stores(self) -> list[StoreEntry]:
        """The stores that were signed in to, as last told."""
        return self._stores

    @property
    def keychain(self) -> bool | None:
        """Whether the system has a usable keychain; None while nobody has looked yet."""
        return self._keychain

    def greet(self, address: str) -> None:
        """Ask whether there is a store at `address`; `greeted` or `greeting_failed` answers."""
        self._do(lambda crew: crew.network.run(lambda: crew.contact.greet(address)))

    def sign_in(
        self, address: str, credentials: Credentials, stay: bool, profile: str = ""
    ) -> None:
        """Sign in; `stay` keeps the token in the keychain, never anywhere else.

        `profile` names the profile; an unnamed one is named after the account.
        `sign_in_succeeded` or `sign_in_failed` answers, unless it is cancelled.
        """
        self._signing_in = cancel = CancelToken()
        self._do(lambda crew: crew.sign_in(address, credentials, stay, profile, cancel))

    def cancel_sign_in(self) -> None:
        """Give up signing in, if that is under way; what was in use stays in use."""
        cancel = self._signing_in
        # Not here: it ends connections.
        self._at_once(lambda _crew: cancel.cancel())

    def sign_out(self) -> None:
        """Revoke and forget the token. Waiting photos stay in the outbox."""
        self._do(lambda crew: crew.network.run(crew.contact.sign_out))

    def request_stores(self) -> None:
        """Ask for the stores and what waits for each; `stores_changed` answers if it is news."""
        self._at_once(lambda crew: crew.stores.tell())

    def use_store(self, name: str) -> None:
        """Go on with another store, by its profile's name; what the one before has, waits."""
        self._do(lambda crew: crew.network.run(lambda: crew.stores.use(name)))

    def rename_store(self, name: str, label: str) -> None:
        """Call a store as the person does."""
        self._do(lambda crew: crew.stores.rename(name, label))

    def forget_store(self, name: str) -> None:
        """Revoke and remove a store's sign-in key. Photos that aren't done stay on record."""
        self._do(lambda crew: crew.network.run(lambda: crew.stores.forget(name)))

    def try_now(self) -> None:
        """While offline: probe at once."""
        self._at_once(lambda crew: crew.contact.link.try_now())

    def network_back(self) -> None:
        """Say that the system reports a network again: the store is probed at once."""
        self._at_once(lambda crew: crew.contact.link.try_now(afresh=True))

    # ---- newer versions
    @property
    def update_standing(self) -> UpdateStanding:
        """Whether this build can ask for newer versions, as last told."""
        return self._update_standing

    def ask_for_updates(self) -> None:
        """Ask now whether a newer version is out; `update_told` answers."""
        self._updates.ask()

    def skip_version(self, version: str) -> None:
        """Say nothing more of a version by itself."""
        self._updates.skip(version)

    # ---- between the threads
    def _do(self, command: Callable[[Crew], None]) -> None:
        """Run a command after those before it; none of them waits on the network."""

        def errand() -> None:
            # Looked up when it runs: commands may come before the outbox is open.
            if self._crew is None:
                self._early.append(command)
            else:
                command(self._crew)

        self._errands.run(errand)

    def _at_once(self, command: Callable[[Crew], None]) -> None:
        """Run what must not wait for one that changes thousands of photos."""
        if self._crew is None or self._keychain is None:
            self._do(command)
        else:
            crew = self._crew
            self._quick.run(lambda: command(crew))

    def _open(self) -> None:
        # Imported here, in a worker: Pillow and requests would delay the first paint.
        from uploader.background import reachability  # noqa: F401, PLC0415
        from uploader.background.crew import Crew  # noqa: PLC0415
        from uploader.outbox import OutboxError  # noqa: PLC0415

        try:
            self._crew = crew = Crew(
                self._settings, self._voice, self._pulse.report, self._developer
            )
            crew.start(self._pulse.put)
        except OutboxError as error:
            if self._crew is not None:
                # It was open, and took no change: it must not be in its own way next time.
                crew, self._crew = self._crew, None
                crew.close(QDeadlineTimer(CLOSING_MS))
            self._voice.failed.emit(error.title, error.detail)
            return
        early, self._early = self._early, []
        for command in early:
            self._do(command)
        self._opened.emit(crew, crew.keychain.usable())

    def _heed(self, error: Exception) -> bool:
        return self._crew is not None and self._crew.heed(error)

    # ---- on the UI thread
    def _on_opened(self, _crew: object, keychain: bool) -> None:
        self._keychain = keychain
        self.opened.emit()
        # When the window has caught up with what was opened.
        QTimer.singleShot(0, self, self._listen_to_system)

    def _listen_to_system(self) -> None:
        # Loaded by now, in the worker that opened the outbox.
        from uploader.background.reachability import Reachability  # noqa: PLC0415

        if not self._closed and self._reachability is None:
            self._reachability = reachability = Reachability(self)
            reachability.back.connect(self.network_back)
            self._updates.start()

    def _on_capabilities(self, capabilities: Capabilities) -> None:
        self._capabilities = capabilities

    def _on_connection(self, connection: Connection) -> None:
        self._connection = connection

    def _on_preferences(self, preferences: Preferences) -> None:
        self._preferences = preferences

    def _on_watched(self, folder: str) -> None:
        self._watched = folder

    def _on_updates(self, standing: UpdateStanding) -> None:
        self._update_standing = standing

    def _on_stores(self, stores: list[StoreEntry]) -> None:
        self._stores = stores

    def _set_paused(self, paused: bool) -> None:
        self._at_once(lambda crew: crew.pause() if paused else crew.resume())
        self.paused_changed.emit(paused)
