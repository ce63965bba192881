"""The limit: all senders together keep to it, a change applies at once, nobody waits in vain."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from uploader.domain.bandwidth import Bandwidth, Span
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.engine.bandwidth import BURST, Bucket, Metered

MBIT = 125_000


class Passing:
    """A time that passes only by waiting."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def wait(self, cancel: CancelToken, seconds: float) -> bool:
        self.now += seconds
        return cancel.cancelled


@pytest.fixture
def passing():
    return Passing()


def bucket_of(passing, bandwidth, minute=lambda: 0):
    return Bucket(bandwidth, minute=minute, passing=passing, wait=passing.wait)


def send(bucket, size, block=128 * 1024, cancel=None):
    """Take `size` bytes as a sender does; give the portions."""
    portions, left = [], size
    while left:
        portions.append(bucket.take(min(block, left), cancel or CancelToken()))
        left -= portions[-1]
    return portions


@pytest.mark.parametrize("mbit", [0.1, 1, 4, 50, 1000])
def test_what_is_sent_in_a_time_keeps_to_the_limit(passing, mbit):
    began, rate = passing.now, mbit * MBIT
    send(bucket_of(passing, Bandwidth(mbit)), int(rate * 10))
    assert 10 - BURST - 0.01 <= passing.now - began <= 10.2


def test_it_comes_evenly(passing):
    bucket, begun, sent, seen = bucket_of(passing, Bandwidth(1)), passing.now, 0, []
    while passing.now < begun + 5:
        sent += bucket.take(128 * 1024, CancelToken())
        seen.append((passing.now - begun, sent))
    # At no moment more than what the time was worth, nor much less.
    assert all(at * MBIT - 0.3 * MBIT <= n <= (at + BURST) * MBIT + 1 for at, n in seen)


def test_without_a_limit_nobody_waits(passing):
    began = passing.now
    assert send(bucket_of(passing, Bandwidth()), 10**9, block=10**9) == [10**9]
    assert passing.now == began


def test_a_pause_saves_nothing_up(passing):
    bucket = bucket_of(passing, Bandwidth(1))
    passing.now += 3600
    began = passing.now
    send(bucket, 10 * MBIT)
    assert passing.now - began >= 10 - BURST - 0.01


def test_a_change_applies_to_what_is_under_way(passing):
    bucket = bucket_of(passing, Bandwidth(0.1))
    send(bucket, 10_000)
    bucket.bandwidth = Bandwidth(10)
    began = passing.now
    send(bucket, 10 * MBIT)
    assert passing.now - began <= 1.2


def test_the_time_of_day_changes_the_limit(passing):
    span = Span(8 * 60, 18 * 60, 1)
    bucket = bucket_of(passing, Bandwidth(0, (span,)), lambda: 7 * 60 + int(passing.now - 100))
    passing.now = 100.0 + 60.5  # 8:00, by a clock that runs fast
    began = passing.now
    send(bucket, 2 * MBIT)
    assert passing.now - began >= 1.7
    passing.now = 100.0 + 11 * 60  # 18:00
    began = passing.now
    send(bucket, 100 * MBIT)
    assert passing.now == began


@pytest.mark.parametrize(
    ("minute", "limit"),
    [(0, 2), (5 * 60, 2), (6 * 60, 9), (12 * 60, 9), (22 * 60, 2), (23 * 60 + 59, 2), (1440, 2)],
)
def test_a_span_goes_over_midnight(minute, limit):
    assert Bandwidth(9, (Span(22 * 60, 6 * 60, 2),)).at(minute) == limit * MBIT


def test_the_first_span_counts_and_an_empty_one_never():
    spans = (Span(60, 60, 1), Span(0, 120, 2), Span(0, 1439, 3))
    assert [Bandwidth(9, spans).at(minute) / MBIT for minute in (60, 130, 1439)] == [2, 3, 9]


def test_who_waits_is_cancelled_at_once():
    """With the real time: a sender on a line that is as good as shut."""
    bucket, cancel = Bucket(Bandwidth(0.000_001)), CancelToken()
    ended = threading.Event()

    def work() -> None:
        try:
            send(bucket, 10**6, cancel=cancel)
        except CancelledError:
            ended.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert not ended.is_set()
    cancel.cancel()
    assert ended.wait(10)
    thread.join()


def test_several_senders_share_one_bucket():
    """With real threads: together they get what the passing time is worth, and no more."""
    lock, now = threading.Lock(), [0.0]

    def wait(cancel: CancelToken, seconds: float) -> bool:
        with lock:
            now[0] += seconds / 8
        return False

    bucket = Bucket(Bandwidth(8), minute=lambda: 0, passing=lambda: now[0], wait=wait)
    threads = [threading.Thread(target=send, args=(bucket, MBIT)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # 8 times 1 Mbit at 8 Mbit/s: a second, however they took turns.
    assert now[0] >= 1 - BURST


def test_a_metered_source_gives_the_same_bytes(passing, tmp_path):
    path: Path = tmp_path / "photo"
    path.write_bytes(bytes(range(256)) * 400)

    class File:
        size = 102_400

        def open_at(self, offset):
            file = path.open("rb")
            file.seek(offset)
            return file

    metered = Metered(File(), bucket_of(passing, Bandwidth(0.1)), CancelToken())
    with metered.open_at(1000) as reader:
        assert len(reader) == 101_400
        read = b""
        while block := reader.read(50_000):
            assert len(block) < 50_000
            read += block
            assert reader.tell() == 1000 + len(read)
    assert (metered.size, read) == (102_400, path.read_bytes()[1000:])
