from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from uploader.domain.cancel import CancelToken, Stop
from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    BusyError,
    CancelledError,
    GatewayError,
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    RejectedError,
    SignInNeededError,
    SourceError,
    StoreError,
    UntrustedError,
)
from uploader.domain.findings import FindingKind
from uploader.domain.photos import UNSENDABLE, Photo, Problem, may_have_arrived
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item, RemotePhoto, RemoteState
from uploader.engine import words
from uploader.engine.reconcile import BUG_LIMIT, SETTLING
from uploader.engine.resend import retry
from uploader.engine.upload import BLOCKED_LIMIT


def silent(_: int) -> None:
    pass


@pytest.fixture
def send(outbox, upload, make, cancel):
    """Claim the one photo and send it; gives the outcome."""
    make(State.WAITING)

    def _send(token: CancelToken = cancel, report=silent, at: float = 1e9):
        photo = outbox.claim("shop", at)
        assert photo is not None
        return upload(photo, report, token)

    return _send


def texts(outbox, photo) -> list[str]:
    return [event.text for event in outbox.events(photo.id)]


def test_a_photo_arrives_whole_and_its_poll_address_is_kept(send, outbox, store, jpeg) -> None:
    reports: list[int] = []
    photo = send(report=reports.append).photo
    assert photo.state is State.PROCESSING
    assert (photo.remote_id, photo.poll_address) == ("100", "c100")
    assert store.received[photo.reference] == jpeg.read_bytes()
    assert reports == sorted(reports)
    assert reports[-1] == photo.sent == jpeg.stat().st_size
    assert texts(outbox, photo)[:2] == [words.SENT, words.SENDING]


def test_a_photo_sent_from_its_copy_has_its_own_name(
    outbox, upload, make, cancel, store, jpeg, tmp_path
) -> None:
    content, copy = jpeg.read_bytes(), tmp_path / "17.jpg"
    make(State.WAITING)
    shutil.copy2(jpeg, copy)
    jpeg.unlink()
    told: list[Photo] = []
    store.faults["upload"] = [told.append]
    send = replace(upload, stand_in=lambda photo: replace(photo, path=copy))
    assert send(outbox.claim("shop", 1e9), silent, cancel).photo.state is State.PROCESSING
    assert (told[0].path, list(store.received.values())) == (jpeg, [content])


def test_the_item_that_the_upload_made_is_kept(send, store) -> None:
    made = Item("77", "Terracotta lamp")
    store.store = lambda photo: RemotePhoto("5", RemoteState.PROCESSING, item=made)
    assert send().photo.item == made


def test_a_photo_that_was_there_before_is_marked(send, store, outbox) -> None:
    store.store = lambda photo: RemotePhoto("9", RemoteState.LIVE, already=True)
    photo = send().photo
    assert (photo.state, photo.remote_id) == (State.ALREADY, "9")
    assert texts(outbox, photo)[0] == words.SENT_BEFORE


@pytest.mark.parametrize("state", [RemoteState.PROCESSING, RemoteState.FAILED])
def test_a_picture_that_was_there_and_is_not_live_is_followed(send, store, outbox, state) -> None:
    store.store = lambda photo: RemotePhoto("9", state, already=True, title="Out of memory")
    photo = send().photo
    assert (photo.state.value, photo.remote_id) == (state.value, "9")
    assert words.SENT_BEFORE in texts(outbox, photo)


def test_live_at_once_is_believed_after_a_look(send, store, outbox) -> None:
    store.state = RemoteState.LIVE
    photo = send().photo
    assert (photo.state, photo.matches) == (State.LIVE, True)
    assert store.calls[-2:] == ["fetch", "fetch"]
    assert texts(outbox, photo)[:2] == [words.LIVE, words.SENT]


def test_live_at_once_without_its_styles_goes_on_processing(send, store) -> None:
    store.state = RemoteState.LIVE
    store.derivatives["square"] = b""
    assert send().photo.state is State.PROCESSING


@pytest.mark.parametrize("trouble", [OfflineError("Gone"), RejectedError("x"), CancelledError()])
def test_a_failed_look_leaves_it_to_the_poller(send, store, trouble) -> None:
    store.state = RemoteState.LIVE
    store.faults["fetch"] = [trouble]
    outcome = send()
    assert outcome.photo.state is State.PROCESSING
    assert (outcome.trouble is trouble) == isinstance(trouble, OfflineError)


