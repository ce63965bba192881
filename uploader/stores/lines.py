"""The connections of one store: lent to a request, kept alive between two."""

from __future__ import annotations

import contextlib
import platform
import threading
from collections.abc import Iterator
from http.cookiejar import DefaultCookiePolicy
from typing import NamedTuple

import requests
from requests.auth import AuthBase

from uploader import __version__
from uploader.domain.errors import OfflineError
from uploader.stores.adapter import LineAdapter
from uploader.stores.line import Line


class Way(NamedTuple):
    """A line, and the session that sends over it."""

    line: Line
    session: requests.Session


class _NoAuth(AuthBase):
    """Keeps requests from taking a password out of a .netrc file over our own header."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Lines:
    """As many connections as there were requests at a time, whichever threads they came from.

    Thread-safe. Time-outs in seconds, as in `Line`.
    """

    def __init__(self, connect_timeout: float, read_timeout: float) -> None:
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._lock = threading.Lock()
        self._made: list[Way] = []
        self._free: list[Way] = []
        self._closed = False

    @contextlib.contextmanager
    def lent(self) -> Iterator[Way]:
        """Lend the one that was used last, most likely still connected; a new one if need be.

        Raises OfflineError after `close`.
        """
        with self._lock:
            if self._closed:
                raise OfflineError("Not connected", "The connection to the store was closed.")
            way = self._free.pop() if self._free else self._new()
        try:
            yield way
        finally:
            with self._lock:
                self._free.append(way)

    def close(self) -> None:
        """Cut what runs and close all connections; none is lent any more."""
        with self._lock:
            self._closed = True
            made, self._made = self._made, []
        for way in made:
            way.line.close()
            way.session.close()

    def _new(self) -> Way:
        line = Line(self._connect_timeout, self._read_timeout)
        session = requests.Session()
        session.auth = _NoAuth()
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = f"StoreUploader/{__version__} ({platform.system()})"
        session.headers["Accept"] = "application/json"
        for scheme in ("http://", "https://"):
            session.mount(scheme, LineAdapter(line))
        way = Way(line, session)
        self._made.append(way)
        return way
