"""The window of the rules by which photos find their items, with what they would do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from uploader.background.desk import Desk
from uploader.domain.name_list import NameList
from uploader.domain.rules import DEFAULT_RULES
from uploader.domain.trial import Outcome, Setup, Trial
from uploader.engine.name_list import ReadList
from uploader.ui.files import choose_table
from uploader.ui.matching.rules_model import RulesModel
from uploader.ui.matching.rules_view import RulesView
from uploader.ui.matching.trial_model import TrialModel
from uploader.ui.sizing import give_size
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import ToolButton, push_button
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.overlay_bar import OverlayBar

SIZE = (1040, 664)
LEAST = (800, 420)
SIDE = 416
TRY_MS = 60
CHANGED_MS = 400


class MatchingDialog(QDialog):
    """Nothing changes before *Save*; what would change is shown at once."""

    def __init__(
        self, desk: Desk, theme: Theme, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._settings = desk, theme, settings
        self.setWindowTitle(translate("Matching", "Matching"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        give_size(self, theme, SIZE, LEAST)
        self._kept = Setup()
        self._names = NameList()
        self.rules = RulesModel()
        self.view = RulesView(self.rules, theme)
        self.trial = TrialModel(theme)
        self.table = QTableView()
        self.list_name, self.list_note = ElidedLabel(""), ElidedLabel("secondary")
        self.choose_list = push_button(translate("Matching", "Choose a table…"), "small")
        self.drop_list = push_button(translate("Matching", "Remove"), "small")
        self.counts = ElidedLabel("label")
        self.cancel = push_button(translate("Matching", "Cancel"))
        self.save = push_button(translate("Matching", "Save and match"), "accent")
        self._build()
        self._connect()
        desk.request_matching()

    # ---- building
    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._make_side())
        row.addLayout(self._make_preview(), 1)
        whole.addLayout(row, 1)
        whole.addWidget(self._make_bottom())

    def _make_side(self) -> QFrame:
        side, body, area = QFrame(), QWidget(), QScrollArea()
        for part, name in ((side, "inspector"), (body, "inspector-body")):
            part.setObjectName(name)
        side.setFixedWidth(SIDE)
        # On a small screen it scrolls as a whole, as the inspector does.
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayBar(area)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 20, 16, 16)
        column.setSpacing(8)
        heading = label(translate("Matching", "How photos find their items"), "heading")
        heading.setWordWrap(True)
        column.addWidget(heading)
        said = label(
            translate(
                "Matching",
                "Asked from top to bottom; the first rule that finds something decides.",
            ),
            "secondary",
        )
        said.setWordWrap(True)
        column.addWidget(said)
        column.addWidget(self.view)
        column.addLayout(self._make_order())
        column.addSpacing(8)
        column.addLayout(self._make_list())
        column.addStretch(1)
        return side

    def _make_order(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.up = ToolButton(self._theme, "up", translate("Matching", "Move up"), compact=True)
        self.down = ToolButton(
            self._theme, "down", translate("Matching", "Move down"), compact=True
        )
        self.usual = push_button(translate("Matching", "The usual rules"), "link")
        row.addWidget(self.up)
        row.addWidget(self.down)
        row.addStretch(1)
        row.addWidget(self.usual)
        return row

    def _make_list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label(translate("Matching", "List of names"), "label"))
        column.addWidget(self.list_name)
        column.addWidget(self.list_note)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose_list)
        row.addWidget(self.drop_list)
        row.addStretch(1)
        column.addSpacing(4)
        column.addLayout(row)
        return column

    def _make_preview(self) -> QVBoxLayout:
        table = self.table
        table.setObjectName("trial")
        table.setAccessibleName(translate("Matching", "What the rules would do"))
        table.setModel(self.trial)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._theme.line + 12)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(32)
        for column, stretch in enumerate((True, True, False)):
            mode = QHeaderView.ResizeMode
            head.setSectionResizeMode(column, mode.Stretch if stretch else mode.Fixed)
        head.resizeSection(2, round(184 * self._theme.scale))
        made = QVBoxLayout()
        made.setContentsMargins(0, 0, 0, 0)
        made.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(16, 11, 16, 11)
        line.addWidget(self.counts)
        made.addLayout(line)
        made.addWidget(table, 1)
        return made

    def _make_bottom(self) -> QFrame:
        bottom = QFrame()
        bottom.setObjectName("bottom")
        row = QHBoxLayout(bottom)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(8)
        note = ElidedLabel("secondary")
        note.setText(translate("Matching", "What you chose yourself is never changed."))
        row.addWidget(note, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        return bottom

    def _connect(self) -> None:
        desk = self._desk
        self._trying = QTimer(self, interval=TRY_MS, singleShot=True)
        self._trying.timeout.connect(lambda: desk.try_matching(self.setup()))
        self._later = QTimer(self, interval=CHANGED_MS, singleShot=True)
        self._later.timeout.connect(self._trying.start)
        desk.matching_told.connect(self._on_told)
        desk.matching_tried.connect(self._on_tried)
        desk.names_read.connect(self._on_read)
        desk.catalogue_loaded.connect(self._moved)
        desk.changed.connect(self._moved)
        self.rules.edited.connect(self._trying.start)
        self.view.selectionModel().currentChanged.connect(self._allow)
        self.rules.edited.connect(self._allow)
        self.up.clicked.connect(lambda _checked: self.view.move_by(-1))
        self.down.clicked.connect(lambda _checked: self.view.move_by(1))
        self.usual.clicked.connect(self._use_usual)
        self.choose_list.clicked.connect(self._choose_list)
        self.drop_list.clicked.connect(lambda _checked: self._use(NameList()))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.save.setDefault(True)
        self._show_list()
        self._allow()

    # ---- what it shows
    def setup(self) -> Setup:
        """Give the rules and the list as they stand here."""
        return Setup(self.rules.rules, self._names)

    def _on_told(self, setup: Setup) -> None:
        self._kept, self._names = setup, setup.names
        self.rules.show_rules(setup.rules)
        self.view.setCurrentIndex(self.rules.index(0))
        self._show_list()
        self._trying.start()

    def _on_tried(self, trial: Trial) -> None:
        if trial.setup != self.setup():
            return
        self.trial.show_trial(trial)
        self.counts.setText(_summary(trial))

    def _on_read(self, read: ReadList) -> None:
        if read.names.rows:
            self._use(read.names)
        self.list_note.setText(" ".join(read.problems) or self.list_note.text())

    def _use(self, names: NameList) -> None:
        self._names = names
        self._show_list()
        self._trying.start()

    def _show_list(self) -> None:
        rows = len(self._names.rows)
        self.list_name.setText(self._names.source or translate("Matching", "None chosen"))
        self.list_note.setText(
            counted("Matching", "1 name", "{n} names", rows)
            if rows
            else translate("Matching", "A CSV file with a column of names and one of SKUs.")
        )
        self.drop_list.setEnabled(rows > 0)

    def _moved(self, _told: object) -> None:
        if not self._later.isActive():
            self._later.start()

    def _allow(self) -> None:
        row = self.view.currentIndex().row()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.rules.rowCount() - 1)
        self.usual.setEnabled(self.rules.rules != DEFAULT_RULES)

    # ---- what the person does
    def _use_usual(self) -> None:
        self.rules.show_rules(DEFAULT_RULES)
        self._allow()
        self._trying.start()

    def _choose_list(self) -> None:
        title = translate("Matching", "Choose a table of names and SKUs")

        def read(path: Path) -> None:
            self.list_note.setText(translate("Matching", "Reading…"))
            self._desk.read_names(path)

        choose_table(self, self._settings, title, read)

    def _save(self) -> None:
        self._desk.keep_matching(self.setup())
        self.accept()


def _summary(trial: Trial) -> str:
    """Say in numbers what would become of the list."""
    if not trial.is_known:
        return translate("Matching", "The store’s items aren’t known yet. Sign in first.")
    all_ = counted("Matching", "1 photo", "{n} photos", len(trial.tried))
    parts = [counted("Matching", "1 matched", "{n} matched",
                     trial.count(Outcome.MATCHED, Outcome.KEPT))]  # fmt: skip
    if asked := trial.count(Outcome.AMBIGUOUS):
        parts.append(counted("Matching", "1 ambiguous", "{n} ambiguous", asked))
    if nothing := trial.count(Outcome.NOTHING):
        parts.append(counted("Matching", "1 fits nothing", "{n} fit nothing", nothing))
    return translate("Matching", "{all}: {parts}", all=all_, parts=", ".join(parts))