def test_failed_at_once_shows_the_reason(send, store, outbox) -> None:
    store.store = lambda photo: RemotePhoto(
        "9", RemoteState.FAILED, title="Out of memory", detail="The worker died."
    )
    photo = send().photo
    assert photo.state is State.FAILED
    assert (photo.problem.title, photo.problem.detail) == ("Out of memory", "The worker died.")


TROUBLES = [
    OfflineError("No network"),
    UntrustedError("Not its certificate"),
    NoStoreHereError("A hotel's page"),
    SignInNeededError("Signed out"),
    NotAnAdminError("No admin"),
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_store_that_is_lost_burns_no_attempt(send, store, clock, trouble) -> None:
    store.faults["block"] = [None, None, trouble]
    outcome = send()
    photo = outcome.photo
    assert outcome.trouble is trouble
    assert (photo.state, photo.attempts, photo.not_before) == (State.WAITING, 0, 0.0)
    assert photo.sent == 3000
    signed_out = isinstance(trouble, SignInNeededError | NotAnAdminError)
    problem = words.SIGN_IN_PROBLEM if signed_out else words.OFFLINE_PROBLEM
    assert (photo.problem.title, photo.problem.detail) == problem


def test_it_goes_on_from_where_it_stopped(send, store, outbox, jpeg) -> None:
    store.faults["block"] = [None, OfflineError("Gone")]
    send()
    reports: list[int] = []
    photo = send(report=reports.append).photo
    assert photo.state is State.PROCESSING
    assert reports[0] == 3000
    assert store.received[photo.reference] == jpeg.read_bytes()
    assert texts(outbox, photo)[1] == words.SENDING_ON


def test_a_store_that_cannot_resume_starts_again(send, store) -> None:
    store.capabilities = Capabilities()
    store.faults["block"] = [OfflineError("Gone")]
    assert send().photo.sent == 0


def test_a_busy_store_gets_more_and_more_time(send, store, clock, outbox) -> None:
    store.faults["upload"] = [BusyError("Full house", "Come back.") for _ in range(4)]
    waits = []
    for _ in range(4):
        photo = send().photo
        assert photo.state is State.WAITING
        waits.append(photo.not_before - clock.now)
    assert waits == [2.0, 4.0, 8.0, 16.0]
    assert photo.attempts == 4
    assert (photo.problem.title, photo.problem.detail) == ("Full house", "Come back.")
    assert texts(outbox, photo)[0] == "Full house. Next try in 16 s"
    photo = send().photo
    assert (photo.state, photo.attempts, photo.problem) == (State.PROCESSING, 0, None)


def test_a_proxy_before_a_dead_store_burns_no_attempt(send, store) -> None:
    gone = OfflineError("No store behind it")
    store.faults |= {"upload": [GatewayError("Bad gateway")], "probe": [gone]}
    outcome = send()
    assert outcome.trouble is gone
    assert (outcome.photo.state, outcome.photo.attempts) == (State.WAITING, 0)
    assert outcome.photo.problem.title == words.OFFLINE_PROBLEM[0]


@pytest.mark.parametrize("probe", [None, BusyError("Busy")])
def test_a_hiccup_of_a_proxy_is_the_photos_own(send, store, probe) -> None:
    store.faults |= {"upload": [GatewayError("Bad gateway", retry_after=30.0)], "probe": [probe]}
    outcome = send()
    assert outcome.trouble is None
    assert (outcome.photo.attempts, outcome.photo.problem.title) == (1, "Bad gateway")


def test_a_busy_store_is_taken_at_its_word(send, store, clock) -> None:
    store.faults["upload"] = [BusyError("Full house", retry_after=30.0)]
    assert send().photo.not_before == clock.now + 33.0


def test_an_error_of_no_known_kind_is_tried_again(send, store) -> None:
    store.faults["upload"] = [StoreError("Odd", "Very odd.")]
    photo = send().photo
    assert (photo.state, photo.attempts, photo.problem.title) == (State.WAITING, 1, "Odd")


def test_a_no_ends_this_photo_with_its_reason(send, store, outbox) -> None:
    store.faults["upload"] = [RejectedError("Archived", "Its item, HP-3310, is archived.")]
    photo = send().photo
    assert photo.state is State.REJECTED
    assert photo.problem.detail == "Its item, HP-3310, is archived."
    assert texts(outbox, photo)[0] == "Refused by the store: Archived"


def test_what_is_refused_in_between_waits_alone_and_not_for_ever(send, store, outbox) -> None:
    sentence = "Something in between refuses it (403)."
    store.faults["upload"] = [BlockedError("Refused", sentence) for _ in range(BLOCKED_LIMIT)]
    outcomes = [send() for _ in range(BLOCKED_LIMIT)]
    assert [outcome.trouble for outcome in outcomes] == [None] * BLOCKED_LIMIT
    states = [outcome.photo.state for outcome in outcomes]
    assert states == [State.WAITING] * (BLOCKED_LIMIT - 1) + [State.REJECTED]
    waiting, photo = outcomes[-2].photo, outcomes[-1].photo
    assert waiting.not_before > 0
    assert photo.problem == Problem(UNSENDABLE, sentence)
    assert texts(outbox, photo)[0] == UNSENDABLE
    retry(outbox, "shop")
    assert send().photo.state is State.PROCESSING


def test_what_is_refused_in_between_may_be_all_of_the_store(send, store) -> None:
    gone = OfflineError("No store behind it")
    store.faults |= {"upload": [BlockedError("Refused")], "probe": [gone]}
    outcome = send()
    assert outcome.trouble is gone
    assert (outcome.photo.state, outcome.photo.attempts) == (State.WAITING, 0)


def test_no_answer_and_there_it_is(send, store, outbox) -> None:
    def lost(photo) -> None:
        if len(store.received[photo.reference]) == photo.fingerprint.bytes:
            store.store(photo)
            raise AmbiguousError("No answer")

    store.faults["block"] = [lost] * 1000
    photo = send().photo
    assert (photo.state, photo.remote_id) == (State.PROCESSING, "100")
    assert (photo.attempts, photo.problem) == (0, None)
    assert texts(outbox, photo)[0] == words.LOOKED_THERE
    assert texts(outbox, photo)[1].startswith("No answer after ")
    assert store.calls.count("upload") == 1


def test_no_answer_and_not_there_is_sent_again_once(send, store, outbox, clock) -> None:
    store.faults["block"] = [None, AmbiguousError("No answer")]
    photo = send().photo
    assert (photo.state, photo.attempts) == (State.WAITING, 1)
    assert photo.not_before == clock.now + 2.0
    assert (photo.problem.title, photo.problem.detail) == words.NOT_SENT_PROBLEM
    assert texts(outbox, photo)[0] == words.LOOKED_NOT_THERE
    assert photo.sent == 0, "what isn't there isn't shown as sent"
    assert send().photo.state is State.PROCESSING
    assert len(store.images) == 1


def test_no_answer_and_no_network_stays_uncertain(send, store, outbox) -> None:
    trouble = OfflineError("Gone")
    store.faults["block"] = [AmbiguousError("No answer")]
    store.faults["find"] = [trouble]
    outcome = send()
    assert (outcome.photo.state, outcome.trouble) == (State.UNCERTAIN, trouble)
    assert outbox.claim("shop", 1e12) is None


def test_a_file_that_changed_is_refused_and_what_arrived_is_dropped(
    send, store, jpeg: Path, outbox
) -> None:
    def change(_) -> None:
        jpeg.write_bytes(jpeg.read_bytes()[::-1])

    store.faults["block"] = [None, change]
    photo = send().photo
    assert photo.state is State.REFUSED
    assert photo.refusal.kind is FindingKind.CHANGED
    assert photo.refusal.sentence == words.FILE_CHANGED
    assert store.received == {}
    assert store.images == {}


def test_a_file_that_vanished_is_refused(send, store, jpeg: Path) -> None:
    jpeg.unlink()
    photo = send().photo
    assert (photo.state, photo.refusal.kind) == (State.REFUSED, FindingKind.MISSING)


def test_a_connectors_own_word_about_the_file(send, store) -> None:
    store.faults["upload"] = [SourceError("The file is shorter than it was.")]
    photo = send().photo
    assert photo.refusal.sentence == "The file is shorter than it was."


def test_a_refusal_stands_although_dropping_fails(send, store, jpeg: Path) -> None:
    jpeg.unlink()
    store.faults["discard"] = [OfflineError("Gone")]
    assert send().photo.state is State.REFUSED


def test_a_photo_without_fingerprint_is_never_sent(send, store, outbox) -> None:
    for photo in outbox.photos("shop"):
        outbox.change(photo.id, fingerprint=None)
    assert send().photo.state is State.REFUSED
    assert "upload" not in store.calls


# ---- two kinds of stop


def stopping(token: CancelToken, stop: Stop):
    return lambda *_: token.cancel(stop)


def test_paused_it_waits_and_goes_on_from_there(send, store, outbox, cancel) -> None:
    store.faults["block"] = [None, stopping(cancel, Stop.HALTED)]
    photo = send().photo
    assert (photo.state, photo.attempts, photo.sent) == (State.WAITING, 0, 2000)
    assert (photo.not_before, photo.problem) == (0.0, None)
    assert "discard" not in store.calls
    assert send(CancelToken()).photo.state is State.PROCESSING


@pytest.mark.parametrize("known", [Capabilities(), Capabilities(resumable=True, idempotent=True)])
def test_paused_after_the_last_byte_the_store_is_asked_first(send, store, jpeg, cancel, known):
    # Waiting, it could be edited; under its new reference it would be sent a second time.
    store.capabilities = known
    store.block = jpeg.stat().st_size
    store.faults["block"] = [CancelledError()]
    photo = send().photo
    assert (photo.state, photo.not_before) == (State.UNCERTAIN, 0.0)


@pytest.fixture
def whole(make, store, jpeg):
    """A photo of which the store keeps every byte and has made no picture yet."""
    photo = make(State.WAITING, sent=jpeg.stat().st_size)
    store.received[photo.reference] = jpeg.read_bytes()
    return photo


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (OfflineError("Gone"), State.UNCERTAIN),
        (GatewayError("Timed out"), State.UNCERTAIN),
        (CancelledError(), State.UNCERTAIN),
        (UntrustedError("Not its certificate"), State.WAITING),
        (BlockedError("Refused in between"), State.WAITING),
        (BusyError("Its bucket is away"), State.WAITING),
    ],
)
def test_no_answer_of_a_photo_that_is_there_whole(
    whole, upload, outbox, store, cancel, trouble, state
) -> None:
    # The mere question where it stands completes it: waiting, it could be edited and doubled.
    store.faults["upload"] = [trouble]
    outcome = upload(outbox.claim("shop", 1e9), silent, cancel)
    assert outcome.photo.state is state
    assert outcome.trouble is (trouble if isinstance(trouble, OfflineError) else None)


