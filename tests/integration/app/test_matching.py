"""Matching behind the window: rules kept, lists read, a real catalogue of thousands."""

from __future__ import annotations

import requests

from uploader.domain.rules import DEFAULT_RULES, RuleKind, switched
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.domain.trial import Outcome, Setup
from uploader.stores.companion import CompanionStore


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
    companion.item("Evening candle", "MT-70")
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


def test_thousands_of_items_are_read_in_pages_and_then_by_their_changes(
    person, companion_of, photos, tmp_path, monkeypatch
):
    asked = []
    real = CompanionStore.items

    def items(self, query="", page="", since=""):
        asked.append((since, page))
        return real(self, query, page, since)

    monkeypatch.setattr(CompanionStore, "items", items)
    with companion_of(tmp_path / "large") as store:
        store.sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO store_item (title, sku, description, active, created_at) "
            "SELECT 'Lamp ' || i, 'BIG-' || i, '', 1, '2026-01-01 00:00:00' FROM n"
        )
        # Changed as an admin does it, so that the store has something to count from.
        made(store, "First lamp", "NEW-1")
        person.sign_in(store)
        assert len(asked) > 5
        assert {since for since, _page in asked} == {""}
        [photo] = person.add(*photos(1, name="NEW-2_3.jpg"))
        assert photo.item is None
        made(store, "Second lamp", "NEW-2")
        asked.clear()
        person.desk.match_again()
        person.until(lambda: person.desk.photo(photo.id).item is not None)
        assert person.desk.photo(photo.id).item.title == "Second lamp"
        assert len(asked) == 1
        assert asked[0][0]
        store.sql("DELETE FROM store_item WHERE sku = 'BIG-7'")
        asked.clear()
        assert ask_items(person, "BIG-7")[0].sku == "BIG-7"
        with person.qtbot.waitSignal(person.desk.catalogue_loaded, timeout=30_000) as told:
            person.desk.match_again()
        assert told.args == [3001]
        assert asked[0][0]
        assert len(asked) > 5
        assert ask_items(person, "BIG-7")[0].sku != "BIG-7"


def made(store, title, sku):
    """Make an item through the store's own door."""
    email, password = store.admin
    said = requests.post(
        f"{store.url}/api/v1/sign-in", json={"email": email, "password": password}, timeout=30
    )
    sign = {"Authorization": f"Bearer {said.json()['token']}"}
    item = {"title": title, "sku": sku}
    answer = requests.post(f"{store.url}/api/v1/items", json=item, headers=sign, timeout=30)
    assert answer.status_code == 201


def ask_items(person, query):
    with person.qtbot.waitSignal(person.desk.items_found, timeout=30_000) as told:
        person.desk.find_items(query)
    return told.args[1]
