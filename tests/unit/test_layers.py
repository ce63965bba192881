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
    by_file = {file.stem: imported(file) for file in files}
    # Qt alone knows what each system says about its network.
    assert "PySide6.QtNetwork" in by_file["reachability"]
    by_file["reachability"].discard("PySide6.QtNetwork")
    qt = {n for names in by_file.values() for n in names if n.startswith("PySide6")}
    assert qt == {"PySide6.QtCore"}
