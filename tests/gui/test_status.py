"""What stands in the status column: the words of the design's table."""

import pytest
from gui_fakes import make_photo

from uploader.background.values import Connection, Link, Progress
from uploader.domain.edits import Edits
from uploader.domain.findings import Finding, FindingKind, Severity
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.engine.settle import TOO_LATE
from uploader.engine.words import BUG_LAST_PROBLEM
from uploader.ui.status import Action, Around
from uploader.ui.status_words import status_of
from uploader.ui.theme import Role

ONLINE, OFFLINE = Connection(Link.ONLINE), Connection(Link.OFFLINE)
TWO = (Item("1", "Mug", "A"), Item("2", "Mug", "B"))


def said(photo, connection=ONLINE, **more):
    store = Capabilities(idempotent=True, usual_seconds=9)
    return status_of(photo, Around(connection, store, 1000.0, **more))


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("link", Link)
def test_every_state_has_words_and_an_icon(state, link):
    from uploader.ui.resources import resource

    status = said(make_photo(1, state), Connection(link))
    assert status.words
    assert resource("icons", f"{status.icon}.svg").is_file()


@pytest.mark.parametrize(
    ("photo", "words", "detail", "action"),
    [
        (make_photo(), "Ready", "Not sent yet", None),
        (make_photo(item=None, candidates=TWO), "Which item?",
         "Two items fit this file name.", Action.CHOOSE),
        (make_photo(item=None), "Which item?", "No item fits this file name.", Action.CHOOSE),
        (make_photo(1, State.WAITING, not_before=1012.0, problem=Problem("No answer", "Why.")),
         "Retry in 12 s", "Why.", Action.RETRY_NOW),
        (make_photo(1, State.UNCERTAIN), "Looking in the store", "It may have arrived", None),
        (make_photo(1, State.LIVE, matches=True), "Live", "Both crops match their previews", None),
        (make_photo(1, State.ALREADY), "Already in the store", "Not sent again", None),
        (
            make_photo(1, State.ALREADY, edits=Edits(90)), "Already in the store",
            "Not sent again, and not turned or padded there", None,
        ),
        (make_photo(1, State.STALLED, state_since=640.0), "Stalled for 6 min",
         "Usually done in 9 s. Safe to send again: no second copy.", Action.SEND_AGAIN),
        (make_photo(1, State.REJECTED, problem=Problem("x", "Its item is archived.")),
         "Refused by the store", "Its item is archived.", Action.CHANGE_ITEM),
        (make_photo(1, State.REJECTED, problem=Problem(*BUG_LAST_PROBLEM)),
         "Can’t be sent from here", BUG_LAST_PROBLEM[1], Action.RETRY_NOW),
        (make_photo(1, State.FAILED, problem=Problem("x", "Out of memory.")),
         "Processing failed", "Out of memory.", Action.SEND_AGAIN),
        (make_photo(1, State.REFUSED,
                    findings=(Finding(FindingKind.EMPTY, Severity.REFUSAL, "It is empty."),)),
         "Can’t be used", "It is empty. Nothing was sent.", Action.REPLACE),
    ],
)  # fmt: skip
def test_words_details_and_actions(photo, words, detail, action):
    status = said(photo)
    assert (status.words, status.detail, status.action) == (words, detail, action)


def test_nobody_says_that_no_item_fits_before_the_catalogue_was_seen():
    status = said(make_photo(item=None), Connection(Link.SIGNED_OUT))
    assert (status.words, status.ink) == ("No item yet", Role.TEXT)
    assert status.detail == "It finds its item once you sign in."


def test_match_is_said_only_after_comparing():
    assert "match" not in said(make_photo(1, State.LIVE, matches=None)).detail
    assert "differ" in said(make_photo(1, State.LIVE, matches=False)).detail


def test_no_second_copy_is_promised_only_where_the_store_can():
    photo = make_photo(1, State.STALLED)
    plain = status_of(photo, Around(ONLINE, Capabilities(idempotent=False), 1000.0))
    assert "copy" not in plain.detail


def test_green_is_only_for_live():
    for state in State:
        green = said(make_photo(1, state)).ink is Role.LIVE
        assert green == (state is State.LIVE)


def test_offline_keeps_what_has_arrived():
    status = said(make_photo(1, State.WAITING, sent=5_300_000), OFFLINE)
    assert status.words == "Waits for the network"
    assert status.detail == "5.3 of 8.4 MB have arrived so far."
    assert status.halted
    assert status.share == pytest.approx(0.63, abs=0.01)
    assert said(make_photo(1, State.WAITING), OFFLINE, place=3).detail == "Number 3 in line"
    assert not said(make_photo(1, State.PROCESSING), OFFLINE).spins


