"""Every window, dialog, menu and state of the program, one after another, for walks.

A walk looks at all of them: what is said, what is cut, what a screen reader is told. So a new
dialog has to stand in `DIALOGS`; a test finds those that don't. What a scene opens it gives to
`Stage.keep`, which closes it again.
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gui_fakes import (
    CAPABILITIES,
    ONLINE,
    TOTALS,
    FakeDesk,
    FakePreviews,
    design_batch,
    history_lines,
    make_photo,
)
from PIL import Image
from PySide6.QtCore import QDeadlineTimer, QMimeData, QSettings, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

import uploader.ui
from uploader.background.values import Link, Notice, Progress, StoreEntry
from uploader.domain.findings import Finding, FindingKind, Severity
from uploader.domain.history import HistoryPage, HistoryQuery, Outcome
from uploader.domain.matching import Matcher
from uploader.domain.names import title_from
from uploader.domain.photos import Event, Photo, Problem
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.domain.states import State
from uploader.domain.trial import Setup, try_out
from uploader.domain.updates import Finding as UpdateFinding
from uploader.domain.updates import Manifest, Package, System, UpdateNews
from uploader.engine import words
from uploader.engine.updates import words as update_words
from uploader.imaging import refusals
from uploader.outbox.words import DAMAGED
from uploader.ui.dialogs.about import PARTS, AboutDialog
from uploader.ui.dialogs.alt_texts import AltTextsDialog
from uploader.ui.dialogs.batch_check import BatchCheckDialog
from uploader.ui.dialogs.diagnostics import DiagnosticsDialog
from uploader.ui.dialogs.guide import GuideDialog
from uploader.ui.dialogs.history import HistoryDialog
from uploader.ui.dialogs.settings.dialog import SettingsDialog, Standing
from uploader.ui.dialogs.shortcuts import ShortcutsDialog
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.dialogs.stores import ForgetDialog, RenameDialog
from uploader.ui.guide.pages import read_pages
from uploader.ui.guide.shelf import Shelf
from uploader.ui.main_window import MainWindow
from uploader.ui.matching.dialog import MatchingDialog
from uploader.ui.matching.new_items import NewItemsDialog
from uploader.ui.offers import read_offer
from uploader.ui.resources import guide as guide_folder
from uploader.ui.theme import Theme
from uploader.ui.triage.dialog import TriageDialog
from uploader.ui.updates.dialog import UpdatesDialog
from uploader.ui.widgets.item_editor import ItemEditor

NEW = Manifest(
    "0.2.0",
    serial=2,
    issued=1_795_469_263,
    expires=1_800_000_000,
    page="https://store-uploader.example/download",
    notes=("Photos go out twice as fast.", "The history can be printed."),
    packages=(
        Package(System.LINUX, "store-uploader_0.2.0_amd64.deb", 41_000_000, "ab" * 32),
        Package(System.LINUX, "store-uploader-0.2.0-1.x86_64.rpm", 41_500_000, "cd" * 32),
    ),
)
HARBOUR = StoreEntry(
    "shop", "Harbour & Pine", "ines@harbourpine.shop", "https://harbourpine.shop", current=True
)
NOW = 1_795_469_263.0
_INI = QSettings.Format.IniFormat


@dataclass
class Stage:
    """One main window at a time, on a desk without an engine."""

    theme: Theme
    folder: Path
    desk: FakeDesk = field(init=False)
    window: MainWindow = field(init=False)
    photos: list[Photo] = field(default_factory=list)
    data: set[str] = field(default_factory=lambda: {"Its item, HP-3310, is archived."})
    """Texts in the window that a store or a file brought along, other than photos."""
    _kept: list[QWidget] = field(default_factory=list)
    _settings: list[QSettings] = field(default_factory=list)

    def settings(self) -> QSettings:
        self._settings.append(QSettings(str(self.folder / "window.ini"), _INI))
        return self._settings[-1]

    def open(self, size: tuple[int, int] = (1200, 760), batch: bool = True) -> MainWindow:
        self.desk = FakeDesk(replace(CAPABILITIES))
        self.desk.events = {6: events()}
        pictures = {"photo-00001.jpg": Image.new("RGB", (300, 400), "teal")}
        self.window = MainWindow(self.desk, FakePreviews(pictures), self.settings(), self.theme)
        self.keep(self.window)
        self.window.resize(*size)
        self.window.show()
        if batch:
            self.desk.connection_changed.emit(ONLINE)
            self.photos = design_batch(time.time())
            self.desk.reset.emit(self.photos)
            self.desk.totals_changed.emit(TOTALS)
            self.desk.progressed.emit({5: Progress(5_300_000, 8_400_000, 1_000_000)})
        return self.window

    def keep(self, widget: QWidget) -> QWidget:
        self._kept.append(widget)
        return widget

    def close(self) -> None:
        while self._kept:
            widget = self._kept.pop()
            if isinstance(widget, MainWindow):
                widget._parting = True
            widget.close()
            widget.deleteLater()
        QApplication.sendPostedEvents(None, 52)  # DeferredDelete
        while self._settings:
            # Else what is still to be written makes the folder anew after it was removed.
            self._settings.pop().sync()


def events() -> list[Event]:
    """A timeline of the engine's own sentences."""
    lines = (
        words.NEXT_TRY.format(title="No answer", seconds=12),
        words.LOOKED_NOT_THERE,
        words.NO_ANSWER.format(sent=words.amount_of(5_100_000, 8_900_000)),
        words.SENDING,
        words.ADDED_MATCHED.format(by="its title"),
    )
    return [Event(6, NOW - 20 * n, text) for n, text in enumerate(lines)]


