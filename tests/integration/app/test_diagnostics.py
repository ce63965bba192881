"""Diagnostics from the running program: they come in every condition, and name nobody."""

from __future__ import annotations

import pytest

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.domain.stores import Item
from uploader.journal import journal

WINDOW = [("Window", [("platform", "offscreen")])]


def asked(desk, qtbot, *, names=False):
    with qtbot.waitSignal(desk.diagnosed, timeout=30_000) as answered:
        desk.request_diagnostics(names=names, window=WINDOW, chosen={"scheme": "dark"})
    text, with_names = answered.args
    assert with_names is names
    return text


def test_of_a_store_and_its_photos_nothing_is_told_but_numbers(
    person, companion, photos, tmp_path, qtbot
):
    person.sign_in(companion)
    with journal(tmp_path):
        [photo, _] = person.add(*photos(2, name="Anna {n}.jpg"))
        person.desk.choose_item([photo.id], Item("", "Birthday cake"))
        person.until(lambda: person.desk.photo(photo.id).item)
        text = asked(person.desk, qtbot)
        named = asked(person.desk, qtbot, names=True)
    email, password = companion.admin
    host = companion.url.partition("://")[2]
    for private in (email, password, host, companion.url, "Anna", "Birthday", str(tmp_path)):
        assert private not in text
    assert "ready 2" in text
    assert "platform: offscreen" in text
    assert "state: online" in text
    assert "scheme: dark" in text
    assert "store 1: http://…, used last" in text
    for private in (email, password, host, companion.url, str(tmp_path)):
        assert private not in named


@pytest.mark.parametrize("start", [True, False])
def test_they_come_where_the_list_cannot_be_opened_and_before_it_is(qtbot, tmp_path, start):
    place = tmp_path / "data"
    place.write_text("a file where the folder should be")
    desk = Desk(Settings(place, keychain=False))
    try:
        if start:
            with qtbot.waitSignal(desk.failed, timeout=30_000):
                desk.start()
        text = asked(desk, qtbot)
        assert "state: signed-out" in text
        assert "The log is empty" in text
    finally:
        desk.close()
