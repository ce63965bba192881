"""One request and its answer on their way through the proxy, with or without a fault."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from inflict import (
    Answer,
    BreakTls,
    CutDown,
    CutUp,
    Delay,
    DropAnswer,
    Fault,
    Gibberish,
    Limit,
    Portal,
    Refuse,
    Request,
    Stall,
    StallAnswer,
)
from wire import Gone, Head, Line, Pace, answer_body, request_body

GARBAGE = b"\x00\xffneither this nor that\r\n" * 4

PAGE = """<!DOCTYPE html>
<html><head><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""


class Exchange:
    """Runs in the proxy's loop. `status` is the answer's, 0 as long as there is none.

    `note` is called once the fault is really inflicted. `run` raises Gone where the connection
    can't be used any more.
    """

    def __init__(
        self,
        request: Request,
        head: Head,
        near: Line,
        far: Callable[[], Awaitable[Line]],
        note: Callable[[Fault], None],
        *,
        pace: Pace,
        behind_tls: bool,
    ) -> None:
        self.status = 0
        self._heard_all = False
        self._request = request
        self._head = head
        self._near = near
        self._connect = far
        self._note = note
        self._pace = pace
        self._behind_tls = behind_tls

    async def run(self, fault: Fault | None) -> None:
        """Pass the request on, or do to it what `fault` says."""
        match fault:
            case None:
                await self._pass()
            case Delay() | Limit():
                self._note(fault)
                await asyncio.sleep(fault.seconds if isinstance(fault, Delay) else 0)
                await self._pass()
            case CutUp() | CutDown() | StallAnswer() | DropAnswer():
                await self._pass(fault)
            case Answer() | Portal():
                await self._answer(fault)
            case _:
                await self._break(fault)

    # ---- in the server's place
    async def _break(self, fault: Fault) -> None:
        """Leave the client without an answer, and the server without a request."""
        self._note(fault)
        match fault:
            case Stall(seconds=seconds):
                await self._hold(seconds)
            case Gibberish():
                await self._drink()
                await self._near.send(GARBAGE)
                self._near.close()
                raise Gone
            case BreakTls():
                await self._drink()
                self._near.raw(GARBAGE)
                # No reset behind it: that would throw away what the client hasn't read yet.
                raise Gone
            case Refuse():
                pass
            case _:
                raise TypeError(f"not a fault: {fault!r}")
        self._near.reset()
        raise Gone

    async def _answer(self, fault: Answer | Portal) -> None:
        """Answer once the whole request was heard, so that the client sees it."""
        await self._drink()
        self._note(fault)
        status, kind, body, more = _words_of(fault)
        self.status = status
        lines = [
            f"HTTP/1.1 {status} {_phrase(status)}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            *more,
        ]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        await self._near.send(head if self._request.method == "HEAD" else head + body)

    async def _drink(self) -> None:
        async for _ in request_body(self._near, self._head, Pace(None)):
            pass

    # ---- through to the server
    async def _pass(self, fault: Fault | None = None) -> None:
        """Send the request up and the answer down, both at once: a server may answer early."""
        far = await self._connect()
        up = asyncio.create_task(self._up(far, fault if isinstance(fault, CutUp) else None))
        try:
            await self._down(far, fault)
            if not self._heard_all:
                # Answered before it had heard all: the rest belongs to nobody.
                raise Gone
        finally:
            up.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await up

    async def _up(self, far: Line, cut: CutUp | None) -> None:
        passed = 0
        try:
            await self._send_up(far, self._head_for_server())
            if cut and not cut.after:
                return self._cut(far, cut)
            async for block in request_body(self._near, self._head, self._pace):
                part = block[: cut.after - passed] if cut else block
                await self._send_up(far, part)
                passed += len(part)
                if cut and passed == cut.after:
                    return self._cut(far, cut)
        except Gone:
            far.close()
            return None
        self._heard_all = True
        # From here on it waits for the answer; whoever leaves meanwhile is left.
        await self._near.left.wait()
        far.close()
        return None

    async def _send_up(self, far: Line, block: bytes) -> None:
        # A server that hears no more may have answered: what comes down decides.
        with contextlib.suppress(Gone):
            await far.send(block)

    def _cut(self, far: Line, fault: Fault) -> None:
        self._note(fault)
        self._near.reset()
        far.close()

    async def _down(self, far: Line, fault: Fault | None) -> None:
        head = await self._answer_head(far)
        self.status = head.status
        match fault:
            case StallAnswer(seconds=seconds):
                self._note(fault)
                await self._hold(seconds)
                self._near.reset()
                raise Gone
            case DropAnswer():
                async for _ in answer_body(far, self._request.method, head, Pace(None)):
                    pass
                self._note(fault)
                self._near.close()
                raise Gone
        left = fault.after if isinstance(fault, CutDown) else None
        left = await self._send_down(head.raw, fault, left)
        async for block in answer_body(far, self._request.method, head, self._pace):
            left = await self._send_down(block, fault, left)
        if head.closes or self._head.closes:
            raise Gone

    async def _send_down(self, block: bytes, fault: Fault | None, left: int | None) -> int | None:
        """Send as much as may go down; give how much may still."""
        if left is None or fault is None:
            await self._near.send(block)
            return None
        await self._near.send(block[:left])
        if len(block) >= left:
            self._note(fault)
            self._near.close()
            raise Gone
        return left - len(block)

    async def _answer_head(self, far: Line) -> Head:
        """Read the answer's head; what comes before (100 Continue) goes through."""
        while (head := await far.head()).status < 200:
            await self._near.send(head.raw)
        return head

    def _head_for_server(self) -> bytes:
        if not self._behind_tls:
            return self._head.raw
        return self._head.raw.removesuffix(b"\r\n") + b"X-Forwarded-Proto: https\r\n\r\n"

    async def _hold(self, seconds: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._near.left.wait(), seconds)


def _words_of(fault: Answer | Portal) -> tuple[int, str, bytes, list[str]]:
    """Give status, type, body and further header lines of an answer of the proxy's own."""
    if isinstance(fault, Portal):
        page = PAGE.format(title="Harbour Hotel", text="Sign in to use this network.")
        return 200, "text/html; charset=utf-8", page.encode(), ["Cache-Control: no-store"]
    more = [] if fault.retry_after is None else [f"Retry-After: {fault.retry_after}"]
    if fault.html:
        page = PAGE.format(title=f"{fault.status} {_phrase(fault.status)}", text="nginx")
        return fault.status, "text/html", page.encode(), more
    # No title and no detail: what the person reads are then the app's own words.
    problem = json.dumps({"type": "about:blank", "status": fault.status}).encode()
    return fault.status, "application/problem+json", problem, more


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
