from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from uploader.domain.edits import Edits
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.photos import Fingerprint, Photo, Problem
from uploader.domain.states import ForbiddenTransitionError, State
from uploader.domain.stores import Item
from uploader.domain.styles import Focus
from uploader.outbox import Outbox
from uploader.outbox.codec import Changes

FULL: Changes = {
    "fingerprint": Fingerprint(8_900_000, 1_700_000_000_123_456_789, "ab" * 32),
    "facts": Facts(Format.HEIC, 6000, 4000, 8_900_000, 6, 1, "RGB", "Display P3", "Canon", True),
    "findings": (Finding(FindingKind.TOO_SMALL, Severity.WARNING, "Small – «klein»."),),
    "item": Item("12", "Frying pan, 28 cm", "HP-2207", True, 2, "https://shop/t.jpg"),
    "candidates": (Item("1", "Mug"), Item("2", "Mug, blue", active=False)),
    "alt": "Gusseiserne Pfanne 🍳",
    "focus": Focus(0.25, 0.75),
    "problem": Problem("No answer", "It will be sent again."),
    "attempts": 3,
    "not_before": 1012.5,
    "remote_id": "81",
    "poll_address": "1234",
    "sent": 5_100_000,
    "matches": False,
    "edits": Edits(270, pad=True),
    "position": 3,
    "replaces": "80",
}


def test_every_field_comes_back_as_it_was(outbox: Outbox, one: Photo, file: Path) -> None:
    changed = outbox.change(one.id, "All of it", **FULL)
    outbox.close()
    again = Outbox.open(file).outbox
    try:
        assert again.photo(one.id) == changed
        for field, value in FULL.items():
            assert getattr(changed, field) == value
    finally:
        again.close()


def test_fields_can_be_emptied(outbox: Outbox, one: Photo) -> None:
    outbox.change(one.id, **FULL)
    bare = outbox.change(
        one.id,
        fingerprint=None, facts=None, findings=(), item=None, candidates=(), alt="",
        focus=Focus(), problem=None, attempts=0, not_before=0.0, remote_id="", poll_address="",
        sent=0, matches=None, edits=Edits(), position=None, replaces="",
    )  # fmt: skip
    assert bare == one


def test_what_is_no_field_cannot_be_changed(outbox: Outbox, one: Photo) -> None:
    with pytest.raises(KeyError):
        outbox.change(one.id, state=State.LIVE)  # type: ignore[call-arg]
    assert outbox.photo(one.id).state is State.WAITING