def test_looked_for_in_vain_it_is_still_there_whole(whole, upload, outbox, store, cancel) -> None:
    for _ in range(2):
        store.faults["upload"] = [AmbiguousError("No answer")]
        photo = upload(outbox.claim("shop", 1e12), silent, cancel).photo
        assert (photo.state, photo.sent) == (State.WAITING, whole.sent)
    store.faults["upload"] = [GatewayError("Timed out")]
    assert upload(outbox.claim("shop", 1e12), silent, cancel).photo.state is State.UNCERTAIN


def test_cancelling_ends_a_look_behind_the_proxy_too(send, store, cancel) -> None:
    def hanging(*_: object) -> None:
        cancel.cancel(Stop.TAKEN_BACK)
        raise CancelledError

    store.faults |= {"upload": [GatewayError("Bad gateway")], "probe": [hanging]}
    assert send().photo.state is State.CANCELLED


def test_stopped_before_its_first_byte_it_waits_as_before(send, store, jpeg, cancel) -> None:
    # Its bytes went out once and were refused; taken up again before all lanes had heard of
    # that, it must not count as one that nobody answered: only the store could free it.
    store.capabilities = Capabilities(resumable=True, idempotent=True)
    store.block = jpeg.stat().st_size
    store.faults["block"] = [SignInNeededError("You are signed out")]
    before = send().photo
    assert (before.state, before.sent) == (State.WAITING, jpeg.stat().st_size)
    cancel.cancel(Stop.HALTED)
    after = send().photo
    assert (after.state, after.sent) == (State.WAITING, before.sent)
    assert store.calls.count("upload") == 1


