"""Errors as `application/problem+json` (RFC 9457): a few words and a sentence for a person."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

KIND = "application/problem+json"


class ProblemError(Exception):
    """Ends a request with a problem. `name` is the last part of its type."""

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.name = name
        self.title = title
        self.detail = detail
        self.headers = headers or {}

    def response(self, **fields: object) -> HttpResponse:
        """Make the answer, with fields of its own where a problem has some."""
        return problem(self.status, self.name, self.title, self.detail, self.headers, **fields)


def problem(
    status: int,
    name: str,
    title: str,
    detail: str = "",
    headers: dict[str, str] | None = None,
    **fields: object,
) -> HttpResponse:
    """Make one problem's answer."""
    body: dict[str, object] = {
        "type": f"/problems/{name}",
        "title": title,
        "status": status,
        "detail": detail,
    }
    return JsonResponse({**body, **fields}, status=status, content_type=KIND, headers=headers)


def not_found(
    request: HttpRequest | None = None,  # noqa: ARG001 - Django's signature
    exception: Exception | None = None,  # noqa: ARG001
) -> HttpResponse:
    """Answer for every address that doesn't exist, or doesn't for whoever asks.

    The gate has looked at the cookie by then, a public route that finds nothing hasn't: both
    say so, to be alike.
    """
    vary = {"Vary": "Cookie"}
    return problem(404, "not-found", "Not found", "There is nothing at this address.", vary)


def bad_request(
    request: HttpRequest,  # noqa: ARG001 - Django's signature
    exception: Exception | None = None,  # noqa: ARG001
) -> HttpResponse:
    """Answer a request that can't be understood."""
    return problem(400, "bad-request", "Not understood", "The request can't be understood.")


def forbidden(
    request: HttpRequest,  # noqa: ARG001 - Django's signature
    exception: Exception | None = None,  # noqa: ARG001
) -> HttpResponse:
    """Answer a form that was not sent from our own page."""
    return problem(403, "forbidden", "Not allowed", "Reload the page and try again.")


def server_error(_request: HttpRequest | None = None) -> HttpResponse:
    """Answer after a bug of ours; the log has it."""
    return problem(
        500, "server-error", "The store had a problem", "It has been noted. Try again in a while."
    )
