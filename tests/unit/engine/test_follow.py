from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    BusyError,
    CancelledError,
    GatewayError,
    OfflineError,
    RejectedError,
)
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.follow import LEAST_PAUSE, LONG_WAIT, SHORT_WAIT, Follower, stalled_after
from uploader.engine.verify import NotAPictureError
from uploader.outbox import OutboxWriteError, reading


@pytest.fixture
def follower(settle, backoff, clock) -> Follower:
    return Follower(settle, "shop", backoff=backoff, clock=clock, steady=clock)


@pytest.fixture
def sent(make, outbox, store):
    """Make a photo that the store has and works on."""

    def _sent(state: State = State.PROCESSING):
        photo = make(state)
        remote = store.store(photo)
        return outbox.change(photo.id, remote_id=remote.id, poll_address=remote.poll_address)

    return _sent


def now(outbox, photo):
    return outbox.photo(photo.id)


def test_nothing_to_follow_waits_to_be_woken(follower, store, cancel, make) -> None:
    make(State.WAITING)
    assert follower.step(cancel).pause is None
    assert store.calls == []


def test_all_are_asked_after_in_one_request(follower, store, cancel, sent, outbox) -> None:
    photos = [sent() for _ in range(30)] + [sent(State.STALLED)]
    for photo in photos[:10]:
        store.set(photo, RemoteState.LIVE)
    step = follower.step(cancel)
    assert store.calls.count("status") == 1
    assert [now(outbox, p).state for p in photos].count(State.LIVE) == 10
    assert (step.pause, step.trouble) == (LEAST_PAUSE, None)


def test_who_is_followed_is_read_once(follower, cancel, sent, monkeypatch) -> None:
    for _ in range(30):
        sent()
    follower.step(cancel)
    read, decode = [], reading.decode
    monkeypatch.setattr(reading, "decode", lambda row: read.append(row[0]) or decode(row))
    newest = sent()
    read.clear()
    follower.step(cancel)
    follower.step(cancel)
    assert read == [newest.id]


def test_live_after_its_styles_were_fetched_and_compared(follower, store, cancel, sent, outbox):
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    follower.step(cancel)
    assert store.calls == ["status", "fetch", "fetch"]
    live = now(outbox, photo)
    assert (live.state, live.matches) == (State.LIVE, True)
    assert outbox.events(photo.id)[0].text == words.LIVE


def test_different_crops_are_live_and_said_so(follower, store, cancel, sent, outbox) -> None:
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    store.derivatives["square"] = b"another picture"
    follower.step(cancel)
    assert (now(outbox, photo).state, now(outbox, photo).matches) == (State.LIVE, False)
    assert outbox.events(photo.id)[0].text == words.LIVE_DIFFERENT


def test_a_store_without_styles_is_believed(follower, store, cancel, sent, outbox) -> None:
    store.capabilities = Capabilities(styles=())
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    follower.step(cancel)
    assert (now(outbox, photo).state, now(outbox, photo).matches) == (State.LIVE, None)
    assert outbox.events(photo.id)[0].text == words.LIVE_WITHOUT_STYLES


@pytest.mark.parametrize(
    "fault", [b"", BusyError("Not there"), RejectedError("No such picture"), "no address"]
)
def test_green_means_live(follower, store, cancel, sent, outbox, fault) -> None:
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    if fault == b"":
        store.derivatives["square"] = b""
    elif isinstance(fault, str):
        store.set(photo, RemoteState.LIVE, urls={"thumb": "https://shop/thumb"})
    else:
        store.faults["fetch"] = [None, fault]
    follower.step(cancel)
    assert now(outbox, photo).state is State.PROCESSING


def test_a_style_that_nobody_can_see_is_not_live(settle, store, cancel, sent, outbox, clock):
    def compare(photo, fetched):
        raise NotAPictureError("square")

    photo = sent()
    store.set(photo, RemoteState.LIVE)
    Follower(replace(settle, compare=compare), "shop", clock=clock).step(cancel)
    assert now(outbox, photo).state is State.PROCESSING


def test_without_the_file_the_crops_are_fetched_all_the_same(
    settle, store, cancel, sent, outbox, clock
) -> None:
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    blind = replace(settle, compare=lambda photo, fetched: None)
    Follower(blind, "shop", clock=clock).step(cancel)
    assert (now(outbox, photo).state, now(outbox, photo).matches) == (State.LIVE, None)
    assert outbox.events(photo.id)[0].text == words.LIVE_UNCOMPARED


