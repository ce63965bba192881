"""What is said of a list before it goes out."""

from dataclasses import replace
from pathlib import Path

import pytest

from uploader.domain.edits import Edits
from uploader.domain.findings import Facts, Finding, FindingKind, Format, Severity
from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.domain.states import State
from uploader.domain.stores import Capabilities, Item
from uploader.domain.styles import Focus
from uploader.domain.subjects import Box
from uploader.engine.edit import centre_on_products
from uploader.engine.preflight import look_over, sent_place

LAMP, POT = Item("1", "Lamp", "HP-1"), Item("2", "Teapot", "HP-2", images=2)
STORE = Capabilities(focus_point=True, replaces=True)
FACTS = Facts(Format.JPEG, 3000, 2000, 1000, judged=True, subject=Box(0.3, 0.2, 0.7, 0.8))
ASIDE = replace(FACTS, subject=Box(0.04, 0.2, 0.5, 0.8))


def photo(number=1, state=State.READY, item=LAMP, content="", **more):
    more = {"facts": FACTS, "fingerprint": Fingerprint(1, 1, content or f"{number:064}"), **more}
    path = Path(f"/photos/{number}.jpg")
    return Photo(number, f"r{number}", "shop", path, state, 0, 0, item=item, **more)


def concerns(*photos, **more):
    told = look_over(photos, STORE, **more)
    return [(remark.photo_id, remark.concern) for remark in told.remarks]


def test_a_good_batch_goes_out_without_a_word():
    told = look_over([photo(1), photo(2), photo(3, State.LIVE)], STORE)
    assert told == BatchCheck(going=(1, 2))
    assert not told.asks


def test_a_cut_product_is_told_until_it_is_whole():
    told = look_over([photo(facts=ASIDE)], STORE)
    assert told.remarks == (Remark(1, Concern.CUT, "square", mendable=True),)
    assert told.asks
    assert concerns(photo(facts=ASIDE, focus=Focus(0.27, 0.5))) == []
    assert concerns(photo(facts=ASIDE, edits=Edits(pad=True))) == []
    wide = replace(FACTS, subject=Box(0.1, 0.2, 0.9, 0.8))
    assert not look_over([photo(facts=wide)], STORE).remarks[0].mendable


def test_too_small_is_told():
    small = Finding(FindingKind.TOO_SMALL, Severity.WARNING, "Only 90 × 90 pixels.")
    told = look_over([photo(findings=(small,))], STORE)
    assert told.remarks == (Remark(1, Concern.SMALL, "Only 90 × 90 pixels."),)


def test_the_same_photo_twice_for_one_item_is_a_copy():
    told = look_over([photo(1, content="ab"), photo(2, content="ab")], STORE)
    assert told.remarks == (Remark(2, Concern.COPY, "1.jpg"),)
    # For two items it is what a shop does with variants.
    assert concerns(photo(1, content="ab"), photo(2, content="ab", item=POT)) == [
        (2, Concern.TAKEN)
    ]


def test_an_item_yet_to_be_made_is_known_by_its_title():
    new, same = Item("", "New lamp"), Item("", "new lamp ")
    told = concerns(photo(1, content="ab", item=new), photo(2, content="ab", item=same))
    assert told == [(2, Concern.COPY)]


@pytest.mark.parametrize("state", [State.WAITING, State.PROCESSING, State.LIVE, State.ALREADY])
def test_what_is_sent_already_is_a_copy(state):
    told = look_over([photo(2, content="ab"), photo(1, state, content="ab")], STORE)
    assert told.remarks == (Remark(2, Concern.COPY, "1.jpg", sent=True),)


@pytest.mark.parametrize("state", [State.REFUSED, State.CANCELLED, State.REJECTED, State.FAILED])
def test_what_never_arrived_is_none(state):
    told = look_over([photo(2, content="ab"), photo(1, state, content="ab")], STORE)
    assert [r for r in told.remarks if r.concern is Concern.COPY] == []


def test_what_left_the_list_is_known_by_the_history():
    sent = {sent_place(LAMP, f"{1:064}"): "old.jpg"}
    assert look_over([photo()], STORE, sent=sent).remarks == (
        Remark(1, Concern.COPY, "old.jpg", sent=True),
    )
    assert look_over([photo(item=replace(LAMP, id="9"))], STORE, sent=sent).remarks == ()


def test_an_item_that_has_pictures_is_told_as_the_catalogue_knows_it():
    told = look_over([photo(item=POT)], STORE)
    assert told.remarks == (Remark(1, Concern.TAKEN, count=2),)
    now = {"2": replace(POT, images=0), "1": replace(LAMP, images=1)}.get
    assert look_over([photo(item=POT)], STORE, known=now).remarks == ()
    assert look_over([photo(item=LAMP)], STORE, known=now).remarks[0].count == 1


def test_what_replaces_is_settled():
    told = look_over([photo(item=POT, replaces="81")], STORE)
    assert told.remarks[0].settled
    assert not told.asks


def test_what_stays_is_told_but_asks_nothing():
    bad = Finding(FindingKind.DAMAGED, Severity.REFUSAL, "It is damaged.")
    told = look_over([photo(1, item=None), photo(2, State.REFUSED, findings=(bad,))], STORE)
    assert told.remarks == (
        Remark(1, Concern.NO_ITEM),
        Remark(2, Concern.UNUSABLE, "It is damaged."),
    )
    assert (told.going, told.asks) == ((), False)


def test_what_becomes_of_private_data():
    there = replace(FACTS, has_gps=True)
    stuck = Finding(FindingKind.NOT_CLEANED, Severity.WARNING, "")
    photos = [photo(1, facts=there), photo(2, facts=there, findings=(stuck,)), photo(3)]
    told = look_over(photos, STORE)
    assert (told.private, told.told) == (2, 1)
    told = look_over(photos, STORE, removes_metadata=False)
    assert (told.private, told.told) == (2, 2)


def test_centred_products_are_whole_and_what_was_begun_begins_anew(make, outbox):
    cut, whole = make(State.READY, facts=ASIDE, sent=5), make(State.READY, facts=FACTS)
    begun = centre_on_products(outbox, [cut.id, whole.id], STORE.styles)
    assert [before.reference for before in begun] == [cut.reference]
    after, same = outbox.photo(cut.id), outbox.photo(whole.id)
    assert (after.focus, after.sent) == (Focus(0.27, 0.5), 0)
    assert after.reference != cut.reference
    assert (same.focus, same.reference) == (whole.focus, whole.reference)
    assert look_over([after], STORE).remarks == ()


def test_the_history_tells_what_is_in_the_store(make, outbox):
    live, failed = make(State.LIVE, item=LAMP), make(State.FAILED, item=POT)
    hashes = [live.sha256, failed.sha256, "0" * 64]
    assert outbox.sent_before("shop", hashes) == [(LAMP, live.sha256, live.name)]
    outbox.remove([live.id])
    assert outbox.sent_before("shop", hashes) == [(LAMP, live.sha256, live.name)]
    assert outbox.sent_before("another", hashes) == []
    assert outbox.sent_before("shop", []) == []
