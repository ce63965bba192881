"""Without network: the app starts, everything can be prepared, and it goes out by itself."""

from __future__ import annotations

import contextlib

import pytest

from uploader.background import crew
from uploader.background.values import Link
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.states import State
from uploader.domain.stores import Credentials
from uploader.engine.source import PhotoSource
from uploader.stores.companion import CompanionStore

LIVE = (State.LIVE, State.ALREADY)


class Ring:
    """A keychain in memory; all starts of a test share it."""

    keys: dict[str, str]

    def __init__(self, *, enabled: bool = True) -> None:
        pass

    def usable(self) -> bool:
        return True

    def load(self, profile: str) -> str:
        return self.keys.get(profile, "")

    def save(self, profile: str, token: str) -> bool:
        self.keys[profile] = token
        return True

    def forget(self, profile: str) -> None:
        self.keys.pop(profile, None)


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    Ring.keys = {}
    monkeypatch.setattr(crew, "Keychain", Ring)
    return Ring.keys


@pytest.fixture
def store(companion_of, tmp_path):
    with companion_of(tmp_path / "store", STORE_MAX_BYTES="3000000") as made:
        yield made


@pytest.fixture
def start(make_desk, tmp_path):
    """Start the app on the test's data folder."""
    return lambda **options: make_desk(
        tmp_path / "app", **{"keychain": True, "resume": True, **options}
    )


@pytest.fixture
def known(start, store, tmp_path):
    """A store that the app has signed in to once, and which has gone since; gives its port."""
    store.item("Fig candle", "OF-1")
    first = start()
    sign_in(first, store)
    first.until(lambda: list((tmp_path / "app" / "catalogue").glob("*.json")))
    first.desk.close()
    store.stop()
    return int(store.url.rsplit(":", 1)[1])


def sign_in(person, store) -> None:
    with person.qtbot.waitSignal(person.desk.catalogue_loaded, timeout=30_000):
        person.desk.sign_in(store.url, Credentials(*store.admin), True, "test")


def offline(person) -> None:
    person.until(lambda: person.desk.connection.link is Link.OFFLINE)


def images(store) -> int:
    return store.sql("SELECT count(*) FROM store_itemimage")[0][0]


def found(person, query):
    with person.qtbot.waitSignal(person.desk.items_found, timeout=10_000) as told:
        person.desk.find_items(query)
    return [item.sku for item in told.args[1]]


def test_a_start_offline_prepares_everything_and_sends_it_later(start, store, known, photos):
    person = start()
    person.until(lambda: person.desk.capabilities.idempotent)
    offline(person)
    paths = [*photos(2, name="OF-1_{n}.jpg"), *photos(1, name="OF-2.jpg")]
    added = person.add(*paths)
    assert [photo.item and photo.item.sku for photo in added] == ["OF-1", "OF-1", None]
    assert found(person, "fig") == ["OF-1"]
    person.desk.upload()
    person.until(lambda: len(person.of(State.WAITING)) == 2)
    store.item("Late candle", "OF-2")
    store.start(known)
    person.desk.network_back()
    person.until(lambda: len(person.of(*LIVE)) == 2)
    person.until(lambda: person.of(State.READY)[0].item)
    assert person.of(State.READY)[0].item.sku == "OF-2"
    assert found(person, "late") == ["OF-2"]
    assert images(store) == 2
    person.desk.close()


def test_being_offline_burns_no_attempt(start, store, known, photos):
    person = start()
    person.add(*photos(6, name="OF-1_{n}.jpg"))
    person.desk.upload()
    for _ in range(3):
        offline(person)
        person.desk.network_back()
    store.start(known)
    person.desk.network_back()
    person.until(lambda: person.of(State.PROCESSING, *LIVE))
    store.stop()
    offline(person)
    assert {photo.attempts for photo in person.desk.photos()} == {0}
    store.start(known)
    person.desk.network_back()
    person.until(lambda: len(person.of(*LIVE)) == 6)
    assert images(store) == 6
    person.desk.close()


def test_signed_out_photos_still_find_their_items(start, store, known, photos, keys):
    keys.clear()
    person = start()
    person.until(lambda: person.desk.connection.link is Link.SIGNED_OUT)
    person.until(lambda: person.desk.capabilities.idempotent)
    [photo] = person.add(*photos(1, name="OF-1.jpg"))
    assert photo.item.sku == "OF-1"
    person.desk.close()


