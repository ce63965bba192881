"""What rules would do with a list of photos, before anybody presses anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from uploader.domain.matching import Match, Matcher
from uploader.domain.name_list import NameList
from uploader.domain.photos import Photo
from uploader.domain.rules import DEFAULT_RULES, Rules
from uploader.domain.states import State

_OUT = frozenset({State.REFUSED, State.CANCELLED})


@dataclass(frozen=True, slots=True)
class Setup:
    """How a profile's photos find their items: the rules, and the person's own list."""

    rules: Rules = DEFAULT_RULES
    names: NameList = field(default_factory=NameList)


class Outcome(StrEnum):
    """What becomes of one photo."""

    KEPT = "kept"
    """It has an item already, found or chosen, and keeps it."""
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Tried:
    """One photo and what the rules say of it; `title` is the item's that it keeps."""

    photo_id: int
    name: str
    outcome: Outcome
    match: Match = field(default_factory=Match)
    title: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a setup would do; `is_known` is False while no catalogue has been read."""

    setup: Setup
    tried: tuple[Tried, ...] = ()
    is_known: bool = True

    def count(self, *outcomes: Outcome) -> int:
        """How many photos have one of these outcomes."""
        return sum(one.outcome in outcomes for one in self.tried)


def try_out(photos: Iterable[Photo], setup: Setup, matcher: Matcher | None) -> Trial:
    """Ask the rules about all photos that can be sent. Changes nothing."""
    usable = (photo for photo in photos if photo.state not in _OUT)
    return Trial(setup, tuple(_tried(photo, matcher) for photo in usable), matcher is not None)


def _tried(photo: Photo, matcher: Matcher | None) -> Tried:
    if photo.item is not None:
        return Tried(photo.id, photo.name, Outcome.KEPT, title=photo.item.title)
    match = matcher.match(photo.path) if matcher is not None else Match()
    if match.item is not None:
        outcome = Outcome.MATCHED
    else:
        outcome = Outcome.AMBIGUOUS if match.items else Outcome.NOTHING
    return Tried(photo.id, photo.name, outcome, match)
