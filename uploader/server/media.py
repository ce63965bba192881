"""Hands out originals and styles. Their addresses never change their content."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from uploader.imaging.kinds import promised_by
from uploader.server.problems import not_found

_ORIGINAL = "original."
_LASTING = "public, max-age=31536000, immutable"


def picture(request: HttpRequest, picture: str, version: str, name: str) -> HttpResponseBase:
    """Answer with a stored file, or with 304 where the visitor has it."""
    stored = f"{picture}/{version}/{name}"
    # All three parts are names of ours; whatever else is asked for doesn't exist.
    if name.startswith(".") or "\\" in name or not default_storage.exists(stored):
        return not_found()
    etag = f'"{picture}-{version}-{name}"'
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, response=HttpResponse()
    )
    if answer is None or answer.status_code == 200:
        # Not by the system's table, which may not know the younger kinds.
        kind = promised_by(name) or "application/octet-stream"
        answer = FileResponse(
            default_storage.open(stored),
            content_type=kind,
            # Whatever else it may be besides a picture: it is saved, never opened as a page.
            as_attachment=name.startswith(_ORIGINAL),
            filename=name,
        )
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = _LASTING
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
