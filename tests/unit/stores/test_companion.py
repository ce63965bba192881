from __future__ import annotations

import logging

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    BlockedError,
    BusyError,
    CancelledError,
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    RejectedError,
    SignInNeededError,
    WrongCredentialsError,
)
from uploader.domain.stores import Credentials, Item, RemotePhoto, RemoteState
from uploader.stores import companion
from uploader.stores.companion import CompanionStore

RIGHT = Credentials("ines@shop", "right")


def test_greeting_tells_the_store_s_name(shop, store):
    assert store.greet() == "Harbour & Pine"


def test_greeting_a_store_in_a_folder_that_is_at_the_top(shop, script):
    store = CompanionStore(f"{script.url}/shop/lamps")
    assert store.greet() == "Harbour & Pine"
    assert store.address == script.url
    store.close()


@pytest.mark.parametrize(
    "said",
    [
        (404, None),
        (200, None),
        (200, {"contract": "other/1"}),
        (200, {"contract": "store-uploader/2"}),
        (403, {"title": "Forbidden"}),
    ],
)
def test_no_store_at_this_address(script, store, says, said):
    script.answer = lambda asked: says(said[0], said[1], raw=b"<html>A page")
    with pytest.raises(NoStoreHereError):
        store.greet()
    with pytest.raises(NoStoreHereError):
        store.sign_in(RIGHT)
    with pytest.raises(OfflineError):
        store.probe()
    assert all(b"right" not in asked.body for asked in script.asked)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_store_that_is_not_ready(script, store, says, status):
    script.answer = lambda asked: says(status)
    with pytest.raises(OfflineError):
        store.greet()


def test_a_store_that_moved_elsewhere_is_not_followed(script, store, says):
    for place in ("http://hotel.invalid/", "https://hotel.invalid/api/v1/sign-in", ""):
        script.answer = lambda asked, place=place: says(302, headers={"Location": place})
        with pytest.raises(NoStoreHereError):
            store.greet()


def test_a_store_that_moved_within_itself_is_followed(shop, script, store, says):
    shop.first = lambda asked: (
        says(301, headers={"Location": "/shop/api/v1/sign-in"})
        if asked.path == "/api/v1/sign-in"
        else says(200, {"contract": "store-uploader/1"})
    )
    assert store.greet() == "127.0.0.1"
    assert store.address == f"{script.url}/shop"


def test_signing_in_with_a_password(shop, store):
    account = store.sign_in(RIGHT)
    assert (account.email, account.name, account.store_name, account.token) == (
        "ines@shop",
        "Ines",
        "Harbour & Pine",
        shop.TOKEN,
    )
    assert store.capabilities.resumable


def test_signing_in_with_a_token(shop, store):
    account = store.sign_in(Credentials("ines@shop", token=shop.TOKEN))
    assert account.email == "ines@shop"
    assert shop.script.of("POST") == []


def test_signing_in_with_a_token_of_no_admin(shop, store):
    with pytest.raises(NotAnAdminError, match=r"Sign in again.*ask whoever runs Harbour & Pine"):
        store.sign_in(Credentials("ines@shop", token="other"))


def test_signing_in_with_an_old_token(shop, store, says):
    shop.first = lambda asked: (
        says(401, {"type": "/problems/signed-out"}) if asked.path == "/api/v1/store" else None
    )
    with pytest.raises(SignInNeededError):
        store.sign_in(Credentials("ines@shop", token=shop.TOKEN))


def test_wrong_password(shop, store):
    with pytest.raises(WrongCredentialsError):
        store.sign_in(Credentials("ines@shop", "wrong"))


def test_a_customer_s_account(shop, store):
    with pytest.raises(NotAnAdminError, match="Ask whoever runs Harbour & Pine"):
        store.sign_in(Credentials("kim@shop", "customer"))


def test_too_many_attempts(shop, store, says):
    problem = {"title": "Too many attempts", "detail": "Wait a minute."}
    shop.first = lambda asked: (
        says(429, problem, headers={"Retry-After": "60"}) if asked.method == "POST" else None
    )
    with pytest.raises(BusyError, match="Wait a minute") as caught:
        store.sign_in(RIGHT)
    assert caught.value.retry_after == 60


