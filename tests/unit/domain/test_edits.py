from __future__ import annotations

import pytest

from uploader.domain.edits import UNEDITED, Edits


def test_turning_goes_round() -> None:
    edits = Edits(pad=True)
    assert [edits.turned(n).rotate for n in (1, 2, 3, 4, -1, -5)] == [90, 180, 270, 0, 270, 270]
    assert edits.turned(1).pad


def test_whether_anything_is_done() -> None:
    assert not UNEDITED
    assert Edits(90)
    assert Edits(pad=True)


@pytest.mark.parametrize("rotate", [-90, 45, 360])
def test_only_quarter_turns(rotate: int) -> None:
    with pytest.raises(ValueError, match="quarter"):
        Edits(rotate)
