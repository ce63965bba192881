from __future__ import annotations

import pytest

from uploader.domain.errors import AmbiguousError, BusyError, OfflineError, RejectedError
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.resend import SendAgain, retry


@pytest.fixture
def again(settle) -> SendAgain:
    return SendAgain(settle)


@pytest.fixture(params=[State.STALLED, State.FAILED])
def stuck(request, make, outbox, store):
    photo = make(request.param, problem=Problem("Stuck"))
    remote = store.store(photo)
    return outbox.change(photo.id, remote_id=remote.id, poll_address=remote.poll_address)


def test_the_store_processes_it_again(again, stuck, store, cancel) -> None:
    photo = again(stuck, cancel).photo
    assert (photo.state, photo.problem) == (State.PROCESSING, None)
    assert photo.reference == stuck.reference
    assert "upload" not in store.calls


def test_done_at_once(again, stuck, store, cancel) -> None:
    store.resubmit = lambda photo, cancel: store.set(photo, RemoteState.LIVE)
    assert again(stuck, cancel).photo.state is State.LIVE


def test_an_answer_without_addresses_keeps_ours(again, stuck, store, cancel) -> None:
    store.resubmit = lambda photo, cancel: RemotePhoto("", RemoteState.PROCESSING)
    photo = again(stuck, cancel).photo
    assert (photo.remote_id, photo.poll_address) == (stuck.remote_id, stuck.poll_address)


def test_what_is_gone_there_is_sent_anew(again, stuck, store, cancel, outbox) -> None:
    store.images.clear()
    photo = again(stuck, cancel).photo
    assert (photo.state, photo.attempts, photo.sent) == (State.WAITING, 0, 0)
    assert outbox.events(photo.id)[0].text == words.GONE
    assert_another_upload(photo, stuck)


def assert_another_upload(photo, before):
    assert photo.reference != before.reference
    assert (photo.remote_id, photo.poll_address, photo.problem) == ("", "", None)


@pytest.fixture
def removed(stuck, store):
    """Somebody deleted it in a store that keeps it on record."""
    store.set(stuck, RemoteState.FAILED, removed=True)
    store.faults["resubmit"] = [RejectedError("No longer in the store", "Send it again.")]
    return stuck


def test_what_was_removed_there_is_sent_anew_as_another_upload(again, removed, store, cancel):
    photo = again(removed, cancel).photo
    assert photo.state is State.WAITING
    assert_another_upload(photo, removed)
    assert "upload" not in store.calls


def test_of_all_that_failed_what_was_removed_there_stays(again, removed, cancel):
    photo = again(removed, cancel, named=False).photo
    assert (photo.state, photo.reference) == (removed.state, removed.reference)
    assert photo.problem == Problem("No longer in the store", "Send it again.")


def test_no_answer_to_what_is_sent_anew_isnt_taken_for_the_removed_one(
    *, again, removed, store, cancel, outbox, upload, clock
):
    again(removed, cancel)
    store.faults["upload"] = [AmbiguousError("Cut", "It may have arrived.")]
    unsure = upload(outbox.claim("shop", clock.now), lambda sent: None, cancel).photo
    assert unsure.state is State.WAITING
    clock.now += 3600
    sent = upload(outbox.claim("shop", clock.now), lambda sent: None, cancel).photo
    assert sent.state is State.PROCESSING
    assert sent.remote_id != removed.remote_id
    assert set(store.images) == {removed.reference, sent.reference}


def test_the_same_picture_under_another_number_is_taken_for_it(
    again, removed, store, cancel, outbox
):
    store.set(removed, RemoteState.LIVE, id="900", poll_address="c900", removed=False)
    photo = again(removed, cancel).photo
    assert (photo.state, photo.remote_id, photo.poll_address) == (State.LIVE, "900", "c900")
    assert words.LOOKED_THERE in [event.text for event in outbox.events(photo.id)]


@pytest.mark.parametrize("error", [RejectedError("No", "It won't."), BusyError("Busy", "Later.")])
def test_a_no_is_shown_and_it_stays(again, stuck, store, cancel, error) -> None:
    store.faults["resubmit"] = [error]
    photo = again(stuck, cancel).photo
    assert photo.state is stuck.state
    assert (photo.problem.title, photo.problem.detail) == (error.title, error.detail)


def test_offline_it_stays(again, stuck, store, cancel) -> None:
    trouble = OfflineError("Gone")
    store.faults["resubmit"] = [trouble]
    outcome = again(stuck, cancel)
    assert (outcome.photo, outcome.trouble) == (stuck, trouble)


def test_gone_meanwhile(again, stuck, store, cancel, outbox) -> None:
    store.faults["resubmit"] = [lambda photo: outbox.remove([photo.id])]
    assert again(stuck, cancel).photo is None


def test_retry_all_overrides_every_back_off(outbox, make) -> None:
    waiting = make(State.WAITING, not_before=9e9, attempts=6)
    uncertain = make(State.UNCERTAIN, not_before=9e9)
    rejected = make(State.REJECTED, problem=Problem("No"), attempts=5)
    stalled, failed = make(State.STALLED), make(State.FAILED)
    live, ready = make(State.LIVE), make(State.READY)
    to_ask = retry(outbox, "shop")
    assert [p.id for p in to_ask] == [stalled.id, failed.id]
    assert outbox.photo(waiting.id).not_before == outbox.photo(uncertain.id).not_before == 0
    again = outbox.photo(rejected.id)
    assert (again.state, again.attempts, again.problem) == (State.WAITING, 0, None)
    assert outbox.photo(waiting.id).attempts == 0
    assert (outbox.photo(live.id), outbox.photo(ready.id)) == (live, ready)


def test_retry_of_some_leaves_the_others(outbox, make) -> None:
    one, other = make(State.REJECTED), make(State.REJECTED)
    later = make(State.WAITING, not_before=9e9)
    assert retry(outbox, "shop", [one.id]) == []
    assert outbox.photo(one.id).state is State.WAITING
    assert outbox.photo(other.id) == other
    assert outbox.photo(later.id) == later
