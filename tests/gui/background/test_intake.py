"""What is named goes to the store that was in use then; what stays out is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from uploader.background.intake import Intake, Named
from uploader.background.signals import DeskSignals
from uploader.domain.cancel import CancelToken
from uploader.outbox import Outbox

SHOOT = 60


@pytest.fixture
def outbox(tmp_path):
    opened = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    yield opened
    opened.close()


@pytest.fixture
def shoot(tmp_path):
    folder = tmp_path / "shoot"
    folder.mkdir()
    for n in range(SHOOT):
        (folder / f"lamp-{n:02}.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture
def make(outbox, tmp_path):
    """Make an intake; `profile` tells which store is in use."""

    def intake(profile):
        return Intake(
            outbox, tmp_path / "pictures", DeskSignals(), CancelToken(),
            profile=profile, on_disk_trouble=pytest.fail,
        )  # fmt: skip

    return intake


def test_another_store_may_come_while_a_folder_is_searched(outbox, shoot, make):
    current = ["lamps"]
    intake = make(lambda: current[0])
    number = intake.note([shoot])
    outbox.listener = lambda _photos: current.__setitem__(0, "chairs")
    intake.scan(number)
    assert current == ["chairs"]
    assert (len(outbox.photos("lamps")), outbox.photos("chairs")) == (SHOOT, [])


def test_what_the_last_run_left_goes_where_it_was_to_go(outbox, shoot, make):
    make(lambda: "lamps").note([shoot])
    later = make(lambda: "chairs")
    [left] = later.left()
    assert left == Named("lamps", (shoot,))
    later.scan(later.note_named(left), quiet=True, again=True)
    assert (len(outbox.photos("lamps")), outbox.photos("chairs")) == (SHOOT, [])
    assert later.left() == []


def test_what_was_named_before_the_first_sign_in_goes_to_it(outbox, shoot, make):
    current = [""]
    intake = make(lambda: current[0])
    number = intake.note([shoot])
    outbox.listener = lambda _photos: current.__setitem__(0, "lamps")
    intake.scan(number)
    assert len(outbox.photos("lamps")) == SHOOT
    assert outbox.photos("") == []


def test_a_folder_that_cannot_be_opened_is_told(outbox, shoot, monkeypatch, make):
    (shoot / "shut").mkdir()
    listing = os.scandir

    def guarded(path):
        if Path(path).name == "shut":
            raise PermissionError
        return listing(path)

    monkeypatch.setattr(os, "scandir", guarded)
    intake = make(lambda: "lamps")
    told = []
    intake._signals.noticed.connect(lambda notice: told.append(notice.text))
    intake._signals.passed_over.connect(lambda *said: told.append(said))
    intake.scan(intake.note([shoot]))
    assert told == [
        "shut can’t be opened. Check that you may read it, then add it again.",
        ([], [shoot / "shut"]),
    ]
    assert len(outbox.photos("lamps")) == SHOOT


@pytest.mark.parametrize(
    "kept", ["", "[1]", '[["/a", "/b"]]', '{"a": 1}', '[{"profile": "lamps"}]']
)
def test_a_record_that_cannot_be_read_is_no_end(outbox, make, kept):
    outbox.set_setting("adding", kept)
    assert make(lambda: "lamps").left() == []