# ---- the main window
def empty(stage: Stage) -> QWidget:
    return stage.open(batch=False)


def empty_online(stage: Stage) -> QWidget:
    window = stage.open(batch=False)
    stage.desk.connection_changed.emit(ONLINE)
    return window


def empty_again(stage: Stage) -> QWidget:
    """Not at the first start."""
    stage.settings().setValue("guided", "true")
    window = stage.open(batch=False)
    stage.desk.connection_changed.emit(ONLINE)
    return window


def cannot_open(stage: Stage) -> QWidget:
    window = stage.open(batch=False)
    stage.desk.failed.emit(
        "The list of photos can’t be written to",
        "You may not write to its folder, or the drive is read-only. Change that and try again.",
    )
    return window


def batch(stage: Stage) -> QWidget:
    window = stage.open()
    window.work.show_inspector(True)
    window.list.setCurrentIndex(window.model.index(5))
    return window


def small(stage: Stage) -> QWidget:
    return stage.open(size=(960, 540))


def smallest(stage: Stage) -> QWidget:
    return stage.open(size=(720, 420))


def offline(stage: Stage) -> QWidget:
    window = stage.open()
    stage.desk.connection_changed.emit(
        replace(
            ONLINE,
            link=Link.OFFLINE,
            since=NOW,
            next_try=time.time() + 60,
            title="No way to the store",
            detail="harbourpine.shop can’t be found. Check the network and the address.",
        )
    )
    return window


def signed_out(stage: Stage) -> QWidget:
    window = stage.open()
    stage.desk.connection_changed.emit(
        replace(
            ONLINE,
            link=Link.SIGNED_OUT,
            title="You are signed out",
            detail="Sign in again; the photos wait and go on by themselves.",
        )
    )
    return window


def paused(stage: Stage) -> QWidget:
    window = stage.open()
    stage.desk.paused_changed.emit(True)
    return window


def noticed(stage: Stage) -> QWidget:
    window = stage.open()
    text = DAMAGED.format(count=312, name="outbox.damaged-1.sqlite3")
    stage.desk.noticed.emit(Notice(text, stays=True, folder=Path("/photos")))
    return window


def updated(stage: Stage) -> QWidget:
    window = stage.open()
    stage.data |= set(NEW.notes)
    stage.data.add(" ".join(NEW.notes))
    stage.desk.update_told.emit(UpdateNews(UpdateFinding.NEWER, "0.1.0", manifest=NEW))
    return window


