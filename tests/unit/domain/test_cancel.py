from __future__ import annotations

import threading

import pytest

from uploader.domain.cancel import CancelToken, Stop, brief
from uploader.domain.errors import CancelledError


def test_a_fresh_token_lets_work_go_on() -> None:
    token = CancelToken()
    token.check()
    assert (token.cancelled, token.stop, token.wait(0)) == (False, None, False)


def test_cancelled_work_stops() -> None:
    token = CancelToken()
    token.cancel()
    assert (token.cancelled, token.stop, token.wait(60)) == (True, Stop.HALTED, True)
    with pytest.raises(CancelledError):
        token.check()


def test_what_was_taken_back_stays_so() -> None:
    token = CancelToken()
    token.cancel(Stop.HALTED)
    token.cancel(Stop.TAKEN_BACK)
    assert token.stop is Stop.TAKEN_BACK
    token.cancel(Stop.HALTED)
    assert token.stop is Stop.TAKEN_BACK


def test_interrupts_run_while_they_are_registered() -> None:
    token, runs = CancelToken(), []
    with token.interrupting(lambda: runs.append("before")):
        pass
    with token.interrupting(lambda: runs.append("within")):
        token.cancel()
        token.cancel()
    assert runs == ["within"]


def test_a_cancelled_block_is_not_entered() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError), token.interrupting(lambda: None):
        pytest.fail("entered")


def test_a_wait_is_ended_at_once() -> None:
    token = CancelToken()
    waited: list[bool] = []
    thread = threading.Thread(target=lambda: waited.append(token.wait(60)))
    thread.start()
    token.cancel()
    thread.join(10)
    assert waited == [True]


def test_a_brief_token_is_cancelled_by_itself() -> None:
    with brief(0.01) as token:
        assert token.wait(10)
    with brief(60) as token:
        pass
    assert not token.cancelled
