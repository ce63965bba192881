"""The connector against the real server, its worker, and a network that breaks."""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import replace
from hashlib import sha256
from uuid import uuid4

import pytest
import trustme

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    AmbiguousError,
    BusyError,
    CancelledError,
    NotAnAdminError,
    RejectedError,
    SignInNeededError,
    UntrustedError,
    WrongCredentialsError,
)
from uploader.domain.photos import Fingerprint
from uploader.domain.stores import Credentials, RemoteState
from uploader.domain.styles import Focus
from uploader.stores.adapter import BLOCK
from uploader.stores.companion import CompanionStore
from uploader.stores.registry import detect

PIECE = 100_000
DEADLINE = 30.0


@pytest.fixture
def connect(running):
    made = []

    def make(url="", *, sign_in=True, **options):
        store = CompanionStore(url or running.url, piece=PIECE, **options)
        made.append(store)
        if sign_in:
            store.sign_in(running.admin)
        return store

    yield make
    for store in made:
        store.close()


def send(store, noise, report=lambda sent: None):
    return store.upload(noise.photo, noise.source, report, CancelToken())


def until_settled(store, photo, remote):
    """Follow a photo as the poller does."""

    photo = replace(photo, remote_id=remote.id, poll_address=remote.poll_address)
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        for news in store.status([photo], 5, CancelToken()):
            if news.state is not RemoteState.PROCESSING:
                return news
            photo = replace(photo, poll_address=news.poll_address)
    raise AssertionError("still processing")


def test_from_the_first_byte_to_live(connect, noise):
    store, photo = connect(), noise(400, "A lamp of the first test")
    assert photo.source.size > 2 * PIECE // 2
    heard = []
    remote = send(store, photo, heard.append)
    assert heard[-1] == photo.source.size
    live = until_settled(store, photo.photo, remote)
    assert (live.id, live.state) == (remote.id, RemoteState.LIVE)
    assert live.item.title == "A lamp of the first test"
    square = store.fetch(live, "square", CancelToken())
    assert square
    found = store.find(photo.photo)
    assert (found.id, found.state) == (remote.id, RemoteState.LIVE)
    items = store.items("first test")
    assert [item.images for item in items.entries] == [1]


def test_a_repeated_reference_makes_no_second_picture(connect, noise):
    store, photo = connect(), noise(300, "Repeated")
    first = send(store, photo)
    again = send(store, photo)
    assert again.id == first.id
    assert [item.images for item in store.items("Repeated").entries] == [1]


def test_a_photo_takes_the_place_of_another(connect, noise):
    store, old, new = connect(), noise(100, "Replaced"), noise(101, "Replaced")
    old.photo = replace(old.photo, focus=Focus(0.1, 0.1))
    first = until_settled(store, old.photo, send(store, old))
    assert store.capabilities.replaces
    new.photo = replace(new.photo, replaces=first.id)
    [item] = store.items("Replaced").entries
    assert store.images(item.id, CancelToken()) == (first.id,)
    sent = send(store, new)
    live = until_settled(store, new.photo, sent)
    assert live.state is RemoteState.LIVE
    assert [item.images for item in store.items("Replaced").entries] == [1]
    # Whoever still follows the old one hears what became of it; sending it again makes none.
    gone = store.find(old.photo)
    assert (gone.state, gone.title) == (RemoteState.FAILED, "No longer in the store")
    again = send(store, old)
    assert (again.id, again.state) == (first.id, RemoteState.FAILED)
    with pytest.raises(RejectedError, match="No longer in the store"):
        store.resubmit(replace(old.photo, remote_id=first.id))
    with pytest.raises(RejectedError, match="No such picture"):
        late = noise(102, "Replaced")
        late.photo = replace(late.photo, replaces=first.id)
        send(store, late)


def test_the_same_picture_on_the_same_item_is_already_there(connect, noise):
    store, photo = connect(), noise(100, "Twice")
    first = send(store, photo)
    photo.photo = replace(photo.photo, reference=str(uuid4()))
    again = send(store, photo)
    assert (again.id, again.already) == (first.id, True)


def test_a_cut_is_gone_on_from(connect, running, proxy, noise):
    way = proxy(running.url)
    store, photo = connect(way.url), noise(700, "Cut")
    assert photo.source.size > 4 * PIECE
    way.cut_after = 2 * PIECE + 50_000
    starts = []
    remote = send(store, photo, starts.append)
    assert way.cuts == 1
    assert until_settled(store, photo.photo, remote).state is RemoteState.LIVE
    assert [item.images for item in store.items("Cut").entries] == [1]


def test_a_later_call_goes_on_where_an_earlier_one_was_stopped(connect, noise):
    store, photo = connect(), noise(700, "Stopped")
    cancel = CancelToken()

    def stop(sent):
        if sent > 2 * PIECE:
            cancel.cancel()

    with pytest.raises(CancelledError):
        store.upload(photo.photo, photo.source, stop, cancel)
    heard = []
    send(store, photo, heard.append)
    assert heard[0] >= 2 * PIECE
    store.discard(photo.photo)
    assert store.find(photo.photo) is not None


