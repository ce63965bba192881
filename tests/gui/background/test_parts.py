"""Lanes, throttle, bitmap cache and meter: what the background is made of."""

from __future__ import annotations

import threading
from collections import deque

import pytest

from uploader.background.bitmaps import BitmapCache
from uploader.background.lanes import Lanes
from uploader.background.rates import Meter
from uploader.background.throttle import Throttle
from uploader.background.values import Bitmap


@pytest.mark.parametrize("threads", [1, 4])
def test_all_work_is_done_once(threads):
    todo = deque(range(2000))
    done: list[int] = []
    finished = threading.Event()

    def work() -> bool:
        try:
            done.append(todo.popleft())
        except IndexError:
            return False
        if len(done) == 2000:
            finished.set()
        return True

    lanes = Lanes(threads, work)
    lanes.wake()
    assert finished.wait(20)
    assert lanes.close()
    assert sorted(done) == list(range(2000))


def test_work_that_comes_while_a_lane_ends_is_not_forgotten():
    todo: deque[int] = deque()
    seen = threading.Semaphore(0)

    def work() -> bool:
        if not todo:
            return False
        todo.popleft()
        seen.release()
        return True

    lanes = Lanes(1, work)
    for n in range(500):
        todo.append(n)
        lanes.wake()
        assert seen.acquire(timeout=10), f"work {n} was forgotten"
    assert lanes.close()


def test_no_more_threads_than_asked_for():
    running = 0
    most = 0
    lock = threading.Lock()
    left = [40]
    gate = threading.Event()

    def work() -> bool:
        nonlocal running, most
        with lock:
            if left[0] == 0:
                return False
            left[0] -= 1
            running += 1
            most = max(most, running)
            if running == 3:
                gate.set()
        gate.wait(10)
        with lock:
            running -= 1
        return True

    lanes = Lanes(3, work)
    for _ in range(10):
        lanes.wake()
    assert gate.wait(10)
    assert lanes.close()
    assert most == 3


def test_a_bug_in_the_work_is_logged_and_the_lane_lives(log_watch):
    log_watch.expect("met a bug")
    calls: list[int] = []
    again = threading.Event()

    def work() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("broken")
        again.set()
        return False

    lanes = Lanes(1, work)
    lanes.wake()
    while not calls:
        pass
    lanes.wake()
    assert again.wait(10)
    assert lanes.close()


def test_a_closed_lane_takes_no_work():
    lanes = Lanes(1, lambda: pytest.fail("worked after closing"))
    assert lanes.close()
    lanes.wake()
    assert lanes.close()


def test_throttle_coalesces_by_key_and_delivers_the_last_value(qtbot):
    heard: list[dict[int, int]] = []
    throttle = Throttle(heard.append)

    def shout() -> None:
        for value in range(1000):
            throttle.put({value % 3: value})

    thread = threading.Thread(target=shout)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: any(999 in batch.values() for batch in heard))
    throttle.flush()
    latest: dict[int, int] = {}
    for batch in heard:
        latest.update(batch)
    assert latest == {0: 999, 1: 997, 2: 998}
    assert len(heard) < 20


def test_throttle_speaks_at_most_once_in_an_interval(qtbot):
    heard: list[dict[int, int]] = []
    throttle = Throttle(heard.append)
    intervals: list[None] = []
    # Connected after the throttle's own slot: whatever is heard before it is of that interval.
    throttle._timer.timeout.connect(lambda: intervals.append(None))
    assert throttle._timer.interval() * 20 >= 1000, "twenty times a second"
    value = 0

    def shout() -> bool:
        nonlocal value
        for _ in range(50):
            value += 1
            throttle.put({7: value})
        return len(intervals) >= 5

    qtbot.waitUntil(shout, timeout=20_000)
    assert len(heard) <= len(intervals) + 1
    assert len(heard) < value, "it was put far more often than heard"


def test_throttle_stays_quiet_without_news(qtbot):
    heard: list[dict[int, int]] = []
    throttle = Throttle(heard.append)
    throttle.put({})
    throttle.flush()
    assert heard == []


def square(side: int) -> dict[str, Bitmap]:
    return {"square": Bitmap(side, side, bytes(side * side * 4))}


def test_the_cache_keeps_what_was_used_last():
    cache = BitmapCache(limit=100_000)
    for n in range(3):
        cache.put((n,), square(90))  # 32,400 bytes each
    assert cache.get((0,)) is not None
    cache.put((3,), square(90))
    assert cache.get((1,)) is None, "the longest unused entry goes first"
    assert cache.get((0,)) is not None
    assert cache.bytes <= 100_000


def test_the_cache_counts_a_replaced_entry_once():
    cache = BitmapCache(limit=1_000_000)
    for _ in range(5):
        cache.put(("a",), square(100))
    assert cache.bytes == 40_000 + 200


def test_meter_forgets_what_is_long_ago():
    clock = [100.0]
    meter = Meter(lambda: clock[0])
    assert meter.rate() == 0.0
    for _ in range(4):
        meter.add(1000)
        clock[0] += 1.0
    assert meter.rate() == pytest.approx(1000)
    clock[0] += 60.0
    assert meter.rate() == 0.0


def test_the_first_block_does_not_claim_a_fortune():
    meter = Meter(lambda: 5.0)
    meter.add(65536)
    assert meter.rate() == 65536


def test_lanes_grow_and_shrink_while_they_work(qapp):
    lock, inside, most = threading.Lock(), [0], [0]
    full, go = threading.Semaphore(0), threading.Semaphore(0)
    left = [1_000]

    def work():
        with lock:
            if not left[0]:
                return False
            left[0] -= 1
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        full.release()
        go.acquire()
        with lock:
            inside[0] -= 1
        return True

    lanes = Lanes(1, work)
    lanes.wake()
    assert full.acquire(timeout=20)
    lanes.resize(3)
    assert full.acquire(timeout=20)
    assert full.acquire(timeout=20)
    assert most == [3]
    lanes.resize(1)
    # Three end what they are at; one alone goes on.
    go.release(3)
    assert full.acquire(timeout=20)
    with lock:
        most[0] = 0
    go.release()
    assert full.acquire(timeout=20)
    with lock:
        assert most[0] <= 1
        left[0] = 0
    go.release(10)
    assert lanes.close(20_000)
