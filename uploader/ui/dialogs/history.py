"""The history's window: what was sent when to which item, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QByteArray, QDate, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.values import Notice
from uploader.domain.history import HistoryChanges, HistoryQuery, Outcome
from uploader.ui.files import choose_target
from uploader.ui.history_words import as_text
from uploader.ui.models.history import HistoryModel
from uploader.ui.phrasebook import say
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.sizing import give_size
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.history_bar import HistoryBar
from uploader.ui.widgets.history_table import HistoryTable
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.notice_bar import NOTICE_MS
from uploader.ui.widgets.outcomes import OutcomesBar

SIZE = (1000, 600)
LEAST = (640, 360)
SEARCH_MS = 150
REFRESH_MS = 500
"""How often changes are asked for while photos move; one question at a time."""


class HistoryDialog(QDialog):
    """Stands beside the main window and doesn't block it. `open_url` shows an address."""

    def __init__(
        self,
        desk: Desk,
        theme: Theme,
        settings: QSettings,
        parent: QWidget | None = None,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._desk, self._settings, self._open_url = desk, settings, open_url
        self.setWindowTitle(translate("History", "History"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_size(self, theme, SIZE, LEAST)
        self.model = HistoryModel(self)
        self.table = HistoryTable(self.model, theme)
        self.outcomes = OutcomesBar(theme)
        self.bar = HistoryBar(theme)
        self.total, self.message = label("", "label"), ElidedLabel("secondary-base")
        self._build()
        self._connect()
        self._restore()
        self.model.ask(HistoryQuery())

    # ---- building
    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.outcomes)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self._make_empty())
        column.addWidget(self.pages, 1)
        column.addWidget(self._make_bottom())
        self.table.setFocus()

    def _make_empty(self) -> QFrame:
        holder = QFrame()
        holder.setObjectName("empty-history")
        self.nothing, self.why = label("", "heading"), label("", "secondary-base")
        column = QVBoxLayout(holder)
        column.setSpacing(4)
        column.addStretch(2)
        column.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        return holder

    def _make_bottom(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("bottom")
        bar.setFixedHeight(40)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.total)
        self.message.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self.message, 1)
        return bar

    def _connect(self) -> None:
        desk, model = self._desk, self.model
        model.page_wanted.connect(lambda before: desk.request_history(model.query, before))
        model.counted.connect(self._show_counts)
        desk.history.connect(model.take)
        desk.history_changed.connect(self._on_changes)
        self._refreshing = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._refreshing.timeout.connect(self._refresh)
        for signal in (desk.changed, desk.removed):
            signal.connect(self._photos_moved)
        # Another store has another history.
        desk.reset.connect(self._search)
        self._searching = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._searching.timeout.connect(self._search)
        self.bar.search.textChanged.connect(self._searching.start)
        self.outcomes.chosen.connect(self._choose)
        self._fading = QTimer(self, interval=NOTICE_MS, singleShot=True)
        self._fading.timeout.connect(self.message.clear)
        self.table.picked.connect(self._allow)
        self.table.activated.connect(self._show_in_store)
        self.bar.show_page.clicked.connect(self._show_in_store)
        self.bar.show_file.clicked.connect(self._show_folder)
        self.bar.copy.clicked.connect(self._copy)
        self.bar.export.clicked.connect(self._choose_target)
        self._add_shortcuts()
        self._allow()

    def _add_shortcuts(self) -> None:
        add_shortcuts(self, {"Ctrl+F": self.bar.search.setFocus, "Ctrl+S": self.bar.export.click})
        add_shortcuts(self.table, {"Ctrl+C": self._copy}, inside=True)

    # ---- what is asked
    def _search(self) -> None:
        query = HistoryQuery(self.bar.search.text().strip(), self.model.query.outcome)
        self.model.ask(query)

    def _choose(self, outcome: Outcome) -> None:
        self._searching.stop()
        self.model.ask(HistoryQuery(self.bar.search.text().strip(), outcome))

    def _photos_moved(self, _photos: object) -> None:
        if not self._refreshing.isActive():
            self._refreshing.start()

    def _refresh(self) -> None:
        if self.model.revision is not None:
            self._desk.request_history_changes(self.model.query, self.model.revision)

    def _on_changes(self, changes: HistoryChanges) -> None:
        self.model.merge(changes)
        self._allow()

    # ---- what is shown
    def _show_counts(self, counts: dict[Outcome, int]) -> None:
        self.outcomes.show_counts(counts)
        shown = counts[self.model.query.outcome]
        self.total.setText(counted("History", "{n} photo", "{n} photos", shown))
        self.bar.export.setEnabled(shown > 0)
        self.pages.setCurrentIndex(0 if shown else 1)
        self._allow()
        asked = bool(self.model.query.text) or self.model.query.outcome is not Outcome.ALL
        self.nothing.setText(
            translate("History", "No photo fits")
            if asked
            else translate("History", "Nothing has been sent yet")
        )
        self.why.setText(
            translate("History", "Search for a file, an item, a SKU or a store number.")
            if asked
            else translate("History", "Every photo that you upload gets a line here, for good.")
        )

    def show_notice(self, notice: Notice) -> None:
        """Say something in the bottom line, for a while."""
        text = ". ".join(say(part) for part in (notice.text, notice.detail) if part)
        self.message.setText(text)
        self.bar.export.setEnabled(self.model.counts[self.model.query.outcome] > 0)
        self._fading.start()

    def _allow(self) -> None:
        line = self.table.current()
        self.bar.show_page.setEnabled(line is not None and is_web(line.page))
        self.bar.show_file.setEnabled(line is not None)
        self.bar.copy.setEnabled(bool(self.table.selectionModel().hasSelection()))

    # ---- what the person does
    def _show_in_store(self) -> None:
        line = self.table.current()
        if line is not None and is_web(line.page) and not self._open_url(QUrl(line.page)):
            self.show_notice(Notice(translate("History", "No browser could be opened.")))

    def _show_folder(self) -> None:
        line = self.table.current()
        if line is None:
            return
        folder = QUrl.fromLocalFile(str(line.path.parent))
        if not self._open_url(folder):
            self.show_notice(Notice(translate("History", "The folder can’t be opened.")))

    def _copy(self) -> None:
        lines = self.table.chosen()
        if lines:
            QGuiApplication.clipboard().setText("\n".join(as_text(line) for line in lines))

    def _choose_target(self) -> None:
        title = translate("History", "Export the history")
        today = QDate.currentDate().toString(Qt.DateFormat.ISODate)
        name = translate("History", "history {date}", date=today) + ".csv"
        query = self.model.query

        def write(path: Path) -> None:
            self.bar.export.setEnabled(False)
            self.message.setText(translate("History", "Saving…"))
            self._desk.export_history(path, query)

        choose_target(self, self._settings, title, name, write)

    # ---- what is remembered
    def _restore(self) -> None:
        geometry, widths = (self._settings.value(key) for key in (_GEOMETRY, _WIDTHS))
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(widths, str):
            self.table.restore_widths(widths)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember sizes, also where the main window takes this one along."""
        super().hideEvent(event)
        self._settings.setValue(_GEOMETRY, self.saveGeometry())
        self._settings.setValue(_WIDTHS, self.table.widths())


_GEOMETRY = "history-geometry"
_WIDTHS = "history-columns"


def is_web(address: str) -> bool:
    """Tell whether a browser may be sent there: a store's word opens nothing else."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
