"""HTTP for connectors: one session per thread, bounded answers, errors in the domain's terms."""

from __future__ import annotations

import json
import platform
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from uploader import __version__
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import OfflineError
from uploader.stores.adapter import BLOCK, LineAdapter
from uploader.stores.address import host_of
from uploader.stores.body import Body
from uploader.stores.line import Line
from uploader.stores.translate import something_else, translate

ANSWER_LIMIT = 8_000_000
"""Bytes; an answer of the contract is far smaller."""

_FAILURES = (requests.RequestException, HTTPError, OSError)
"""What requests and the libraries below it raise when a request has no whole answer."""

_REPEATABLE = frozenset({"GET", "HEAD", "DELETE"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. Header names are looked up in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = ""

    @property
    def kind(self) -> str:
        """The content's type, without parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def fields(self) -> dict[str, Any]:
        """The JSON object in the body; empty where there is none, whatever the type says."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class _Sent:
    """One request, as `Transport.request` was asked for it. Headers hold a secret: no repr."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    data: Mapping[str, Any] | Body | None = field(repr=False)
    patience: float
    limit: int


class _NoAuth(AuthBase):
    """Keeps requests from taking a password out of a .netrc file over our own header."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Transport:
    """Thread-safe. Time-outs in seconds; `verify` as requests takes it (True, a bundle's path).

    Follows no redirects and keeps no cookies: a token goes only where it was meant to.
    """

    def __init__(
        self,
        *,
        verify: bool | str = True,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
    ) -> None:
        self._verify = verify
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._lock = threading.Lock()
        # By thread number, not in threading.local: the threads of Qt's pool lose what is kept
        # there between two tasks, and a number that is used again only means a warm connection.
        self._sessions: dict[int, tuple[Line, requests.Session]] = {}
        self._closed = False

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        data: Mapping[str, Any] | Body | None = None,
        cancel: CancelToken | None = None,
        completing: bool = False,
        patience: float = 0.0,
        limit: int = ANSWER_LIMIT,
    ) -> Answer:
        """Send one request and read its whole answer, at most `limit` bytes.

        `completing`: the store has the whole photo once this body has left, so no answer
        after its last byte is an AmbiguousError. `patience` adds seconds to the read time-out
        (a long poll).
        Raises OfflineError, UntrustedError, AmbiguousError, CancelledError, and what `data`
        raises when it is read. Any status is an answer.
        """
        cancel = cancel or CancelToken()
        sent = _Sent(method, url, headers or {}, data, patience, limit)
        line, session = self._own()
        try:
            return self._exchange(line, session, sent, cancel)
        except _FAILURES as error:
            cancel.check()
            # A kept connection may have been closed by the store a moment ago.
            stale = not (line.fresh or line.is_cut) and not isinstance(error, requests.Timeout)
            if not (stale and method in _REPEATABLE):
                arrived = completing and isinstance(data, Body) and data.handed_over
                raise translate(error, host_of(url), arrived=arrived) from error
        try:
            return self._exchange(line, session, sent, cancel)
        except _FAILURES as error:
            cancel.check()
            raise translate(error, host_of(url), arrived=False) from error

    def close(self) -> None:
        """Cut what runs and close all connections. Requests from now on end with an error."""
        with self._lock:
            self._closed = True
            sessions, self._sessions = self._sessions, {}
        for line, session in sessions.values():
            line.close()
            session.close()

    def _own(self) -> tuple[Line, requests.Session]:
        """Give the calling thread's line and session, made on first use."""
        thread = threading.get_ident()
        with self._lock:
            if self._closed:
                raise OfflineError("Not connected", "The connection to the store was closed.")
            if thread not in self._sessions:
                self._sessions[thread] = self._make()
            return self._sessions[thread]

    def _make(self) -> tuple[Line, requests.Session]:
        line = Line(self._connect_timeout, self._read_timeout)
        session = requests.Session()
        session.auth = _NoAuth()
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = f"StoreUploader/{__version__} ({platform.system()})"
        session.headers["Accept"] = "application/json"
        for scheme in ("http://", "https://"):
            session.mount(scheme, LineAdapter(line))
        return line, session

    def _exchange(
        self, line: Line, session: requests.Session, sent: _Sent, cancel: CancelToken
    ) -> Answer:
        streamed = isinstance(sent.data, Body)
        with (
            line.exchange(cancel),
            session.request(
                sent.method,
                sent.url,
                headers=dict(sent.headers),
                data=sent.data if streamed else None,
                json=None if streamed else sent.data,
                timeout=(line.connect_timeout, line.patience + sent.patience),
                verify=self._verify,
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            body = _read(response, sent.limit)
            return Answer(response.status_code, response.headers, body, sent.url)


def _read(response: requests.Response, limit: int) -> bytes:
    """Read an answer's body, within bounds: a page without end isn't the store's."""
    body = bytearray()
    for block in response.iter_content(BLOCK):
        body += block
        if len(body) > limit:
            raise something_else(host_of(response.url))
    return bytes(body)
