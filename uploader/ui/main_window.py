"""The main window: puts the parts together and passes what the person says to the desk."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.background.values import Connection, Link, Notice, Totals
from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.ui.announcer import Announcer
from uploader.ui.dialogs.batch_check_opener import BatchCheckOpener
from uploader.ui.dialogs.history_opener import HistoryOpener
from uploader.ui.dialogs.settings_opener import SettingsOpener
from uploader.ui.dialogs.sign_in_opener import SignInOpener
from uploader.ui.dialogs.stores import ForgetDialog, RenameDialog
from uploader.ui.drops import DropTarget
from uploader.ui.helper import Helper
from uploader.ui.intake import Intake
from uploader.ui.item_choice import ItemChoice
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.matching.opener import Matching
from uploader.ui.menus import more_menu
from uploader.ui.models.groups import Group
from uploader.ui.models.photos import PhotosModel
from uploader.ui.parting import PARTING_MS, half_sent, parting_words
from uploader.ui.picture_acts import PictureActs
from uploader.ui.remembered import GUIDED, STAY, is_on, remember
from uploader.ui.roles import install_roles
from uploader.ui.row_actions import RowActions
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.store_menu import MOST_KEYS, StoreMenu
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.threshold import Threshold, column
from uploader.ui.tray import Tray
from uploader.ui.updates.teller import UpdateTeller
from uploader.ui.widgets.bars import BottomBar, OfflineBar
from uploader.ui.widgets.big_preview import BigPreview
from uploader.ui.widgets.chips import ChipsBar
from uploader.ui.widgets.inspector import Inspector
from uploader.ui.widgets.notice_bar import NoticeBar
from uploader.ui.widgets.photo_list import PhotoList
from uploader.ui.widgets.signed_out_bar import SignedOutBar
from uploader.ui.widgets.work_area import WorkArea

SEARCH_MS = 80
_ALWAYS = frozenset({"Ctrl+Q", "F1", "Ctrl+/", "Esc"})
"""Keys that act also where the list can't be opened."""


