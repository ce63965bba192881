from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.stores import RemoteState
from uploader.stores import records
from uploader.stores.changes import Changes


def image(number, cursor, state="live", **more):
    return {"id": str(number), "state": state, "cursor": str(cursor), **more}


class Feed:
    """Pages of changes, given one after the other."""

    def __init__(self, *pages):
        self.pages = list(pages)
        self.asked = []

    def __call__(self, since, wait):
        self.asked.append((since, wait))
        images, cursor, more = self.pages.pop(0)
        return {"images": images, "cursor": str(cursor), "more": more}


@pytest.fixture
def followed(photo):
    return lambda number, cursor: photo(id=number, remote_id=str(number), poll_address=str(cursor))


def test_asks_from_the_oldest_and_tells_only_of_its_own(followed):
    feed = Feed(([image(1, 12), image(99, 13)], 13, False))
    news = Changes().of([followed(1, 10), followed(2, 11)], 25, feed)
    assert feed.asked == [(10, 25)]
    assert [(n.id, n.state, n.poll_address) for n in news] == [("1", RemoteState.LIVE, "13")]


def test_remembers_how_far_it_looked_for_those_without_news(followed):
    changes = Changes()
    changes.of([followed(1, 10)], 0, Feed(([image(99, 500)], 500, False)))
    feed = Feed(([], 510, False), ([], 510, False))
    changes.of([followed(1, 10), followed(2, 505)], 0, feed)
    changes.of([followed(1, 10), followed(2, 505)], 0, feed)
    assert feed.asked == [(500, 0), (510, 0)]


def test_that_a_photo_is_still_worked_on_is_no_news(followed):
    changes = Changes()
    feed = Feed(([image(1, 12, "processing"), image(2, 13)], 13, False), ([], 13, False))
    news = changes.of([followed(1, 10), followed(2, 10)], 0, feed)
    assert [n.id for n in news] == ["2"]
    changes.of([followed(1, 10)], 0, feed)
    assert feed.asked == [(10, 0), (13, 0)]


def test_a_photo_that_is_worked_on_again_is_no_longer_done(followed):
    feed = Feed(([image(1, 11)], 11, True), ([image(1, 12, "processing")], 12, False))
    assert Changes().of([followed(1, 10)], 0, feed) == []


def test_tells_again_what_its_reader_lost(followed):
    changes = Changes()
    changes.of([followed(1, 10)], 0, Feed(([image(1, 12)], 12, False)))
    feed = Feed(([image(1, 12)], 12, False))
    assert len(changes.of([followed(1, 10)], 0, feed)) == 1
    assert feed.asked == [(10, 0)]


def test_a_question_that_failed_is_not_remembered(followed):
    changes = Changes()

    def fails(since, wait):
        if since == 10:
            return {"images": [image(1, 11)], "cursor": "11", "more": True}
        raise RuntimeError

    with pytest.raises(RuntimeError):
        changes.of([followed(1, 10)], 0, fails)
    feed = Feed(([image(1, 11)], 11, False))
    changes.of([followed(1, 10)], 0, feed)
    assert feed.asked == [(10, 0)]


def test_reads_all_pages_and_keeps_the_last_word(followed):
    feed = Feed(([image(1, 11, "processing")], 11, True), ([image(1, 12)], 12, False))
    news = Changes().of([followed(1, 10)], 25, feed)
    assert feed.asked == [(10, 25), (11, 0)]
    assert [(n.state, n.poll_address) for n in news] == [(RemoteState.LIVE, "12")]


def test_a_store_that_says_more_for_ever_is_left(followed):
    feed = Feed(([], 10, True), ([], 10, True))
    assert Changes().of([followed(1, 10)], 0, feed) == []
    assert feed.pages == []


def test_a_store_restored_from_a_backup_is_followed_from_its_start(followed):
    feed = Feed(([image(1, 3)], 3, True), ([image(2, 4)], 4, False))
    news = Changes().of([followed(1, 900), followed(2, 900)], 0, feed)
    assert feed.asked == [(900, 0), (3, 0)]
    assert [n.poll_address for n in news] == ["4", "4"]


def test_nothing_to_follow_asks_nothing():
    assert Changes().of([], 25, Feed()) == []


def test_a_cursor_that_is_none_asks_for_everything(followed):
    feed = Feed(([], "?", False))
    Changes().of([followed(1, "x"), followed(2, 7)], 0, feed)
    assert feed.asked == [(0, 0)]


def test_over_the_wire(signed_in, shop, followed, says):
    shop.first = lambda asked: says(200, {"images": [image(1, 12)], "cursor": "12", "more": False})
    news = signed_in.status([followed(1, 10)], 60, CancelToken())
    query = parse_qs(urlsplit(shop.script.asked[0].path).query)
    assert query == {"changed_since": ["10"], "wait": ["25"]}
    assert [n.poll_address for n in news] == ["12"]
    signed_in.status([followed(1, 0)], 0, CancelToken())
    assert parse_qs(urlsplit(shop.script.asked[1].path).query) == {"changed_since": ["0"]}


def test_what_was_found_done_is_told_as_news(followed):
    # By the contract: those whose cursor is larger. Its last change was its last.
    found = records.remote_photo(image(1, 12))

    def ask(since, wait):
        return {"images": [image(1, 12)] if since < 12 else [], "cursor": "12", "more": False}

    [told] = Changes().of([followed(1, found.poll_address)], 25, ask)
    assert told.state is RemoteState.LIVE
