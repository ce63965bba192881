"""A tus 1.0 client: resumable uploads in bounded pieces (https://tus.io/protocols).

Pieces, because a server behind a buffering proxy (or waitress itself) hands a request's body
over only when all of it is there: what a cut interrupts is lost, so it must be small.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    AmbiguousError,
    BusyError,
    OfflineError,
    StoreError,
    UntrustedError,
)
from uploader.stores.address import host_of, origin
from uploader.stores.body import Body
from uploader.stores.protocol import Report, Source
from uploader.stores.refusals import refusal, retry_after
from uploader.stores.translate import something_else
from uploader.stores.transport import Answer

PIECE = 4 * 1024 * 1024
"""Bytes per request. A photo up to this size goes in the one request that creates it."""

LARGEST = 8 * PIECE
"""Bytes per request that pieces grow to on a fast link: each costs a round trip of silence."""

QUICK = 2.0
"""Seconds within which a piece must go for the next to be twice as large: a cut costs little."""

_SETBACKS = 4
"""Interruptions without a byte of progress in between, after which the call gives up."""

_LOCKED = 423
"""Another request holds the upload: mostly one of ours, given up, that the store still reads."""

_FINISHED = 409
"""To a DELETE: nothing is under way any more, it is a picture."""

_PAUSE = 1.0
"""Seconds until a locked upload is asked for again; the store may name less."""

_GONE = frozenset({404, 410})
_PROBLEM = "application/problem+json"
_VERSION = {"Tus-Resumable": "1.0.0"}
_BYTES = {"Content-Type": "application/offset+octet-stream"}


class Send(Protocol):
    """Sends one request with the sign-in that the store asks for."""

    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        data: Body | None = None,
        cancel: CancelToken,
        completing: bool = False,
    ) -> Answer:
        """Give any status as an answer; raise as `Transport.request` does."""


class Refused(Protocol):
    """Says what an answer means that isn't a success."""

    def __call__(self, answer: Answer, *, completing: bool = False) -> StoreError:
        """Make the domain's error of it, as `refusal` does."""


class _InterruptedError(Exception):
    """Sending stopped at `reached` bytes for `problem`, and may go on in `pause` seconds."""

    def __init__(self, reached: int, problem: StoreError, pause: float = 0.0) -> None:
        super().__init__(str(problem))
        self.reached = reached
        self.problem = problem
        self.pause = pause