def test_a_row_counts_down_and_then_waits():
    photo = make_photo(1, State.WAITING, not_before=1000.5)
    assert said(photo).words == "Retry in 1 s"
    assert said(photo).ticks
    late = Around(ONLINE, Capabilities(), 1001.0, place=1)
    assert status_of(photo, late).words == "Waiting"


def test_no_time_is_told_without_a_speed():
    moving = Progress(1_000_000, 8_400_000, 0.0)
    assert said(make_photo(1, State.UPLOADING), progress=moving).detail == "1 of 8.4 MB"


SIGNED_OUT = Connection(Link.SIGNED_OUT)


@pytest.mark.parametrize(
    ("photo", "connection", "around", "words", "detail"),
    [
        (make_photo(1, State.WAITING), SIGNED_OUT, {}, "Waiting", "It is sent once you sign in."),
        (make_photo(1, State.WAITING), ONLINE, {"paused": True}, "Paused",
         "It is sent once you resume."),
        (make_photo(1, State.WAITING), OFFLINE, {"paused": True, "place": 3}, "Paused",
         "Number 3 in line"),
        (make_photo(1, State.WAITING, sent=5_300_000), SIGNED_OUT, {}, "Waiting",
         "5.3 of 8.4 MB have arrived so far."),
        (make_photo(1, State.UNCERTAIN), OFFLINE, {}, "Waits for the network",
         "It may have arrived: the store is asked before it is sent again."),
        (make_photo(1, State.UNCERTAIN), SIGNED_OUT, {}, "Waiting",
         "It may have arrived: the store is asked before it is sent again."),
        (make_photo(1, State.UNCERTAIN, not_before=1020.0), ONLINE, {}, "Looking in the store",
         "It may have arrived. Looks again in 20 s."),
        (make_photo(1, State.PROCESSING), SIGNED_OUT, {}, "Processing",
         "Sent. The store is asked again once you sign in."),
        (make_photo(1, State.WAITING, not_before=4600.0, problem=Problem("Busy", "It is full.")),
         ONLINE, {}, "Retry in 60 min", "It is full."),
        (make_photo(1, State.CANCELLED), ONLINE, {}, "Cancelled", "Taken back by you"),
        (make_photo(1, State.CANCELLED, sent=5_300_000), ONLINE, {}, "Cancelled",
         "Taken back by you"),
        (make_photo(1, State.CANCELLED, sent=8_400_000), ONLINE, {}, "Cancelled",
         "It may have arrived: the store is being asked."),
        (make_photo(1, State.CANCELLED, sent=8_400_000), OFFLINE, {}, "Cancelled",
         "It may have arrived: the store is asked once it is back."),
        (make_photo(1, State.CANCELLED, sent=8_400_000), SIGNED_OUT, {}, "Cancelled",
         "It may have arrived: the store is asked once you sign in."),
    ],
)  # fmt: skip
def test_what_waits_says_for_what(photo, connection, around, words, detail):
    status = said(photo, connection, **around)
    assert (status.words, status.detail) == (words, detail)
    assert not status.spins


@pytest.mark.parametrize(
    ("state", "words"), [(State.PROCESSING, "Processing"), (State.LIVE, "Live")]
)
def test_what_was_cancelled_too_late_says_so(state, words):
    status = said(make_photo(1, state, matches=True, problem=TOO_LATE))
    assert status.words == words
    assert status.detail == "It was in the store before you cancelled. You can delete it there."


def test_what_is_sent_and_not_answered_yet_says_so():
    moving = Progress(8_400_000, 8_400_000, 1_000_000)
    status = said(make_photo(1, State.UPLOADING), progress=moving)
    assert (status.detail, status.share) == ("All sent. Waits for the store’s answer.", 1.0)


def test_what_was_sent_to_its_last_byte_is_not_said_to_have_arrived():
    status = said(make_photo(1, State.WAITING, sent=8_400_000), SIGNED_OUT)
    assert (status.share, status.detail) == (None, "It is sent once you sign in.")


def test_of_a_file_that_went_away_midway_nobody_says_that_nothing_was_sent():
    gone = Finding(FindingKind.MISSING, Severity.REFUSAL, "The file is gone.")
    assert said(make_photo(1, State.REFUSED, findings=(gone,))).detail == "The file is gone."
