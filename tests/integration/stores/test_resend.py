"""*Send again* for a picture that somebody deleted in the store: there again, once."""

from __future__ import annotations

import itertools
import time

import pytest
import requests

from uploader.domain.cancel import CancelToken
from uploader.domain.states import State
from uploader.domain.stores import Credentials
from uploader.engine.check import check
from uploader.engine.follow import Follower
from uploader.engine.reconcile import SETTLING, Reconcile
from uploader.engine.resend import SendAgain
from uploader.engine.settle import Settle
from uploader.engine.upload import UploadOne
from uploader.outbox import Outbox
from uploader.outbox.history import History, HistoryQuery
from uploader.stores.companion import CompanionStore

DEADLINE = 30.0


@pytest.fixture(scope="module", params=["yes", "no"], ids=["companion", "plain"])
def shop(request, companion_of, tmp_path_factory):
    """A store that knows references, and one that doesn't."""
    folder = tmp_path_factory.mktemp("shop")
    with companion_of(folder, STORE_IDEMPOTENT=request.param) as store:
        yield store


@pytest.fixture
def way(shop, proxy):
    return proxy(shop.url)


class Desk:
    """One photo, its outbox and its engine; every call begins as after a crash."""

    def __init__(self, folder, shop, way):
        self.file, self.shop = folder / "outbox.sqlite3", shop
        self.store = CompanionStore(way.url)
        self.token = self.store.sign_in(Credentials(*shop.admin)).token

    def add(self, noise):
        path = self.file.with_name("lamp.jpg")
        path.write_bytes(noise.content)
        with self.engine() as engine:
            [photo] = engine.outbox.add("shop", [path], time.time())
            check(photo, engine.outbox, self.store.capabilities.limits, None)
            engine.outbox.change(photo.id, item=noise.photo.item)
            engine.outbox.move(photo.id, State.WAITING)

    def engine(self):
        return Engine(Outbox.open(self.file).outbox, self.store)

    def upload(self):
        with self.engine() as engine:
            return engine.upload()

    def follow(self):
        with self.engine() as engine:
            return engine.follow()

    def send_again(self, **how):
        with self.engine() as engine:
            return SendAgain(engine.settle)(engine.photo, CancelToken(), **how).photo

    def delete(self, photo):
        answer = requests.delete(
            f"{self.shop.url}/api/v1/images/{photo.remote_id}",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=DEADLINE,
        )
        assert answer.status_code == 204

    def images(self, noise):
        """Give what the store has of the photo's content: state by number."""
        sha256 = noise.photo.fingerprint.sha256
        query = "SELECT id, state FROM store_itemimage WHERE sha256 = ?"
        return {str(number): state for number, state in self.shop.sql(query, sha256)}


class Engine:
    """What works on an open outbox. A context manager."""

    def __init__(self, outbox, store):
        self.outbox, self.now = outbox, time.time()
        self.settle = Settle(outbox, store, lambda photo, fetched: True)
        steady = itertools.count(step=SETTLING).__next__
        self.reconcile = Reconcile(self.settle, clock=lambda: self.now, steady=steady)
        self.outbox.recover(self.now)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.outbox.close()

    @property
    def photo(self):
        return self.outbox.photos("shop")[0]

    def upload(self):
        """Send until nothing is left to be sent."""
        send = UploadOne(self.settle, self.reconcile, clock=lambda: self.now)
        for _ in range(10):
            self.now += 3600.0
            if claimed := self.outbox.claim("shop", self.now):
                send(claimed, lambda sent: None, CancelToken())
            for photo in self.reconcile.due("shop"):
                self.reconcile(photo, CancelToken())
            if self.photo.state not in {State.WAITING, State.UNCERTAIN}:
                return self.photo
        raise AssertionError(self.photo)

    def follow(self):
        """Ask until the store has come to an end with it."""
        follower, end = Follower(self.settle, "shop"), time.monotonic() + DEADLINE
        while self.photo.state is State.PROCESSING and time.monotonic() < end:
            follower.step(CancelToken())
        return self.photo


@pytest.fixture
def desk(tmp_path, shop, way):
    made = Desk(tmp_path, shop, way)
    yield made
    made.store.close()


@pytest.fixture
def photo(desk, noise):
    """A photo that the store had, as somebody deletes it."""
    made = noise(60, "Deleted there")
    desk.add(made)
    desk.delete(desk.upload())
    return made


def test_what_was_deleted_there_is_there_again_once(desk, photo):
    deleted = desk.follow()
    assert (deleted.state, deleted.problem.title) == (State.FAILED, "No longer in the store")
    waiting = desk.send_again()
    assert (waiting.state, waiting.remote_id) == (State.WAITING, "")
    desk.upload()
    live = desk.follow()
    assert live.state is State.LIVE
    assert desk.images(photo) == {deleted.remote_id: "removed", live.remote_id: "live"}
    with History(desk.file) as history:
        lines = history.page("shop", HistoryQuery())
    assert [line.outcome for line in lines] == [State.LIVE, State.FAILED]


def test_a_lost_answer_to_what_is_sent_anew_doubles_nothing(desk, photo, way):
    deleted = desk.follow()
    desk.send_again()
    passed = way.swallow
    way.swallow = lambda said: not way.cuts and b"store-image" in said.lower()
    desk.upload()
    way.swallow = passed
    live = desk.follow()
    assert (way.cuts, live.state) == (1, State.LIVE)
    assert desk.images(photo) == {deleted.remote_id: "removed", live.remote_id: "live"}


def test_what_was_deleted_again_is_sent_again(desk, photo):
    for _ in range(2):
        assert desk.follow().state is State.FAILED
        desk.send_again()
        desk.delete(desk.upload())
    assert set(desk.images(photo).values()) == {"removed"}
    assert len(desk.images(photo)) == 3


def test_of_all_that_failed_what_was_deleted_stays_deleted(desk, photo):
    deleted = desk.follow()
    stays = desk.send_again(named=False)
    assert (stays.state, stays.reference) == (State.FAILED, deleted.reference)
    assert stays.problem.detail == "Somebody removed it there. Send it again if it is wanted."
    assert desk.images(photo) == {deleted.remote_id: "removed"}


def test_a_copy_that_another_sent_meanwhile_is_the_photo(desk, photo):
    deleted = desk.follow()
    other = Desk(desk.file.parent / "other", desk.shop, desk.shop)
    other.file.parent.mkdir()
    other.add(photo)
    copy = other.upload()
    other.store.close()
    desk.send_again()
    with desk.engine() as engine:
        if engine.photo.state is State.WAITING:
            engine.upload()
    ended = desk.follow()
    assert ended.state in {State.LIVE, State.ALREADY}
    assert ended.remote_id == copy.remote_id
    assert set(desk.images(photo)) == {deleted.remote_id, copy.remote_id}
