"""Expectations that say what they saw. All raise FailedError."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from requests import Response

from uploader.server.conformance.check import FailedError

PROBLEM = "application/problem+json"


def said(answer: Response) -> str:
    """Name an answer: ``PATCH /api/v1/uploads/… answered 204``."""
    path = urlsplit(answer.request.url or "").path
    text = f"{answer.request.method} {path} answered {answer.status_code}"
    return f"{text} ({kind_of_problem(answer)})" if kind_of_problem(answer) else text


def that(condition: object, sentence: str) -> None:
    """Expect something to be true."""
    if not condition:
        raise FailedError(sentence)


def status(answer: Response, *wanted: int) -> None:
    """Expect one of these statuses."""
    that(
        answer.status_code in wanted,
        f"Expected {' or '.join(map(str, wanted))}; {said(answer)}.",
    )


def problem(answer: Response, wanted: int, *types: str) -> dict[str, Any]:
    """Expect a problem (RFC 9457) of this status, and of one of these types where some are named.

    An answer to HEAD has no body to look at.
    """
    that(
        answer.status_code == wanted,
        f"Expected {wanted} {' or '.join(types)}; {said(answer)}.",
    )
    if answer.request.method == "HEAD":
        return {}
    that(kind(answer) == PROBLEM, f"Expected {PROBLEM}, not {kind(answer)}; {said(answer)}.")
    body = fields(answer, type=str, title=str, status=int, detail=str)
    that(
        not types or kind_of_problem(answer) in types,
        f"Expected the type /problems/{' or '.join(types)}, not {body['type']}; {said(answer)}.",
    )
    that(body["status"] == wanted, f"The body says status {body['status']}; {said(answer)}.")
    that(body["title"].strip(), f"Expected a title that a person can read; {said(answer)}.")
    return body


def header(answer: Response, name: str) -> str:
    """Expect a header; give its value."""
    that(name in answer.headers, f"Expected the header {name}; {said(answer)} without it.")
    return answer.headers[name]


def number(answer: Response, name: str) -> int:
    """Expect a header that holds a whole number."""
    text = header(answer, name)
    that(text.isascii() and text.isdigit(), f"{name} must be a whole number, not {text!r}.")
    return int(text)


def offset(answer: Response, wanted: int) -> None:
    """Expect `Upload-Offset` to say this."""
    at = number(answer, "Upload-Offset")
    that(at == wanted, f"Expected Upload-Offset {wanted}, not {at}; {said(answer)}.")


def fields(answer: Response, **wanted: type | tuple[type, ...]) -> dict[str, Any]:
    """Expect a JSON object with fields of these types; give it."""
    return having(body(answer), said(answer), **wanted)


def body(answer: Response) -> Any:  # noqa: ANN401 - JSON
    """Expect JSON; give it."""
    try:
        return answer.json()
    except ValueError:
        raise FailedError(f"Expected JSON; {said(answer)} with {answer.text[:60]!r}.") from None


def having(value: object, where: str, **wanted: type | tuple[type, ...]) -> dict[str, Any]:
    """Expect an object with fields of these types; `where` tells which it is."""
    if not isinstance(value, dict):
        raise FailedError(f"Expected a JSON object; {where} with {type(value).__name__}.")
    for name, types in wanted.items():
        that(name in value, f"Expected the field “{name}”; {where} without it.")
        fits = isinstance(value[name], types)
        truth = isinstance(value[name], bool) and types is not bool
        that(fits and not truth, f"The field “{name}” is {value[name]!r}; {where}.")
    return value


def uncached(answer: Response) -> None:
    """Expect an answer that nobody may keep."""
    control = header(answer, "Cache-Control")
    that("no-store" in control, f"Expected Cache-Control: no-store, not {control}.")


def kind(answer: Response) -> str:
    """Give the content's type, without parameters."""
    return answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def kind_of_problem(answer: Response) -> str:
    """Give the last part of a problem's type; empty where the answer is none."""
    if kind(answer) != PROBLEM or not answer.content:
        return ""
    try:
        return str(answer.json().get("type", "")).rpartition("/")[2]
    except (ValueError, AttributeError):
        return ""
