"""For which photos a choice is: this one, all of its name, all of its folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from uploader.domain.photos import Photo
from uploader.ui.text import counted, translate
from uploader.ui.theme import Theme
from uploader.ui.triage.round import Scope, stem_of
from uploader.ui.widgets.chips import Chip
from uploader.ui.widgets.labels import label


class ScopeBar(QWidget):
    """Chips, of which only those are there that make a difference.

    Signals: `changed(Scope)`.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._title = label(translate("Triage", "Choose for"), "secondary")
        self._row.addWidget(self._title)
        group = QButtonGroup(self)
        self.chips = {scope: Chip(theme, "") for scope in Scope}
        for scope, chip in self.chips.items():
            group.addButton(chip)
            self._row.addWidget(chip)
            chip.clicked.connect(lambda _=False, scope=scope: self._choose(scope))
        self.key = label("A", "key")
        self._row.addWidget(self.key)
        self._row.addStretch(1)
        self.scope = Scope.ONE
        self.setAccessibleName(self._title.text())
        self._offered: list[Scope] = [Scope.ONE]

    def offer(
        self, photo: Photo, scopes: Sequence[tuple[Scope, int]], *, keep: bool = False
    ) -> None:
        """Show what there is for this photo; this one alone is chosen, unless `keep`."""
        texts = {
            Scope.ONE: translate("Triage", "this photo"),
            Scope.STEM: translate("Triage", "all named {name}", name=_short(stem_of(photo))),
            Scope.FOLDER: translate(
                "Triage", "all in the folder {name}", name=_short(photo.path.parent.name)
            ),
        }
        self._offered = [scope for scope, _count in scopes]
        counts = dict(scopes)
        for scope, chip in self.chips.items():
            chip.setText(texts[scope])
            chip.show_count(counts.get(scope, 0))
            chip.setToolTip(_spoken(scope, photo, counts.get(scope, 0)))
            chip.setVisible(scope in self._offered)
        self.key.setVisible(len(self._offered) > 1)
        if not keep or self.scope not in self._offered:
            self._take(Scope.ONE)

    def step(self) -> None:
        """Go to the next larger scope, from the largest back to one photo."""
        place = self._offered.index(self.scope) if self.scope in self._offered else 0
        self._choose(self._offered[(place + 1) % len(self._offered)])

    def _choose(self, scope: Scope) -> None:
        self._take(scope)
        self.changed.emit(scope)

    def _take(self, scope: Scope) -> None:
        self.scope = scope
        self.chips[scope].setChecked(True)


def _spoken(scope: Scope, photo: Photo, count: int) -> str:
    if scope is Scope.ONE:
        return photo.name
    where = str(photo.path.parent) if scope is Scope.FOLDER else stem_of(photo)
    return counted("Triage", "{where}: 1 photo", "{where}: {n} photos", count, where=where)


def _short(text: str) -> str:
    """Keep a chip's words on one line."""
    return text if len(text) <= 24 else f"{text[:23].rstrip()}…"
