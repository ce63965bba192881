"""What was sent: one line for each photo whose sending ever began, kept when the photo is gone."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from uploader.domain.photos import Photo, Problem
from uploader.domain.states import State
from uploader.domain.stores import Item

ENDED = frozenset(
    {State.LIVE, State.ALREADY, State.FAILED, State.REJECTED, State.REFUSED, State.CANCELLED}
)
"""Outcomes after which nothing more happens by itself."""


class Outcome(StrEnum):
    """Outcomes as a person tells them apart; each but ALL stands for states."""

    ALL = "all"
    LIVE = "live"
    ALREADY = "already"
    UNDER_WAY = "under-way"
    TROUBLE = "trouble"
    CANCELLED = "cancelled"

    @property
    def states(self) -> frozenset[State]:
        """The states that it stands for; none for ALL, which isn't asked."""
        return frozenset(state for state, outcome in _OUTCOMES.items() if outcome is self)


_OUTCOMES = {
    State.WAITING: Outcome.UNDER_WAY,
    State.UPLOADING: Outcome.UNDER_WAY,
    State.UNCERTAIN: Outcome.UNDER_WAY,
    State.PROCESSING: Outcome.UNDER_WAY,
    State.LIVE: Outcome.LIVE,
    State.ALREADY: Outcome.ALREADY,
    State.STALLED: Outcome.TROUBLE,
    State.FAILED: Outcome.TROUBLE,
    State.REJECTED: Outcome.TROUBLE,
    State.REFUSED: Outcome.TROUBLE,
    State.CANCELLED: Outcome.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One photo's sending. Times are seconds since the epoch.

    `number` grows with the time of the first byte; `revision` with every change of any line.
    """

    number: int
    reference: str
    profile: str
    path: Path
    outcome: State
    sent_at: float
    ended_at: float | None = None
    """When it reached its end, or left the list before; None while it goes on."""
    item: Item | None = None
    bytes: int | None = None
    sha256: str = ""
    problem: Problem | None = None
    """Why it isn't live."""
    remote_id: str = ""
    page: str = ""
    """Where the store shows it, for people; empty where the store tells no address."""
    revision: int = 0

    @property
    def name(self) -> str:
        """The file's name, for people."""
        return self.path.name

    @property
    def left_early(self) -> bool:
        """Whether it was taken off the list while the store still worked on it."""
        return self.ended_at is not None and self.outcome not in ENDED

    @property
    def needle(self) -> str:
        """What a search looks in."""
        return search_text(self.path, self.item, self.remote_id, self.problem)


@dataclass(frozen=True, slots=True)
class HistoryQuery:
    """Lines with all words of `text` in them, in any case, and of one outcome."""

    text: str = ""
    outcome: Outcome = Outcome.ALL

    @property
    def words(self) -> tuple[str, ...]:
        """The words, folded as `search_text` folds."""
        return tuple(fold(self.text).split())

    def matches(self, line: HistoryLine) -> bool:
        """Tell whether a line is asked for."""
        if self.outcome is not Outcome.ALL and line.outcome not in self.outcome.states:
            return False
        needle = line.needle
        return all(word in needle for word in self.words)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some lines that answer a query, newest first, and how many there are of each outcome.

    `before` is the number that was asked with (None: from the newest), `more` tells that older
    ones follow, `revision` stands for all changes that `lines` and `counts` know of.
    """

    query: HistoryQuery
    lines: tuple[HistoryLine, ...]
    counts: Mapping[Outcome, int]
    before: int | None = None
    more: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class HistoryChanges:
    """Lines of any outcome that changed after revision `since`, in no order.

    With `cut`, there were too many: ask for the whole anew.
    """

    query: HistoryQuery
    since: int
    lines: tuple[HistoryLine, ...]
    counts: Mapping[Outcome, int]
    revision: int = 0
    cut: bool = False


def reason_of(photo: Photo) -> Problem | None:
    """Say why a photo isn't live, or is although the person took it back.

    A file that couldn't be sent says it in its finding.
    """
    if photo.state is State.REFUSED and photo.refusal is not None:
        return Problem(photo.refusal.sentence)
    if photo.state in {State.CANCELLED, State.ALREADY}:
        return None
    return photo.problem


def search_text(path: Path, item: Item | None, remote_id: str, problem: Problem | None) -> str:
    """Give all that a search looks in, folded: one part a line, so that no find spans two."""
    parts = [path.name, remote_id]
    if item is not None:
        parts += [item.title, item.sku]
    if problem is not None:
        parts += [problem.title, problem.detail]
    return fold("\n".join(part for part in parts if part))


def fold(text: str) -> str:
    """Make letters comparable: case, and the two ways in which systems write an ``é``."""
    return unicodedata.normalize("NFKC", text).casefold()


def outcome_of(state: State) -> Outcome:
    """Give the outcome that a line in this state counts among."""
    return _OUTCOMES.get(state, Outcome.UNDER_WAY)
