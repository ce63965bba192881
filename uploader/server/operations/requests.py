"""Each request has an id, a line in the log, and its time among the metrics."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from uploader.server.operations.context import noted, noting
from uploader.server.operations.counting import count
from uploader.server.operations.logs import EXTRA

log = logging.getLogger("uploader.server.requests")

ID = "X-Request-ID"
_SAFE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NO_ROUTE = "-"
_TOLD = (503, 507)
"""Troubles that pass: who met them has told why. Django would add an error, with the address."""


class Requests:
    """Middleware, behind `Proxies`: that leaves an id only where a trusted proxy gave it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the id, whatever the answer is."""
        given = request.headers.get(ID, "")
        name = given if _SAFE.fullmatch(given) else uuid.uuid4().hex
        began = time.monotonic()
        with noting(request=name):
            answer = self._get_response(request)
            answer.headers[ID] = name
            if answer.status_code in _TOLD:
                answer._has_been_logged = True  # type: ignore[attr-defined]
            _tell(request, answer, time.monotonic() - began)
        return answer


def _tell(request: HttpRequest, answer: HttpResponseBase, seconds: float) -> None:
    # The route, never the address: what stands in an address or behind it isn't ours to keep.
    route = f"/{request.resolver_match.route}" if request.resolver_match else _NO_ROUTE
    method, status = request.method or "", answer.status_code
    count(method, route, status, seconds)
    if not log.isEnabledFor(logging.INFO):
        return
    length = answer.headers.get("Content-Length")
    if length is None and isinstance(answer, HttpResponse):
        length = str(len(answer.content))
    fields = {
        "method": method,
        "route": route,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "bytes": int(length) if length else None,
    }
    who = f" by {noted()['user']}" if "user" in noted() else ""
    log.info("%s %s %s in %s ms, %s bytes%s", *fields.values(), who, extra={EXTRA: fields})