def test_discard_of_a_half_sent_photo(connect, noise):
    store, photo = connect(), noise(700, "Dropped")
    cancel = CancelToken()

    def stop(sent):
        if sent > 2 * PIECE:
            cancel.cancel()

    with pytest.raises(CancelledError):
        store.upload(photo.photo, photo.source, stop, cancel)
    # The server may still hold the upload for the request that was cut.
    end = time.monotonic() + DEADLINE
    while True:
        try:
            store.discard(photo.photo)
            break
        except BusyError:
            assert time.monotonic() < end
    heard = []
    send(store, photo, heard.append)
    assert heard[0] == 0


def test_an_upload_that_expired_starts_again(companion, noise):
    # Larger than what is read at once: a piece that is cut never reaches the store whole, so
    # nothing of it is on its way when the upload expires.
    piece = 2 * BLOCK
    store, photo = CompanionStore(companion.url, piece=piece), noise(1100, "Expired")
    assert photo.source.size > 3 * piece
    try:
        store.sign_in(Credentials(*companion.admin))
        cancel = CancelToken()
        with pytest.raises(CancelledError):
            store.upload(
                photo.photo,
                photo.source,
                lambda sent: cancel.cancel() if sent > 2 * piece else None,
                cancel,
            )
        expire = "UPDATE store_upload SET expires_at = '2020-01-01' WHERE reference = ?"
        companion.sql(expire, photo.photo.reference)
        heard = []

        def expire_again(sent):
            if sent == 0:
                heard.append(sent)
            if sent > 2 * piece and len(heard) == 1:
                companion.sql(expire, photo.photo.reference)

        remote = store.upload(photo.photo, photo.source, expire_again, CancelToken())
        # From the start, and once more from there: it expired again under way.
        assert heard == [0, 0]
        assert store.find(photo.photo).id == remote.id
        assert [item.images for item in store.items("Expired").entries] == [1]
    finally:
        store.close()


def test_a_lost_answer_is_found_again(connect, running, proxy, noise):
    way = proxy(running.url)
    store, photo = connect(way.url), noise(200, "Lost answer")
    photo_way = way.swallow
    way.swallow = lambda said: b"Store-Image" in said or b"store-image" in said
    with pytest.raises(AmbiguousError):
        send(store, photo)
    way.swallow = photo_way
    found = store.find(photo.photo)
    assert found is not None
    assert send(store, photo).id == found.id
    assert [item.images for item in store.items("Lost answer").entries] == [1]


def test_what_is_no_photo_is_refused_with_a_reason(connect, noise):
    store, photo = connect(), noise(10, "Text")
    text = b"dear diary " * 50
    photo.source.content = text
    photo.photo = replace(
        photo.photo, fingerprint=Fingerprint(len(text), 0, sha256(text).hexdigest())
    )
    with pytest.raises(RejectedError) as caught:
        send(store, photo)
    assert caught.value.title
    assert caught.value.detail
    assert store.find(photo.photo) is None


def test_detect(running):
    assert detect(running.url)[0] == "companion"


def test_wrong_password(connect, running):
    store = connect(sign_in=False)
    with pytest.raises(WrongCredentialsError):
        store.sign_in(Credentials(running.admin.email, "not the password"))


def test_a_customer_s_account(connect, running):
    with pytest.raises(NotAnAdminError):
        connect(sign_in=False).sign_in(running.customer)


def test_a_revoked_token_asks_to_sign_in_again(connect, running):
    store = connect()
    account = store.sign_in(running.admin)
    other = connect(sign_in=False)
    other.sign_in(Credentials(running.admin.email, token=account.token))
    other.items()
    store.sign_out()
    with pytest.raises(SignInNeededError):
        other.items()
    with pytest.raises(SignInNeededError):
        other.sign_in(Credentials(running.admin.email, token=account.token))
    unknown = connect(sign_in=False)
    with pytest.raises(NotAnAdminError):
        unknown.sign_in(Credentials(running.admin.email, token="never-given"))


def test_a_certificate_nobody_knows_and_one_that_is_trusted(connect, running, proxy, tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    way = proxy(running.url, context)
    with pytest.raises(UntrustedError):
        connect(way.url, sign_in=False).greet()
    assert connect(way.url, verify=str(tmp_path / "ca.pem")).items().total is not None


def test_cancel_ends_a_long_poll(connect, noise):
    store, photo = connect(), noise(100, "Waiting")
    remote = send(store, photo)
    until_settled(store, photo.photo, remote)
    # A cursor beyond which nothing changes: the server holds its answer back.
    found = store.find(photo.photo)
    followed = replace(photo.photo, remote_id=found.id, poll_address=found.poll_address)
    cancel = CancelToken()
    outcome = []

    def wait():
        try:
            store.status([followed], 25, cancel)
        except CancelledError as error:
            outcome.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    cancel.cancel()
    thread.join(DEADLINE)
    assert len(outcome) == 1
