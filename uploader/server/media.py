"""Hands out originals and styles. Their addresses never change their content."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from uploader.imaging.kinds import promised_by
from uploader.server.problems import not_found
from uploader.server.room import StorageAwayError
from uploader.server.trouble import passing

_ORIGINAL = "original."
_OURS = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z_.-]{0,99}")
"""A part of our addresses: no storage is asked for what its system refuses as a name."""
LASTING = "public, max-age=31536000, immutable"


def is_original(name: str) -> bool:
    """Tell an original's name from a style's."""
    return name.rpartition("/")[2].startswith(_ORIGINAL)


def picture(request: HttpRequest, picture: str, version: str, name: str) -> HttpResponseBase:
    """Answer with a stored file, or with 304 where the visitor has it."""
    # All three parts are names of ours; whatever else is asked for doesn't exist.
    if not all(map(_OURS.fullmatch, (picture, version, name))):
        return not_found()
    etag = f'"{picture}-{version}-{name}"'
    try:
        answer = _answer(request, f"{picture}/{version}/{name}", etag)
    except (FileNotFoundError, IsADirectoryError):
        return not_found()
    except StorageAwayError as error:
        away = passing(error)
        assert away is not None, "it passes"
        return away
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = LASTING
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _answer(request: HttpRequest, stored: str, etag: str) -> HttpResponseBase:
    known: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, response=HttpResponse()
    )
    if known is not None and known.status_code != 200:
        if not default_storage.exists(stored):
            raise FileNotFoundError(stored)
        return known
    file, length = _opened(stored)
    answer = FileResponse(
        file,
        # Not by the system's table, which may not know the younger kinds.
        content_type=promised_by(stored) or "application/octet-stream",
        # Whatever else it may be besides a picture: it is saved, never opened as a page.
        as_attachment=is_original(stored),
        filename=stored.rpartition("/")[2],
    )
    if length is not None:
        answer.headers["Content-Length"] = str(length)
    return answer


def _opened(stored: str) -> tuple[object, int | None]:
    """Give a file to read, and its length where nobody can see that from it."""
    if hasattr(default_storage, "stream"):
        return default_storage.stream(stored)  # type: ignore[no-any-return]
    return default_storage.open(stored), None
