"""Which of two versions is the newer one, and what is no version at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader import __version__
from uploader.domain.updates import OVERDUE, Memory
from uploader.domain.versions import Version, is_newer

RISING = (
    "0.9", "1.0.dev1", "1.0a1", "1.0-alpha.2", "1.0b1", "1.0rc1", "1.0-rc.2", "1.0", "1.0.1",
    "1.2", "1.9.9", "1.10", "2", "10.0.0.1",
)  # fmt: skip


def test_versions_rise():
    shuffled = [*RISING[1::2], *RISING[::2]]
    assert sorted(shuffled, key=Version.parse) == list(RISING)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.2", "1.2.0"), ("1", "1.0.0.0"), ("1.0rc1", "1.0.0-rc.1"), ("1.0+built.7", "1.0"),
     ("1.0RC1", "1.0c1"), ("0.0", "0")],
)  # fmt: skip
def test_the_same_version_in_two_spellings(one, other):
    assert Version.parse(one) == Version.parse(other)


@pytest.mark.parametrize(
    "garbage",
    ["", " ", "v1.0", "1.0 ", "1..0", "1.0.0.0.0", "-1", "1.0-", "latest", "1.0rc1rc2", "1.0.post1",
     "١.٢", "1.0\n", "9" * 7, "1.0+" + "a" * 40, "1.0; rm", "0x1", "1.0rc-1-2"],
)  # fmt: skip
def test_garbage_is_no_version(garbage):
    with pytest.raises(ValueError, match="no version"):
        Version.parse(garbage)


@given(st.text(max_size=60))
def test_whatever_comes_is_a_version_or_none(text):
    try:
        version = Version.parse(text)
    except ValueError:
        return
    assert version == Version.parse(text)


def test_our_own_version_is_one():
    assert Version.parse(__version__) > Version.parse("0.0.1")


@pytest.mark.parametrize(
    ("offered", "running", "told"),
    [
        ("1.1", "1.0", True),
        ("1.0", "1.0", False),
        ("1.0.0", "1.0", False),
        ("0.9", "1.0", False),
        ("1.1rc1", "1.0", False),
        ("1.1rc1", "1.1b2", True),
        ("1.1", "1.1rc1", True),
        ("1.0", "1.1rc1", False),
    ],
)
def test_what_is_told_as_newer(offered, running, told):
    assert is_newer(offered, running) is told


def test_skipping_holds_up_to_that_version():
    memory = Memory(skipped="1.2")
    assert memory.skips("1.2.0")
    assert memory.skips("1.2rc1")
    assert not memory.skips("1.2.1")
    assert not Memory().skips("1.2")
    assert not Memory(skipped="garbage").skips("1.2")


def test_when_silence_is_told():
    now = 100 * OVERDUE
    assert not Memory().is_overdue(now), "it was never answered: a new build, or never online"
    assert not Memory(answered=now - OVERDUE).is_overdue(now)
    assert Memory(answered=now - OVERDUE - 1).is_overdue(now)
    assert not Memory(answered=now - 3 * OVERDUE, warned=now - 1).is_overdue(now)
    assert Memory(answered=1, warned=now - OVERDUE - 1).is_overdue(now)


def test_when_it_is_time_to_ask():
    assert Memory().is_due(1_000_000)
    assert not Memory(next_ask=1_000_060).is_due(1_000_000)
    assert Memory(next_ask=1_000_000).is_due(1_000_000)
    # The clock was set back by years meanwhile.
    assert Memory(next_ask=90_000_000).is_due(1_000_000)
