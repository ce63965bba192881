"""What a run without a window has to say at its end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from uploader.domain.photos import Photo
from uploader.domain.states import State

LIVE = frozenset({State.LIVE, State.ALREADY})


@dataclass(frozen=True, slots=True)
class Summary:
    """How a batch ended: numbers of photos, and the seconds that it took."""

    photos: int
    live: int
    refused: int
    failed: int
    seconds: float

    @classmethod
    def of(cls, photos: Iterable[Photo], seconds: float) -> Summary:
        """Count a batch. What is neither live nor refused counts as failed."""
        states = Counter(photo.state for photo in photos)
        total = states.total() - states[State.CANCELLED]
        live = sum(states[state] for state in LIVE)
        refused = states[State.REFUSED]
        return cls(total, live, refused, total - live - refused, round(seconds, 2))

    @property
    def complete(self) -> bool:
        """Whether every photo that could be used is live."""
        return self.failed == 0

    def write(self, *, as_json: bool) -> None:
        """Print it to stdout, as the last line."""
        text = json.dumps(asdict(self)) if as_json else (
            f"{self.live} of {self.photos} photos live, {self.refused} can't be used, "
            f"{self.failed} not sent, in {self.seconds:.1f} s"
        )  # fmt: skip
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def explain(photos: Iterable[Photo], passed_over: Iterable[str] = ()) -> None:
    """Say on stderr, a line each, why photos aren't live; then what was passed over."""
    for line in (*reasons(photos), *passed_over):
        sys.stderr.write(f"{line}\n")


def reasons(photos: Iterable[Photo]) -> Iterator[str]:
    """Give a line, with its path, for each photo that isn't live."""
    for photo in photos:
        if reason := _reason(photo):
            yield f"{photo.path}: {reason}"


def _reason(photo: Photo) -> str:
    if photo.state in LIVE or photo.state is State.CANCELLED:
        return ""
    if photo.refusal is not None:
        return photo.refusal.sentence
    if photo.state is State.READY and photo.item is None:
        names = ", ".join(item.sku or item.title for item in photo.candidates)
        return f"More than one item fits its name: {names}." if names else "No item fits its name."
    if photo.problem is not None:
        return f"{photo.problem.title}. {photo.problem.detail}".strip()
    return f"Still {photo.state.value}."
