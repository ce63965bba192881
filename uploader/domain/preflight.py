"""What there is to say of a batch before it goes out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    """What a person should know of a photo, in the order in which it is told."""

    CUT = "cut"
    """A crop cuts the product."""
    SMALL = "small"
    """The shop would enlarge it."""
    COPY = "copy"
    """The same photo goes to, or is in, the same item."""
    TAKEN = "taken"
    """Its item has pictures already."""
    NO_ITEM = "no-item"
    """Nobody knows where it goes, so it stays."""
    UNUSABLE = "unusable"
    """It can't be used, so it stays."""


ASKED = frozenset({Concern.CUT, Concern.SMALL, Concern.COPY, Concern.TAKEN})
"""What concerns photos that would go out: the person is asked. The others stay by themselves."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One concern about one photo."""

    photo_id: int
    concern: Concern
    words: str = ""
    """What it is about: the style that cuts, another photo's name, a finding's sentence."""
    count: int = 0
    """Of TAKEN: how many pictures the item has."""
    sent: bool = False
    """Of COPY: the other one was sent before, also where it isn't on the list any more."""
    mendable: bool = False
    """Of CUT: a focus keeps the product whole."""
    settled: bool = False
    """The person has decided about it."""


@dataclass(frozen=True, slots=True)
class BatchCheck:
    """All remarks about a list, in its order, and what would go out.

    `going` are the photos that *Upload* sends. Of these, `private` have something private,
    of which `told` keep it in what is sent.
    """

    going: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    private: int = 0
    told: int = 0

    @property
    def asks(self) -> bool:
        """Whether a photo that would go out deserves a look."""
        return bool(self.warned())

    def of(self, concern: Concern) -> list[Remark]:
        """Give the remarks of one kind."""
        return [remark for remark in self.remarks if remark.concern is concern]

    def warned(self, added: Collection[int] = ()) -> set[int]:
        """Give the photos that would go out with a concern open.

        Of those in `added` the person has said that they come after what their items have.
        """
        return {
            remark.photo_id
            for remark in self.remarks
            if remark.concern in ASKED
            and not remark.settled
            and not (remark.concern is Concern.TAKEN and remark.photo_id in added)
        }
