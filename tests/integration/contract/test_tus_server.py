"""Our tus client uploads to npm's @tus/server, which knows nothing of our references."""

from __future__ import annotations

import io
import os
import random
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import BusyError
from uploader.stores.api import Api
from uploader.stores.transport import Transport
from uploader.stores.tus import Upload, offset_of

PIECE = 64 * 1024
DATA = random.Random(3).randbytes(5 * PIECE + 17)


class Bytes:
    """A source in memory."""

    size = len(DATA)

    def open_at(self, offset: int) -> io.BytesIO:
        return io.BytesIO(DATA[offset:])


@pytest.fixture
def peer(node: Any, tmp_path: Path) -> Callable[..., Any]:
    """Run @tus/server over `tmp_path`: ``with peer(expiry) as address``."""

    @contextmanager
    def run(expiry: int = 0) -> Iterator[str]:
        server = subprocess.Popen(
            node("serve.mjs", str(tmp_path), str(expiry)),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ},
        )  # fmt: skip
        assert server.stdin and server.stdout
        try:
            address = server.stdout.readline().strip()
            assert address.startswith("http://"), "the peer didn't start"
            yield address
        finally:
            server.stdin.close()
            server.stdout.close()
            try:
                server.wait(20)
            finally:
                server.kill()
                server.wait()

    return run


@pytest.fixture
def upload_to() -> Iterator[Callable[..., Upload]]:
    transports: list[Transport] = []

    def make(address: str, piece: int | None = PIECE) -> Upload:
        transports.append(Transport())
        return Upload(
            Api(transports[-1], address).send,
            f"{address}/files",
            meta={"filename": "Lämpchen.jpg", "reference": "6a1e1b9c"},
            size=len(DATA),
            cancel=CancelToken(),
            piece=piece,
            repeatable=False,
        )

    yield make
    for transport in transports:
        transport.close()


def kept(folder: Path) -> list[Path]:
    """Give the files that the server keeps, without its notes about them."""
    return [file for file in folder.iterdir() if file.suffix != ".json"]


def ignore(_sent: int) -> None:
    """A report that nobody wants."""


def test_creation_with_the_whole_photo(peer: Any, upload_to: Any, tmp_path: Path) -> None:
    with peer() as address:
        answer = upload_to(address, piece=None).run(Bytes(), ignore)
        assert (answer.status, offset_of(answer)) == (201, len(DATA))
        (file,) = kept(tmp_path)
        assert file.read_bytes() == DATA


def test_creation_and_pieces(peer: Any, upload_to: Any, tmp_path: Path) -> None:
    with peer() as address:
        reports: list[int] = []
        answer = upload_to(address).run(Bytes(), reports.append)
        assert (answer.status, offset_of(answer)) == (204, len(DATA))
        (file,) = kept(tmp_path)
        assert file.read_bytes() == DATA
        assert reports == sorted(reports)


def test_a_cut_costs_no_second_upload(
    peer: Any, upload_to: Any, proxy: Any, tmp_path: Path
) -> None:
    """Of a piece that was cut this server keeps what came; the client asks where it stands."""
    with peer() as address:
        way = proxy(address)
        way.cut_after = 2 * PIECE + PIECE // 2
        answer = upload_to(way.url).run(Bytes(), ignore)
        assert way.cuts == 1
        assert offset_of(answer) == len(DATA)
        (file,) = kept(tmp_path)
        assert file.read_bytes() == DATA


def test_an_answer_that_is_lost_is_asked_for(
    peer: Any, upload_to: Any, proxy: Any, tmp_path: Path
) -> None:
    with peer() as address:
        way = proxy(address)
        answers: list[bytes] = []

        def second_part(said: bytes) -> bool:
            answers.append(said)
            return len(answers) == 3

        way.swallow = second_part
        upload_to(way.url).run(Bytes(), ignore)
        assert way.cuts == 1
        (file,) = kept(tmp_path)
        assert file.read_bytes() == DATA


def test_an_upload_that_is_gone_begins_anew(peer: Any, upload_to: Any, tmp_path: Path) -> None:
    with peer() as address:
        upload = upload_to(address)
        dropped: list[str] = []

        def drop_once(sent: int) -> None:
            if sent >= 2 * PIECE and not dropped:
                dropped.append(upload.place)
                for file in tmp_path.iterdir():
                    file.unlink()

        try:
            answer = upload.run(Bytes(), drop_once)
        except BusyError:
            # The peer was at a piece just then, and calls it a problem of its own.
            answer = upload.run(Bytes(), drop_once)
        assert offset_of(answer) == len(DATA)
        assert upload.place not in ("", dropped[0])
        assert DATA in [file.read_bytes() for file in kept(tmp_path)]


def test_one_that_always_expires_ends_with_a_reason(peer: Any, upload_to: Any) -> None:
    with peer(expiry=1) as address, pytest.raises(BusyError):
        upload_to(address).run(Bytes(), ignore)


def test_termination(peer: Any, upload_to: Any, tmp_path: Path) -> None:
    with peer() as address:
        upload = upload_to(address)
        place = upload.place_of(upload.locate())
        assert kept(tmp_path)
        upload.drop(place)
        assert not kept(tmp_path)
        upload.drop(place)  # what is gone is fine