def test_a_damaged_cache_is_as_none(start, store, known, photos, tmp_path):
    [kept] = (tmp_path / "app" / "catalogue").glob("*.json")
    kept.write_bytes(kept.read_bytes()[:-30])
    person = start()
    offline(person)
    [photo] = person.add(*photos(1, name="OF-1.jpg"))
    assert photo.item is None
    store.start(known)
    person.desk.network_back()
    person.until(lambda: person.desk.photos()[0].item)
    person.desk.close()


def test_a_pause_outlasts_a_restart(start, store, photos):
    first = start()
    sign_in(first, store)
    first.desk.pause()
    first.add(*photos(2))
    first.send_all("Paused for the night")
    first.until(lambda: len(first.of(State.WAITING)) == 2)
    first.desk.close()
    second = start()
    told = []
    second.desk.paused_changed.connect(told.append)
    second.until(lambda: second.desk.connection.link is Link.ONLINE)
    assert len(second.of(State.WAITING)) == 2
    second.desk.resume()
    second.until(lambda: len(second.of(*LIVE)) == 2)
    second.desk.close()
    third = start()
    third.add(*photos(1, name="third.jpg"))
    third.send_all("After it")
    third.until(lambda: len(third.of(*LIVE)) == 3)
    third.desk.close()


# ---- half sent
def begun(person, store, photo) -> None:
    """Send the beginning of a photo, as an app that was cut off has."""
    token = CancelToken()
    sender = CompanionStore(store.url, piece=5000)
    sender.sign_in(Credentials(*store.admin))
    with contextlib.suppress(CancelledError):
        sender.upload(
            photo,
            PhotoSource(photo.path, photo.fingerprint),
            lambda sent: token.cancel() if sent >= 5000 else None,
            token,
        )
    sender.close()
    person.desk._crew.outbox.change(photo.id, sent=5000)


def halves(store) -> int:
    return store.sql("SELECT count(*) FROM store_upload WHERE image_id IS NULL")[0][0]


@pytest.fixture
def half_sent(start, store, photos):
    """An app with a photo of which the store has a part, and the store gone."""
    person = start()
    sign_in(person, store)
    person.add(*photos(2, side=500))
    person.desk.pause()
    # It overtakes other commands, but they don't wait for it.
    person.until(person.desk._crew.work._is_paused)
    person.send_all("Half sent")
    person.until(lambda: len(person.of(State.WAITING)) == 2)
    begun(person, store, person.desk.photos()[0])
    person.until(lambda: person.desk.photos()[0].sent)
    assert halves(store) == 1
    return person


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("wish", ["cancel", "remove"])
def test_what_is_half_sent_is_dropped_in_the_store(start, store, half_sent, wish, away, restart):
    person, port = half_sent, int(store.url.rsplit(":", 1)[1])
    first = person.desk.photos()[0].id
    if away:
        store.stop()
    getattr(person.desk, wish)([first])
    person.until(lambda: not any(p.id == first for p in person.of(State.WAITING)))
    if restart:
        person.until(lambda: person.desk._crew.outbox.photos("test")[0].state is not State.WAITING
                     or len(person.desk._crew.outbox.photos("test")) == 1)  # fmt: skip
        person.desk.close()
        person = start()
        assert len(person.desk.photos()) == (2 if wish == "cancel" else 1)
    if away:
        assert halves(store) == 1
        store.start(port)
        person.desk.network_back()
    person.until(lambda: halves(store) == 0)
    outbox = person.desk._crew.outbox
    if wish == "remove":
        person.until(lambda: outbox.leaving() == [] and outbox.some([first]) == [])
    else:
        person.until(lambda: outbox.photo(first).sent == 0)
    person.desk.resume()
    person.until(lambda: len(person.of(*LIVE)) == 1)
    assert images(store) == 1
    person.desk.close()


def test_what_is_cancelled_can_be_sent_after_all(start, store, photos):
    person = start()
    sign_in(person, store)
    added = person.add(*photos(3))
    ids = [photo.id for photo in added]
    person.desk.pause()
    person.send_all("After all")
    person.until(lambda: len(person.of(State.WAITING)) == 3)
    person.desk.cancel(ids)
    person.until(lambda: len(person.of(State.CANCELLED)) == 3)
    person.desk.put_back(ids[:2])
    person.until(lambda: len(person.of(State.WAITING)) == 2)
    person.desk.resume()
    person.until(lambda: len(person.of(*LIVE)) == 2)
    assert images(store) == 2
    person.desk.remove_finished()
    person.until(lambda: person.desk.photos() == [])
    person.desk.close()