class MainWindow(Threshold):
    """The whole window. Signals: those of `Threshold`."""

    def __init__(self, desk: Desk, previews: Previews, settings: QSettings, theme: Theme) -> None:
        super().__init__(settings, theme)
        self._furnish(desk, previews)

    @classmethod
    def of(cls, threshold: Threshold, desk: Desk, previews: Previews) -> MainWindow:
        """Make a window whole that is on the screen already; it stays the same one.

        So neither importing nor building what isn't seen yet delays its first paint, and what the
        person does meanwhile waits in Qt's queue until there is somebody to hear it.
        """
        threshold.__class__ = cls
        assert isinstance(threshold, cls)
        threshold._furnish(desk, previews)
        return threshold

    def _furnish(self, desk: Desk, previews: Previews) -> None:
        self.desk, self.previews = desk, previews
        self.connection = Connection()
        self._parting = self._failed = self._leaving = False
        self.tray: Tray | None = None
        install_roles()
        self._make_parts()
        self._lay_out()
        self._make_acts()
        self._make_openers()
        self._add_shortcuts()
        self._connect_toolbar()
        self._connect_parts()
        self._connect_desk()
        self.work.wanted = str(self.settings.value("inspector", "true")) == "true"

    # ---- building
    def _make_parts(self) -> None:
        """Make what is seen, from the list outwards."""
        desk, theme = self.desk, self.theme
        self.announcer = Announcer(self)
        self.model = PhotosModel(self)
        self.item_pictures = ItemPictures(desk, self)
        self._items = ItemChoice(desk, self.model, theme, self.item_pictures)
        self.chips = ChipsBar(theme)
        self.list = PhotoList(self.model, self.previews, theme, self._items.make_editor)
        self._items.view = self.list
        self.inspector = Inspector(desk, self.previews, theme)
        self.bottom, self.offline = BottomBar(theme), OfflineBar(theme)
        self.notice, self.signed_out = NoticeBar(theme), SignedOutBar(theme)
        self.updates = UpdateTeller(
            self, desk, theme,
            notice=self.notice.show_notice, speak=self.announcer.show_notice,
        )  # fmt: skip

    def _make_acts(self) -> None:
        """Make what the person does to photos, and what lies over the window meanwhile."""
        desk, theme = self.desk, self.theme
        self.big = BigPreview(self.previews, theme, self)
        self.drops = DropTarget(self, theme)
        self.intake = Intake(self, desk, self.settings, self.notice.show_notice)
        self.matching = Matching(
            self, desk, self.previews, theme,
            settings=self.settings, pictures=self.item_pictures, model=self.model,
        )  # fmt: skip
        self.picture_acts = PictureActs(self, self.list, desk, theme)
        self.row_actions = RowActions(
            self.list, desk, self.intake, self.matching, pictures=self.picture_acts
        )

    def _make_openers(self) -> None:
        """Make what opens the other windows; each is made when it is wanted."""
        desk, theme, settings = self.desk, self.theme, self.settings
        self.sign_in = SignInOpener(self, desk, theme, settings)
        self.history = HistoryOpener(self, desk, theme, settings, self.notice.show_notice)
        self.helper = Helper(self, desk, theme, settings, self.notice.show_notice)
        self.closing.connect(self.helper.close)
        self.settings_window = SettingsOpener(
            self, desk, theme, settings,
            removes_metadata=lambda: self.inspector.removes_metadata,
            checks_batch=lambda: self.check.wanted,
        )  # fmt: skip
        self.check = BatchCheckOpener(
            self, desk, self.previews, theme,
            send=self._send, choose_items=self._choose_items, closed=self._check_closed,
        )  # fmt: skip

    def _lay_out(self) -> None:
        main = QWidget()
        below = column(main)
        below.addWidget(self.chips)
        below.addWidget(self.list, 1)
        for bar in (self.signed_out, self.offline, self.bottom):
            below.addWidget(bar)
        self.work = WorkArea(main, self.inspector)
        self.pages.addWidget(self.work)
        self._seen_on_either(below, self.notice, self.updates.bar)

    def _seen_on_either(self, below: QVBoxLayout, *lines: QWidget) -> None:
        """Show lines on whichever page there is, above the other ones."""

        def carry(page: int) -> None:
            for line in lines:
                (below if page else self.column).insertWidget(2, line)

        for line in lines:
            self.column.addWidget(line)
        self.pages.currentChanged.connect(carry)

    def _add_shortcuts(self) -> None:
        toolbar = self.toolbar
        acts = {
            "Ctrl+O": self.intake.choose_photos,
            "Ctrl+Shift+O": self.intake.choose_folder,
            "Ctrl+V": self.intake.paste,
            "Ctrl+Return": toolbar.upload.click,
            "Ctrl+Enter": toolbar.upload.click,
            "Ctrl+R": toolbar.retry.click,
            "Ctrl+F": toolbar.search.setFocus,
            "Ctrl+I": toolbar.inspector.click,
            "Ctrl+M": self.matching.open_triage,
            "Ctrl+H": self.history.open,
            "Ctrl+,": self.settings_window.open,
            "F1": lambda: self.helper.guide("trouble.md" if self._failed else ""),
            "Ctrl+/": self.helper.shortcuts,
            "Esc": self._escape,
            "Ctrl+Q": self.leave,
        }
        add_shortcuts(self, acts)
        # The menu is made later.
        stores = {f"Ctrl+{n + 1}": partial(self._use_store, n) for n in range(MOST_KEYS)}
        add_shortcuts(self, stores)
        acts = {"Space": self.show_large, "Del": self.row_actions.remove}
        add_shortcuts(self.list, acts, inside=True)

    def _connect_toolbar(self) -> None:
        toolbar, desk, intake = self.toolbar, self.desk, self.intake
        toolbar.add_photos.clicked.connect(intake.choose_photos)
        toolbar.add_folder.clicked.connect(intake.choose_folder)
        # The buttons' own argument isn't one of the desk's.
        toolbar.upload.clicked.connect(self._upload)
        toolbar.retry.clicked.connect(lambda _checked: desk.retry())
        toolbar.pause.clicked.connect(self._pause_or_resume)
        toolbar.inspector.toggled.connect(self.work.show_inspector)
        self.stores = StoreMenu(
            self,
            desk,
            self.theme,
            sign_in=self.ask_sign_in,
            add=lambda: self.sign_in.open("", ""),
            rename=lambda store: RenameDialog(desk, store, self).open(),
            forget=lambda store: ForgetDialog(desk, store, self).open(),
        )
        self.stores.aboutToShow.connect(
            lambda: self.matching.add_rules_to(self.stores, self.connection)
        )
        toolbar.set_menus(self.stores, self._more_menu())
        self._searching = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._searching.timeout.connect(lambda: self.model.arrange(query=toolbar.search.text()))
        toolbar.searched.connect(self._searching.start)

    def _more_menu(self) -> QMenu:
        return more_menu(
            self,
            self.theme,
            self.settings,
            paste=self.intake.paste,
            finished=lambda: self.model.ledger.finished,
            clear_finished=self.desk.remove_finished,
            add_matching=self.matching.add_to,
            show_history=self.history.open,
            check_batch=self.check.open,
            checks_batch=lambda: self.check.wanted,
            set_checks_batch=self.desk.set_checks_batch,
            help_menu=self.helper.menu(self, self.show_first_steps, self.updates.ask),
            show_settings=self.settings_window.open,
            leave=self.leave,
            removes_metadata=lambda: self.inspector.removes_metadata,
            set_removes_metadata=self.desk.set_removes_metadata,
        )

    def _connect_parts(self) -> None:
        self.work.shown.connect(self._inspector_shown)
        self.chips.chosen.connect(lambda group: self.model.arrange(group=group))
        self.chips.sorted.connect(lambda order: self.model.arrange(order=order))
        self.chips.items_wanted.connect(self.matching.open_triage)
        self.model.counted.connect(self._show_counts)
        self.list.picked.connect(self._show_current)
        self.list.opened.connect(self.show_large)
        self.big.closing.connect(self.list.setFocus)
        self.inspector.stepped.connect(self.list.step)
        self.offline.try_now.connect(self.desk.try_now)
        self.sign_in.network_wanted.connect(self.settings_window.open_network)
        self.empty.sign_in_wanted.connect(self.ask_sign_in)
        self.signed_out.sign_in_wanted.connect(self.ask_sign_in)
        self.empty.another_try.connect(self.desk.start)
        self.empty.photos_wanted.connect(self.intake.choose_photos)
        self.empty.folder_wanted.connect(self.intake.choose_folder)
        self.drops.dropped.connect(self.intake.take)

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
        desk.failed.connect(self._on_failed)
        desk.opened.connect(self._on_opened)
        desk.noticed.connect(self.announcer.show_notice)
        desk.connection_changed.connect(self.announcer.show_connection)
        model.counted.connect(self.announcer.show_counts)
        self._on_connection(self.connection)
        self._on_capabilities(desk.capabilities)
        self._show_counts(model.ledger.counts)

    # ---- what the desk tells
    def _on_changed(self, photos: list[Photo]) -> None:
        self.model.change(photos)
        current = self.list.current()
        if current is not None and any(photo.id == current.id for photo in photos):
            self._show_current()

    def _on_totals(self, totals: Totals) -> None:
        self.bottom.show_totals(totals)
        self.offline.show_totals(totals)

    def _on_connection(self, connection: Connection) -> None:
        self.connection = self.stores.connection = connection
        self.model.set_around(connection=connection)
        self.empty.show_store(connection, self.desk.capabilities)
        for part in (self.toolbar, self.bottom, self.offline, self.signed_out):
            part.show_connection(connection)

    def _on_capabilities(self, capabilities: Capabilities) -> None:
        self.model.set_around(capabilities=capabilities)
        self.list.use_styles([style.name for style in capabilities.styles])
        self.empty.show_store(self.connection, capabilities)
        self._show_current()

    def _on_paused(self, paused: bool) -> None:
        self.model.set_around(paused=paused)
        for part in (self.toolbar, self.bottom, self.offline):
            part.show_paused(paused)
        self._show_counts(self.model.ledger.counts)

    def _show_counts(self, counts: dict[Group, int]) -> None:
        self.chips.show_counts(counts, self.model.ledger.asking)
        first = counts[Group.ALL] > 0 and self.pages.currentWidget() is self.empty
        self.pages.setCurrentWidget(self.work if counts[Group.ALL] else self.empty)
        if first:
            self._end_first_steps()
        if first and self.list.current() is None and self.model.rowCount():
            # So that the inspector shows at once what it is for.
            self.list.setCurrentIndex(self.model.index(0))
        self.toolbar.show_counts(counts, self.model.ledger.retriable, self.model.paused)

    def _on_failed(self, title: str, detail: str) -> None:
        """Say why the outbox can’t be opened; nothing can be done then but try again or quit."""
        self.empty.show_failure(title, detail)
        self.pages.setCurrentWidget(self.empty)
        self._failed = True
        self._set_usable(False)

    def _on_opened(self) -> None:
        if self.tray is None:
            # Not before the first paint.
            self.tray = Tray(
                self, self.desk, self.theme, self.settings,
                pause=self._pause_or_resume, leave=self.leave,
            )  # fmt: skip
            self.tray.show_counts(self.model.ledger.counts)
            self.tray.show_paused(self.model.paused)
            self.model.counted.connect(self.tray.show_counts)
            self.closing.connect(self.tray.close)
        if self._failed:
            self._failed = False
            self.empty.show_invitation(self.connection, self.desk.capabilities)
            self._set_usable(True)

    def _set_usable(self, usable: bool) -> None:
        self.setAcceptDrops(usable)
        for part in (self.toolbar, self.list):
            part.setEnabled(usable)
        for action in self.actions():
            action.setEnabled(usable or action.shortcut().toString() in _ALWAYS)

    # ---- what the person does
    def _upload(self) -> None:
        """Send what is ready, once it has been looked over, with what was typed up to now."""
        self.inspector.save()
        self.check.upload()

    def _send(self, ids: list[int]) -> None:
        """Send these photos, or all that are ready; signed out the way to go on is shown."""
        # None named: all that are ready.
        self.desk.upload(*([ids] if ids else []))
        if self.connection.link is Link.SIGNED_OUT:
            self.ask_sign_in()

    def ask_sign_in(self) -> None:
        """Open the sign-in dialog, filled with what is known."""
        self.sign_in.open_known(self.connection.address, self.connection.email)

    def _use_store(self, number: int) -> None:
        self.stores.use(number)

    def show_large(self) -> None:
        """Show the current photo over the whole window."""
        photo = self.list.current()
        if photo is not None:
            self.big.show_photo(photo)

    def _choose_items(self) -> None:
        self.matching.open_triage()

    def _check_closed(self) -> None:
        self.list.wish_again()
        self.list.setFocus()

    def _pause_or_resume(self) -> None:
        if self.model.paused:
            self.desk.resume()
        else:
            self.desk.pause()

    def _escape(self) -> None:
        if self.big.isVisible():
            self.big.close_again()
        elif not self.work.close_over():
            self.notice.dismiss()
        self.list.setFocus()

    # ---- inspector and state
    def _show_current(self) -> None:
        if self.inspector.isVisibleTo(self):
            self.inspector.show_photo(self.list.current())

    def _inspector_shown(self, shown: bool) -> None:
        self.toolbar.show_inspector(shown)
        self._show_current()

    def show_first_steps(self) -> None:
        """Show the steps of the first start again; they are there while the list is empty."""
        remember(self.settings, GUIDED, False)
        self.empty.guide(True)
        if self.model.ledger.counts[Group.ALL]:
            self.notice.show_notice(
                Notice(translate("FirstSteps", "They are shown as soon as the list is empty."))
            )

    def _end_first_steps(self) -> None:
        """Never show them by themselves again: there is a store, and photos for it."""
        if self.connection.link is not Link.SIGNED_OUT:
            remember(self.settings, GUIDED, True)
            self.empty.guide(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the window as large as it."""
        super().resizeEvent(event)
        for cover in (self.big, self.drops.overlay):
            cover.setGeometry(self.rect())

    def leave(self) -> None:
        """End the program, wherever the window is."""
        self._leaving = True
        if not self.isHidden():
            self.close()
        elif not self._parting:
            # There is no window of which the last could close.
            self._parting = True
            self._remember()
            self.closing.emit()
            QApplication.quit()

    def _remember(self) -> None:
        self.settings.setValue("geometry", self.saveGeometry())
        self.settings.setValue("inspector", "true" if self.work.wanted else "false")

    def _stays(self) -> bool:
        """Whether closing the window leaves the program in the tray."""
        there = self.tray is not None and self.tray.is_there
        over = self._leaving or self._parting or self.theme.saving_session
        return there and not over and is_on(self.settings, STAY)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Quit at once; where photos are half sent, say first what becomes of them."""
        self._remember()
        if self.tray is not None and self._stays():
            self.tray.send_away()
            event.ignore()
            return
        half = half_sent(self.model.ledger.photos.values())
        again, self._parting = self._parting, True
        if not again:
            self.closing.emit()
        if again or not half or self.theme.saving_session:
            event.accept()
            return
        # Not a question: closing goes on by itself, and at once on a second try.
        self.drops.overlay.show_words(*parting_words(half))
        QTimer.singleShot(PARTING_MS, self, self.close)
        event.ignore()