def problem_rows(stage: Stage) -> QWidget:
    """Rows whose sentences come from every layer."""
    window = stage.open()
    size = Finding(
        FindingKind.TOO_SMALL,
        Severity.WARNING,
        "Only 120 × 90 pixels: “square” will look blurred.",
    )
    last = words.BUG_LAST_PROBLEM
    rows = [
        make_photo(1, State.REFUSED, findings=(refusals.TRUNCATED,)),
        make_photo(2, State.REFUSED, findings=(refusals.too_many_bytes(CAPABILITIES.limits),)),
        make_photo(3, State.FAILED, problem=Problem(*words.FAILED_PROBLEM)),
        make_photo(4, State.REJECTED, problem=Problem(last[0], last[1].format(count=3))),
        make_photo(5, State.WAITING, problem=Problem(*words.OFFLINE_PROBLEM)),
        make_photo(6, State.UNCERTAIN, problem=Problem(*words.UNCERTAIN_PROBLEM)),
        make_photo(7, State.CANCELLED),
        make_photo(8, State.ALREADY),
        make_photo(9, State.CHECKING),
        make_photo(10, State.READY, item=None),
        make_photo(11, State.READY, findings=(size,)),
        make_photo(12, State.LIVE, problem=Problem(*words.TOO_LATE_PROBLEM)),
    ]
    stage.photos = rows
    stage.desk.reset.emit(rows)
    window.work.show_inspector(True)
    window.list.setCurrentIndex(window.model.index(10))
    return window


def dragged_over(stage: Stage) -> QWidget:
    window = stage.open()
    mime = QMimeData()
    names = [*(f"a{n}.jpg" for n in range(24)), "Autumn", "a.txt"]
    mime.setUrls([QUrl.fromLocalFile(f"/photos/{name}") for name in names])
    window.drops.overlay.show_offer(read_offer(mime))
    return window


def parting(stage: Stage) -> QWidget:
    window = stage.open()
    window.drops.overlay.show_words(*_parting_words())
    return window


def _parting_words() -> tuple[str, str]:
    from uploader.ui.parting import parting_words

    return parting_words(3)


def shown_large(stage: Stage) -> QWidget:
    window = stage.open()
    window.list.setCurrentIndex(window.model.index(0))
    window.show_large()
    return window


def choosing_an_item(stage: Stage) -> QWidget:
    window = stage.open()
    window.list.setCurrentIndex(window.model.index(6))
    window.list.edit_item(7)
    assert window.list.findChild(ItemEditor) is not None
    return window


# ---- menus
def menu_on_rows(stage: Stage) -> QWidget:
    window = stage.open()
    window.list.setCurrentIndex(window.model.index(8))
    window.list.menu_wanted.emit(window.mapToGlobal(window.rect().center()))
    menu = next(menu for menu in window.list.findChildren(QMenu) if menu.isVisible())
    return stage.keep(menu)


def menu_of_the_store(stage: Stage) -> QWidget:
    window = stage.open()
    harbour = replace(HARBOUR, title="Harbour")
    stage.desk.stores = [harbour, StoreEntry("fair", "Fair", "i@fair", "https://fair", waiting=3)]
    stage.data |= {"Harbour", "Fair"}
    return _shown(stage, window.toolbar.store.menu())


def menu_behind_the_dots(stage: Stage) -> QWidget:
    return _shown(stage, stage.open().toolbar.more.menu())


def menu_of_the_order(stage: Stage) -> QWidget:
    return _shown(stage, stage.open().chips.sorting.menu())


def _shown(stage: Stage, menu: QMenu) -> QMenu:
    stage.keep(menu)
    menu.popup(stage.window.mapToGlobal(stage.window.rect().center()))
    return menu


# ---- dialogs
def signing_in(stage: Stage) -> QWidget:
    dialog = stage.keep(SignInDialog(stage.desk, stage.theme, None))
    dialog.prefill("harbourpine.shop", "ines@harbourpine.shop")
    stage.desk.greeted.emit("https://harbourpine.shop", "Harbour & Pine")
    stage.desk.sign_in_failed.emit(
        "email",
        "This account isn’t an administrator of the store",
        "Ask whoever runs Harbour & Pine to make it one, or sign in with another account.",
    )
    dialog.show()
    return dialog


