"""HTTP for connectors: kept connections, bounded answers, errors in the domain's terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from uploader.domain.cancel import CancelToken
from uploader.domain.preferences import Network
from uploader.stores.adapter import BLOCK
from uploader.stores.address import host_of
from uploader.stores.body import Body
from uploader.stores.line import Line
from uploader.stores.lines import Lines, Way
from uploader.stores.network import proxies_for
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


class Transport:
    """Thread-safe. Time-outs in seconds; `verify` as requests takes it (True, a bundle's path).

    Follows no redirects and keeps no cookies: a token goes only where it was meant to.
    """

    def __init__(
        self,
        *,
        verify: bool | str = True,
        network: Network | None = None,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
    ) -> None:
        self._verify = verify
        self._network = network or Network()
        self._lines = Lines(connect_timeout, read_timeout)

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
        with self._lines.lent() as way:
            try:
                return self._exchange(way, sent, cancel)
            except _FAILURES as error:
                cancel.check()
                if not (_stale(way.line, error) and method in _REPEATABLE):
                    arrived = completing and isinstance(data, Body) and data.handed_over
                    raise translate(error, host_of(url), arrived=arrived) from error
            try:
                return self._exchange(way, sent, cancel)
            except _FAILURES as error:
                cancel.check()
                raise translate(error, host_of(url), arrived=False) from error

    def close(self) -> None:
        """Cut what runs and close all connections. Requests from now on end with an error."""
        self._lines.close()

    def _exchange(self, way: Way, sent: _Sent, cancel: CancelToken) -> Answer:
        line, session = way
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
                proxies=proxies_for(self._network, sent.url),
                allow_redirects=False,
                stream=True,
            ) as response,
        ):
            body = _read(response, sent.limit)
            return Answer(response.status_code, response.headers, body, sent.url)


def _stale(line: Line, error: Exception) -> bool:
    """Whether a kept connection failed that the store may have closed a moment ago."""
    return not (line.fresh or line.is_cut) and not isinstance(error, requests.Timeout)


def _read(response: requests.Response, limit: int) -> bytes:
    """Read an answer's body, within bounds: a page without end isn't the store's."""
    body = bytearray()
    for block in response.iter_content(BLOCK):
        body += block
        if len(body) > limit:
            raise something_else(host_of(response.url))
    return bytes(body)