def test_taken_back_it_is_cancelled_and_dropped(send, store, outbox, cancel) -> None:
    store.faults["block"] = [None, stopping(cancel, Stop.TAKEN_BACK)]
    photo = send().photo
    assert (photo.state, photo.sent) == (State.CANCELLED, 0)
    assert store.received == {}
    assert "find" not in store.calls


@pytest.mark.parametrize("there", [True, False])
def test_taken_back_after_the_last_byte_the_truth_is_told(send, store, jpeg, cancel, there) -> None:
    def arrive(photo) -> None:
        cancel.cancel(Stop.TAKEN_BACK)
        if there:
            store.store(photo)
        raise CancelledError

    store.block = jpeg.stat().st_size
    store.faults["block"] = [arrive]
    photo = send().photo
    assert photo.state is (State.PROCESSING if there else State.CANCELLED)
    # Where the store may be storing it still, all of it counts as sent, to be looked for again.
    assert "discard" not in store.calls
    assert photo.sent == jpeg.stat().st_size


def test_taken_back_while_a_request_finishes_an_earlier_one_it_is_looked_for(
    send, store, jpeg, cancel
) -> None:
    def complete(photo) -> None:
        # All of it had come before; asking where it stands has made it a picture.
        store.store(photo)
        cancel.cancel(Stop.TAKEN_BACK)
        raise CancelledError

    store.faults["upload"] = [complete]
    photo = send().photo
    assert (photo.state, photo.sent) == (State.CANCELLED, jpeg.stat().st_size)
    assert may_have_arrived(photo)