def test_a_page_instead_of_an_answer_is_a_network_that_wants_a_sign_in(signed_in, shop, says):
    shop.first = lambda asked: says(200, raw=b"<html>Room number?")
    with pytest.raises(OfflineError, match="Something else answers"):
        signed_in.items()
    shop.first = lambda asked: says(302, headers={"Location": "http://hotel.invalid"})
    with pytest.raises(OfflineError, match="Something else answers"):
        signed_in.items()


def test_not_found_is_an_admin_no_more(signed_in, shop, says):
    shop.first = lambda asked: None if "sign-in" in asked.path else says(404, {})
    with pytest.raises(NotAnAdminError, match="ask whoever runs Harbour & Pine"):
        signed_in.items()


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_refused_in_between_signs_nobody_out(signed_in, shop, says, status):
    shop.first = lambda asked: says(status, raw=b"no") if "items" in asked.path else None
    with pytest.raises(BlockedError, match=str(status)):
        signed_in.items()


def test_not_found_by_a_sign_in_that_is_over_since(signed_in, shop, says):
    over = says(401, {"type": "/problems/signed-out"})
    answers = {"/api/v1/items": says(404), "/api/v1/store": over}
    shop.first = lambda asked: answers.get(asked.path.partition("?")[0])
    with pytest.raises(SignInNeededError):
        signed_in.items()


def test_a_firewall_before_the_sign_in_calls_nobody_a_customer(shop, store, says):
    shop.first = lambda asked: says(403, raw=b"no") if asked.method == "POST" else None
    with pytest.raises(BlockedError):
        store.sign_in(RIGHT)


def test_not_found_is_a_store_no_more(signed_in, shop, says):
    shop.first = lambda asked: says(404)
    with pytest.raises(NoStoreHereError):
        signed_in.items()


def test_not_signed_in_yet(shop, store):
    with pytest.raises(SignInNeededError):
        store.items()


def test_signing_out_forgets_the_token_whatever_happens(signed_in, shop):
    signed_in.sign_out()
    assert shop.script.asked[0].method == "DELETE"
    assert shop.script.asked[0].headers["authorization"] == f"Bearer {shop.TOKEN}"
    signed_in.sign_out()
    assert len(shop.script.asked) == 1
    with pytest.raises(SignInNeededError):
        signed_in.items()


def test_signing_out_offline(signed_in, shop):
    shop.script.close()
    signed_in.sign_out()


def test_items_come_in_pages(signed_in, shop):
    page = signed_in.items("lamp & shade", "c1")
    assert page.entries == (Item("12", "Lamp"),)
    assert (page.next, page.total) == ("n", 3)
    assert shop.script.asked[0].path == "/api/v1/items?query=lamp+%26+shade&cursor=c1&limit=500"


def test_find_by_reference(signed_in, shop, photo):
    sought = photo()
    assert signed_in.find(sought) is None
    error = {"title": "Damaged", "detail": "It ends too early."}
    shop.images = [
        {"id": 81, "reference": sought.reference, "state": "failed", "error": error, "cursor": "4"}
    ]
    found = signed_in.find(sought)
    assert (found.id, found.state, found.poll_address) == ("81", RemoteState.FAILED, "3")
    assert (found.title, found.detail) == ("Damaged", "It ends too early.")


def test_find_says_nothing_when_it_does_not_know(signed_in, shop, photo, says):
    shop.first = lambda asked: says(502)
    with pytest.raises(BusyError):
        signed_in.find(photo())


def test_resubmit(signed_in, shop, photo):
    shop.images = [{"id": "81", "reference": "r", "state": "processing", "cursor": "8"}]
    again = signed_in.resubmit(photo(remote_id="81"))
    assert again.state is RemoteState.PROCESSING
    assert again.poll_address == "8"
    assert shop.script.asked[0].path == "/api/v1/images/81/retry"
    with pytest.raises(RejectedError, match="No longer"):
        signed_in.resubmit(photo(remote_id="../82"))


def remote(**urls):
    return RemotePhoto("81", RemoteState.LIVE, urls=urls)


