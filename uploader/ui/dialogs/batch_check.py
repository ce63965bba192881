"""Before it goes out: what there is to say of the batch, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.domain.photos import Photo
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.ui.batch_words import advice_on, privacy_of, summary_of
from uploader.ui.models.remarks import RemarksModel
from uploader.ui.shortcuts import add_shortcuts
from uploader.ui.sizing import give_size
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.concerns import ConcernsBar
from uploader.ui.widgets.fixes import Fix, FixesLine, fixes_for
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.remark_list import RemarkList

SIZE = (800, 600)
LEAST = (640, 420)
REFRESH_MS = 400
"""How often the batch is looked over anew while its photos change."""


class BatchCheckDialog(QDialog):
    """Opens without blocking; closed without an upload nothing goes out.

    Signals: `upload_wanted(list[int])` the photos to send; `items_wanted()` the person wants
    to choose items for those that have none.
    """

    upload_wanted = Signal(list)
    items_wanted = Signal()

    def __init__(
        self, desk: Desk, previews: Previews, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._check = desk, BatchCheck()
        self._out: set[int] = set()
        """Photos that are left out of this upload."""
        self._added: set[int] = set()
        """Photos that are to be added to what their items have."""
        self.setWindowTitle(translate("BatchCheck", "Before it goes out"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        give_size(self, theme, SIZE, LEAST)
        self.summary, self.advice = label("", "secondary-base"), ElidedLabel("secondary-base")
        self.privacy, self.nothing = ElidedLabel("secondary"), label("", "secondary-base")
        self.concerns, self.fixes = ConcernsBar(theme), FixesLine()
        self.model = RemarksModel(self._note, self)
        self.list = RemarkList(self.model, previews, theme)
        self.back = push_button(translate("BatchCheck", "Back"))
        self.some, self.all = push_button(""), push_button("", "accent")
        self._build()
        self._connect()

    # ---- building
    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 12)
        head.setSpacing(2)
        head.addWidget(label(self.windowTitle(), "heading"))
        head.addWidget(self.summary)
        head.addWidget(self.privacy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.concerns)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._make_group())
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages.addWidget(self.nothing)
        column.addWidget(self.pages, 1)
        column.addWidget(self._make_bottom())

    def _make_group(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        advice = QHBoxLayout()
        advice.setContentsMargins(24, 0, 24, 8)
        advice.addWidget(self.advice)
        column.addLayout(advice)
        column.addWidget(self.fixes)
        column.addWidget(self.list, 1)
        return holder

    def _make_bottom(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("check-foot")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.back, self.some, self.all):
            row.addWidget(button)
        return bar

    def _connect(self) -> None:
        self.back.clicked.connect(self.reject)
        self.all.clicked.connect(lambda: self._upload(self._going()))
        self.some.clicked.connect(lambda: self._upload(self._unwarned()))
        self.concerns.chosen.connect(self._show_group)
        self.fixes.wanted.connect(self._fix)
        self.list.picked.connect(self._offer)
        self._desk.batch_checked.connect(self.show_check)
        self._refreshing = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._refreshing.timeout.connect(self._desk.check_batch)
        for signal in (self._desk.changed, self._desk.removed):
            # A method, which Qt disconnects with the dialog: a lambda would outlive it.
            signal.connect(self._photos_moved)
        add_shortcuts(self, {"Ctrl+Return": self.all.click, "Ctrl+Enter": self.all.click})
        add_shortcuts(self.list, {"Del": self._toggle}, inside=True)

    def _photos_moved(self, _photos: object) -> None:
        if not self._refreshing.isActive():
            self._refreshing.start()

    # ---- showing
    def show_check(self, check: BatchCheck) -> None:
        """Show another look over the batch; what was decided stays."""
        first, self._check = not self._check.remarks, check
        self._out &= set(check.going)
        self.concerns.show_check(check)
        if first:
            self.concerns.choose_first(check)
            self.list.setFocus()
        else:
            self._show_group(self.concerns.concern)

    def _show_group(self, concern: Concern) -> None:
        found = [(remark, self._desk.photo(remark.photo_id)) for remark in self._check.of(concern)]
        rows = [(remark, photo) for remark, photo in found if photo is not None]
        self.advice.setText(advice_on(concern))
        self.list.delegate.style_name = self._style(rows)
        self.model.show_remarks(rows)
        self.list.begin()
        self.pages.setCurrentIndex(0 if rows else 1)
        self.nothing.setText(translate("BatchCheck", "Nothing to say here."))
        self._tell()

    def _style(self, rows: list[tuple[Remark, Photo]]) -> str:
        """Choose what the list shows: the style that cuts, else the shop's larger one."""
        styles = self._desk.capabilities.styles
        if rows and rows[0][0].concern is Concern.CUT:
            return rows[0][0].words
        return styles[min(1, len(styles) - 1)].name

    def _tell(self) -> None:
        """Show what follows from what was decided."""
        going, unwarned = self._going(), self._unwarned()
        self.summary.setText(summary_of(len(going), len(going) - len(unwarned)))
        private = privacy_of(self._check)
        self.privacy.setText(private)
        self.privacy.setVisible(bool(private))
        self.all.setText(counted("BatchCheck", "Upload {n}", "Upload all {n}", len(going)))
        self.all.setEnabled(bool(going))
        self.some.setText(
            counted(
                "BatchCheck",
                "Upload the {n} without warnings",
                "Upload the {n} without warnings",
                len(unwarned),
            )
        )
        self.some.setVisible(0 < len(unwarned) < len(going))
        self._offer()

    def _offer(self) -> None:
        chosen = self.list.chosen()
        out = bool(chosen) and all(remark.photo_id in self._out for remark in chosen)
        fixes = fixes_for(self.concerns.concern, self._desk.capabilities)
        self.fixes.show_fixes(fixes, chosen, for_all=self.list.for_all, out=out)

    def _note(self, remark: Remark) -> str:
        if remark.photo_id in self._out:
            return translate("BatchCheck", "Left out")
        if remark.settled:
            return translate("BatchCheck", "Will replace")
        if remark.concern is Concern.TAKEN and remark.photo_id in self._added:
            return translate("BatchCheck", "Will be added")
        return ""

    # ---- what goes out
    def _going(self) -> list[int]:
        return [photo_id for photo_id in self._check.going if photo_id not in self._out]

    def _unwarned(self) -> list[int]:
        warned = self._check.warned(self._added)
        return [photo_id for photo_id in self._going() if photo_id not in warned]

    def _upload(self, ids: list[int]) -> None:
        if ids:
            self.upload_wanted.emit(ids)
            self.accept()

    # ---- what the person decides
    def _fix(self, fix: Fix) -> None:
        ids = [remark.photo_id for remark in self.list.chosen()]
        acts = {
            Fix.CENTRE: self._desk.centre_on_products,
            Fix.PAD: lambda ids: self._desk.set_pad(ids, True),
            Fix.ADD: self._add,
            Fix.REPLACE: self._replace,
            Fix.REMOVE: self._desk.remove,
            Fix.LEAVE_OUT: self._leave_out,
            Fix.SEND: self._send,
        }
        if fix is Fix.CHOOSE_ITEMS:
            self.reject()
            self.items_wanted.emit()
        elif ids:
            acts[fix](ids)
            # In its turn, after what was just asked for.
            self._desk.check_batch()

    def _add(self, ids: list[int]) -> None:
        self._send(ids)
        self._added.update(ids)
        self._desk.add_to_items(ids)

    def _replace(self, ids: list[int]) -> None:
        self._send(ids)
        self._added.difference_update(ids)
        self._desk.replace_in_items(ids)

    def _leave_out(self, ids: list[int]) -> None:
        self._out.update(ids)
        self._decided()

    def _send(self, ids: list[int]) -> None:
        self._out.difference_update(ids)
        self._decided()

    def _toggle(self) -> None:
        """Leave the chosen photos out, or send them after all."""
        if self.concerns.concern in (Concern.NO_ITEM, Concern.UNUSABLE) or self.list.for_all:
            return
        ids = [remark.photo_id for remark in self.list.chosen()]
        (self._send if self._out.issuperset(ids) else self._leave_out)(ids)

    def _decided(self) -> None:
        self.model.say_anew()
        self._tell()
