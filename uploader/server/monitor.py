"""The monitor's address. Django's own pages show the images and their jobs."""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest, HttpResponseRedirect


def jobs(_request: HttpRequest) -> HttpResponseRedirect:
    """Lead to the images in processing; the jobs behind them are listed one page further."""
    return HttpResponseRedirect("/admin/store/itemimage/")


def raising_not_found(_request: HttpRequest, *_: object) -> NoReturn:
    """Take Django's own sign-in page away: there is one way in, and it is throttled."""
    raise Http404
