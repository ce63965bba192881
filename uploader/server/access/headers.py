"""Headers that every answer carries, and answers to HEAD, which are nothing else."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

_POLICY = (
    "default-src 'none'; img-src 'self' data:{elsewhere}; style-src 'self' 'unsafe-inline'; "
    "script-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_NEVER = ("camera", "geolocation", "microphone", "payment", "usb")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _NEVER),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SecurityHeaders:
    """Middleware. What a view has set stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        address = urlsplit(settings.STORE_PICTURES.public_url)
        elsewhere = f" {address.scheme}://{address.netloc}" if address.netloc else ""
        policy = _POLICY.format(elsewhere=elsewhere)
        self._headers = {"Content-Security-Policy": policy, **_HEADERS}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is missing; answers that have no word on caching aren't cached."""
        answer = self._get_response(request)
        for name, value in self._headers.items():
            answer.headers.setdefault(name, value)
        return _bare(answer) if request.method == "HEAD" else answer


def _bare(answer: HttpResponseBase) -> HttpResponse:
    """Take the body away and leave its length: neither Django nor waitress does."""
    bare = HttpResponse(status=answer.status_code, headers=dict(answer.headers))
    bare.cookies = answer.cookies
    answer.close()
    return bare
