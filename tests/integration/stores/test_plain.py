"""A store that knows no references: exactly one image of each photo all the same."""

from __future__ import annotations

import itertools
import os
import signal
from dataclasses import replace
from uuid import uuid4

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import AmbiguousError, CancelledError
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item, RemoteState
from uploader.engine.check import check
from uploader.engine.reconcile import SETTLING, Reconcile
from uploader.engine.settle import Settle
from uploader.engine.upload import UploadOne
from uploader.outbox import Outbox
from uploader.stores.companion import CompanionStore

PIECE = 100_000
SMALL, LARGE = 100, 700
"""Sides of photos that go in one request, and in several."""


@pytest.fixture(scope="module")
def plain(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("plain"), STORE_IDEMPOTENT="no") as store:
        yield store


@pytest.fixture
def connect(plain):
    made = []

    def make(url=""):
        store = CompanionStore(url or plain.url, piece=PIECE)
        made.append(store)
        store.sign_in(Credentials(*plain.admin))
        return store

    yield make
    for store in made:
        store.close()


def send(store, noise, report=lambda sent: None):
    return store.upload(noise.photo, noise.source, report, CancelToken())


def images(plain, noise):
    rows = plain.sql(
        "SELECT count(*) FROM store_itemimage WHERE sha256 = ?", noise.photo.fingerprint.sha256
    )
    return rows[0][0]


class Desk:
    """An outbox and its engine, whose clocks run as fast as they have to."""

    def __init__(self, folder, store):
        self.outbox = Outbox.open(folder / "outbox.sqlite3").outbox
        self.now = 1000.0
        settle = Settle(self.outbox, store, lambda photo, fetched: True)
        steady = itertools.count(step=SETTLING).__next__
        reconcile = Reconcile(settle, clock=lambda: self.now, steady=steady)
        self.upload = UploadOne(settle, reconcile, clock=lambda: self.now)
        self.reconcile = reconcile
        self.limits = store.capabilities.limits

    def add(self, path, noise):
        path.write_bytes(noise.content)
        photo = self.outbox.add("shop", [path], self.now)[0]
        check(photo, self.outbox, self.limits, None)
        self.outbox.change(photo.id, item=noise.photo.item)
        self.outbox.move_many([photo.id], State.WAITING)

    def run(self):
        """Send until nothing is left to be sent; the photos as they are then."""
        for _ in range(100):
            self.now += 3600.0
            if claimed := self.outbox.claim("shop", self.now):
                self.upload(claimed, lambda sent: None, CancelToken())
            for photo in self.reconcile.due("shop"):
                self.reconcile(photo, CancelToken())
            if not self.outbox.in_state("shop", State.WAITING, State.UNCERTAIN, State.UPLOADING):
                return self.outbox.photos("shop")
        raise AssertionError(self.outbox.photos("shop"))


@pytest.fixture
def desk(tmp_path):
    made = []

    def make(store):
        made.append(Desk(tmp_path, store))
        return made[-1]

    yield make
    for one in made:
        one.outbox.close()


def test_the_store_knows_no_references(plain, connect, noise):
    store, photo = connect(), noise(SMALL, "Knows nothing")
    assert not store.capabilities.idempotent
    assert not store.capabilities.resumable
    first, second = send(store, photo), send(store, photo)
    assert first.id != second.id
    assert images(plain, photo) == 2
    found = store.find(photo.photo)
    assert (found.id, found.reference) == (second.id, "")


def test_what_is_not_there_is_not_found(connect, noise):
    store, photo = connect(), noise(SMALL, "Found by content")
    assert store.find(photo.photo) is None
    send(store, photo)
    assert store.find(photo.photo) is not None
    elsewhere = replace(photo.photo, item=Item("", "Another item"), remote_id="")
    assert store.find(elsewhere) is None
    with_number = replace(photo.photo, item=store.find(photo.photo).item)
    assert store.find(with_number) is not None


