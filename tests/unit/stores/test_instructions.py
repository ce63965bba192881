from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from uploader.domain.edits import Edits
from uploader.domain.errors import RejectedError
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Focus
from uploader.stores.instructions import check, metadata

ABLE = Capabilities(replaces=True, rotates=True, pads=True, positions=True)
PLAIN = Photo(1, "r", "shop", Path("a.jpg"), State.UPLOADING, 0, 0, item=Item("7", "Lamp"))
SAID = replace(PLAIN, edits=Edits(90, pad=True), position=3, replaces="80")


def told(photo: Photo, can: Capabilities = ABLE) -> dict[str, str]:
    return {name: value for name, value in metadata(photo, can).items() if value}


def test_what_is_said_of_a_plain_photo() -> None:
    assert told(PLAIN) == {"reference": "r", "item": "7", "filename": "a.jpg"}
    new = replace(PLAIN, item=Item("", "New"), focus=Focus(0.25, 1), alt="A lamp")
    assert told(new) == {
        "reference": "r", "item_title": "New", "filename": "a.jpg", "alt": "A lamp",
        "focus": "0.2500,1.0000",
    }  # fmt: skip


def test_what_is_to_be_done_with_it() -> None:
    said = told(SAID)
    assert (said["rotate"], said["pad"], said["position"]) == ("90", "true", "3")
    # What it replaces may have another focus: the centre is said.
    assert (said["replaces"], said["focus"]) == ("80", "0.5000,0.5000")


def test_a_store_that_can_not_place_it_is_not_told() -> None:
    assert "position" not in told(SAID, replace(ABLE, positions=False))


@pytest.mark.parametrize("can", ["replaces", "rotates", "pads"])
def test_nothing_is_left_undone_without_a_word(can: str) -> None:
    check(SAID, ABLE)
    check(PLAIN, Capabilities())
    with pytest.raises(RejectedError, match="This store can’t"):
        check(SAID, replace(ABLE, **{can: False}))
