"""The order of things of which some were asked to be at a certain place. No Django."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def arranged(things: Sequence[T], wishes: Sequence[int | None]) -> list[T]:
    """Put things where they are wished (from 1), or next to that; the others keep their order.

    So those that are to be the first, second and third end up so, in whatever order they came,
    and those of which nobody asked anything stand between and after them. Of two with the same
    wish the one that is given first comes first.
    """
    asked = [(wish, thing) for wish, thing in zip(wishes, things, strict=True) if wish is not None]
    wished = deque(sorted(asked, key=lambda pair: pair[0]))
    rest = deque(thing for wish, thing in zip(wishes, things, strict=True) if wish is None)
    order: list[T] = []
    while wished or rest:
        due = bool(wished) and (not rest or wished[0][0] <= len(order) + 1)
        order.append(wished.popleft()[1] if due else rest.popleft())
    return order
