"""Matching behind the window: rules kept, lists read, a real catalogue of thousands."""

from __future__ import annotations

from uploader.domain.rules import DEFAULT_RULES, RuleKind, switched
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.trial import Outcome, Setup


def ask(person, signal, command):
    with person.qtbot.waitSignal(signal, timeout=30_000) as answered:
        command()
    return answered.args[0]


def test_rules_are_tried_kept_and_used(person, companion, photos):
    companion.item("Matched candle", "MT-50")
    person.sign_in(companion)
    desk = person.desk
    off = Setup(switched(DEFAULT_RULES, RuleKind.SKU_START, False))
    desk.keep_matching(off)
    [photo] = person.add(*photos(1, name="MT-50_front_2.jpg"))
    assert photo.item is None
    trial = ask(person, desk.matching_tried, lambda: desk.try_matching(Setup()))
    assert trial.count(Outcome.MATCHED) == 1
    assert trial.tried[0].match.rule is RuleKind.SKU_START
    assert ask(person, desk.matching_told, desk.request_matching) == off
    desk.keep_matching(Setup())
    person.until(lambda: desk.photos()[0].item is not None)
    assert desk.photos()[0].item.sku == "MT-50"
    assert desk.photos()[0].position == 2


def test_a_list_of_names_is_read_and_used(person, companion, photos, tmp_path):
    companion.item("Listed candle", "MT-60")
    person.sign_in(companion)
    desk = person.desk
    person.add(*photos(1, name="IMG_4471.jpg"))
    table = tmp_path / "names.csv"
    table.write_text("File name;SKU\nIMG_4471.jpg;MT-60\nb.jpg;\n", "utf-16")
    read = ask(person, desk.names_read, lambda: desk.read_names(table))
    assert read.problems == ("Line 3 has no SKU.",)
    desk.keep_matching(Setup(names=read.names))
    person.until(lambda: desk.photos()[0].item is not None)
    assert desk.photos()[0].item.title == "Listed candle"


def test_match_again_leaves_what_the_person_left(person, companion, photos):
    person.sign_in(companion)
    desk = person.desk
    one, two = person.add(*photos(2, name="MT-70_{n}.jpg"))
    desk.choose_item([one.id], None)
    companion.item("Late candle", "MT-70")
    person.sign_in(companion)
    desk.match_again()
    person.until(lambda: desk.photo(two.id).item is not None)
    assert desk.photo(one.id).item is None


def test_several_photos_of_one_new_title_end_in_one_item(person, companion, photos):
    person.sign_in(companion)
    added = person.add(*photos(6, name="brand new candle {n}.jpg"))
    person.desk.choose_items({photo.id: Item("", "Brand new candle") for photo in added})
    person.desk.upload()
    person.until(lambda: len(person.of(State.LIVE)) == 6, seconds=90)
    rows = companion.sql("SELECT id FROM store_item WHERE title = ?", "Brand new candle")
    assert len(rows) == 1
    images = companion.sql(
        "SELECT count(*) FROM store_itemimage WHERE item_id = ? AND state = 'live'", rows[0][0]
    )
    assert images[0][0] == 6


def test_items_pictures_come_from_the_store(person, companion, photos):
    companion.item("Pictured candle", "MT-80")
    person.sign_in(companion)
    person.add(*photos(1, name="MT-80.jpg"))
    person.desk.upload()
    person.until(lambda: person.of(State.LIVE), seconds=90)
    person.sign_in(companion)
    items = ask_items(person, "MT-80")
    assert items[0].images == 1
    with person.qtbot.waitSignal(person.desk.item_picture, timeout=30_000) as told:
        person.desk.request_pictures([items[0].thumb_url])
    address, picture = told.args
    assert address == items[0].thumb_url
    assert max(picture.width, picture.height) == 100
    with person.qtbot.waitSignal(person.desk.item_picture, timeout=30_000) as told:
        person.desk.request_pictures([f"{items[0].thumb_url}x"])
    assert told.args[1] is None


def ask_items(person, query):
    with person.qtbot.waitSignal(person.desk.items_found, timeout=30_000) as told:
        person.desk.find_items(query)
    return told.args[1]
