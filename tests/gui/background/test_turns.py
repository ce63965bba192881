"""Turns: at most so many at a time, and nobody waits for one in vain."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from uploader.background.turns import Turns
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError

DEADLINE = 20.0


def test_no_more_than_so_many_at_a_time() -> None:
    turns, lock = Turns(2), threading.Lock()
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        with turns.taken(CancelToken()):
            with lock:
                inside += 1
                most = max(most, inside)
            with lock:
                inside -= 1

    with ThreadPoolExecutor(6) as pool:
        done = [pool.submit(work) for _ in range(200)]
        for one in done:
            one.result(DEADLINE)
    assert (inside, most <= 2) == (0, True)


def test_who_is_cancelled_while_waiting_leaves_the_turn_to_others() -> None:
    turns, gone, next_one = Turns(1), CancelToken(), CancelToken()

    def wait(cancel: CancelToken) -> str:
        with turns.taken(cancel):
            return "had it"

    with ThreadPoolExecutor(2) as pool:
        with turns.taken(CancelToken()):
            first, second = pool.submit(wait, gone), pool.submit(wait, next_one)
            gone.cancel()
            with pytest.raises(CancelledError):
                first.result(DEADLINE)
        assert second.result(DEADLINE) == "had it"


def test_an_error_gives_the_turn_back() -> None:
    turns = Turns(1)
    with pytest.raises(RuntimeError), turns.taken(CancelToken()):
        raise RuntimeError
    with turns.taken(CancelToken()):
        pass


def test_who_is_cancelled_already_gets_none() -> None:
    turns, gone = Turns(1), CancelToken()
    gone.cancel()
    with pytest.raises(CancelledError), turns.taken(gone):
        pytest.fail("had a turn")
    with turns.taken(CancelToken()):
        pass


def test_more_turns_let_those_in_who_wait_and_fewer_let_nobody_in() -> None:
    turns = Turns(1)
    with turns.taken(CancelToken()), ThreadPoolExecutor(1) as pool:

        def wait() -> str:
            with turns.taken(CancelToken()):
                return "in"

        waiting = pool.submit(wait)
        turns.resize(2)
        assert waiting.result(DEADLINE) == "in"
        turns.resize(1)
        gone = CancelToken()
        gone.cancel()
        with pytest.raises(CancelledError), turns.taken(gone):
            pass
