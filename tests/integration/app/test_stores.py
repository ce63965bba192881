"""Several stores on one desk, with real servers: one is served at a time, nothing gets lost."""

from __future__ import annotations

import pytest

from uploader.background.values import Link
from uploader.domain.preferences import Preferences
from uploader.domain.states import State
from uploader.domain.stores import Item


@pytest.fixture
def two(companion, companion_of, tmp_path):
    """The store of the other tests, and another."""
    folder = tmp_path / "second"
    folder.mkdir()
    with companion_of(folder) as second:
        yield companion, second


def names(person):
    return {store.name: store.current for store in person.desk.stores}


def test_turning_from_one_store_to_another_and_back(two, person, photos):
    first, second = two
    person.sign_in(first, "one")
    person.add(*photos(3))
    person.desk.pause()
    person.send_all("Lamp")
    person.until(lambda: len(person.of(State.WAITING)) == 3)
    person.sign_in(second, "two")
    person.until(lambda: names(person) == {"one": False, "two": True})
    assert person.desk.photos() == []
    person.desk.resume()
    person.desk.request_stores()
    person.until(lambda: [store.waiting for store in person.desk.stores] == [3, 0])
    # Signed in to both since: turning back asks for no password, also without a keychain.
    person.desk.use_store("one")
    person.until(lambda: len(person.of(State.LIVE)) == 3)
    assert person.desk.connection.link is Link.ONLINE
    assert names(person) == {"one": True, "two": False}
    assert second.sql("SELECT count(*) FROM store_itemimage")[0][0] == 0


def test_a_name_of_ones_own_stays(two, person, make_desk, tmp_path):
    person.sign_in(two[0], "one")
    person.desk.rename_store("one", "  Our shop ")
    person.until(lambda: person.desk.connection.store_name == "Our shop")
    person.sign_in(two[0], "one")
    assert person.desk.connection.store_name == "Our shop"
    person.desk.rename_store("one", "")
    person.until(lambda: person.desk.connection.store_name not in {"Our shop", ""})


def test_forgetting_a_store_revokes_its_key_and_keeps_its_photos(two, person, photos):
    first, second = two
    person.sign_in(first, "one")
    person.add(*photos(2))
    person.sign_in(second, "two")
    keys = "SELECT count(*) FROM store_token WHERE revoked_at IS NULL"
    before = first.sql(keys)[0][0]
    person.desk.forget_store("one")
    person.until(lambda: names(person) == {"two": True})
    assert first.sql(keys)[0][0] == before - 1
    person.desk.forget_store("two")
    person.until(lambda: names(person) == {})
    assert person.desk.connection.link is Link.SIGNED_OUT
    assert person.desk.photos() == []
    # Under another name even: the account is known again, and so are its photos.
    person.sign_in(first, "")
    person.until(lambda: len(person.desk.photos()) == 2)


def test_photos_go_out_by_themselves_where_that_is_set(companion, person, photos):
    person.sign_in(companion)
    [before, after] = photos(2)
    person.add(before)
    person.desk.choose_item([person.desk.photos()[0].id], Item("", "Lamp"))
    person.desk.change_preferences(lambda _: Preferences(uploads=1, at_once=True))
    person.until(lambda: person.desk.preferences.at_once)
    person.add(after)
    added = person.desk.photos()[1]
    person.desk.choose_item([added.id], Item("", "Lamp"))
    person.until(lambda: person.of(State.LIVE))
    assert [photo.path for photo in person.of(State.LIVE)] == [after]
    assert [photo.path for photo in person.of(State.READY)] == [before]
