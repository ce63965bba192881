from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.findings import Facts, FindingKind, Format, Limits
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.styles import CENTRE, DEFAULT_STYLES, Focus
from uploader.engine import edit
from uploader.engine.check import check

TEAPOT = Item("2", "Teapot")


def test_choosing_an_item(outbox, make) -> None:
    photo = make(State.READY, item=None, candidates=(TEAPOT, Item("3", "Teapot, red")))
    assert edit.choose_item(outbox, [photo.id, 99], TEAPOT) == []
    chosen = outbox.photo(photo.id)
    assert (chosen.state, chosen.item, chosen.candidates) == (State.READY, TEAPOT, ())
    assert outbox.events(photo.id)[0].text == "Item chosen: Teapot"


def test_a_begun_photo_gets_a_new_reference(outbox, make) -> None:
    photo = make(State.WAITING, sent=4000)
    assert edit.choose_item(outbox, [photo.id], TEAPOT) == [photo]
    edited = outbox.photo(photo.id)
    assert edited.reference != photo.reference
    assert (edited.sent, edited.state) == (0, State.WAITING)


def test_without_an_item_it_does_not_wait(outbox, make) -> None:
    photo = make(State.WAITING)
    edit.choose_item(outbox, [photo.id], None)
    assert (outbox.photo(photo.id).state, outbox.photo(photo.id).item) == (State.READY, None)


def test_a_rejected_photo_is_sent_to_its_new_item(outbox, make) -> None:
    photo = make(State.REJECTED, problem=Problem("Archived"), attempts=3)
    edit.choose_item(outbox, [photo.id], TEAPOT)
    again = outbox.photo(photo.id)
    assert (again.state, again.problem, again.attempts) == (State.WAITING, None, 0)


@pytest.mark.parametrize("state", [State.UPLOADING, State.UNCERTAIN, State.PROCESSING, State.LIVE])
def test_what_is_on_its_way_is_left_alone(outbox, make, state) -> None:
    photo = make(state)
    edit.choose_item(outbox, [photo.id], TEAPOT)
    edit.set_alt(outbox, photo.id, "A lamp")
    edit.set_focus(outbox, photo.id, Focus(0, 0))
    edit.set_edits(outbox, [photo.id], lambda edits: edits.turned(1))
    edit.set_positions(outbox, {photo.id: 4})
    edit.set_replaces(outbox, {photo.id: "80"})
    assert edit.replace_file(outbox, photo.id, Path("other.jpg")) is None
    assert outbox.photo(photo.id) == photo


def test_words_and_focus(outbox, make) -> None:
    photo = make(State.WAITING, sent=5)
    assert edit.set_alt(outbox, photo.id, "A lamp") == [photo]
    assert edit.set_focus(outbox, photo.id, Focus(0.1, 0.9)) == []
    edited = outbox.photo(photo.id)
    assert (edited.alt, edited.focus) == ("A lamp", Focus(0.1, 0.9))


def turned(by=1):
    return lambda edits: edits.turned(by)


def test_what_is_said_of_many(outbox, make) -> None:
    first, second, third = make(State.READY), make(State.WAITING), make(State.LIVE)
    ids = [first.id, second.id, third.id, 99]
    edit.set_edits(outbox, ids, turned(-1))
    edit.set_edits(outbox, [first.id], turned(-1))
    edit.set_edits(outbox, ids, lambda edits: replace(edits, pad=True))
    edit.set_positions(outbox, {first.id: 2, third.id: 3})
    edit.set_replaces(outbox, {second.id: "80", 99: "81"})
    edit.set_alts(outbox, {first.id: "A lamp", second.id: "Another"})
    one, two, three = (outbox.photo(photo.id) for photo in (first, second, third))
    assert (one.edits, one.position, one.alt) == (Edits(180, pad=True), 2, "A lamp")
    assert (two.edits, two.replaces, two.alt) == (Edits(270, pad=True), "80", "Another")
    assert three == third


@pytest.mark.parametrize(
    "change",
    [
        lambda outbox, id_: edit.set_edits(outbox, [id_], turned()),
        lambda outbox, id_: edit.set_positions(outbox, {id_: 2}),
        lambda outbox, id_: edit.set_replaces(outbox, {id_: "80"}),
        lambda outbox, id_: edit.set_alts(outbox, {id_: "A lamp"}),
    ],
)
def test_a_begun_photo_of_which_something_else_is_said_gets_a_new_reference(
    outbox, make, change
) -> None:
    photo = make(State.WAITING, sent=4000)
    assert change(outbox, photo.id) == [photo]
    edited = outbox.photo(photo.id)
    assert edited.reference != photo.reference
    assert edited.sent == 0


