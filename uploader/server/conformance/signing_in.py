"""The greeting, signing in and out, and what strangers are told: nothing."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import secrets
import uuid

from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, SkippedError
from uploader.server.conformance.shop import VERSION, Shop

AREA = Area("Signing in", "Signing in")

_CONTRACT = "store-uploader/1"


@AREA.check("greeting")
def greeting(shop: Shop) -> str:
    """Anybody may ask whether there is a store, and which."""
    answer = shop.ask("GET", "/sign-in", token="")
    expect.status(answer, 200)
    said = expect.fields(answer, contract=str, name=str)
    expect.that(said["contract"] == _CONTRACT, f"The contract is {said['contract']!r}.")
    return f"It is {said['name']}."


@AREA.check("sign-in")
def sign_in(shop: Shop) -> str:
    """The right password gives a token, its end, and who is signed in."""
    answer = shop.sign_in("Store Uploader conformance, second device")
    expect.status(answer, 201)
    said = expect.fields(answer, token=str, expires_at=str, account=dict)
    expect.uncached(answer)
    expect.having(said["account"], "account", email=str, name=str)
    shop.ask("DELETE", "/sign-in", token=said["token"])
    expect.that(said["token"] != shop.token, "Two sign-ins got the same token.")
    expect.that(len(said["token"]) >= 22, "A token of so few characters can be guessed.")
    return f"It ends {said['expires_at']}."


@AREA.check("wrong-password")
def wrong_password(shop: Shop) -> str:
    """A wrong e-mail or password is 401 wrong-credentials."""
    # Nobody's account, so that nobody is locked out.
    form = {"email": f"{uuid.uuid4().hex}@example.org", "password": secrets.token_urlsafe()}
    answer = shop.ask("POST", "/sign-in", token="", json=form)
    expect.problem(answer, 401, "wrong-credentials")
    return expect.said(answer)


@AREA.check("broken-sign-in")
def broken_sign_in(shop: Shop) -> str:
    """A body that makes no sense is 400 or 422."""
    bodies = (b"{", b'"text"', b"[]", b"{}", b'{"email": 1, "password": []}')
    for body in bodies:
        json = {"Content-Type": "application/json"}
        answer = shop.ask("POST", "/sign-in", token="", data=body, headers=json)
        expect.status(answer, 400, 422)
        expect.problem(answer, answer.status_code, "bad-request")
    return ""


@AREA.check("not-an-admin")
def not_an_admin(shop: Shop) -> str:
    """A customer with the right password is 403 not-an-admin."""
    if shop.customer is None:
        raise SkippedError("No customer’s account was named (--customer).")
    form = {"email": shop.customer[0], "password": shop.customer[1]}
    answer = shop.ask("POST", "/sign-in", token="", json=form)
    expect.problem(answer, 403, "not-an-admin")
    return expect.said(answer)


@AREA.check("sign-out")
def sign_out(shop: Shop) -> str:
    """Signing out ends the token: it is 401 signed-out from then on."""
    answer = shop.sign_in("Store Uploader conformance, to be signed out")
    expect.status(answer, 201)
    token = expect.fields(answer, token=str)["token"]
    expect.status(shop.ask("GET", "/store", token=token), 200)
    expect.status(shop.ask("DELETE", "/sign-in", token=token), 204)
    after = shop.ask("GET", "/store", token=token)
    expect.problem(after, 401, "signed-out")
    expect.status(shop.ask("GET", "/store"), 200)
    return expect.said(after)


@AREA.check("strangers", section="Who may do what")
def strangers(shop: Shop) -> str:
    """Without a token that is ours, every route is 404."""
    for method, path in _ROUTES:
        for token in ("", secrets.token_urlsafe(32)):
            expect.problem(shop.ask(method, path, token=token, headers=VERSION), 404, "not-found")
    return f"{len(_ROUTES)} routes."


@AREA.check("strangers-cant-tell", section="Who may do what")
def strangers_cant_tell(shop: Shop) -> str:
    """To them, an address that exists answers like one that doesn’t."""
    nowhere = shop.ask("GET", f"/{uuid.uuid4().hex}", token="")
    expect.problem(nowhere, 404, "not-found")
    for path in ("/store", "/items", "/images", "/uploads"):
        there = shop.ask("GET", path, token="")
        expect.that(there.content == nowhere.content, f"The body at {path} differs.")
        extra = set(there.headers) ^ set(nowhere.headers)
        expect.that(not extra, f"At {path} the headers differ: {', '.join(sorted(extra))}.")
    return ""


@AREA.check("strangers-cant-write", section="Who may do what")
def strangers_cant_write(shop: Shop) -> str:
    """A stranger who knows an upload’s address changes nothing."""
    place = shop.begun(1000)
    for token in ("", secrets.token_urlsafe(32)):
        expect.problem(shop.head(place, token), 404)
        expect.problem(shop.part(place, 0, b"x" * 10, token=token), 404, "not-found")
        expect.problem(shop.drop(place, token), 404, "not-found")
    at = shop.reached(place)
    expect.that(at == 0, f"The upload stands at {at} bytes afterwards.")
    return ""


_NOBODY = "00000000-0000-4000-8000-000000000000"
_ROUTES = (
    ("DELETE", "/sign-in"),
    ("GET", "/store"),
    ("GET", "/items"),
    ("POST", "/items"),
    ("GET", "/images"),
    ("GET", "/images/1"),
    ("POST", "/images/1/retry"),
    ("OPTIONS", "/uploads"),
    ("POST", "/uploads"),
    ("DELETE", f"/uploads?reference={_NOBODY}"),
    ("HEAD", f"/uploads/{_NOBODY}"),
    ("PATCH", f"/uploads/{_NOBODY}"),
    ("DELETE", f"/uploads/{_NOBODY}"),
    ("GET", "/nothing-here"),
)