NAMES = [
    "鋳鉄のフライパン.jpg",
    "with \"quotes\" and 'single'.jpg",
    "a\nnewline.jpg",
    "n" * 251 + ".jpg",
    "e\u0301-and-\u00e9.jpg",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back_as_they_were(outbox: Outbox, name: str) -> None:
    added = outbox.add("shop", [Path("/photos") / name], 1.0)[0]
    assert outbox.photo(added.id).path == Path("/photos") / name


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
def test_a_name_that_is_not_utf8_comes_back_as_it_was(outbox: Outbox) -> None:
    path = Path(os.fsdecode(b"/photos/caf\xe9.jpg"))
    added = outbox.add("shop", [path], 1.0)[0]
    assert os.fsencode(outbox.photo(added.id).path) == b"/photos/caf\xe9.jpg"
    # Such a name can end up in texts too; there it is readable rather than exact.
    changed = outbox.change(added.id, event=f"Added {path.name}", alt=path.name)
    assert changed.alt == "caf?.jpg"
    assert outbox.events(added.id)[0].text == "Added caf?.jpg"


def test_adding_gives_order_and_references(outbox: Outbox) -> None:
    paths = [Path(f"/photos/{n}.jpg") for n in range(50)]
    photos = outbox.add("shop", paths, 7.0)
    assert [p.path for p in photos] == paths
    assert [p.id for p in photos] == sorted(p.id for p in photos)
    assert len({p.reference for p in photos}) == 50
    assert {(p.state, p.added_at, p.state_since) for p in photos} == {(State.ADDED, 7.0, 7.0)}
    assert outbox.photos("shop") == photos
    assert outbox.photos("another shop") == []
    assert outbox.add("shop", [], 8.0) == []


def test_an_id_is_never_used_twice(outbox: Outbox) -> None:
    first = outbox.add("shop", [Path("a.jpg")], 1.0)[0]
    outbox.remove([first.id])
    assert outbox.add("shop", [Path("b.jpg")], 1.0)[0].id > first.id


def test_ten_thousand_photos(outbox: Outbox) -> None:
    paths = [Path(f"/photos/{n}.jpg") for n in range(10_000)]
    begun = time.process_time()
    photos = outbox.add("shop", paths, 1.0)
    outbox.photos("shop")
    moved = outbox.move_many((p.id for p in photos), State.CHECKING)
    # Far above what it takes: this finds a statement per row with a sync each, not a slow day.
    assert time.process_time() - begun < 10
    assert len(moved) == 10_000


def test_a_move_writes_state_time_and_event(outbox: Outbox, one: Photo, clock) -> None:
    clock.now = 1234.0
    moved = outbox.move(one.id, State.UPLOADING, "Sending began", attempts=2)
    assert (moved.state, moved.state_since, moved.attempts) == (State.UPLOADING, 1234.0, 2)
    assert [(e.photo_id, e.at, e.text) for e in outbox.events(one.id)] == [
        (one.id, 1234.0, "Sending began")
    ]


def test_staying_in_a_state_keeps_its_time(outbox: Outbox, one: Photo, clock) -> None:
    clock.now = 2000.0
    assert outbox.move(one.id, State.WAITING, "Still").state_since == one.state_since
    assert outbox.change(one.id, "Changed", alt="x").state_since == one.state_since


def test_events_come_newest_first_and_only_with_a_text(outbox: Outbox, one: Photo) -> None:
    outbox.change(one.id, "first")
    outbox.change(one.id, alt="x")
    outbox.change(one.id, "second")
    assert [e.text for e in outbox.events(one.id)] == ["second", "first"]


def test_a_forbidden_step_changes_nothing(outbox: Outbox, one: Photo) -> None:
    with pytest.raises(ForbiddenTransitionError):
        outbox.move(one.id, State.LIVE, "no", alt="never")
    assert outbox.photo(one.id) == one
    assert outbox.events(one.id) == []


def test_an_unknown_photo_is_a_key_error(outbox: Outbox) -> None:
    for action in (
        lambda: outbox.photo(99),
        lambda: outbox.move(99, State.CHECKING),
        lambda: outbox.change(99, alt="x"),
    ):
        with pytest.raises(KeyError):
            action()


def test_advance_only_from_where_the_photo_stood(outbox: Outbox, one: Photo) -> None:
    sending = outbox.move(one.id, State.UPLOADING)
    outbox.move(one.id, State.CANCELLED)
    assert outbox.advance(sending, State.PROCESSING, "late", remote_id="1") is None
    assert outbox.photo(one.id).remote_id == ""
    outbox.remove([one.id])
    assert outbox.advance(sending, State.PROCESSING) is None


def test_advance_holds_to_the_table_too(outbox: Outbox, one: Photo) -> None:
    with pytest.raises(ForbiddenTransitionError):
        outbox.advance(one, State.LIVE)


def test_moving_many_skips_what_may_not_move(outbox: Outbox) -> None:
    a, b, c = outbox.add("shop", [Path("a"), Path("b"), Path("c")], 1.0)
    outbox.move(a.id, State.CHECKING)
    outbox.move(b.id, State.CHECKING)
    outbox.move(b.id, State.REFUSED)
    moved = outbox.move_many([a.id, b.id, c.id, 99], State.READY, "Ready", alt="x")
    assert [(p.id, p.state, p.alt) for p in moved] == [(a.id, State.READY, "x")]
    assert [e.text for e in outbox.events(a.id)] == ["Ready"]
    assert outbox.events(b.id) == []


def test_moving_many_only_from_some_states(outbox: Outbox, one: Photo) -> None:
    outbox.move(one.id, State.UPLOADING)
    assert outbox.move_many([one.id], State.CANCELLED, only=[State.WAITING]) == []
    assert outbox.photo(one.id).state is State.UPLOADING


def _waiting(outbox: Outbox, name: str, not_before: float = 0.0, profile: str = "shop") -> Photo:
    photo = outbox.add(profile, [Path(name)], 1.0)[0]
    for state in (State.CHECKING, State.READY):
        outbox.move(photo.id, state)
    return outbox.move(photo.id, State.WAITING, not_before=not_before, problem=Problem("Why"))


def test_claiming_takes_the_oldest_that_is_due(outbox: Outbox) -> None:
    late = _waiting(outbox, "late", not_before=50.0)
    _waiting(outbox, "elsewhere", profile="other")
    first = _waiting(outbox, "first")
    second = _waiting(outbox, "second", not_before=10.0)
    claimed = outbox.claim("shop", 10.0)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.problem) == (first.id, State.UPLOADING, None)
    assert (claimed.state_since, outbox.events(first.id)[0].text) == (10.0, "Sending began")
    assert outbox.next_due("shop", 9.0) == 10.0
    assert outbox.next_due("shop", 30.0) == 30.0
    assert getattr(outbox.claim("shop", 10.0), "id", None) == second.id
    assert outbox.claim("shop", 10.0) is None
    assert outbox.next_due("shop", 10.0) == 50.0
    assert getattr(outbox.claim("shop", 50.0), "id", None) == late.id
    assert outbox.next_due("shop", 50.0) is None