@pytest.mark.parametrize("side", [SMALL, LARGE])
def test_lost_answers_double_nothing(plain, connect, proxy, noise, desk, tmp_path, side):
    way = proxy(plain.url)
    work = desk(connect(way.url))
    sent = [noise(side, f"Lost answers {uuid4()}") for _ in range(3)]
    for number, one in enumerate(sent):
        work.add(tmp_path / f"{number}.jpg", one)
    way.swallow = lambda said: b"store-image" in said.lower()
    photos = work.run()
    assert way.cuts == len(sent)
    assert {photo.state for photo in photos} <= {State.PROCESSING, State.LIVE}
    assert [images(plain, one) for one in sent] == [1, 1, 1]


@pytest.mark.parametrize("side", [SMALL, LARGE])
def test_a_web_process_killed_before_its_answer_doubles_nothing(
    *, companion_of, connect, proxy, noise, desk, tmp_path, side
):
    with companion_of(tmp_path / "store", STORE_IDEMPOTENT="no", workers=0) as own:
        way = proxy(own.url)
        store = CompanionStore(way.url, piece=PIECE)
        try:
            store.sign_in(Credentials(*own.admin))
            work, one = desk(store), noise(side, "Killed")
            work.add(tmp_path / "lamp.jpg", one)
            port = int(own.url.rpartition(":")[2])

            def kill(said):
                if b"store-image" not in said.lower() or way.cuts:
                    return False
                os.kill(own.process.pid, signal.SIGKILL)
                own.process.wait()
                own.start(port)
                return True

            way.swallow = kill
            photos = work.run()
            assert way.cuts == 1
            assert [photo.state for photo in photos] == [State.PROCESSING]
            assert images(own, one) == 1
        finally:
            store.close()


def test_a_cut_is_gone_on_from_in_the_same_upload(plain, connect, proxy, noise):
    way = proxy(plain.url)
    store, photo = connect(way.url), noise(LARGE, "Cut in a plain store")
    way.cut_after = 2 * PIECE + 50_000
    uploads = plain.sql("SELECT count(*) FROM store_upload")[0][0]
    assert send(store, photo).state is RemoteState.PROCESSING
    assert way.cuts == 1
    assert plain.sql("SELECT count(*) FROM store_upload")[0][0] == uploads + 1
    assert images(plain, photo) == 1


def test_an_answer_that_is_not_the_stores_leaves_it_open(plain, connect, proxy, noise):
    way = proxy(plain.url)
    store, photo = connect(way.url), noise(SMALL, "Answered by somebody else")
    passed = way.swallow
    way.swallow = lambda said: b"store-image" in said.lower()
    with pytest.raises(AmbiguousError):
        send(store, photo)
    way.swallow = passed
    assert store.find(photo.photo) is not None
    assert images(plain, photo) == 1


def test_discard_drops_what_this_connection_began_and_nothing_else(plain, connect, noise):
    store, photo = connect(), noise(LARGE, "Dropped in a plain store")
    cancel = CancelToken()

    def stop(sent):
        if sent > 2 * PIECE:
            cancel.cancel()

    with pytest.raises(CancelledError):
        store.upload(photo.photo, photo.source, stop, cancel)
    unfinished = "SELECT count(*) FROM store_upload WHERE image_id IS NULL AND sha256 = ?"
    sha256 = photo.photo.fingerprint.sha256
    connect().discard(photo.photo)
    assert plain.sql(unfinished, sha256) == [(1,)]
    store.discard(photo.photo)
    assert plain.sql(unfinished, sha256) == [(0,)]


def test_an_upload_nobody_goes_on_with_is_swept(plain, connect, noise):
    store, photo = connect(), noise(LARGE, "Left behind in a plain store")
    cancel = CancelToken()
    with pytest.raises(CancelledError):
        store.upload(photo.photo, photo.source, lambda sent: cancel.cancel(), cancel)
    sha256 = photo.photo.fingerprint.sha256
    plain.sql("UPDATE store_upload SET expires_at = '2020-01-01 00:00:00' WHERE sha256 = ?", sha256)
    # The worker's own sweeper may have come first.
    plain.manage("sweep")
    assert plain.sql("SELECT count(*) FROM store_upload WHERE sha256 = ?", sha256) == [(0,)]
