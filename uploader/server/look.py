"""The style sheet of our own pages. It is for everybody, as the page to sign in is."""

from __future__ import annotations

import hashlib
from importlib import resources

from django.http import HttpRequest, HttpResponse

_CSS = (resources.files("uploader.server") / "store/static/store/store.css").read_bytes()
VERSION = hashlib.sha256(_CSS).hexdigest()[:12]
"""Stands in its address, so that browsers may keep it for good."""


def style_sheet(_request: HttpRequest) -> HttpResponse:
    """Answer with the style sheet."""
    lasting = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(_CSS, content_type="text/css; charset=utf-8", headers=lasting)


def look(_request: HttpRequest) -> dict[str, str]:
    """Tell templates the style sheet's address."""
    return {"style_sheet": f"/store.css?v={VERSION}"}