def test_a_begun_photo_of_which_nothing_new_is_said_goes_on(outbox, make) -> None:
    photo = make(State.WAITING, sent=4000)
    assert edit.set_edits(outbox, [photo.id], lambda _: UNEDITED) == []
    assert edit.set_positions(outbox, {photo.id: None}) == []
    assert outbox.photo(photo.id) == photo


def test_texts_from_a_template(outbox, make) -> None:
    first, second, live = make(State.READY), make(State.WAITING, alt="Mine"), make(State.LIVE)
    ids = [second.id, first.id, live.id, 99]
    edit.write_alts(outbox, ids, "{title} {number}", keep=True)
    assert outbox.photo(first.id).alt == f"{first.item.title} 2"
    assert outbox.photo(second.id).alt == "Mine"
    edit.write_alts(outbox, ids, "{title} {number}")
    assert outbox.photo(second.id).alt == f"{second.item.title} 1"
    assert outbox.photo(live.id) == live


def test_a_picture_of_another_item_is_not_replaced(outbox, make) -> None:
    photo = make(State.READY, item=TEAPOT, replaces="80", position=3)
    edit.choose_item(outbox, [photo.id], Item("2", "Teapot, renamed"))
    assert outbox.photo(photo.id).replaces == "80"
    edit.choose_item(outbox, [photo.id], Item("3", "Teapot, red"))
    moved = outbox.photo(photo.id)
    assert (moved.replaces, moved.position) == ("", 3)


def test_the_focus_stays_where_it_is_in_the_photo(outbox, make) -> None:
    photo = make(State.READY, facts=Facts(Format.JPEG, 400, 300, 9), focus=Focus(0.25, 1 / 3))
    edit.set_edits(outbox, [photo.id], turned())
    # What was a third from the top is a third from the right now.
    assert outbox.photo(photo.id).focus == Focus(0.666667, 0.25)
    edit.set_edits(outbox, [photo.id], lambda _: Edits(0, pad=True))
    assert outbox.photo(photo.id).focus == Focus(0.25, 0.375)


def test_what_is_too_small_is_found_anew(outbox, make) -> None:
    facts = Facts(Format.JPEG, 300, 150, 9)
    photo = make(State.READY, facts=facts)

    def found(edits):
        edit.set_edits(outbox, [photo.id], lambda _: edits, DEFAULT_STYLES)
        return [(f.kind, f.sentence) for f in outbox.photo(photo.id).findings]

    sentence = "Only 150 × 300 pixels: “square” will look blurred."
    assert found(Edits(90)) == [(FindingKind.TOO_SMALL, sentence)]
    # Padded, 300 pixels become 200.
    assert found(Edits(90, pad=True)) == []
    assert outbox.photo(photo.id).focus == CENTRE


def test_another_file_is_looked_at_anew(outbox, make, tmp_path, jpeg) -> None:
    text = tmp_path / "lamp.txt"
    text.write_text("no photo")
    refused = check(make(State.ADDED, text), outbox, Limits(), None)
    replaced = edit.replace_file(outbox, refused.id, jpeg)
    assert (replaced.state, replaced.path, replaced.findings) == (State.ADDED, jpeg, ())
    assert replaced.reference != refused.reference
    assert check(replaced, outbox, Limits(), None).state is State.READY


@pytest.fixture
def unsure(make, outbox):
    """Give a photo that was taken back after its last byte, and that nobody has looked for."""
    photo = make(State.UPLOADING)
    return outbox.move(photo.id, State.CANCELLED, sent=photo.fingerprint.bytes)


def test_what_may_have_arrived_is_not_edited(outbox, unsure) -> None:
    # Under another reference, or of another item, the store would take it a second time.
    assert edit.choose_item(outbox, [unsure.id], TEAPOT) == []
    edit.set_alt(outbox, unsure.id, "A lamp")
    assert outbox.photo(unsure.id) == unsure


def test_what_may_have_arrived_is_looked_for_before_it_is_sent_after_all(
    outbox, unsure, make
) -> None:
    sure = outbox.move(make(State.WAITING).id, State.CANCELLED)
    for photo in edit.put_back(outbox, [unsure.id, sure.id]):
        check(photo, outbox, Limits(), None)
        outbox.move(photo.id, State.WAITING)
    claimed = outbox.claim("shop", 1e9)
    assert claimed is not None
    assert claimed.id == sure.id, "of this one nothing was ever sent"
    assert outbox.photo(unsure.id).state is State.UNCERTAIN
