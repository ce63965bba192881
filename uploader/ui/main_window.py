"""The main window: puts the parts together and passes what the person says to the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.background.values import Connection, Notice, Totals
from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.ui import files
from uploader.ui.dialogs.shortcuts import ShortcutsDialog
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.drops import DropTarget
from uploader.ui.menus import appearance_menu, row_menu, store_menu
from uploader.ui.models.groups import Group
from uploader.ui.models.photos import PhotosModel
from uploader.ui.offers import picture_of, read_offer
from uploader.ui.parting import half_sent, parting_words
from uploader.ui.status import Action, asks_for_item
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.bars import BottomBar, NoticeBar, OfflineBar
from uploader.ui.widgets.big_preview import BigPreview
from uploader.ui.widgets.chips import ChipsBar
from uploader.ui.widgets.empty import EmptyState
from uploader.ui.widgets.inspector import Inspector
from uploader.ui.widgets.item_editor import ItemEditor
from uploader.ui.widgets.photo_list import PhotoList
from uploader.ui.widgets.toolbar import Toolbar
from uploader.ui.widgets.work_area import WorkArea

SIZE = (1200, 760)
LEAST = (640, 420)
PARTING_MS = 900
SEARCH_MS = 80


class MainWindow(QMainWindow):
    """Signals: `closing()` once the person quits; the desk should stop its work then."""

    closing = Signal()

    def __init__(
        self, desk: Desk, previews: Previews, settings: QSettings, theme: Theme
    ) -> None:
        super().__init__()
        self.desk, self.previews, self.settings, self.theme = desk, previews, settings, theme
        self.connection = Connection()
        self._sign_in: SignInDialog | None = None
        self._parting = False
        self.setWindowTitle("Store Uploader")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.model = PhotosModel(self)
        self.toolbar, self.chips = Toolbar(theme), ChipsBar(theme)
        self.list = PhotoList(self.model, previews, theme, self._make_item_editor)
        self.inspector = Inspector(desk, previews, theme)
        self.bottom, self.offline = BottomBar(theme), OfflineBar(theme)
        self.notice, self.empty = NoticeBar(theme), EmptyState(theme)
        self._build()
        self.big = BigPreview(previews, theme, self)
        self.drops = DropTarget(self, theme)
        self._add_actions()
        self._connect_parts()
        self._connect_desk()
        self._restore()
        # Nothing has the ring before the person uses the keyboard.
        self.pages.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.pages.setFocus()

    # ---- building
    def _build(self) -> None:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chips)
        column.addWidget(self.list, 1)
        for bar in (self.notice, self.offline, self.bottom):
            column.addWidget(bar)
        self.work = WorkArea(main, self.inspector)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.work)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(whole)

    def _add_actions(self) -> None:
        for keys, act in (
            ("Ctrl+O", self.choose_photos),
            ("Ctrl+Shift+O", self.choose_folder),
            ("Ctrl+V", self.paste),
            ("Ctrl+Return", self.toolbar.upload.click),
            ("Ctrl+Enter", self.toolbar.upload.click),
            ("Ctrl+R", self.toolbar.retry.click),
            ("Ctrl+F", self.toolbar.search.setFocus),
            ("Ctrl+I", self.toolbar.inspector.click),
            ("F1", self.show_shortcuts),
            ("Esc", self._escape),
            ("Ctrl+Q", self.close),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(act)
            self.addAction(action)
        for keys, act in (("Space", self.show_large), ("Del", self.remove_selected)):
            action = QAction(self.list)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.list.addAction(action)

    def _connect_parts(self) -> None:
        toolbar, desk = self.toolbar, self.desk
        toolbar.add_photos.clicked.connect(self.choose_photos)
        toolbar.add_folder.clicked.connect(self.choose_folder)
        toolbar.upload.clicked.connect(lambda: desk.upload())
        toolbar.pause.clicked.connect(self._pause_or_resume)
        toolbar.retry.clicked.connect(lambda: desk.retry())
        toolbar.inspector.toggled.connect(self.work.show_inspector)
        toolbar.set_menus(
            store_menu(self, desk, lambda: self.connection, self.ask_sign_in), self._more_menu()
        )
        self._searching = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._searching.timeout.connect(lambda: self.model.arrange(query=toolbar.search.text()))
        toolbar.searched.connect(lambda _text: self._searching.start())
        self.work.shown.connect(self._inspector_shown)
        self.chips.chosen.connect(lambda group: self.model.arrange(group=group))
        self.chips.sorted.connect(lambda order: self.model.arrange(order=order))
        self.model.counted.connect(self._show_counts)
        self.list.picked.connect(lambda _photos: self._show_current())
        self.list.acted.connect(self._act)
        self.list.menu_wanted.connect(self._show_row_menu)
        self.list.opened.connect(lambda _id: self.show_large())
        self.inspector.stepped.connect(self.list.step)
        self.offline.try_now.connect(desk.try_now)
        self.empty.photos_wanted.connect(self.choose_photos)
        self.empty.folder_wanted.connect(self.choose_folder)
        self.drops.dropped.connect(self.take)

    def _connect_desk(self) -> None:
        desk, model = self.desk, self.model
        desk.reset.connect(model.set_photos)
        desk.changed.connect(self._on_changed)
        desk.removed.connect(model.remove)
        desk.progressed.connect(model.progress)
        desk.totals_changed.connect(self._on_totals)
        desk.connection_changed.connect(self._on_connection)
        desk.capabilities_changed.connect(self._on_capabilities)
        desk.paused_changed.connect(self._on_paused)
        desk.noticed.connect(self.notice.show_notice)
        self._on_connection(self.connection)
        self._on_capabilities(desk.capabilities)
        self._show_counts(model.ledger.counts)

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(translate("MoreMenu", "Add from the clipboard")).triggered.connect(self.paste)
        done = menu.addAction(translate("MoreMenu", "Take live photos off the list"))
        done.triggered.connect(self._remove_live)
        menu.addSeparator()
        scheme = str(self.settings.value("scheme", ""))
        save = lambda chosen: self.settings.setValue("scheme", chosen)  # noqa: E731
        menu.addMenu(appearance_menu(menu, self.theme, scheme, save))
        menu.addAction(translate("MoreMenu", "Keyboard shortcuts")).triggered.connect(
            self.show_shortcuts
        )
        menu.addSeparator()
        menu.addAction(translate("MoreMenu", "Quit")).triggered.connect(self.close)
        return menu

    # ---- what the desk tells
    def _on_changed(self, photos: list[Photo]) -> None:
        self.model.change(photos)
        current = self.list.current()
        if current is None and self.model.rowCount():
            return
        if current is not None and any(photo.id == current.id for photo in photos):
            self._show_current()

    def _on_totals(self, totals: Totals) -> None:
        self.bottom.show_totals(totals)
        self.offline.show_totals(totals)

    def _on_connection(self, connection: Connection) -> None:
        self.connection = connection
        self.model.set_around(connection=connection)
        self.toolbar.show_connection(connection)
        self.bottom.show_connection(connection)
        self.offline.show_connection(connection)
        self.empty.show_store(connection.store_name, self.desk.capabilities)

    def _on_capabilities(self, capabilities: Capabilities) -> None:
        self.model.set_around(capabilities=capabilities)
        self.list.use_styles([style.name for style in capabilities.styles])
        self.empty.show_store(self.connection.store_name, capabilities)
        self._show_current()

    def _on_paused(self, paused: bool) -> None:
        self.model.set_around(paused=paused)
        self.toolbar.show_paused(paused)
        self._show_counts(self.model.ledger.counts)

    def _show_counts(self, counts: dict[Group, int]) -> None:
        self.chips.show_counts(counts)
        some = counts[Group.ALL] > 0
        self.pages.setCurrentWidget(self.work if some else self.empty)
        toolbar = self.toolbar
        toolbar.show_ready(counts[Group.READY])
        toolbar.pause.setEnabled(self.model.paused or counts[Group.UPLOADING] > 0)
        toolbar.retry.setEnabled(counts[Group.ATTENTION] + counts[Group.UPLOADING] > 0)
        toolbar.search.setEnabled(some)
        toolbar.inspector.setEnabled(some)

    # ---- what the person does
    def choose_photos(self) -> None:
        """Ask for photos to add."""
        title = translate("Files", "Add photos")
        mode = QFileDialog.FileMode.ExistingFiles
        files.choose(self, self.settings, title, mode, self.desk.add)

    def choose_folder(self) -> None:
        """Ask for a folder to add."""
        title = translate("Files", "Add a folder")
        files.choose(self, self.settings, title, QFileDialog.FileMode.Directory, self.desk.add)

    def paste(self) -> None:
        """Add what was copied."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, mime: QMimeData) -> None:
        """Add files, folders or a picture."""
        offer = read_offer(mime)
        if offer.paths:
            self.desk.add(offer.paths)
        elif png := picture_of(mime):
            self.desk.add_picture(png)
        else:
            text = translate("Window", "There is no photo in the clipboard.")
            self.notice.show_notice(Notice(text))

    def ask_sign_in(self) -> None:
        """Open the sign-in dialog, filled with what is known."""
        if self._sign_in is None:
            self._sign_in = dialog = SignInDialog(self.desk, self.theme, self)
            dialog.finished.connect(self._sign_in_closed)
            address = self.connection.address or str(self.settings.value("address", ""))
            dialog.prefill(address, self.connection.email or str(self.settings.value("email", "")))
            dialog.open()

    def _sign_in_closed(self) -> None:
        if self._sign_in is not None and self._sign_in.result():
            self.settings.setValue("address", self._sign_in.address.text().strip())
            self.settings.setValue("email", self._sign_in.email.text().strip())
        self._sign_in = None

    def show_shortcuts(self) -> None:
        """List the keyboard shortcuts."""
        ShortcutsDialog(self).open()

    def show_large(self) -> None:
        """Show the current photo over the whole window."""
        photo = self.list.current()
        if photo is not None:
            self.big.show_photo(photo)

    def remove_selected(self) -> None:
        """Take the selected photos off the list."""
        ids = [photo.id for photo in self.list.selected()]
        if ids:
            self.desk.remove(ids)

    def _remove_live(self) -> None:
        ledger = self.model.ledger
        self.desk.remove([i for i, group in ledger.groups.items() if group is Group.LIVE])

    def _pause_or_resume(self) -> None:
        if self.model.paused:
            self.desk.resume()
        else:
            self.desk.pause()

    def _escape(self) -> None:
        if not self.work.close_over():
            self.notice.hide()
        self.list.setFocus()

    def _act(self, photo_id: int, action: Action) -> None:
        if action in (Action.RETRY_NOW, Action.SEND_AGAIN):
            self.desk.retry([photo_id])
        elif action in (Action.CHOOSE, Action.CHANGE_ITEM):
            self.list.edit_item(photo_id)
        else:
            self._replace(self.model.ledger.photos[photo_id])

    def _replace(self, photo: Photo) -> None:
        def put(paths: list[Path]) -> None:
            self.desk.replace_file(photo.id, paths[0])

        title = translate("Files", "Replace {name}", name=photo.name)
        files.choose(self, self.settings, title, QFileDialog.FileMode.ExistingFile, put)

    def _show_row_menu(self, at: QPoint) -> None:
        photos = self.list.selected()
        menu = row_menu(
            self, self.desk, photos, lambda: self.list.edit_item(photos[0].id), self._replace
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # ---- items
    def _make_item_editor(self, parent: QWidget, photo: Photo) -> QWidget:
        """Make the item's field; a choice is for all selected rows."""
        chosen = self.list.selected()
        others = [p for p in chosen if p.id != photo.id] if photo in chosen else []
        asking = [p.id for p in self.model.ledger.photos.values() if asks_for_item(p)]
        place = ""
        if photo.id in asking and not others:
            number = asking.index(photo.id) + 1
            place = translate("Window", "{n} of {all}", n=number, all=len(asking))
        return ItemEditor(
            parent, self.desk, self.theme, [photo, *others], place, self._item_chosen
        )

    def _item_chosen(self, editor: QWidget, and_next: bool) -> None:
        current = self.list.current()
        self.list.close_editor(editor)
        if and_next and current is not None:
            photos = self.model.ledger.photos.values()
            later = [p.id for p in photos if asks_for_item(p) and p.id > current.id]
            if later:
                row = self.model.index(self.model.row_of(later[0]))
                self.list.setCurrentIndex(row)
                QTimer.singleShot(0, self, lambda: self.list.edit_item(later[0]))

    # ---- inspector and state
    def _show_current(self) -> None:
        if self.inspector.isVisibleTo(self):
            self.inspector.show_photo(self.list.current())

    def _inspector_shown(self, shown: bool) -> None:
        self.toolbar.inspector.blockSignals(True)
        self.toolbar.inspector.setChecked(shown)
        self.toolbar.inspector.blockSignals(False)
        self._show_current()

    def _restore(self) -> None:
        geometry = self.settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        self.work.wanted = str(self.settings.value("inspector", "true")) == "true"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the window as large as it."""
        super().resizeEvent(event)
        for cover in (self.big, self.drops.overlay):
            cover.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Quit at once; where photos are half sent, say first what becomes of them."""
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("inspector", "true" if self.work.wanted else "false")
        if not self._parting:
            self.closing.emit()
        half = half_sent(self.model.ledger.photos.values())
        if self._parting or not half or QGuiApplication.isSavingSession():
            event.accept()
            return
        # Not a question: the sentence stands for a moment while the work already stops.
        self._parting = True
        self.drops.overlay.show_words(*parting_words(half))
        QTimer.singleShot(PARTING_MS, self, self.close)
        event.ignore()