def history(stage: Stage) -> QWidget:
    dialog = stage.keep(HistoryDialog(stage.desk, stage.theme, stage.settings()))
    dialog.show()
    lines = tuple(history_lines(NOW))
    stage.data.add("The store can’t read this TIFF. Save it as JPEG.")
    counts = dict.fromkeys(Outcome, 0) | {Outcome.LIVE: len(lines), Outcome.ALL: len(lines)}
    stage.desk.history.emit(HistoryPage(HistoryQuery(), lines, counts, None, False, 10))
    dialog.table.setCurrentIndex(dialog.model.index(0, 0))
    return dialog


def shortcuts(stage: Stage) -> QWidget:
    dialog = stage.keep(ShortcutsDialog(stage.window))
    dialog.show()
    return dialog


def about(stage: Stage) -> QWidget:
    stage.data |= {text for part in PARTS for text in part} | {"MIT"}
    dialog = stage.keep(AboutDialog(stage.window))
    dialog.show()
    return dialog


def diagnostics(stage: Stage) -> QWidget:
    window = stage.window
    dialog = stage.keep(
        DiagnosticsDialog(stage.desk, stage.theme, stage.settings(), window, window)
    )
    dialog.show()
    stage.desk.diagnosed.emit("Store Uploader 0.1.0", False)
    return dialog


def guide(stage: Stage) -> QWidget:
    pages = read_pages(guide_folder())
    shelf = Shelf(stage.window)
    stage.data |= {page.title for page in pages}
    stage.data |= {line for page in pages for line in page.markdown.splitlines() if line}
    dialog = stage.keep(GuideDialog(shelf, stage.theme, stage.settings()))
    dialog.show()
    deadline = QDeadlineTimer(10_000)
    while not dialog.contents.model().rowCount() and not deadline.hasExpired():
        QTest.qWait(5)
    shelf.close()
    return dialog


def _updates(stage: Stage) -> UpdatesDialog:
    dialog = stage.keep(UpdatesDialog(System.LINUX, stage.window))
    dialog.show()
    return dialog


def newer_version(stage: Stage) -> QWidget:
    stage.data |= {package.name for package in NEW.packages} | set(NEW.notes)
    dialog = _updates(stage)
    dialog.show_news(UpdateNews(UpdateFinding.NEWER, "0.1.0", True, NEW, skipped=True))
    return dialog


def asking_for_updates(stage: Stage) -> QWidget:
    return _updates(stage)


def no_newer_version(stage: Stage) -> QWidget:
    dialog = _updates(stage)
    dialog.show_news(UpdateNews(UpdateFinding.NEWEST, "0.1.0", True))
    return dialog


def no_answer_about_updates(stage: Stage) -> QWidget:
    dialog = _updates(stage)
    title, detail = update_words.NOBODY
    stage.data.add("store-uploader.example")
    said = detail.format(host="store-uploader.example")
    dialog.show_news(UpdateNews(UpdateFinding.UNKNOWN, "0.1.0", True, title=title, detail=said))
    return dialog


def settings_page(number: int) -> Scene:
    """Make the scene of one page of the settings."""

    def scene(stage: Stage) -> QWidget:
        dialog = SettingsDialog(
            stage.desk, stage.theme, stage.settings(), Standing(True, True), stage.window
        )
        stage.keep(dialog)
        dialog.names[number].setChecked(True)
        dialog.show()
        return dialog

    scene.__name__ = f"settings_{number + 1}"
    return scene


def matching_rules(stage: Stage) -> QWidget:
    photos = [replace(photo, item=None) for photo in stage.photos[:9]]
    matcher = Matcher([photo.item for photo in stage.photos[:12] if photo.item])
    stage.desk.try_matching = lambda setup: stage.desk.matching_tried.emit(
        try_out(photos, setup, Matcher(matcher.index, setup.rules, setup.names))
    )
    dialog = stage.keep(MatchingDialog(stage.desk, stage.theme, stage.settings(), stage.window))
    dialog.show()
    stage.desk.matching_told.emit(Setup())
    deadline = QDeadlineTimer(10_000)
    while not dialog.trial.rowCount() and not deadline.hasExpired():
        QTest.qWait(5)
    return dialog


def triage(stage: Stage) -> QWidget:
    stage.window.matching.open_triage()
    dialog = stage.window.matching.triage.dialog
    assert dialog is not None
    return stage.keep(dialog)


