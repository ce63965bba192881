"""What import-linter can't say: which parts of PySide6 a layer may use."""

from __future__ import annotations

import ast
from pathlib import Path

import uploader

PACKAGE = Path(uploader.__file__).parent


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
    return found


def test_background_uses_qtcore_only() -> None:
    files = list((PACKAGE / "background").rglob("*.py"))
    assert files
    qt = {name for file in files for name in imported(file) if name.startswith("PySide6")}
    assert qt == {"PySide6.QtCore"}