def test_taken_back_without_an_answer_is_cancelled(send, store, jpeg, cancel) -> None:
    store.block = jpeg.stat().st_size
    store.faults["block"] = [stopping(cancel, Stop.TAKEN_BACK), CancelledError()]
    store.faults["find"] = [OfflineError("Gone")]
    store.store = lambda photo: (_ for _ in ()).throw(CancelledError())
    assert send().photo.state is State.CANCELLED


def test_taken_back_on_a_dead_network_nobody_waits_for_the_store(
    send, store, jpeg, cancel, outbox
) -> None:
    def dead(photo, token=None) -> None:
        assert token.wait(20), "nobody gives it up"
        raise CancelledError

    def stop(photo) -> None:
        cancel.cancel(Stop.TAKEN_BACK)
        raise CancelledError

    store.block = jpeg.stat().st_size
    store.faults["block"] = [stop]
    store.faults["find"] = [dead]
    photo = send().photo
    assert photo.state is State.CANCELLED
    assert outbox.events(photo.id)[0].text == words.TAKEN_BACK_UNSURE


@pytest.mark.parametrize("fault", [None, AmbiguousError("No answer"), BusyError("Busy")])
def test_a_photo_removed_meanwhile_ends_quietly(send, store, outbox, fault) -> None:
    def remove(photo) -> None:
        outbox.remove([photo.id])
        if fault is not None:
            raise fault

    store.faults["upload"] = [remove]
    assert send().photo is None
    assert outbox.photos("shop") == []


def test_a_photo_removed_while_its_styles_are_fetched(send, store, outbox) -> None:
    store.state = RemoteState.LIVE
    store.faults["fetch"] = [lambda *_: outbox.remove([p.id for p in outbox.photos("shop")])]
    assert send().photo is None


# ---- our own bugs


@pytest.mark.parametrize(("idempotent", "state"), [(True, State.WAITING), (False, State.UNCERTAIN)])
def test_a_bug_makes_no_dead_photo(send, store, log_watch, idempotent, state) -> None:
    log_watch.expect("met a bug")
    store.capabilities = Capabilities(idempotent=idempotent)
    store.faults["block"] = [ZeroDivisionError()]
    photo = send().photo
    assert (photo.state, photo.attempts) == (state, 1)
    assert photo.not_before > 0


def test_a_bug_again_and_again_is_shown(send, store, outbox, log_watch) -> None:
    log_watch.expect("met a bug")
    store.faults["upload"] = [ZeroDivisionError() for _ in range(BUG_LIMIT)]
    states = [send().photo.state for _ in range(BUG_LIMIT)]
    assert states == [State.WAITING] * (BUG_LIMIT - 1) + [State.REJECTED]
    problem = outbox.photos("shop")[0].problem
    assert problem.title == words.BUG_LAST_PROBLEM[0]
    assert "5 times" in problem.detail


def test_a_bug_again_and_again_is_shown_only_of_what_is_not_in_the_store(
    send, store, outbox, log_watch, reconcile, cancel, clock
) -> None:
    log_watch.expect("met a bug")
    store.capabilities = Capabilities()
    outbox.change(outbox.photos("shop")[0].id, attempts=BUG_LIMIT - 1)
    store.faults["upload"] = [ZeroDivisionError()]
    photo = send().photo
    # It may have arrived: given up at once, the next Retry would send it a second time.
    assert photo.state is State.UNCERTAIN
    photo = reconcile(photo, cancel).photo
    clock.now += SETTLING
    photo = reconcile(photo, cancel).photo
    assert (photo.state, photo.problem.title) == (State.REJECTED, words.BUG_LAST_PROBLEM[0])