def test_fetch_goes_without_the_sign_in(signed_in, shop, script, says):
    shop.first = lambda asked: says(200, raw=b"pixels", headers={"Content-Type": "image/png"})
    got = signed_in.fetch(remote(thumb=f"{script.url}/m/1.png"), "thumb", CancelToken())
    assert got == b"pixels"
    assert "authorization" not in script.asked[0].headers


def test_fetch_that_has_nothing_to_give(signed_in, shop, says):
    with pytest.raises(RejectedError):
        signed_in.fetch(remote(), "thumb", CancelToken())
    with pytest.raises(RejectedError):
        signed_in.fetch(remote(thumb="file:///etc/hosts"), "thumb", CancelToken())
    shop.first = lambda asked: says(200, raw=b"<html>")
    with pytest.raises(BusyError):
        signed_in.fetch(remote(thumb="/1.png"), "thumb", CancelToken())


@pytest.mark.parametrize("status", [204, 302, 401, 403, 404, 410, 429, 500, 503])
@pytest.mark.parametrize("kind", ["application/xml", "text/html", "application/problem+json"])
def test_no_answer_of_a_picture_s_address_tells_of_the_store(
    *, signed_in, shop, says, status, kind
):
    shop.first = lambda asked: says(status, raw=b"<Error>", headers={"Content-Type": kind})
    with pytest.raises(BusyError):
        signed_in.fetch(remote(thumb="/1.png"), "thumb", CancelToken())


def test_a_picture_without_end_tells_nothing_of_the_store(signed_in, shop, says, monkeypatch):
    monkeypatch.setattr(companion, "_PICTURE_LIMIT", 10)
    shop.first = lambda asked: says(200, raw=bytes(11), headers={"Content-Type": "image/png"})
    with pytest.raises(BusyError):
        signed_in.fetch(remote(thumb="/1.png"), "thumb", CancelToken())


def test_another_host_of_pictures_may_be_lost_and_the_store_not(*, signed_in, shop, secure_script):
    shop.script.close()
    with pytest.raises(OfflineError):
        signed_in.fetch(remote(thumb="/1.png"), "thumb", CancelToken())
    # Nothing answers there, and there is one that nobody vouches for.
    for elsewhere in ("http://127.0.0.1:9", secure_script.url):
        with pytest.raises(BusyError):
            signed_in.fetch(remote(thumb=f"{elsewhere}/1.png"), "thumb", CancelToken())


def test_probe_is_quiet_while_the_store_answers(shop, store):
    store.probe()


def test_no_secret_shows_anywhere(*, shop, store, photo, source, says, caplog):
    caplog.set_level(logging.DEBUG)
    store.sign_in(RIGHT)
    store.upload(photo(), source(b"x"), lambda sent: None, CancelToken())
    shop.first = lambda asked: says(401, {})
    with pytest.raises(SignInNeededError) as signed_out:
        store.items()
    shop.script.close()
    with pytest.raises(OfflineError) as offline:
        store.items()
    # urllib3 logs every request, so that a secret's absence means something.
    assert "POST /api/v1/sign-in" in caplog.text
    errors = (signed_out.value, offline.value, offline.value.__cause__)
    seen = caplog.text + repr(store) + "".join(f"{e!r}{e}" for e in errors)
    assert RIGHT.password not in seen
    assert shop.TOKEN not in seen


def test_over_tls_on_one_connection(*, secure_shop, authority, photo, source):
    store = CompanionStore(secure_shop.script.url, verify=authority[1], piece=1000)
    store.sign_in(RIGHT)
    sent, content = photo(), bytes(2500)
    store.upload(sent, source(content), lambda sent: None, CancelToken())
    store.close()
    assert bytes(secure_shop.uploads[sent.reference]) == content
    assert secure_shop.script.connections == 1


def test_cancel_over_tls(*, secure_shop, authority, photo, source, finishes):
    store = CompanionStore(secure_shop.script.url, verify=authority[1], piece=500_000_000)
    store.sign_in(RIGHT)
    secure_shop.script.read_at_most = 100_000
    cancel = CancelToken()
    large = source(bytes(100_000_000))
    wait = finishes(lambda: store.upload(photo(), large, lambda sent: None, cancel))
    assert secure_shop.script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()
    store.close()
