from __future__ import annotations

import json
import time
from email.utils import formatdate

import pytest
from requests.structures import CaseInsensitiveDict

from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    BusyError,
    GatewayError,
    NotAnAdminError,
    RejectedError,
    SignInNeededError,
    StrangerError,
    WrongCredentialsError,
)
from uploader.stores.refusals import refusal, retry_after
from uploader.stores.transport import Answer


def answer(status, problem=None, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"<html>" if problem is None else json.dumps(problem).encode()
    return Answer(status, CaseInsensitiveDict(named), body, "https://x.shop/api/v1/uploads")


@pytest.mark.parametrize(
    ("status", "completing", "kind"),
    [
        (302, False, StrangerError),
        (400, False, RejectedError),
        (401, False, SignInNeededError),
        (403, False, BlockedError),
        (403, True, BlockedError),
        (404, True, BlockedError),
        (408, True, BusyError),
        (413, True, RejectedError),
        (422, True, RejectedError),
        (423, True, BusyError),
        (429, True, BusyError),
        (460, True, BusyError),
        (500, False, BusyError),
        (500, True, AmbiguousError),
        (502, True, AmbiguousError),
        (502, False, GatewayError),
        (503, False, GatewayError),
        (503, True, AmbiguousError),
        (504, False, GatewayError),
        (522, False, GatewayError),
        (522, True, AmbiguousError),
        (504, True, AmbiguousError),
        (507, True, BusyError),
    ],
)
def test_kinds_by_status(status, completing, kind):
    error = refusal(answer(status), completing=completing)
    assert type(error) is kind
    assert error.title
    assert error.detail.endswith(".")


def test_the_store_s_own_words_are_shown_short_and_plain():
    problem = {"title": "Not\x1b[31m a\nphoto", "detail": "x" * 5000}
    error = refusal(answer(422, problem))
    assert error.title == "Not [31m a photo"
    assert len(error.detail) == 400
    assert error.detail.endswith("…")
    assert refusal(answer(422, {"title": 7})).title == "The store refused it"


@pytest.mark.parametrize(("status", "kind"), [(502, BusyError), (503, BusyError)])
def test_a_store_that_says_so_itself_is_no_proxy(status, kind):
    said = answer(status, {"title": "Busy"}, Content_Type="application/problem+json")
    assert type(refusal(said)) is kind
    assert type(refusal(said, completing=True)) is (AmbiguousError if status == 502 else kind)


def test_wrong_credentials_are_told_by_the_problem_s_type():
    problem = {"type": "/problems/wrong-credentials"}
    assert type(refusal(answer(401, problem))) is WrongCredentialsError


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/plain", "application/json"])
def test_who_forbids_is_not_the_store(kind):
    error = refusal(answer(403, {"message": "Forbidden"}, Content_Type=kind, Retry_After="9"))
    assert type(error) is BlockedError
    assert "refuses it (403)" in error.detail
    assert error.retry_after == 9


def test_no_admin_is_told_by_the_problem_s_type():
    assert type(refusal(answer(403, {"type": "/problems/not-an-admin"}))) is NotAnAdminError


def test_a_full_store_is_asked_again_later():
    error = refusal(answer(507, {"title": "The store is full", "detail": "Make room."}))
    assert (error.title, error.detail) == ("The store is full", "Make room.")
    assert error.retry_after == 300
    assert refusal(answer(507, Retry_After="5")).retry_after == 5


@pytest.mark.parametrize("text", ["", "soon", "-5", "Mon, 99 Foo 2026", "²"])
def test_no_time_named(text):
    assert retry_after(answer(503, Retry_After=text)) is None


def test_times_named():
    assert retry_after(answer(503, Retry_After="120")) == 120
    assert retry_after(answer(503, Retry_After=formatdate(0, usegmt=True))) == 0
    later = retry_after(answer(503, Retry_After=formatdate(time.time() + 3600, usegmt=True)))
    assert 3000 < later <= 3600
