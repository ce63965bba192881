"""What a screen reader finds in a window: every control with a role, a name and a value."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

Role = QAccessible.Role
CONTAINERS = {
    *(Role.NoRole, Role.Client, Role.Pane, Role.Border, Role.Grouping, Role.Separator),
    *(Role.Window, Role.Whitespace),
}
"""Roles that say nothing of what one can do there."""

NAMED = {
    *(Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton),
    *(Role.EditableText, Role.ComboBox, Role.SpinBox, Role.Slider, Role.ProgressBar, Role.Dial),
    *(Role.List, Role.ListItem, Role.Table, Role.Tree, Role.TreeItem, Role.PageTab, Role.Link),
    *(Role.MenuItem, Role.Dialog, Role.Graphic),
}
VALUED = {Role.ProgressBar, Role.Slider, Role.SpinBox, Role.ComboBox}
MOST_CHILDREN = 60
MOST_TABS, MOST_WIDGETS = 200, 2000


def parts_of(root: QWidget) -> Iterator[QAccessibleInterface]:
    """Give everything that can be seen, from the outside in."""
    waiting = [QAccessible.queryAccessibleInterface(root)]
    while waiting:
        part = waiting.pop(0)
        if part is None or (part.state().invisible and part.object() is not root):
            continue
        yield part
        count = min(MOST_CHILDREN, part.childCount())
        waiting += [part.child(number) for number in range(count)]


def described(part: QAccessibleInterface) -> str:
    """Say which part it is, for whoever has to find it."""
    thing = part.object()
    kind = type(thing).__name__ if thing is not None else "cell"
    return f"{part.role().name} {kind} “{part.text(QAccessible.Text.Name)}”"


def find_silent(root: QWidget) -> Iterator[str]:
    """Find what a screen reader could say too little of."""
    for part in parts_of(root):
        name, role, state = part.text(QAccessible.Text.Name), part.role(), part.state()
        decoration = role is Role.Graphic and not state.focusable
        cell = role is Role.Cell or part.object() is None
        if role in NAMED and not name and not decoration and not cell:
            yield f"{described(part)} has no name"
        if state.focusable and role in CONTAINERS:
            yield f"{described(part)} can have the keyboard, but is a mere container"
        if state.focusable and not name and role is not Role.Cell:
            yield f"{described(part)} can have the keyboard, but has no name"
        if role in VALUED and not part.text(QAccessible.Text.Value):
            yield f"{described(part)} has no value"
        if role is Role.EditableText and _is_silent_field(part):
            yield f"{described(part)} doesn’t say what stands in it"


def _is_silent_field(part: QAccessibleInterface) -> bool:
    field = part.object()
    if not isinstance(field, QLineEdit) or field.echoMode() is not QLineEdit.EchoMode.Normal:
        return False
    return bool(field.text()) and field.text() != part.text(QAccessible.Text.Value)


def stops(root: QWidget) -> list[QWidget]:
    """Press Tab from the first control until it is there again; give where the keyboard was.

    A text with links keeps it for as many presses as it has links.
    """
    window = root.window()
    window.activateWindow()
    wanted, first = wanted_stops(root), root
    for _ in range(MOST_WIDGETS):
        first = first.nextInFocusChain()
        if first in wanted:
            break
    first.setFocus()
    found, now = [first], first
    for _ in range(MOST_TABS):
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget() or first
        if now is first and len(found) > 1:
            break
        if now not in found:
            found.append(now)
    return found


def wanted_stops(root: QWidget) -> set[QWidget]:
    """Give what the keyboard has to reach: all that can be seen, used, and takes a Tab."""
    return {
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is root.window()
    }


def find_unreached(root: QWidget) -> Iterator[str]:
    """Find what Tab never comes to, and where it jumps back up in the same part."""
    reached = stops(root)
    for widget in wanted_stops(root) - set(reached):
        yield f"Tab never reaches {spoken_name(widget)}"
    for before, after in itertools.pairwise(reached):
        if before.parentWidget() is after.parentWidget() and _is_backwards(before, after):
            yield f"Tab goes back from {spoken_name(before)} to {spoken_name(after)}"


def _is_backwards(before: QWidget, after: QWidget) -> bool:
    """In the order of reading: lines from top to bottom, each from left to right."""
    one = before.mapTo(before.window(), QPoint(0, 0))
    two = after.mapTo(after.window(), QPoint(0, 0))
    same_line = two.y() < one.y() + before.height() and one.y() < two.y() + after.height()
    return two.x() < one.x() if same_line else two.y() < one.y()


def spoken_name(widget: QWidget) -> str:
    """Give a widget's kind and what it is called."""
    part = QAccessible.queryAccessibleInterface(widget)
    name = part.text(QAccessible.Text.Name) if part is not None else ""
    return f"{type(widget).__name__} “{name}”"
