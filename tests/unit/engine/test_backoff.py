from __future__ import annotations

import math
import random

import pytest

from uploader.engine.backoff import Backoff

MOST = Backoff(chance=lambda: 1.0)


def test_it_doubles_up_to_a_cap() -> None:
    assert [MOST.delay(n) for n in (1, 2, 3, 8, 9, 5000)] == [2, 4, 8, 256, 300, 300]
    assert MOST.delay(0) == MOST.delay(-3) == 2


def test_full_jitter_uses_the_whole_range() -> None:
    assert Backoff(chance=lambda: 0.5).delay(3) == 4
    assert Backoff(chance=lambda: 0.0).delay(3) == 0.5
    seeded = Backoff(chance=random.Random(1).random)
    delays = [seeded.delay(6) for _ in range(500)]
    assert 0.5 <= min(delays) < 6
    assert 58 < max(delays) <= 64


@pytest.mark.parametrize(
    ("asked", "delay"),
    [(10.0, 11.0), (100.0, 105.0), (0.0, 0.55), (7200.0, 3605.0)],
)
def test_the_stores_word_is_kept_to(asked: float, delay: float) -> None:
    assert MOST.delay(1, asked) == pytest.approx(delay)
    assert Backoff(chance=lambda: 0.0).delay(1, asked) >= min(asked, 3600)


@pytest.mark.parametrize("silly", [-5.0, math.nan, math.inf, -math.inf])
def test_silly_words_are_taken_as_not_said(silly: float) -> None:
    assert MOST.delay(2, silly) == MOST.delay(2)
