"""The table of faults, made of what the drills have seen: FAULT_TABLE names the file."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from drill import Sight

_HEAD = """# What goes wrong, and what the person sees

Made by `make faults`: every fault was inflicted by the tests in `tests/faults` between the real app
(without its window) and the real companion server. The sentences are the app's own, captured while
it happened; *my.shop* stands for the store's address, *…* for times and amounts. “Tried” counts
how often the fault really hit in this run, and after each of them the store was compared with
the files: every photo once, with equal SHA-256, and nothing else. The torture run (`make torture`)
inflicts the same faults thousands of times in random combinations.

"""


@dataclass
class Row:
    """One kind of fault at one place."""

    where: str
    fault: str
    outcome: str
    tried: int = 0
    sights: list[Sight] = field(default_factory=list)


class Table:
    """Collects what drills tell; rows of the same fault and place are one."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], Row] = {}

    def add(self, fault: str, where: str, tried: int, outcome: str, sight: Sight) -> None:
        """Take note of a drill that went well."""
        row = self._rows.setdefault((where, fault), Row(where, fault, outcome))
        row.tried += tried
        row.sights.append(sight)

    def write(self) -> None:
        """Write the file, where one is wanted and there is something to write."""
        place = os.environ.get("FAULT_TABLE", "")
        if place and self._rows:
            Path(place).write_text(self.text())

    def text(self) -> str:
        """Give all of it as Markdown, place by place."""
        places = list(dict.fromkeys(row.where for row in self._rows.values()))
        rows = sorted(self._rows.values(), key=lambda row: places.index(row.where))
        head = "| fault | where | tried | outcome | what the person sees |\n|---|---|---|---|---|\n"
        return _HEAD + head + "".join(map(_line, rows))


def _line(row: Row) -> str:
    cells = (row.fault, row.where, str(row.tried), row.outcome, _seen(row.sights))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _seen(sights: list[Sight]) -> str:
    kinds = (
        ("Store", [text for sight in sights for text in sight.store]),
        ("Row", [text for sight in sights for text in sight.rows]),
        ("Timeline", [text for sight in sights for text in sight.timeline]),
        ("Notice", [text for sight in sights for text in sight.notices]),
    )
    told = [f"*{name}:* {' → '.join(dict.fromkeys(texts))}" for name, texts in kinds if texts]
    return "<br>".join(told) or "Nothing: it goes on within the same breath."
