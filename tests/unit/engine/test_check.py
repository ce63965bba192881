from __future__ import annotations

from functools import partial

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Facts, FindingKind, Format, Inspection, Limits
from uploader.domain.matching import Matcher
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import DEFAULT_STYLES, Style
from uploader.engine import words
from uploader.engine.check import check
from uploader.engine.examine import examine
from uploader.engine.fingerprint import fingerprint
from uploader.outbox import OutboxWriteError

LAMP = Item("1", "Lamp", "HP-1")
FACTS = Facts(Format.JPEG, 240, 160, 1)


@pytest.fixture
def added(make):
    return make(State.ADDED)


def newest(outbox, photo) -> str:
    return outbox.events(photo.id)[0].text


def test_a_good_photo_is_ready_and_knows_its_item(added, outbox, jpeg) -> None:
    photo = check(added, outbox, Limits(), Matcher([LAMP]))
    assert (photo.state, photo.item) == (State.READY, LAMP)
    assert photo.fingerprint == fingerprint(jpeg)
    assert (photo.facts.format, photo.facts.width, photo.facts.height) == (Format.JPEG, 240, 160)
    assert (photo.findings, photo.reference) == ((), added.reference)
    assert newest(outbox, photo) == "Added; item found by its title"


def test_two_items_wait_for_the_person(added, outbox) -> None:
    both = (Item("1", "Lamp"), Item("2", "Lamp"))
    photo = check(added, outbox, Limits(), Matcher(both))
    assert (photo.state, photo.item, photo.candidates) == (State.READY, None, both)
    assert newest(outbox, photo) == "Two items fit the file name: waits for you"


def test_no_item_fits(added, outbox) -> None:
    photo = check(added, outbox, Limits(), Matcher([Item("1", "Teapot")]))
    assert (photo.state, photo.item) == (State.READY, None)
    assert newest(outbox, photo) == words.ADDED_NO_ITEM


def test_without_a_catalogue_the_item_stays_open(added, outbox) -> None:
    photo = check(added, outbox, Limits(), None)
    assert (photo.state, photo.item) == (State.READY, None)
    assert newest(outbox, photo) == words.ADDED


def test_an_item_chosen_meanwhile_is_kept(added, outbox) -> None:
    chosen = Item("9", "Chosen")

    def look(path, limits) -> Inspection:
        outbox.change(added.id, item=chosen)
        return Inspection(FACTS)

    photo = check(added, outbox, Limits(), Matcher([LAMP]), look=partial(examine, look=look))
    assert photo.item == chosen


def test_a_small_photo_is_warned_of(added, outbox) -> None:
    photo = check(added, outbox, Limits(), None, styles=(Style("big", "900x900#"),))
    assert photo.state is State.READY
    assert [f.kind for f in photo.findings] == [FindingKind.TOO_SMALL]
    again = check(
        outbox.advance(outbox.move(photo.id, State.CHECKING), State.ADDED),
        outbox, Limits(), None, styles=DEFAULT_STYLES,
    )  # fmt: skip
    assert [f.kind for f in again.findings] == [FindingKind.TOO_SMALL]


def test_a_bad_photo_is_refused_with_its_sentence(make, outbox, tmp_path) -> None:
    text = tmp_path / "text.jpg"
    text.write_text("I am a text")
    photo = check(make(State.ADDED, text), outbox, Limits(), None)
    assert (photo.state, photo.refusal.kind) == (State.REFUSED, FindingKind.NOT_A_PHOTO)
    assert newest(outbox, photo) == f"Can’t be used: {photo.refusal.sentence}"


def test_a_refusal_keeps_the_facts_that_are_known(added, outbox) -> None:
    photo = check(added, outbox, Limits(max_bytes=100), None)
    assert photo.refusal.kind is FindingKind.TOO_MANY_BYTES
    assert photo.state is State.REFUSED


def test_a_file_that_vanishes_between_two_looks(added, outbox, jpeg) -> None:
    def look(path, limits) -> Inspection:
        jpeg.unlink()
        return Inspection(FACTS)

    photo = check(added, outbox, Limits(), None, look=partial(examine, look=look))
    assert (photo.state, photo.refusal.kind) == (State.REFUSED, FindingKind.MISSING)


def test_a_photo_whose_content_changed_gets_a_new_reference(make, outbox, jpeg) -> None:
    ready = make(State.READY)
    jpeg.write_bytes(jpeg.read_bytes() + b"\0")
    again = outbox.advance(outbox.move(ready.id, State.CHECKING), State.ADDED)
    photo = check(again, outbox, Limits(), None)
    assert photo.state is State.READY
    assert photo.reference != ready.reference


def test_a_bug_at_one_file_stops_neither_it_nor_others(added, outbox, log_watch) -> None:
    log_watch.expect("the look at a photo failed")

    def look(path, limits) -> Inspection:
        raise ZeroDivisionError

    photo = check(added, outbox, Limits(), None, look=partial(examine, look=look))
    assert (photo.state, photo.refusal.sentence) == (State.REFUSED, words.FILE_UNKNOWN)


def test_stopped_it_is_looked_at_later(added, outbox) -> None:
    token = CancelToken()
    token.cancel()
    assert check(added, outbox, Limits(), None, cancel=token).state is State.ADDED


def test_what_is_not_ours_to_check(added, outbox) -> None:
    outbox.move(added.id, State.CANCELLED)
    assert check(added, outbox, Limits(), None) is None


def test_cancelled_meanwhile(added, outbox) -> None:
    def look(path, limits) -> Inspection:
        outbox.move(added.id, State.CANCELLED)
        return Inspection(FACTS)

    assert check(added, outbox, Limits(), None, look=partial(examine, look=look)) is None
    assert outbox.photo(added.id).state is State.CANCELLED


def test_removed_meanwhile(added, outbox) -> None:
    def look(path, limits) -> Inspection:
        outbox.remove([added.id])
        return Inspection(FACTS)

    assert check(added, outbox, Limits(), Matcher([LAMP]), look=partial(examine, look=look)) is None


def test_a_full_disk_is_not_the_photos_fault(added, outbox) -> None:
    def look(path, limits) -> Inspection:
        raise OutboxWriteError

    with pytest.raises(OutboxWriteError):
        check(added, outbox, Limits(), None, look=partial(examine, look=look))
    assert [p.state for p in outbox.recover(2000.0)] == [State.ADDED]