def test_a_claim_of_a_begun_photo_says_that_it_goes_on(outbox: Outbox) -> None:
    photo = _waiting(outbox, "a")
    outbox.change(photo.id, sent=5)
    outbox.claim("shop", 1.0)
    assert outbox.events(photo.id)[0].text == "Sending goes on"


def test_no_photo_is_claimed_twice_by_many_threads(outbox: Outbox) -> None:
    ids = {_waiting(outbox, str(n)).id for n in range(40)}
    claimed: list[int] = []

    def work() -> None:
        while photo := outbox.claim("shop", 1.0):
            claimed.append(photo.id)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == sorted(ids)


def test_recovering_finds_what_a_crash_left_half_way(outbox: Outbox, one: Photo) -> None:
    checking = outbox.add("other", [Path("b")], 1.0)[0]
    outbox.move(checking.id, State.CHECKING)
    outbox.move(one.id, State.UPLOADING)
    recovered = outbox.recover(5000.0)
    assert {p.id: p.state for p in recovered} == {
        one.id: State.UNCERTAIN,
        checking.id: State.ADDED,
    }
    assert outbox.events(one.id)[0].text.startswith("The program ended")
    assert outbox.photo(one.id).state_since == 5000.0
    assert outbox.recover(5001.0) == []


def test_recovering_leaves_alone_what_is_worked_on(outbox: Outbox, one: Photo) -> None:
    outbox.move(one.id, State.UPLOADING)
    assert outbox.recover(5000.0, busy={one.id}) == []
    assert outbox.photo(one.id).state is State.UPLOADING


def test_the_oldest_in_a_state_and_the_next_that_waits(outbox: Outbox) -> None:
    first, _ = outbox.add("shop", [Path("a"), Path("b")], 1.0)
    assert outbox.oldest("shop", State.ADDED) == first
    assert outbox.oldest("shop", State.LIVE) is None
    assert outbox.next_later("shop", 0.0) is None
    _waiting(outbox, "due", not_before=5.0)
    _waiting(outbox, "later", not_before=9.0)
    assert outbox.next_later("shop", 5.0) == 9.0


