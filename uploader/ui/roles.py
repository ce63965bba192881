"""What widgets that paint themselves are to a screen reader: a picture, a progress bar.

Qt knows a widget by its class and takes one of ours for a mere container. So each says by
`SPOKEN_ROLE` what it is and, where it has one, by `spoken_value()` what it shows.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_installed = False


class _Spoken(QAccessibleWidget):
    """A widget's role and value as it gives them itself; name and description are Qt's."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def text(self, kind: QAccessible.Text) -> str:
        """Give a text of the widget."""
        if kind is QAccessible.Text.Value:
            value = getattr(self.widget(), "spoken_value", None)
            return str(value()) if value is not None else ""
        return super().text(kind)


def install_roles() -> None:
    """Have Qt ask our widgets from now on. Safe to repeat."""
    global _installed  # noqa: PLW0603 - Qt keeps its factories for good, in one list
    if not _installed:
        QAccessible.installFactory(_make)
        _installed = True


def _make(_kind: str, thing: QObject) -> _Spoken | None:
    role = getattr(thing, "SPOKEN_ROLE", None)
    if isinstance(thing, QWidget) and isinstance(role, QAccessible.Role):
        return _Spoken(thing, role)
    return None


def value_changed(widget: QWidget, value: str) -> None:
    """Tell a screen reader, if one listens, that a widget shows something else now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, value))