def metadata(values: Mapping[str, str]) -> str:
    """Encode `Upload-Metadata`: keys as they are, values as base64, empty ones left out."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode('utf-8', 'replace')).decode('ascii')}"
        for key, value in values.items()
        if value
    )


class Upload:
    """One photo on its way to `endpoint`; `size` and `piece` are in bytes.

    Without `piece`, pieces begin at `PIECE` and grow to `LARGEST` while they go quickly.

    `repeatable`: the reference in `meta` makes a second creation find the first. Without it,
    a call goes on only with the upload that it made, and a completing request of which the
    outcome isn't known is its last: AmbiguousError. The calls raise what `send` raises, and
    refusals as `refused` gives them.
    """

    def __init__(
        self,
        send: Send,
        endpoint: str,
        *,
        meta: Mapping[str, str],
        size: int,
        cancel: CancelToken,
        piece: int | None = None,
        repeatable: bool = True,
        refused: Refused = refusal,
    ) -> None:
        self._send = send
        self._refusal = refused
        self._endpoint = endpoint
        self._meta = metadata(meta)
        self._size = size
        self._cancel = cancel
        self._piece = piece or PIECE
        self._grows = piece is None
        self._repeatable = repeatable
        self.place = ""
        """Where the store keeps it, once that is known."""

    def run(self, source: Source, report: Report) -> Answer:
        """Send what the store doesn't have yet; return the answer that completed it.

        Goes on after an interruption, for one broken connection isn't a network that is
        gone: a repeated creation tells where the store stands, makes an upload that it has
        forgotten anew, and answers like the completing request where nothing is missing.
        """
        answer = self._begin(source, report)
        setbacks = 0
        while (offset := offset_of(answer)) < self._size:
            if answer.headers.get("Location") or not self.place:
                self.place = self.place_of(answer)
            try:
                return self._send_rest(self.place, offset, source, report)
            except _InterruptedError as stop:
                if self._grows:
                    self._piece = PIECE
                setbacks = 1 if stop.reached > offset else setbacks + 1
                if setbacks == _SETBACKS:
                    raise stop.problem from stop
                self._rest(stop.pause)
                answer = self.locate() if self._repeatable else self._ask_after()
        return answer

    def locate(self) -> Answer:
        """Create the upload, or learn where the one of this reference stands."""
        answer = self._unlocked(lambda: self._post(None))
        if answer.status not in (200, 201):
            raise self._refusal(answer)
        return answer

    def drop(self, place: str) -> bool:
        """Have the store forget an unfinished upload; one that is gone is fine.

        True where it is finished: what has arrived whole stays.
        """
        answer = self._unlocked(
            lambda: self._send("DELETE", place, headers=_VERSION, cancel=self._cancel)
        )
        if answer.status >= 300 and answer.status not in {*_GONE, _FINISHED}:
            raise self._refusal(answer)
        return answer.status == _FINISHED

    def place_of(self, answer: Answer) -> str:
        """Give the upload's address; never one on another host, as it is sent the token."""
        place = urljoin(self._endpoint, answer.headers.get("Location", ""))
        if not answer.headers.get("Location"):
            raise BusyError("The store’s answer makes no sense", "It is tried again in a while.")
        if origin(place) != origin(self._endpoint):
            # Behind a proxy, a server may take itself to be at http://, or at another name.
            place = origin(self._endpoint) + urlsplit(place).path
        return place

    def _ask_after(self) -> Answer:
        """Ask where the upload of this call stands; one that is gone was never complete."""
        answer = self._unlocked(
            lambda: self._send("HEAD", self.place, headers=_VERSION, cancel=self._cancel)
        )
        if answer.status in _GONE:
            return self.locate()
        if answer.status not in (200, 204):
            raise self._refusal(answer)
        return answer

    def _begin(self, source: Source, report: Report) -> Answer:
        """Create; a photo that fits into one piece goes along."""
        if self._size > self._piece:
            return self.locate()
        with source.open_at(0) as reader:
            body = Body(reader, 0, self._size, report)
            try:
                answer = self._post(body)
            except UntrustedError:
                raise
            except OfflineError:
                if not body.begun:
                    raise
                return self.locate()
        if answer.status == _LOCKED:
            return self.locate()
        if answer.status not in (200, 201):
            raise self._refused(answer)
        self._check_told(answer)
        return answer

    def _refused(self, answer: Answer) -> StoreError:
        """Say what an answer to a completing request means that isn't a success.

        Words that aren't the store's own come from somebody in between, who may have passed
        the photo on: that matters where it can't be repeated.
        """
        strange = answer.kind != _PROBLEM and (answer.status < 400 or answer.status >= 500)
        if strange and not self._repeatable:
            return _unconfirmed()
        return self._refusal(answer, completing=True)

    def _check_told(self, answer: Answer) -> None:
        """See that a success on a completing request is the store's own, and all of its head.

        Of a head that was cut, http.client gives what there is.
        """
        if not answer.headers.get("Upload-Offset"):
            raise _unconfirmed()

    def _post(self, body: Body | None) -> Answer:
        headers = {
            **_VERSION,
            "Upload-Length": str(self._size),
            "Upload-Metadata": self._meta,
            **(_BYTES if body else {}),
        }
        answer = self._send(
            "POST",
            self._endpoint,
            headers=headers,
            data=body,
            cancel=self._cancel,
            completing=body is not None,
        )
        # Where a photo can't be repeated, who answered its last byte may have passed it on.
        return _said_by_the_store(answer) if self._repeatable or body is None else answer

    def _unlocked(self, ask: Callable[[], Answer]) -> Answer:
        """Ask once more, a few times, while another request holds the upload."""
        for _ in range(_SETBACKS - 1):
            answer = ask()
            if answer.status != _LOCKED:
                return answer
            self._rest(_pause(answer))
        return ask()

    def _rest(self, seconds: float) -> None:
        if self._cancel.wait(seconds):
            self._cancel.check()

    def _send_rest(self, place: str, offset: int, source: Source, report: Report) -> Answer:
        """Send piece after piece from `offset`; return the last one's answer."""
        report(offset)
        with source.open_at(offset) as reader:
            while True:
                body = Body(reader, offset, min(self._piece, self._size - offset), report)
                began = time.monotonic()
                answer = self._patch(place, offset, body)
                reached = offset_of(answer)
                if offset + len(body) == self._size:
                    self._check_told(answer)
                if reached != offset + len(body):
                    raise _InterruptedError(reached, _confused())
                if reached == self._size:
                    return answer
                offset = reached
                if self._grows and time.monotonic() - began < QUICK:
                    self._piece = min(self._piece * 2, LARGEST)

    def _patch(self, place: str, offset: int, body: Body) -> Answer:
        completing = offset + len(body) == self._size
        headers = {**_VERSION, **_BYTES, "Upload-Offset": str(offset)}
        try:
            answer = self._send(
                "PATCH",
                place,
                headers=headers,
                data=body,
                cancel=self._cancel,
                completing=completing,
            )
            if self._repeatable or not completing:
                _said_by_the_store(answer)
        except UntrustedError:
            raise
        except OfflineError as error:
            raise _InterruptedError(offset, error) from error
        if answer.status == 409 or answer.status in _GONE:
            raise _InterruptedError(offset, _confused())
        if answer.status == _LOCKED:
            raise _InterruptedError(offset, self._refusal(answer), _pause(answer))
        if answer.status not in (200, 204):
            raise self._refused(answer) if completing else self._refusal(answer)
        return answer


def offset_of(answer: Answer) -> int:
    """Read `Upload-Offset`, in bytes; nonsense counts as nothing."""
    text = answer.headers.get("Upload-Offset", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _pause(locked: Answer) -> float:
    asked = retry_after(locked)
    return _PAUSE if asked is None else min(asked, _PAUSE)


def _unconfirmed() -> AmbiguousError:
    return AmbiguousError(
        "The store’s answer makes no sense",
        "It may have arrived, so it is looked for in the store before it is sent again.",
    )


def _said_by_the_store(answer: Answer) -> Answer:
    """Give the answer, unless it is a page: a network's sign-in page takes every request."""
    # Frameworks call an empty body text/html too.
    page = answer.kind == "text/html" and answer.body and "Tus-Resumable" not in answer.headers
    if 200 <= answer.status < 300 and page:
        raise something_else(host_of(answer.url))
    return answer


def _confused() -> BusyError:
    return BusyError("The store lost track of it", "It is sent again in a while.")