def test_counting(outbox: Outbox, one: Photo) -> None:
    outbox.change(one.id, fingerprint=Fingerprint(100, 1, "x"), sent=30)
    live = _waiting(outbox, "live")
    for state in (State.UPLOADING, State.PROCESSING, State.LIVE):
        outbox.move(live.id, state, fingerprint=Fingerprint(1000, 1, "y"), sent=1000)
    gone = _waiting(outbox, "gone")
    outbox.move(gone.id, State.CANCELLED, fingerprint=Fingerprint(7, 1, "z"))
    counts = outbox.counts("shop")
    assert counts.by_state == {State.WAITING: 1, State.LIVE: 1, State.CANCELLED: 1}
    assert (counts.total, counts.of(State.WAITING, State.LIVE)) == (2, 2)
    assert (counts.bytes_total, counts.bytes_to_go) == (1100, 70)


def test_removing_forgets_the_history_too(outbox: Outbox, one: Photo) -> None:
    outbox.change(one.id, "something")
    outbox.remove([one.id, 99])
    assert outbox.photos("shop") == []
    assert outbox.events(one.id) == []


def test_a_retry_overrides_the_back_off(outbox: Outbox, one: Photo) -> None:
    outbox.change(one.id, not_before=9999.0, attempts=7)
    other = _waiting(outbox, "other", not_before=9999.0)
    assert [p.id for p in outbox.reset_backoff([one.id])] == [one.id]
    assert (outbox.photo(one.id).not_before, outbox.photo(one.id).attempts) == (0.0, 0)
    assert [p.id for p in outbox.reset_backoff()] == [other.id]
    assert outbox.reset_backoff() == []


def test_settings(outbox: Outbox) -> None:
    assert outbox.get_setting("theme", "light") == "light"
    outbox.set_setting("theme", "dark")
    outbox.set_setting("theme", "system")
    assert outbox.get_setting("theme") == "system"


def test_the_listener_hears_each_commit_once(outbox: Outbox, one: Photo) -> None:
    heard: list[list[Photo]] = []
    outbox.listener = heard.append
    assert outbox.listener is not None
    moved = outbox.move(one.id, State.UPLOADING)
    with pytest.raises(ForbiddenTransitionError):
        outbox.move(one.id, State.READY)
    outbox.photos("shop")
    assert heard == [[moved]]


def test_the_listener_may_use_the_outbox(outbox: Outbox, one: Photo) -> None:
    heard: list[State] = []

    def listen(photos: list[Photo]) -> None:
        heard.append(photos[0].state)
        if photos[0].state is State.UPLOADING:
            outbox.move(photos[0].id, State.PROCESSING)

    outbox.listener = listen
    outbox.move(one.id, State.UPLOADING)
    assert heard == [State.UPLOADING, State.PROCESSING]


def test_the_listener_hears_threads_in_the_order_of_their_commits(outbox: Outbox) -> None:
    photo = outbox.add("shop", [Path("a")], 1.0)[0]
    heard: list[int] = []
    outbox.listener = lambda photos: heard.extend(p.attempts for p in photos)
    turn = threading.Lock()
    count = 0

    def work() -> None:
        nonlocal count
        for _ in range(50):
            with turn:
                count += 1
                outbox.change(photo.id, attempts=count)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == list(range(1, 201))


def test_photos_added_before_any_sign_in_are_adopted(outbox: Outbox, one: Photo) -> None:
    orphan = outbox.add("", [Path("a.jpg")], 1.0)[0]
    assert [(p.id, p.profile) for p in outbox.adopt("shop")] == [(orphan.id, "shop")]
    assert [p.id for p in outbox.photos("shop")] == [one.id, orphan.id]
    assert outbox.photos("") == outbox.adopt("shop") == []
