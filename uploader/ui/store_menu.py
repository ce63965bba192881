"""The menu behind the store's name: which stores there are, what waits for each, and signing in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from uploader.background.desk import Desk
from uploader.background.values import Connection, Link, StoreEntry
from uploader.ui.text import counted, translate
from uploader.ui.theme import Role, Theme

MOST_KEYS = 9
"""Stores with a key of their own."""


class StoreMenu(QMenu):
    """Filled anew whenever it opens. The functions do what needs a dialog."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        theme: Theme,
        *,
        sign_in: Callable[[], None],
        add: Callable[[], None],
        rename: Callable[[StoreEntry], None],
        forget: Callable[[StoreEntry], None],
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._sign_in, self._add, self._rename, self._forget = sign_in, add, rename, forget
        self._shown: dict[str, QAction] = {}
        self.connection = Connection()
        self.aboutToShow.connect(self._open)
        desk.stores_changed.connect(self._retell)
        self._fill()

    def use(self, number: int) -> None:
        """Go to a store by its place in the list, from 0; one that isn't there is no store."""
        stores = self._desk.stores
        if number < len(stores) and not stores[number].current:
            self._desk.use_store(stores[number].name)

    def _open(self) -> None:
        # What waits may have changed since it was told; it comes while the menu is open.
        self._desk.request_stores()
        self._fill()

    def _retell(self, stores: list[StoreEntry]) -> None:
        """Change the words of an open menu, whose entries stay where they are."""
        for number, store in enumerate(stores):
            if action := self._shown.get(store.name):
                action.setText(self._words(store, number))

    def _fill(self) -> None:
        self.clear()
        self._shown.clear()
        stores = self._desk.stores
        for number, store in enumerate(stores):
            self._shown[store.name] = self._add_store(store, number)
        if any(store.waiting and not store.current for store in stores):
            words = translate("StoreMenu", "Photos for another store wait until you turn to it.")
            self.addAction(words).setEnabled(False)
        if stores:
            self.addSeparator()
        self._add_connection()
        current = next((store for store in stores if store.current), None)
        if stores:
            self._entry(translate("StoreMenu", "Add a store…"), self._add)
        if current is not None:
            self._entry(translate("StoreMenu", "Rename…"), lambda: self._rename(current))
            words = translate("StoreMenu", "Forget this store…")
            self._entry(words, lambda: self._forget(current))

    def _add_store(self, store: StoreEntry, number: int) -> QAction:
        action = self._entry(
            self._words(store, number), lambda: None if store.current else self.use(number)
        )
        online = store.current and self.connection.link is Link.ONLINE
        dot, role = ("online-dot", Role.LIVE) if online else ("offline-dot", Role.TEXT_2)
        action.setIcon(QIcon(self._theme.pixmap(dot, role, self.devicePixelRatioF(), 8)))
        action.setToolTip(f"{store.address}, {store.email}")
        font = self._theme.strong if store.current else self._theme.base
        action.setFont(font)
        return action

    def _words(self, store: StoreEntry, number: int) -> str:
        titles = [other.title for other in self._desk.stores]
        name = store.title if titles.count(store.title) == 1 else f"{store.title}, {store.email}"
        name = name.replace("&", "&&")
        if store.waiting:
            name = counted(
                "StoreMenu", "{store}, {n} waits", "{store}, {n} wait", store.waiting, store=name
            )
        if number >= MOST_KEYS:
            return name
        # Shown only: the window has the shortcut.
        keys = QKeySequence(f"Ctrl+{number + 1}")
        return f"{name}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}"

    def _add_connection(self) -> None:
        link = self.connection.link
        if link is Link.OFFLINE:
            self._entry(translate("StoreMenu", "Try now"), self._desk.try_now)
        if link is Link.SIGNED_OUT:
            self._entry(translate("StoreMenu", "Sign in…"), self._sign_in)
        else:
            self._entry(translate("StoreMenu", "Sign out"), self._desk.sign_out)

    def _entry(self, words: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda _checked=False: act())
        return action