def test_a_style_that_comes_late_is_looked_for_again(follower, store, cancel, sent, outbox) -> None:
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    store.derivatives["square"] = b""
    assert follower.step(cancel).pause == LEAST_PAUSE
    store.derivatives["square"] = b"same"
    # Not at once, and without asking for the state again.
    step = follower.step(cancel)
    assert (step.pause, now(outbox, photo).state) == (2.5, State.PROCESSING)
    follower._clock.now += 2.0
    follower.step(cancel)
    assert now(outbox, photo).state is State.LIVE
    assert store.calls.count("status") == 1


def test_a_style_that_never_comes_stalls(follower, store, cancel, sent, outbox, clock) -> None:
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    store.derivatives["square"] = b""
    follower.step(cancel)
    clock.now += stalled_after(store.capabilities) + 1
    follower.step(cancel)
    stalled = now(outbox, photo)
    assert stalled.state is State.STALLED
    assert stalled.problem.title == words.NOT_LIVE_PROBLEM[0]
    store.derivatives["square"] = b"same"
    clock.now += 1000
    follower.step(cancel)
    assert now(outbox, photo).state is State.LIVE


@pytest.mark.parametrize("error", [OfflineError("The connection broke"), ZeroDivisionError()])
def test_a_photo_that_cannot_be_fetched_holds_up_no_other(
    follower, store, cancel, sent, outbox, clock, log_watch, error
) -> None:
    if isinstance(error, ZeroDivisionError):
        log_watch.expect("following met a bug")
    photos = [sent() for _ in range(3)]
    for photo in photos:
        store.set(photo, RemoteState.LIVE)
    fetch = store.fetch

    def fails_for_the_first(remote, style, cancel):
        if remote.reference == photos[0].reference:
            raise error
        return fetch(remote, style, cancel)

    store.fetch = fails_for_the_first
    assert follower.step(cancel).trouble is (error if isinstance(error, OfflineError) else None)
    follower.step(cancel)
    states = [now(outbox, photo).state for photo in photos]
    assert states == [State.PROCESSING, State.LIVE, State.LIVE]
    store.fetch = fetch
    clock.now += 10
    follower.step(cancel)
    assert now(outbox, photos[0]).state is State.LIVE


def test_failed_with_the_stores_reason(follower, store, cancel, sent, outbox) -> None:
    photo, other = sent(), sent()
    store.set(photo, RemoteState.FAILED, title="No memory", detail="The worker was killed.")
    store.set(other, RemoteState.FAILED)
    follower.step(cancel)
    problem = now(outbox, photo).problem
    assert now(outbox, photo).state is State.FAILED
    assert (problem.title, problem.detail) == ("No memory", "The worker was killed.")
    assert now(outbox, other).problem.title == words.FAILED_PROBLEM[0]


def test_a_new_poll_address_is_kept(follower, store, cancel, sent, outbox) -> None:
    photo = sent()
    moved = RemotePhoto(photo.remote_id, RemoteState.PROCESSING, poll_address="c999")
    store.status = lambda photos, wait, cancel: [moved]
    follower.step(cancel)
    assert (now(outbox, photo).poll_address, now(outbox, photo).state) == ("c999", State.PROCESSING)
    assert now(outbox, photo).state_since == photo.state_since


def test_pictures_of_others_are_left_out(follower, store, cancel, sent, outbox) -> None:
    photo = sent()
    stranger = RemotePhoto("777", RemoteState.LIVE, reference="someone else's")
    store.status = lambda photos, wait, cancel: [stranger]
    follower.step(cancel)
    assert now(outbox, photo).state is State.PROCESSING


# ---- stalls


def test_the_measure_for_stalled_is_the_stores_own() -> None:
    assert stalled_after(Capabilities(usual_seconds=0.5)) == 60
    assert stalled_after(Capabilities(usual_seconds=9.0)) == 270


@pytest.fixture
def late(sent, clock, store):
    photo = sent()
    clock.now += stalled_after(store.capabilities) + 1
    return photo


