"""Everything that the background says to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal


class DeskSignals(QObject):
    """Emitted on the UI thread alone; workers speak through a `voice`.

    Signals: `reset(list[Photo])` the whole list, in the order added; `changed(list[Photo])`
    new or changed photos; `removed(list[int])` ids; `progressed(dict[int, Progress])`;
    `totals_changed(Totals)`; `connection_changed(Connection)`; `capabilities_changed(
    Capabilities)`; `timeline(int, list[Event])`, newest first; `items_found(str, list[Item])`
    answers `find_items`; `greeted(str, str)` address and the store's name; `greeting_failed(
    str, str, str)` address, title, detail; `signed_in(Account)`, also with
    a kept key; `sign_in_succeeded(Account)` or `sign_in_failed(str, str, str)` answers `sign_in`:
    the field to correct (address, email, password or empty), title, detail;
    `paused_changed(bool)`; `removes_metadata_changed(bool)`; `preferences_changed(Preferences)`;
    `stores_changed(list[StoreEntry])`; `autostart_changed(bool)`;
    `watched_changed(str)` the folder, or nothing; `checks_batch_changed(bool)`;
    `batch_checked(BatchCheck)` answers `check_batch`; `noticed(Notice)`;
    `catalogue_loaded(int)` how many items; `added(
    int)` ends each `add`, with the number of photos that it put on the list, after `passed_over(
    list[Path], list[Path])`, files named that are no photos and folders that can't be opened;
    `failed(str, str)` title and detail: the outbox can't be opened, and nothing else comes before
    another `start`; `opened()` the outbox is open; `history(
    HistoryPage)`, `history_changed(HistoryChanges)` and `history_exported(Notice)` answer the
    requests for them; `matching_told(Setup)`, `matching_tried(Trial)` and `names_read(ReadList)`
    those about matching; `item_picture(str, Bitmap | None)` an address and what is there;
    `diagnosed(str, bool)` the text of diagnostics, and whether names are in it;
    `updates_stand(UpdateStanding)`; `update_told(UpdateNews)` how asking for a newer version
    ended, also where the person didn't ask.
    """

    reset = Signal(list)
    changed = Signal(list)
    removed = Signal(list)
    progressed = Signal(object)
    totals_changed = Signal(object)
    connection_changed = Signal(object)
    capabilities_changed = Signal(object)
    timeline = Signal(int, list)
    items_found = Signal(str, list)
    greeted = Signal(str, str)
    greeting_failed = Signal(str, str, str)
    signed_in = Signal(object)
    sign_in_succeeded = Signal(object)
    sign_in_failed = Signal(str, str, str)
    paused_changed = Signal(bool)
    removes_metadata_changed = Signal(bool)
    preferences_changed = Signal(object)
    stores_changed = Signal(list)
    autostart_changed = Signal(bool)
    watched_changed = Signal(str)
    checks_batch_changed = Signal(bool)
    batch_checked = Signal(object)
    noticed = Signal(object)
    catalogue_loaded = Signal(int)
    added = Signal(int)
    passed_over = Signal(list, list)
    failed = Signal(str, str)
    opened = Signal()
    history = Signal(object)
    history_changed = Signal(object)
    history_exported = Signal(object)
    matching_told = Signal(object)
    matching_tried = Signal(object)
    names_read = Signal(object)
    item_picture = Signal(str, object)
    diagnosed = Signal(str, bool)
    updates_stand = Signal(object)
    update_told = Signal(object)

    def voice(self) -> DeskSignals:
        """Give an object whose signals workers emit, and which come out here on the UI thread.

        A signal from a worker waits in the event queue. If its receiver is disconnected or gone
        by then (a dialog that was closed), PySide calls what no longer exists and the process
        dies. These wait only for this object, which stays; from here on they are plain calls.
        """
        voice = DeskSignals(self)
        for name in _NAMES:
            getattr(voice, name).connect(getattr(self, name), Qt.ConnectionType.QueuedConnection)
        return voice


_NAMES = tuple(name for name, value in vars(DeskSignals).items() if isinstance(value, Signal))
