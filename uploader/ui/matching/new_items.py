"""The window that makes new items for many photos, shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from uploader.background.desk import Desk
from uploader.domain.names import title_from, words
from uploader.domain.photos import Photo
from uploader.ui.matching.new_items_model import NewItemsModel, by_title
from uploader.ui.sizing import give_size
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.chips import Chip
from uploader.ui.widgets.labels import label

SIZE = (560, 480)


class NewItemsDialog(QDialog):
    """Titles come from the names and can be edited; nothing is done before it is confirmed."""

    def __init__(
        self, desk: Desk, theme: Theme, photos: Sequence[Photo], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._photos = desk, theme, list(photos)
        self.setWindowTitle(translate("NewItems", "New items"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        give_size(self, theme, SIZE, (480, 400))
        self.model, self.table = NewItemsModel(), QTableView()
        self.each = Chip(theme, translate("NewItems", "One for each name"))
        self.one = Chip(theme, translate("NewItems", "One for all"))
        self.cancel = push_button(translate("NewItems", "Cancel"))
        self.use = push_button("", "accent")
        self._build()
        self.each.clicked.connect(lambda _checked: self.show_each())
        self.one.clicked.connect(lambda _checked: self.show_one())
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self._use)
        self.use.setDefault(True)
        self.each.setChecked(True)
        self.show_each()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(8)
        title = counted("NewItems", "A new item for 1 photo", "New items for {n} photos",
                        len(self._photos))  # fmt: skip
        column.addWidget(label(title, "heading"))
        chips, group = QHBoxLayout(), QButtonGroup(self)
        chips.setSpacing(6)
        for chip in (self.each, self.one):
            group.addButton(chip)
            chips.addWidget(chip)
        chips.addStretch(1)
        self.each.show_count(len(by_title(self._photos)))
        self.one.show_count(1)
        column.addSpacing(4)
        column.addLayout(chips)
        column.addWidget(self.table, 1)
        said = label(
            translate(
                "NewItems",
                "An item is made with its first upload. One that is called so already is used.",
            ),
            "secondary",
        )
        said.setWordWrap(True)
        column.addWidget(said)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.use)
        column.addLayout(buttons)
        self._set_up_table()

    def _set_up_table(self) -> None:
        table, mode = self.table, QHeaderView.ResizeMode
        table.setObjectName("table")
        table.setAccessibleName(translate("NewItems", "New items and their photos"))
        table.setModel(self.model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.AllEditTriggers & ~triggers.CurrentChanged)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(mode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._theme.line + 14)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, mode.Stretch)
        head.setSectionResizeMode(1, mode.Fixed)
        head.resizeSection(1, 190)

    # ---- what it shows
    def show_each(self) -> None:
        """One item for each title that the names make."""
        self.model.show_rows(by_title(self._photos))
        self._say()

    def show_one(self) -> None:
        """One item for all, named after the first photo."""
        self.model.show_rows([(title_from(self._photos[0].path), self._photos)])
        self._say()

    def _say(self) -> None:
        count = len({words(title) for title, _photos in self.model.rows})
        self.use.setText(counted("NewItems", "Use 1 new item", "Use {n} new items", count))

    def _use(self) -> None:
        self._desk.choose_items(self.model.choices())
        self.accept()
