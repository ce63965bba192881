"""What the window says when the person quits with photos under way."""

from __future__ import annotations

from collections.abc import Iterable

from uploader.domain.photos import Photo
from uploader.domain.states import IN_FLIGHT, State
from uploader.ui.text import counted, translate

PARTING_MS = 900
"""How long the sentence stands; work goes on meanwhile and stops with the window."""


def half_sent(photos: Iterable[Photo]) -> int:
    """Count the photos of which a part, or an unknown whole, has been sent."""
    return sum(
        photo.state in IN_FLIGHT or (photo.state is State.WAITING and photo.sent > 0)
        for photo in photos
    )


def parting_words(half: int) -> tuple[str, str]:
    """Give a title and a sentence."""
    title = translate("Parting", "Until next time")
    return title, counted(
        "Parting",
        "1 photo is half sent; it goes on when you start again.",
        "{n} photos are half sent; they go on when you start again.",
        half,
    )
