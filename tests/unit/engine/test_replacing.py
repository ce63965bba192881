"""Which picture each photo takes the place of."""

from types import SimpleNamespace

import pytest

from uploader.engine.replacing import places_for


@pytest.mark.parametrize(
    ("wishes", "taken", "given"),
    [
        ([None], (), ["a"]),
        ([None, None], (), ["a", "b"]),
        ([None, None, None], (), ["a", "b", ""]),
        ([2], (), ["b"]),
        ([7], (), [""]),
        ([None, 1], (), ["b", "a"]),
        ([2, 2], (), ["b", ""]),
        ([None], ("a",), ["b"]),
        ([1], ("a",), [""]),
        ([None], ("a", "b"), [""]),
    ],
)
def test_places(wishes, taken, given):
    photos = [SimpleNamespace(id=n, position=wish) for n, wish in enumerate(wishes)]
    assert list(dict(sorted(places_for(photos, ("a", "b"), taken).items())).values()) == given


def test_the_order_added_decides():
    photos = [SimpleNamespace(id=n, position=None) for n in (9, 4)]
    assert places_for(photos, ("a", "b")) == {4: "a", 9: "b"}