def new_items(stage: Stage) -> QWidget:
    photos = [replace(photo, item=None) for photo in stage.photos[:5]]
    stage.data |= {title_from(photo.path.stem) for photo in photos}
    dialog = stage.keep(NewItemsDialog(stage.desk, stage.theme, photos, stage.window))
    dialog.show()
    return dialog


def batch_check(stage: Stage) -> QWidget:
    stage.desk.capabilities = replace(CAPABILITIES, replaces=True, lists_images=True, pads=True)
    remarks = (
        *(Remark(9, Concern.CUT, "square", mendable=True), Remark(10, Concern.COPY, "lamp.jpg")),
        Remark(11, Concern.SMALL, "Only 90 × 90 pixels: “square” will look blurred."),
        *(Remark(12, Concern.TAKEN, count=2), Remark(7, Concern.NO_ITEM, count=2)),
        Remark(8, Concern.UNUSABLE, refusals.TRUNCATED.sentence),
    )
    stage.desk.check = BatchCheck((9, 10, 11, 12), remarks, private=3)
    stage.window.toolbar.upload.click()
    deadline = QDeadlineTimer(10_000)
    while stage.window.check.dialog is None and not deadline.hasExpired():
        QTest.qWait(5)
    return stage.keep(stage.window.check.dialog)


def renaming_a_store(stage: Stage) -> QWidget:
    dialog = stage.keep(RenameDialog(stage.desk, HARBOUR, stage.window))
    dialog.show()
    return dialog


def forgetting_a_store(stage: Stage) -> QWidget:
    dialog = stage.keep(ForgetDialog(stage.desk, replace(HARBOUR, waiting=12), stage.window))
    dialog.show()
    return dialog


def alt_texts(stage: Stage) -> QWidget:
    dialog = stage.keep(AltTextsDialog(stage.desk, stage.theme, stage.photos[:5], stage.window))
    dialog.show()
    return dialog


Scene = Callable[[Stage], QWidget]

WINDOWS: tuple[Scene, ...] = (
    *(
        empty,
        empty_online,
        empty_again,
        cannot_open,
        batch,
        small,
        smallest,
        offline,
        signed_out,
        paused,
    ),
    *(updated, noticed, problem_rows, dragged_over, parting, shown_large, choosing_an_item),
)
MENUS: tuple[Scene, ...] = (
    *(menu_on_rows, menu_of_the_store, menu_behind_the_dots, menu_of_the_order),
)
DIALOGS: dict[type[QDialog], Scene] = {
    SignInDialog: signing_in,
    HistoryDialog: history,
    ShortcutsDialog: shortcuts,
    AboutDialog: about,
    DiagnosticsDialog: diagnostics,
    GuideDialog: guide,
    SettingsDialog: settings_page(0),
    MatchingDialog: matching_rules,
    TriageDialog: triage,
    NewItemsDialog: new_items,
    BatchCheckDialog: batch_check,
    AltTextsDialog: alt_texts,
    RenameDialog: renaming_a_store,
    ForgetDialog: forgetting_a_store,
    UpdatesDialog: newer_version,
}
"""A scene for every dialog of the program. `test_every_dialog_is_looked_at` finds those missing."""

PAGES: tuple[Scene, ...] = (
    *(settings_page(number) for number in range(1, 6)),
    *(asking_for_updates, no_newer_version, no_answer_about_updates),
)
"""More of a dialog than is seen at first."""

SCENES: tuple[Scene, ...] = (*WINDOWS, *MENUS, *DIALOGS.values(), *PAGES)


def all_dialogs() -> set[type[QDialog]]:
    """Find the classes of dialogs that the program has, those nobody has imported yet too."""
    for module in pkgutil.walk_packages(uploader.ui.__path__, "uploader.ui."):
        importlib.import_module(module.name)
    found, waiting = set(), [QDialog]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith("uploader."):
                found.add(kind)
    return found


def each(theme: Theme, scenes: tuple[Scene, ...] = SCENES) -> Iterator[tuple[str, Stage, QWidget]]:
    """Set every scene up, one after another; it is taken down before the next."""
    for scene in scenes:
        with TemporaryDirectory() as folder:
            stage = Stage(theme, Path(folder))
            if scene in (*DIALOGS.values(), *PAGES):
                stage.open()
            try:
                yield scene.__name__, stage, scene(stage)
            finally:
                stage.close()