@pytest.mark.parametrize(("idempotent", "word"), [(True, "no second copy"), (False, "asked")])
def test_a_stall_is_noticed(follower, store, cancel, late, outbox, idempotent, word) -> None:
    store.capabilities = Capabilities(idempotent=idempotent)
    follower.step(cancel)
    stalled = now(outbox, late)
    assert (stalled.state, stalled.state_since) == (State.STALLED, late.state_since + 301)
    assert "Usually done in 10 s" in stalled.problem.detail
    assert word in stalled.problem.detail
    assert outbox.events(late.id)[0].text == "Nothing heard for 301 s"


def test_a_stalled_photo_is_asked_after_now_and_then(follower, store, cancel, late, outbox) -> None:
    follower.step(cancel)
    follower.step(cancel)
    assert store.calls.count("find") == 1
    follower._clock.now += 1000
    follower.step(cancel)
    assert store.calls.count("find") == 2
    assert now(outbox, late).state is State.STALLED


def test_a_stalled_photo_can_still_go_live(follower, store, cancel, late, outbox) -> None:
    follower.step(cancel)
    store.set(late, RemoteState.LIVE)
    follower.step(cancel)
    assert (now(outbox, late).state, now(outbox, late).problem) == (State.LIVE, None)


def test_what_was_missed_is_found_by_asking_directly(follower, store, cancel, late, outbox) -> None:
    store.status = lambda photos, wait, cancel: []
    store.set(late, RemoteState.LIVE)
    follower.step(cancel)
    assert now(outbox, late).state is State.LIVE


def test_what_the_store_has_lost_is_sent_again(follower, store, cancel, late, outbox) -> None:
    store.images.clear()
    follower.step(cancel)
    assert now(outbox, late).state is State.WAITING
    assert outbox.events(late.id)[0].text == words.GONE


def test_a_late_photo_that_just_ended_is_let_be(follower, store, cancel, late, outbox) -> None:
    store.set(late, RemoteState.LIVE)
    follower.step(cancel)
    assert "find" not in store.calls


def test_a_late_photo_that_was_just_removed_is_no_bug(follower, store, cancel, late, outbox):
    store.faults["status"] = [lambda *_: outbox.remove([late.id])]
    assert follower.step(cancel).trouble is None
    assert "find" not in store.calls


# ---- trouble


def test_a_lost_store_is_told_and_nothing_changes(follower, store, cancel, sent, outbox) -> None:
    photo, trouble = sent(), OfflineError("Gone")
    store.faults["status"] = [trouble]
    step = follower.step(cancel)
    assert (step.trouble, step.pause) == (trouble, 2.0)
    assert now(outbox, photo) == photo


def test_errors_back_off_and_success_forgets(follower, store, cancel, sent) -> None:
    sent()
    store.faults["status"] = [BusyError("Busy"), BusyError("Busy"), BusyError("Busy", "", 20.0)]
    steps = [follower.step(cancel) for _ in range(4)]
    assert [step.pause for step in steps] == [2.0, 4.0, 22.0, 2.5]
    assert steps[1].least == 4.0
    store.faults["status"] = [BusyError("Busy")]
    assert follower.step(cancel).pause == 2.0


def test_a_bug_does_not_end_the_following(follower, store, cancel, sent, log_watch) -> None:
    log_watch.expect("following met a bug")
    sent()
    store.faults["status"] = [ZeroDivisionError()]
    assert follower.step(cancel).pause == 2.0
    assert follower.step(cancel).trouble is None


def test_a_store_that_holds_answers_back_needs_no_pause(follower, store, cancel, sent, clock):
    sent()

    def held_back(photos, wait, token) -> None:
        assert wait == LONG_WAIT
        clock.now += wait

    store.faults["status"] = [held_back]
    assert follower.step(cancel).pause == LEAST_PAUSE


def test_a_wake_cuts_a_long_wait_and_the_next_is_short(follower, store, cancel, sent) -> None:
    sent()
    waits = []

    def woken(photos, wait, token) -> None:
        waits.append(wait)
        follower.wake()
        token.check()

    def quiet(photos, wait, token) -> None:
        waits.append(wait)
        follower.wake()
        assert not token.cancelled

    store.faults["status"] = [woken, quiet]
    assert follower.step(cancel).pause == 0.0
    follower.step(cancel)
    assert waits == [LONG_WAIT, SHORT_WAIT]


