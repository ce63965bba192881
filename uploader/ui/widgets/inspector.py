"""Everything about one photo: the crop on it, previews at true size, facts, texts, history."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.domain.photos import Event, Photo
from uploader.domain.states import UNSENT, State
from uploader.domain.styles import CENTRE, Focus, Style
from uploader.ui import picture_words as words
from uploader.ui.crops import CropView, canvas_size, crop_of, result_size
from uploader.ui.cut_words import CutWords, Mend, cut_words
from uploader.ui.delegates.thumbs import to_image
from uploader.ui.facts import facts_of
from uploader.ui.phrasebook import say
from uploader.ui.row_text import item_lines
from uploader.ui.text import translate
from uploader.ui.theme import Role, Theme
from uploader.ui.widgets.alt_field import AltField
from uploader.ui.widgets.buttons import ToolButton, push_button
from uploader.ui.widgets.crop_box import CropBox
from uploader.ui.widgets.history import History
from uploader.ui.widgets.icon_label import IconLabel
from uploader.ui.widgets.labels import ElidedLabel, label
from uploader.ui.widgets.overlay_bar import OverlayBar
from uploader.ui.widgets.picture_tools import PictureTools
from uploader.ui.widgets.place_field import PlaceField
from uploader.ui.widgets.true_size import TrueSize

WIDTH = 432
LEAST = 352
DRAG_MS = 120
"""While the crop is dragged, its preview is asked for anew at most this often."""


class Inspector(QFrame):
    """Signals: `stepped(int)` to the next (1) or previous (-1) photo."""

    stepped = Signal(int)

    def __init__(self, desk: Desk, previews: Previews, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setMinimumWidth(LEAST)
        self._desk, self._previews, self._theme = desk, previews, theme
        self._photo: Photo | None = None
        self._focus = CENTRE
        self.removes_metadata = True
        """The setting, as the desk last told it."""
        self._name, self._item = (
            ElidedLabel("name", Qt.TextElideMode.ElideMiddle),
            ElidedLabel("secondary"),
        )
        self.crop_box, self.true_size = CropBox(theme), TrueSize(theme)
        self.alt, self._history = AltField(), History(theme)
        self.tools, self.place = PictureTools(desk, theme), PlaceField()
        self._sign = IconLabel(theme, "attention", Role.WARNING)
        self._warning, self._hint = ElidedLabel("warning"), ElidedLabel("secondary", whole=True)
        self.reset_focus = push_button(Mend.RESET.label, "link")
        self._cut = CutWords()
        self._build()
        self._connect()
        self.show_photo(None)

    # ---- building
    def _build(self) -> None:
        body = QWidget()
        body.setObjectName("inspector-body")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(_of_height(round(48 * self._theme.scale), self._head()))
        column.addLayout(self._parts())
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        OverlayBar(area)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area, 1)
        self._area = area
        self.nothing = label(
            translate("Inspector", "Choose a photo to see how the shop crops it."), "secondary-base"
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        whole.addWidget(self.nothing, 1)

    def _parts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 15, 0)
        column.setSpacing(0)
        column.addWidget(self.crop_box)
        column.addWidget(_of_height(max(40, self._theme.small_line + 24), self._hint_line()))
        column.addWidget(self.true_size)
        column.addSpacing(16)
        column.addWidget(_title(translate("Inspector", "Alt text")))
        column.addSpacing(4)
        column.addWidget(self.alt)
        column.addSpacing(8)
        column.addWidget(self.place)
        column.addSpacing(12)
        column.addWidget(_title(translate("Inspector", "History")))
        column.addSpacing(4)
        column.addWidget(self._history)
        return column

    def _head(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setContentsMargins(0, 7, 0, 7)
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._item)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(0)
        row.addLayout(names, 1)
        row.addWidget(self.tools)
        row.addSpacing(8)
        for icon, text, by in (
            ("left", translate("Inspector", "Previous photo"), -1),
            ("right", translate("Inspector", "Next photo"), 1),
        ):
            button = ToolButton(self._theme, icon, text, compact=True)
            button.ink = Role.TEXT_2
            button.clicked.connect(lambda _=False, by=by: self.stepped.emit(by))
            row.addWidget(button)
        return row

    def _hint_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 16)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self._warning)
        row.addWidget(self._hint, 1)
        row.addWidget(self.reset_focus)
        return row

    def _connect(self) -> None:
        self.crop_box.dragged.connect(self._drag)
        self.crop_box.dropped.connect(self._drop)
        self.reset_focus.clicked.connect(self._mend)
        self.alt.edited.connect(self._desk.set_alt)
        self.place.placed.connect(
            lambda photo_id, place: self._desk.set_positions({photo_id: place})
        )
        self._desk.timeline.connect(self._show_events)
        self._desk.removes_metadata_changed.connect(self._privacy_changed)
        self._previews.ready.connect(self._preview_ready)
        self._previews.large_ready.connect(self._preview_ready)
        self._dragging = QTimer(self, interval=DRAG_MS, singleShot=True)
        self._dragging.timeout.connect(self._commit)

    # ---- showing
    def show_photo(self, photo: Photo | None) -> None:
        """Show a photo, the same one anew, or nothing."""
        before, self._photo = self._photo, photo
        self._area.setVisible(photo is not None)
        self.nothing.setVisible(photo is None)
        if photo is None:
            self.alt.show_text(0, "")
            self.place.show_photo(None, self._desk.capabilities)
            return
        another = before is None or before.id != photo.id
        if another or not (self.crop_box.dragging or self._dragging.isActive()):
            self._focus = photo.focus
        title, below = item_lines(photo)
        self._name.setText(photo.name.replace("\n", " "))
        parts = (title, below) if photo.item else (translate("Inspector", "No item yet"), "")
        self._item.setText(" · ".join(part for part in parts if part))
        self._show_facts()
        self.alt.show_text(photo.id, photo.alt, words.why_no_text(photo))
        self.tools.show_photo(photo)
        self.place.show_photo(photo, self._desk.capabilities)
        if another:
            self._history.show_events([])
        if another or before != photo:
            self._desk.request_timeline(photo.id)
        self._show_pictures()

    def save(self) -> None:
        """Tell what is still being typed."""
        self.alt.save()
        self.place.save()

    def _show_facts(self) -> None:
        if self._photo is not None:
            facts = facts_of(self._photo, removes_metadata=self.removes_metadata)
            self.true_size.show_facts(facts)

    def _privacy_changed(self, removes: bool) -> None:
        self.removes_metadata = removes
        self._show_facts()

    def _show_pictures(self) -> None:
        photo = self._photo
        if photo is None:
            return
        large = self._previews.large(photo)
        if large is None:
            self._previews.want_large(photo)
        self.crop_box.show_photo(QPixmap.fromImage(to_image(large)) if large else None)
        styles = self._desk.capabilities.styles
        crop, style = self._crop(photo, styles)
        movable = self._desk.capabilities.focus_point and photo.state in UNSENT
        self.crop_box.show_crop(crop, style, movable)
        self._show_hint(photo, crop, movable)
        self.true_size.show_styles([self._shown(photo, style) for style in styles[:2]])

    def _shown(self, photo: Photo, style: Style) -> tuple[Style, QSize, QPixmap | None]:
        bitmap = self._previews.bitmap(photo, style.name)
        if bitmap is not None:
            size = QSize(bitmap.width, bitmap.height)
            return style, size, QPixmap.fromImage(to_image(bitmap))
        canvas = canvas_size(photo)
        result = result_size(style, canvas) if canvas else None
        return style, QSize(result.width, result.height) if result else QSize(100, 100), None

    def _crop(self, photo: Photo, styles: tuple[Style, ...]) -> tuple[CropView | None, str]:
        """Find the first style that crops, and where."""
        size = canvas_size(photo)
        if size is not None:
            for style in styles:
                if crop := crop_of(style, size, self._focus):
                    return crop, style.name
        return None, ""

    def _show_hint(self, photo: Photo, crop: CropView | None, movable: bool) -> None:
        self._cut = cut_words(photo, self._desk.capabilities, self._focus)
        warnings = [say(f.sentence) for f in photo.findings if f.severity == "warning"]
        if self._cut.sentence and photo.state in UNSENT:
            warnings.insert(0, self._cut.sentence)
        self._sign.setVisible(bool(warnings))
        self._warning.setVisible(bool(warnings))
        self._warning.setText(" ".join(warnings))
        loose = crop is not None and (crop.across or crop.down)
        if not loose or photo.state is State.REFUSED:
            hint = ""
        elif movable:
            hint = translate("Inspector", "Drag the frame to choose what the square keeps.")
            if warnings:
                hint = translate("Inspector", "Drag the frame.")
        elif not self._desk.capabilities.focus_point:
            hint = translate("Inspector", "This store crops the centre.")
        else:
            hint = ""
        self._hint.setText(hint)
        self._hint.setVisible(not warnings or bool(hint))
        mend = self._cut.mend if photo.state in UNSENT else Mend.RESET
        self.reset_focus.setText(mend.label)
        self.reset_focus.setVisible((movable and loose) or mend is Mend.PAD)
        self.reset_focus.setEnabled(mend is not Mend.RESET or self._focus != CENTRE)

    def _show_events(self, photo_id: int, events: list[Event]) -> None:
        if self._photo is not None and self._photo.id == photo_id:
            self._history.show_events(events)

    def _preview_ready(self, photo_id: int) -> None:
        if self._photo is not None and self._photo.id == photo_id and self.isVisible():
            self._show_pictures()

    # ---- the crop moves
    def _drag(self, focus: Focus) -> None:
        """Follow the pointer at once; the preview follows a little later."""
        self._focus = focus
        if self._photo is not None:
            crop, style = self._crop(self._photo, self._desk.capabilities.styles)
            self.crop_box.show_crop(crop, style, movable=True)
            self._show_hint(self._photo, crop, movable=True)
        if not self._dragging.isActive():
            self._dragging.start()

    def _drop(self, focus: Focus) -> None:
        self._dragging.stop()
        self._focus = focus
        self._commit()
        self._show_pictures()

    def _mend(self) -> None:
        """Do what the link says."""
        if self._cut.mend is Mend.PAD and self._photo is not None:
            self._desk.set_pad([self._photo.id], True)
        else:
            self._drop(self._cut.focus)

    def _commit(self) -> None:
        if self._photo is not None and self._focus != self._photo.focus:
            self._desk.set_focus(self._photo.id, self._focus)


def _of_height(height: int, row: QHBoxLayout) -> QWidget:
    """Keep a row to its height, so that nothing below it moves."""
    holder = QWidget()
    holder.setLayout(row)
    holder.setFixedHeight(height)
    return holder


def _title(text: str) -> QLabel:
    """Make the quiet title of a part."""
    return label(text, "secondary")
