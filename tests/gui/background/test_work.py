"""The lanes: no photo is left half-way, and nothing ends a lane for good."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from uploader.background import work
from uploader.domain.errors import AmbiguousError, BlockedError, BusyError, OfflineError
from uploader.domain.states import State


@pytest.fixture(autouse=True)
def short_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "RETRY", 0.05)


def test_a_photo_claimed_while_another_account_signs_in_waits_on(hall, qtbot) -> None:
    claim, old = hall.outbox.claim, hall.contact.service

    def claimed(profile: str, now: float):
        taken = claim(profile, now)
        if taken is not None:
            old.cancel.cancel()
        return taken

    hall.outbox.claim = claimed
    # From here on it may be claimed: whoever hears of it goes to work.
    photo = hall.waiting(Path("lamp.jpg"))
    hall.work.start()
    qtbot.waitUntil(lambda: old.cancel.cancelled)
    qtbot.waitUntil(lambda: hall.state(photo) is State.WAITING)
    assert hall.store.sent == []
    hall.outbox.claim = claim
    hall.contact.service = hall.serve("shop")
    hall.work.wake_all()
    qtbot.waitUntil(lambda: hall.state(photo) is State.PROCESSING)
    assert hall.store.sent == [photo.id]


def test_a_photo_that_a_firewall_refuses_waits_alone(hall, qtbot) -> None:
    tries: list[int] = []
    blocked = hall.waiting(Path("blocked.jpg"))
    upload = hall.store.upload

    def refuses(photo, source, report, cancel):
        if photo.id == blocked.id:
            tries.append(photo.id)
            raise BlockedError("Refused on the way to the store", retry_after=3600.0)
        return upload(photo, source, report, cancel)

    hall.store.upload = refuses
    others = [hall.waiting(Path(f"{n}.jpg")) for n in range(5)]
    hall.work.start()
    qtbot.waitUntil(lambda: all(hall.state(p) is State.PROCESSING for p in others))
    qtbot.waitUntil(lambda: hall.state(blocked) is State.WAITING)
    assert (len(tries), hall.link.online) == (1, True)


def test_a_bug_while_probing_does_not_end_the_probing(hall, qtbot, log_watch) -> None:
    log_watch.expect("met a bug")
    calls: list[int] = []

    def probe() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("broken")

    hall.store.before["probe"] = probe
    hall.link.trouble(OfflineError("Away"))
    hall.link.try_now()
    hall.work.start()
    qtbot.waitUntil(lambda: hall.link.online, timeout=10_000)


def test_a_disk_that_is_full_for_long_only_delays(hall, qtbot) -> None:
    photo = hall.waiting(Path("lamp.jpg"))
    full = threading.Event()
    full.set()

    def arrived() -> None:
        if full.is_set():
            hall.outbox._db.execute("PRAGMA query_only = ON")

    hall.store.before["upload"] = arrived
    hall.work.start()
    # The first attempt to go on fails too: the disk is still full.
    qtbot.waitUntil(lambda: len(hall.told) >= 1, timeout=10_000)
    recovered = hall.work._recovered
    tries: list[bool] = []
    hall.work._recovered = lambda: tries.append(recovered()) or tries[-1]
    qtbot.waitUntil(lambda: len(tries) >= 2, timeout=10_000)
    full.clear()
    with hall.outbox._lock:
        hall.outbox._db.execute("PRAGMA query_only = OFF")
    qtbot.waitUntil(lambda: hall.state(photo) is State.PROCESSING, timeout=20_000)


def test_photos_are_looked_at_before_anybody_signed_in(hall, qtbot, tmp_path) -> None:
    hall.contact.service, service = None, hall.contact.service
    (tmp_path / "note.jpg").write_text("no photo")
    [photo] = hall.outbox.add("shop", [tmp_path / "note.jpg"], 1.0)
    hall.work.start()
    qtbot.waitUntil(lambda: hall.state(photo) is State.REFUSED, timeout=10_000)
    hall.contact.service = service


def test_one_photo_is_ready_before_a_connection_is_free(hall, qtbot) -> None:
    free, lock = threading.Event(), threading.Lock()
    inside, most = 0, 0

    def sending() -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        free.wait(20)
        with lock:
            inside -= 1

    hall.store.before["upload"] = sending
    photos = [hall.waiting(Path(f"lamp-{n}.jpg")) for n in range(6)]
    hall.work.start()
    qtbot.waitUntil(lambda: sum(hall.state(p) is State.UPLOADING for p in photos) == 3)
    assert most <= 2
    free.set()
    qtbot.waitUntil(lambda: all(hall.state(p) is State.PROCESSING for p in photos))
    assert sorted(hall.store.sent) == [photo.id for photo in photos]
    assert most == 2


def test_a_photo_that_waits_for_a_connection_can_be_taken_back(hall, qtbot) -> None:
    free = threading.Event()
    hall.store.before["upload"] = lambda: free.wait(20)
    photos = [hall.waiting(Path(f"lamp-{n}.jpg")) for n in range(3)]
    hall.work.start()
    qtbot.waitUntil(lambda: all(hall.state(p) is State.UPLOADING for p in photos))
    for photo in photos:
        hall.work.take_back(photo.id)
    # Two are being sent and can't be reached here; the one that waits ends at once.
    qtbot.waitUntil(lambda: any(hall.state(p) is State.CANCELLED for p in photos))
    free.set()
    qtbot.waitUntil(lambda: all(hall.state(p) is State.CANCELLED for p in photos))
    assert hall.store.sent == []


@pytest.mark.parametrize("error", [BusyError("Busy"), OfflineError("Gone")])
def test_a_photo_taken_back_as_the_store_fails_is_not_sent_again(hall, qtbot, error) -> None:
    photo = hall.waiting(Path("lamp.jpg"))

    def fail() -> None:
        # The person's word comes when the store's is out already.
        assert hall.work.take_back(photo.id)
        raise error

    hall.store.before["upload"] = fail
    hall.work.start()
    qtbot.waitUntil(lambda: hall.state(photo) is State.CANCELLED)


def test_a_photo_taken_back_as_nobody_knows_where_it_is_stays_taken_back(hall, qtbot) -> None:
    photo = hall.waiting(Path("lamp.jpg"))

    def vanish() -> None:
        raise AmbiguousError("No answer")

    def silent() -> None:
        assert hall.work.take_back(photo.id)
        raise BusyError("Busy")

    hall.store.before |= {"upload": vanish, "find": silent}
    hall.work.start()
    qtbot.waitUntil(lambda: hall.state(photo) is State.CANCELLED)
    assert hall.outbox.photo(photo.id).sent == 1, "to be looked for"


def test_photos_in_sight_are_looked_at_first(hall, qtbot, tmp_path) -> None:
    paths = [tmp_path / f"{n}.jpg" for n in range(6)]
    for path in paths:
        path.write_bytes(b"no photo")
    order = []

    def noting(photos):
        order.extend(photo.id for photo in photos if photo.state is State.CHECKING)

    hall.outbox.listener = noting
    photos = hall.outbox.add("shop", paths, 1.0)
    gone = photos[2]
    hall.outbox.move(gone.id, State.CANCELLED)
    hall.work.look_first([999, gone.id, photos[4].id, photos[5].id])
    hall.work.wake_all()
    qtbot.waitUntil(lambda: len(order) == 5, timeout=20_000)
    assert order == [photos[n].id for n in (4, 5, 0, 1, 3)]
