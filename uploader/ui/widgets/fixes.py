"""What can be done about the photos of a concern: one line of buttons."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from uploader.domain.preflight import Concern, Remark
from uploader.domain.stores import Capabilities
from uploader.ui.text import counted, translate
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import ElidedLabel


class Fix(Enum):
    """One thing to do about photos."""

    CENTRE = auto()
    PAD = auto()
    ADD = auto()
    REPLACE = auto()
    CHOOSE_ITEMS = auto()
    REMOVE = auto()
    LEAVE_OUT = auto()
    SEND = auto()

    @property
    def label(self) -> str:
        """What the button says."""
        return {
            Fix.CENTRE: translate("BatchCheck", "Centre on the product"),
            Fix.PAD: translate("BatchCheck", "Pad to a square"),
            Fix.ADD: translate("BatchCheck", "Add"),
            Fix.REPLACE: translate("BatchCheck", "Replace"),
            Fix.CHOOSE_ITEMS: translate("BatchCheck", "Choose items…"),
            Fix.REMOVE: translate("BatchCheck", "Remove from the list"),
            Fix.LEAVE_OUT: translate("BatchCheck", "Leave out"),
            Fix.SEND: translate("BatchCheck", "Send after all"),
        }[self]


def fixes_for(concern: Concern, can: Capabilities) -> tuple[Fix, ...]:
    """Give what can be done about a concern at this store."""
    wanted = {
        Concern.CUT: (
            *((Fix.CENTRE,) if can.focus_point else ()),
            *((Fix.PAD,) if can.pads else ()),
        ),
        Concern.TAKEN: (Fix.ADD, Fix.REPLACE) if can.replaces and can.lists_images else (),
    }.get(concern, ())
    if concern is Concern.NO_ITEM:
        return (Fix.CHOOSE_ITEMS,)
    if concern is Concern.UNUSABLE:
        return (Fix.REMOVE,)
    return (*wanted, Fix.LEAVE_OUT)


class FixesLine(QWidget):
    """Signals: `wanted(Fix)`."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 12)
        row.setSpacing(8)
        self.buttons: dict[Fix, QPushButton] = {}
        for fix in Fix:
            button = push_button(fix.label, "small")
            button.clicked.connect(lambda _=False, fix=fix: self.wanted.emit(fix))
            self.buttons[fix] = button
            row.addWidget(button)
        self.extent = ElidedLabel("secondary")
        row.addWidget(self.extent, 1)

    def show_fixes(
        self, fixes: Sequence[Fix], chosen: Sequence[Remark], *, for_all: bool, out: bool
    ) -> None:
        """Offer `fixes` for the `chosen` photos; `out` says that all of them are left out."""
        for fix, button in self.buttons.items():
            here = fix in fixes if fix is not Fix.SEND else out
            button.setVisible(here and not (out and fix is Fix.LEAVE_OUT))
            button.setEnabled(bool(chosen))
        mendable = any(remark.mendable for remark in chosen)
        self.buttons[Fix.CENTRE].setEnabled(mendable)
        self.buttons[Fix.CENTRE].setToolTip(
            "" if mendable else translate("BatchCheck", "No crop keeps the whole product.")
        )
        self.extent.setText(_extent(len(chosen), for_all=for_all))


def _extent(count: int, *, for_all: bool) -> str:
    if not count:
        return ""
    if for_all:
        return counted("BatchCheck", "For this photo", "For all {n} photos", count)
    return counted("BatchCheck", "For the chosen photo", "For the {n} chosen photos", count)
