"""Settings: how photos are sent, and what is sent of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.domain.preferences import MOST_UPLOADS, Copies, Preferences
from uploader.ui.dialogs.settings.page import Choose, Page
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.choice_box import ChoiceBox
from uploader.ui.widgets.labels import ElidedLabel


class UploadingPage(Page):
    """Uploads at once, upload at once, private data, copies."""

    def __init__(self, desk: Desk, theme: Theme, choose: Choose) -> None:
        super().__init__(theme, translate("Settings", "Uploading"))
        self._desk, self._choose = desk, choose
        self.at_once = self.add_check(
            translate("Settings", "Upload photos as soon as they are ready"),
            translate("Settings", "They go out once they have an item, without pressing Upload."),
        )
        self.checks = self.add_check(
            translate("Settings", "Check before uploading"),
            translate("Settings", "Upload looks over the batch and says what deserves a look."),
        )
        self.private = self.add_check(
            translate("Settings", "Remove location and camera data"),
            translate("Settings", "From what is sent. Your files stay as they are."),
        )
        uploads = translate("Settings", "Photos sent at the same time")
        counts = [(count, self.locale().toString(count)) for count in range(1, MOST_UPLOADS + 1)]
        self.uploads = ChoiceBox(theme, counts, uploads)
        self.add_field(
            uploads,
            self.uploads,
            translate("Settings", "More fill a fast line, fewer leave room for others on it."),
        )
        copies = translate("Settings", "Keep copies until photos are live")
        kinds = (
            (Copies.NEVER, translate("Settings", "Never")),
            (Copies.AWAY, translate("Settings", "From cards, sticks and the network")),
            (Copies.ALWAYS, translate("Settings", "Of all photos")),
        )
        self.copies = ChoiceBox(theme, kinds, copies)
        self.add_field(
            copies,
            self.copies,
            translate("Settings", "A photo whose file has gone is sent from its copy."),
        )
        self.add_field(
            translate("Settings", "Watched folder"),
            self._make_watched(),
            translate("Settings", "New photos in it are added by themselves, to the store in use."),
            wide=True,
        )
        self.end()
        self.show_preferences(desk.preferences)
        self._connect()

    def _make_watched(self) -> QWidget:
        self.folder = ElidedLabel("", Qt.TextElideMode.ElideMiddle)
        self.pick = push_button(translate("Settings", "Choose a folder…"))
        self.stop = push_button(translate("Settings", "Stop watching"))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.folder, 1)
        row.addWidget(self.stop)
        row.addWidget(self.pick)
        self.pick.clicked.connect(self._pick)
        self.stop.clicked.connect(lambda: self._desk.set_watched_folder(""))
        self._desk.watched_changed.connect(self._show_watched)
        self._desk.stores_changed.connect(self._stores_changed)
        self._show_watched(self._desk.watched_folder)
        return holder

    # A method: a lambda would outlive the window that it shows something in.
    def _stores_changed(self, _stores: object) -> None:
        self._show_watched(self._desk.watched_folder)

    def _show_watched(self, folder: str) -> None:
        has = bool(self._desk.stores)
        none = translate("Settings", "No folder") if has else translate("Settings", "Sign in first")
        self.folder.setText(folder or none)
        self.stop.setVisible(bool(folder))
        self.pick.setEnabled(has)

    def _pick(self) -> None:
        def chosen(folder: Path) -> None:
            self._desk.set_watched_folder(str(folder))

        self._choose(translate("Settings", "Watched folder"), chosen)

    def _connect(self) -> None:
        desk = self._desk
        desk.preferences_changed.connect(self.show_preferences)
        desk.removes_metadata_changed.connect(self.private.setChecked)
        desk.checks_batch_changed.connect(self.checks.setChecked)
        self.checks.clicked.connect(lambda on: desk.set_checks_batch(bool(on)))
        self.at_once.clicked.connect(lambda on: self._set(at_once=bool(on)))
        self.private.clicked.connect(lambda on: desk.set_removes_metadata(bool(on)))
        self.uploads.activated.connect(lambda _: self._set(uploads=self.uploads.value))
        self.copies.activated.connect(lambda _: self._set(copies=Copies(str(self.copies.value))))

    def show_preferences(self, preferences: Preferences) -> None:
        """Show what is set."""
        self.at_once.setChecked(preferences.at_once)
        self.uploads.choose(preferences.uploads)
        self.copies.choose(preferences.copies)

    def _set(self, **changes: object) -> None:
        self._desk.change_preferences(lambda now: replace(now, **changes))  # type: ignore[arg-type]
