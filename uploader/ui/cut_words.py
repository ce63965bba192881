"""What is said of a crop that cuts the product, and the one thing that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from uploader.domain.photos import Photo
from uploader.domain.stores import Capabilities
from uploader.domain.styles import CENTRE, Focus
from uploader.imaging.cuts import Cut, cut_of
from uploader.ui.text import translate


class Mend(Enum):
    """What the link beside the crop does."""

    RESET = auto()
    CENTRE = auto()
    PAD = auto()

    @property
    def label(self) -> str:
        """What the link says."""
        return {
            Mend.RESET: translate("Inspector", "Reset to centre"),
            Mend.CENTRE: translate("Inspector", "Centre on the product"),
            Mend.PAD: translate("Inspector", "Pad to a square"),
        }[self]


@dataclass(frozen=True, slots=True)
class CutWords:
    """A sentence (empty: nothing is cut), and the link; `focus` is where it takes the crop."""

    sentence: str = ""
    mend: Mend = Mend.RESET
    focus: Focus = CENTRE


def cut_words(photo: Photo, capabilities: Capabilities, focus: Focus) -> CutWords:
    """Tell what a photo's crops, around `focus`, do to its product."""
    cut = cut_of(photo.facts, capabilities.styles, focus, photo.edits)
    if cut is None:
        return CutWords()
    sentence = cut_sentence(cut)
    if cut.keeps is not None and capabilities.focus_point:
        return CutWords(sentence, Mend.CENTRE, cut.keeps)
    # With a crop that was moved, the way back to the middle is what is looked for there.
    if capabilities.pads and not photo.edits.pad and focus == CENTRE:
        return CutWords(sentence, Mend.PAD)
    return CutWords(sentence)


def cut_sentence(cut: Cut) -> str:
    """Say which style cuts the product."""
    return translate("Inspector", "The {style} cuts the product.", style=cut.style.name)
