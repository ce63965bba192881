"""One truth about problems: the table, the documentation and the code name the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import uploader.server
from uploader.server.api.problem_types import TYPES

SERVER = Path(uploader.server.__file__).parent
CONTRACT = SERVER.parents[1] / "docs" / "contract.md"
TABLE = {(kind.status, kind.type) for kind in TYPES}


def documented() -> set[tuple[int, str]]:
    section = CONTRACT.read_text("utf-8").partition("\n## Problems\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\d{3}) \| ([^|]+) \|", section, re.MULTILINE)
    return {(int(s), name) for s, names in rows for name in re.findall(r"`([a-z0-9-]+)`", names)}


def raised() -> Iterator[tuple[int, str, str]]:
    """Give status, type and place of every problem that the code makes by constants."""
    for file in SERVER.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            values = [a.value if isinstance(a, ast.Constant) else None for a in node.args[:2]]
            if node.func.id in ("problem", "ProblemError") and len(values) == 2:
                status, name = values
                if isinstance(status, int) and isinstance(name, str):
                    yield status, name, f"{file.name}:{node.lineno}"


def test_the_documentation_has_every_type() -> None:
    assert documented() == TABLE


def test_the_code_makes_no_other() -> None:
    found = list(raised())
    assert len(found) > 20
    assert not [problem for problem in found if problem[:2] not in TABLE]
