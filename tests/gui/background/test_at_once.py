"""Upload at once: what is added while it is on goes out, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from uploader.background.at_once import AtOnce
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Item

LAMP = Item("1", "Lamp")


def photo(number, state, item=None):
    return Photo(number, f"r{number}", "shop", Path(f"/{number}.jpg"), state, 0, 0, item=item)


def test_a_photo_goes_once_it_is_ready_and_only_once():
    at_once = AtOnce()
    at_once.on = True
    assert at_once.heard([photo(1, State.ADDED), photo(1, State.CHECKING)]) == []
    assert at_once.heard([photo(1, State.READY, LAMP)]) == [1]
    assert at_once.heard([photo(1, State.READY, LAMP)]) == []


def test_one_without_an_item_goes_when_it_gets_one():
    at_once = AtOnce()
    at_once.on = True
    at_once.heard([photo(1, State.CHECKING)])
    ready = photo(1, State.READY)
    assert at_once.heard([ready]) == []
    assert at_once.heard([replace(ready, item=LAMP)]) == [1]


def test_what_was_ready_before_waits_for_the_person():
    at_once = AtOnce()
    at_once.heard([photo(1, State.CHECKING)])
    at_once.on = True
    assert at_once.heard([photo(1, State.READY, LAMP), photo(2, State.READY, LAMP)]) == []


def test_turned_off_nothing_goes():
    at_once = AtOnce()
    at_once.on = True
    at_once.heard([photo(1, State.CHECKING), photo(2, State.CHECKING)])
    at_once.on = False
    assert at_once.heard([photo(1, State.READY, LAMP)]) == []
    assert at_once.heard([photo(2, State.REFUSED)]) == []