def test_a_wake_between_list_and_request_is_not_lost(follower, store, cancel, sent, outbox):
    sent()
    listing = outbox.in_state_still

    def listed(*args):
        photos = listing(*args)
        follower.wake()
        return photos

    outbox.in_state_still = listed
    assert follower.step(cancel).pause == 0.0
    assert "status" not in store.calls


def test_stopped_in_the_middle(follower, store, sent) -> None:
    sent()
    token = CancelToken()
    store.faults["status"] = [lambda *_: (token.cancel(), token.check())]
    with pytest.raises(CancelledError):
        follower.step(token)


def test_running_until_stopped(follower, store, cancel, sent, outbox, in_thread) -> None:
    photo = sent()
    live = threading.Event()
    outbox.listener = lambda photos: live.set() if photos[0].state is State.LIVE else None
    troubles: list[OfflineError] = []
    told, online = threading.Event(), threading.Event()

    def on_trouble(error) -> None:
        troubles.append(error)
        told.set()

    store.faults["status"] = [OfflineError("Gone")]
    store.set(photo, RemoteState.LIVE)
    online.set()

    def may_ask() -> bool:
        return online.is_set()

    thread = in_thread(lambda: follower.run(cancel, on_trouble, may_ask))
    assert told.wait(10)
    online.clear()
    follower.wake()
    online.set()
    follower.wake()
    assert live.wait(10)
    cancel.cancel()
    thread.join(10)
    assert len(troubles) == 1
    # A second run after the stop ends at once.
    follower.run(cancel, on_trouble, may_ask)


def test_woken_while_it_may_not_ask_it_rests_all_the_same(follower, in_thread) -> None:
    asked: list[bool] = []
    token = CancelToken()
    often, rested = threading.Event(), threading.Event()

    def may_ask() -> bool:
        asked.append(False)
        if len(asked) > 50:
            often.set()
            token.cancel()
        return False

    # What follows offline sleeps in `wait`; told by that, as nothing else is to be seen of it.
    wait = follower._woken.wait

    def waiting(seconds: float | None = None) -> bool:
        if not follower._woken.is_set():
            rested.set()
        return wait(seconds)

    follower._woken.wait = waiting
    follower.wake()
    thread = in_thread(lambda: follower.run(token, lambda _: None, may_ask))
    assert rested.wait(10), "it never came to rest"
    assert not often.is_set()
    token.cancel()
    thread.join(10)


@pytest.mark.parametrize("probe", [None, OfflineError("No store behind it")])
def test_a_proxy_before_a_dead_store_is_told_as_its_absence(
    follower, store, cancel, sent, probe
) -> None:
    sent()
    store.faults |= {"status": [GatewayError("Bad gateway")], "probe": [probe]}
    assert follower.step(cancel).trouble is probe


def test_a_disk_that_takes_no_change_is_not_called_a_bug(follower, store, cancel, sent, outbox):
    photo = sent()
    store.set(photo, RemoteState.LIVE)
    outbox._db.execute("PRAGMA query_only = ON")
    with pytest.raises(OutboxWriteError):
        follower.step(cancel)
    outbox._db.execute("PRAGMA query_only = OFF")
    follower.step(cancel)
    assert now(outbox, photo).state is State.LIVE


def test_derivatives_of_several_photos_at_once(settle, store, cancel, sent, outbox, clock) -> None:
    sizes = []

    def each(work, pairs):
        sizes.append(len(pairs))
        return [work(pair) for pair in pairs]

    photos = [sent() for _ in range(5)]
    for photo in photos:
        store.set(photo, RemoteState.LIVE)
    Follower(settle, "shop", clock=clock, each=each).step(cancel)
    assert sizes[0] == 5
    assert {now(outbox, p).state for p in photos} == {State.LIVE}


def test_the_person_overrides_every_pause(follower, store, cancel, sent) -> None:
    sent()
    asked, deadline = threading.Event(), time.monotonic() + 20
    store.faults["status"] = [
        BusyError("Busy", retry_after=3600.0),
        lambda *_: asked.set(),
    ]
    running = threading.Thread(
        target=follower.run, args=(cancel, lambda _: None, lambda: True), daemon=True
    )
    running.start()
    while not asked.is_set() and time.monotonic() < deadline:
        follower.hurry()
        running.join(0.02)
    cancel.cancel()
    running.join(20)
    assert asked.is_set()
