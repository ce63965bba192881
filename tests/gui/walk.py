"""Walks through every window and prints what it found: ``make walk``.

Once in a language that nobody speaks (see `pseudo`), once as a screen reader and as the Tab key
go (see `spoken`).
"""

# ruff: noqa: T201
from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from every_window import DIALOGS, MENUS, SCENES, WINDOWS, Stage, all_dialogs, each
from pseudo import find_cut, find_untranslated, speak_pseudo, texts_of, widgets_of
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from spoken import find_silent, find_unreached, parts_of, stops

from uploader.ui.theme import Theme, application

Look = Callable[[str, Stage, QWidget], tuple[str, Iterable[object]]]


def in_pseudo(name: str, stage: Stage, root: QWidget) -> tuple[str, list[object]]:
    """Look at one window in the language."""
    texts = sum(1 for widget in widgets_of(root) for _, text in texts_of(widget) if text)
    return f"{texts:5} texts", [*find_untranslated(name, stage, root), *find_cut(name, stage, root)]


def spoken(_name: str, _stage: Stage, root: QWidget) -> tuple[str, list[object]]:
    """Look at one window with a screen reader and the Tab key."""
    parts = sum(1 for _ in parts_of(root))
    found: list[object] = list(find_silent(root))
    if root in QApplication.topLevelWidgets() and (root.isVisible()) and root.isWindow():
        found += list(find_unreached(root))
        return f"{parts:5} parts, {len(stops(root)):2} stops of Tab", found
    return f"{parts:5} parts", found


def walk(title: str, theme: Theme, look: Look) -> int:
    """Print one line a window and everything that is wrong in it; give how much that is."""
    print(f"{title}\n")
    troubles = 0
    for name, stage, root in each(theme, SCENES):
        QCoreApplication.processEvents()
        said, found = look(name, stage, root)
        found = list(found)
        print(f"  {name.replace('_', ' '):22} {said}   {'ok' if not found else 'AMISS'}")
        for trouble in found:
            print(f"      {trouble}")
        troubles += len(found)
    return troubles


def main() -> int:
    """Walk twice; 1 where anything is amiss."""
    app = QApplication.instance() or application()
    theme = Theme(app, "light")
    troubles = walk("As a screen reader and the Tab key go", theme, spoken)
    translator = speak_pseudo(app)
    troubles += walk("\nIn a language that nobody speaks", theme, in_pseudo)
    QCoreApplication.removeTranslator(translator)
    missing = {kind.__name__ for kind in all_dialogs() - set(DIALOGS)}
    print(f"\n{len(WINDOWS)} states of the main window, {len(MENUS)} menus, ", end="")
    print(f"{len(DIALOGS)} dialogs; not looked at: {missing or 'none'}")
    print(f"{troubles} amiss")
    return 1 if troubles or missing else 0


if __name__ == "__main__":
    sys.exit(main())
