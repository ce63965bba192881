"""Answers that say no, in the domain's errors. By status, and by the problem's `type`."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    BusyError,
    GatewayError,
    NotAnAdminError,
    RejectedError,
    SignInNeededError,
    StoreError,
    WrongCredentialsError,
)
from uploader.stores.address import host_of
from uploader.stores.translate import something_else
from uploader.stores.transport import Answer

NOT_AN_ADMIN = "not-an-admin"
"""The problem's type for a right password of somebody who may not upload."""

_TITLE, _DETAIL = 120, 400
"""Characters of a store's own words that are shown; they are a few words and a sentence."""

_GATEWAY = frozenset({502, 503, 504, *range(520, 531)})
"""What proxies answer when the store behind them doesn't; from 520 on, large networks of them."""

_STORE_FULL_PAUSE = 300.0
"""Seconds until a full store is asked again; somebody has to make room first."""


def refusal(answer: Answer, *, completing: bool = False) -> StoreError:
    """Make the domain error of an answer that isn't a success.

    `completing`: the request may have put a photo into the store, so a server that broke
    down over it leaves the outcome open.
    """
    status = answer.status
    if status < 400:
        return something_else(host_of(answer.url))
    if status == 401:
        return _signed_out(answer)
    if status in (403, 404):
        return not_an_admin() if problem_type(answer) == NOT_AN_ADMIN else _blocked(answer)
    if status in (408, 423, 425, 429, 460, 507):
        return _busy(answer)
    return _failure(answer, completing) if status >= 500 else _rejected(answer)


def retry_after(answer: Answer) -> float | None:
    """Read Retry-After in seconds from now, given as seconds or a date (RFC 9110, 10.2.3)."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def problem(answer: Answer) -> tuple[str, str]:
    """Give title and detail of `application/problem+json` (RFC 9457) as plain, short text."""
    said = answer.fields
    return _plain(said.get("title"), _TITLE), _plain(said.get("detail"), _DETAIL)


def problem_type(answer: Answer) -> str:
    """Give the last part of the problem's type, such as ``wrong-credentials``."""
    return str(answer.fields.get("type", "")).rpartition("/")[2]


def not_an_admin(store_name: str = "") -> NotAnAdminError:
    """Say that the account is real but may not upload."""
    ask = "Ask whoever runs the store to make it one, or sign in with another account."
    if store_name:
        ask = f"Ask whoever runs {store_name} to make it one, or sign in with another account."
    return NotAnAdminError("This account isn’t an administrator of the store", ask)


def not_let_in(store_name: str) -> NotAnAdminError:
    """Say that a token isn't let in.

    A store hides from it whether the account is no admin's any more or the token isn't known: too
    old, or given after the back-up that the store was restored from. Signing in tells.
    """
    return NotAnAdminError(
        "The store doesn’t know this sign-in any more",
        "Sign in again. If the account is no administrator any more, ask whoever runs "
        f"{store_name}.",
    )


def signed_out() -> SignInNeededError:
    """Say that the token no longer works."""
    return SignInNeededError(
        "You are signed out", "Sign in again; the photos wait and go on by themselves."
    )


def _plain(value: object, limit: int) -> str:
    """Reduce a store's words to one line of printable text of bounded length."""
    text = value if isinstance(value, str) else ""
    text = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _signed_out(answer: Answer) -> StoreError:
    if problem_type(answer) == "wrong-credentials":
        return WrongCredentialsError(
            "E-mail and password don’t fit",
            "Check both; capitals count in the password.",
        )
    return signed_out()


def _blocked(answer: Answer) -> BlockedError:
    """Say no in the name of a firewall, or of a proxy that knows no way to the store just now.

    By the contract, neither 403 nor 404 is a store's word to an admin.
    """
    return BlockedError(
        "Refused on the way to the store",
        f"Something in between refuses it ({answer.status}). "
        "Ask whoever runs the store or its firewall.",
        retry_after(answer),
    )


def _busy(answer: Answer) -> BusyError:
    title, detail = problem(answer)
    wait = retry_after(answer)
    if answer.status == 460:
        return BusyError("It arrived damaged", "What arrived was dropped; it is sent again.", wait)
    if answer.status == 507:
        return BusyError(
            title or "The store is full",
            detail or "Ask whoever runs the store to make room.",
            wait or _STORE_FULL_PAUSE,
        )
    return BusyError(
        title or "The store is busy", detail or "It asks to wait a moment; nothing is lost.", wait
    )


def _failure(answer: Answer, completing: bool) -> StoreError:
    """Tell a store that says itself what is wrong with it from a proxy that stands in for it."""
    if answer.status in _GATEWAY and answer.kind != "application/problem+json":
        return _in_between(answer, completing)
    return _busy(answer) if answer.status == 503 else _broken(answer, completing)


def _in_between(answer: Answer, completing: bool) -> StoreError:
    """Say what an answer means that isn't in the store's own words."""
    if completing:
        # It may have been passed on, and only the answer is missing.
        return _broken(answer, completing)
    said = _busy(answer) if answer.status == 503 else _broken(answer, completing)
    return GatewayError(said.title, said.detail, retry_after(answer))


def _broken(answer: Answer, completing: bool) -> StoreError:
    if completing:
        return AmbiguousError(
            "The store broke down while it answered",
            "It may have arrived, so it is looked for in the store before it is sent again.",
        )
    return BusyError(
        "The store has a problem of its own",
        "It is tried again in a while; nothing is lost.",
        retry_after(answer),
    )


def _rejected(answer: Answer) -> RejectedError:
    title, detail = problem(answer)
    if answer.status == 413 and not title:
        return RejectedError("Too large for this store", "Send a smaller version of the photo.")
    return RejectedError(
        title or "The store refused it", detail or "It gave no reason. Ask whoever runs the store."
    )
