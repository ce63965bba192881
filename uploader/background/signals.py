"""Everything that the background says to the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class DeskSignals(QObject):
    """Emitted from any thread; Qt hands them to receivers on the UI thread.

    Signals: `reset(list[Photo])` the whole list, in the order added; `changed(list[Photo])`
    new or changed photos; `removed(list[int])` ids; `progressed(dict[int, Progress])`;
    `totals_changed(Totals)`; `connection_changed(Connection)`; `capabilities_changed(
    Capabilities)`; `timeline(int, list[Event])`, newest first; `items_found(str, list[Item])`
    answers `find_items`; `greeted(str, str)` address and the store's name; `greeting_failed(
    str, str, str)` address, title, detail; `signed_in(Account)`; `sign_in_failed(str, str,
    str)` the field to correct (address, email, password or empty), title, detail;
    `paused_changed(bool)`; `noticed(Notice)`; `catalogue_loaded(int)` how many items; `added(
    int)` ends each `add`, with the number of photos that it put on the list.
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
    sign_in_failed = Signal(str, str, str)
    paused_changed = Signal(bool)
    noticed = Signal(object)
    catalogue_loaded = Signal(int)
    added = Signal(int)
