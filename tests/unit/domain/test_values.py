from __future__ import annotations

from pathlib import Path

import pytest

from uploader.domain.errors import BusyError, SourceError, StoreError
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Inspection, Severity
from uploader.domain.photos import Counts, Photo
from uploader.domain.states import State
from uploader.domain.stores import Account, Credentials
from uploader.domain.styles import CENTRE, Focus

WARNING = Finding(FindingKind.TOO_SMALL, Severity.WARNING, "Small.")
REFUSAL = Finding(FindingKind.EMPTY, Severity.REFUSAL, "Empty.")


@pytest.mark.parametrize(("x", "y"), [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_focus_outside_the_picture(x: float, y: float) -> None:
    with pytest.raises(ValueError, match="outside"):
        Focus(x, y)


def test_the_corners_are_inside() -> None:
    assert Focus(0, 1) != CENTRE == Focus()


def test_findings_and_what_they_mean() -> None:
    bad = Inspection(None, (WARNING, REFUSAL))
    assert (bad.refusal, bad.warnings) == (REFUSAL, (WARNING,))
    assert Inspection(None, (WARNING,)).refusal is None


def test_facts() -> None:
    assert Facts(Format.JPEG, 30, 20, 1).pixels == 600
    assert [f.label for f in (Format.JPEG, Format.WEBP, Format.HEIC)] == ["JPEG", "WebP", "HEIC"]


def test_a_photo_and_its_refusal() -> None:
    photo = Photo(1, "r", "shop", Path("/a/b.jpg"), State.REFUSED, 0, 0, findings=(REFUSAL,))
    assert (photo.name, photo.refusal) == ("b.jpg", REFUSAL)


def test_counts_leave_cancelled_ones_out() -> None:
    counts = Counts({State.LIVE: 2, State.CANCELLED: 5})
    assert (counts.total, counts.of(State.LIVE, State.READY)) == (2, 2)


def test_secrets_never_show() -> None:
    shown = repr(Credentials("a@b.c", "s3cret", "t0ken")) + repr(Account("a", "b", "c", "t0ken"))
    assert "s3cret" not in shown
    assert "t0ken" not in shown


def test_errors_carry_words() -> None:
    busy = BusyError("Full house", "Come back.", 5.0)
    assert (str(busy), busy.title, busy.retry_after) == ("Full house. Come back.", "Full house", 5)
    assert str(StoreError("Odd")) == "Odd"
    assert SourceError("Gone.").sentence == "Gone."
