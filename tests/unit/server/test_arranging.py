"""Pictures that are asked to be somewhere, in whatever order they arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.server.processing.arranging import arranged


def arrive(there: list[str], wishes: list[int]) -> list[str]:
    """Let pictures with wishes arrive one by one; each is named by its wish."""
    order: list[tuple[str, int | None]] = [(name, None) for name in there]
    for wish in wishes:
        things = [(str(wish), wish), *order]
        order = arranged(things, [wanted for _, wanted in things])
    return [name for name, _ in order]


@pytest.mark.parametrize(
    ("there", "wishes", "order"),
    [
        ([], [3, 1, 2], "1 2 3"),
        (["a", "b"], [2, 1], "1 2 a b"),
        (["a", "b"], [2], "a 2 b"),
        (["a", "b"], [9], "a b 9"),
        (["a"], [2, 4], "a 2 4"),
        ([], [7], "7"),
    ],
)
def test_each_comes_as_near_as_it_can(there, wishes, order) -> None:
    assert arrive(there, wishes) == order.split()


def test_the_newer_of_two_comes_first() -> None:
    assert arranged(["new", "old"], [1, 1]) == ["new", "old"]


@given(
    st.lists(st.sampled_from("abcdefgh"), unique=True),
    st.lists(st.integers(1, 12), unique=True).flatmap(
        lambda wishes: st.tuples(st.just(wishes), st.permutations(wishes))
    ),
)
def test_the_order_of_arrival_does_not_matter(there, wishes) -> None:
    one, other = wishes
    order = arrive(there, one)
    assert order == arrive(there, other)
    # Nobody gets lost, and those of which nobody asked anything stay in their order.
    assert sorted(order) == sorted([*there, *map(str, one)])
    assert [name for name in order if name in there] == there


@given(st.permutations(range(1, 7)), st.lists(st.sampled_from("abc"), unique=True))
def test_a_batch_that_is_numbered_through_has_its_numbers(wishes, there) -> None:
    assert arrive(there, wishes) == [*"123456", *there]
