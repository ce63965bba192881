"""A network that swallows everything and answers nothing: cancelling and quitting stay quick."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item

PASSED = 200_000
"""Bytes of a connection that get through once it stalls: all of a sign-in, little of a photo."""


class Stalling:
    """Passes bytes on to a server; while `stalled`, it stops reading in the middle of a photo."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname, parts.port)
        self.stalled = threading.Event()
        self.reached = threading.Event()
        self._over = threading.Event()
        self._listener = socket.socket()
        # Small, so that a photo doesn't disappear into the system's buffers.
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            near, _ = self._listener.accept()
            if self._over.is_set():
                near.close()
                return
            far = socket.create_connection(self._target)
            self._open += [near, far]
            for way in ((near, far, True), (far, near, False)):
                thread = threading.Thread(target=self._pass, args=way)
                self._threads.append(thread)
                thread.start()

    def _pass(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while block := source.recv(8192):
                passed += len(block)
                if up and self.stalled.is_set() and passed > PASSED:
                    self.reached.set()
                    self._over.wait()
                    return
                sink.sendall(block)
        for sock in (source, sink):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._over.set()
        socket.create_connection(self._listener.getsockname()).close()
        for sock in self._open:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(20)
        for sock in (*self._open, self._listener):
            sock.close()


@pytest.fixture
def stalling() -> Iterator[Callable[[str], Stalling]]:
    made: list[Stalling] = []

    def make(target: str) -> Stalling:
        made.append(Stalling(target))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def large(tmp_path: Path) -> Callable[[int], list[Path]]:
    """Write photos of 12 MB that differ."""

    def make(count: int) -> list[Path]:
        paths = [tmp_path / f"large-{n}.png" for n in range(count)]
        for path in paths:
            noise = random.randbytes(2000 * 2000 * 3)
            Image.frombytes("RGB", (2000, 2000), noise).save(path, compress_level=0)
        return paths

    return make


def stall(person, companion, way, paths) -> None:
    """Sign in by `way` and get stuck in the middle of sending `paths`."""
    person.desk.sign_in(way.url, Credentials(*companion.admin), False, "test")
    with person.qtbot.waitSignal(person.desk.catalogue_loaded, timeout=30_000):
        pass
    person.add(*paths)
    way.stalled.set()
    person.send_all(f"Stalled {paths[0].name}")
    person.until(lambda: way.reached.is_set() and person.of(State.UPLOADING))


def test_a_stalled_photo_is_cancelled_at_once(person, companion, stalling, large) -> None:
    stall(person, companion, stalling(companion.url), large(1))
    [photo] = person.of(State.UPLOADING)
    person.desk.cancel([photo.id])
    # Far sooner than any time-out of the network would end it.
    person.until(lambda: person.desk.photo(photo.id).state is State.CANCELLED, 15)


def test_a_stalled_photo_leaves_the_list_when_removed(person, companion, stalling, large) -> None:
    stall(person, companion, stalling(companion.url), large(1))
    [photo] = person.of(State.UPLOADING)
    person.desk.remove([photo.id])
    person.until(lambda: not person.desk.photos(), 15)
    assert not person.desk._pulse.under_way, "nothing counts as being sent any more"


def test_quitting_while_everything_stalls_ends_all_work(
    make_desk, companion, stalling, large, tmp_path
) -> None:
    data = tmp_path / "data"
    person = make_desk(data)
    stall(person, companion, stalling(companion.url), large(3))
    person.desk.close()
    # The outbox was closed, so all threads had ended: another start may have it.
    again = make_desk(data)
    assert not again.of(State.UPLOADING)
    assert len(again.desk.photos()) == 3


def test_quitting_while_signing_in_to_a_silent_store(make_desk, tmp_path) -> None:
    data = tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        person = make_desk(data)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        person.desk.sign_in(address, Credentials("ines@shop.example", "x"), False)
        asked, _ = silent.accept()
        with asked:
            person.desk.close()
        make_desk(data)


def test_a_sign_in_that_is_given_up_keeps_nobody_waiting(person, companion) -> None:
    answers: list[object] = []
    desk = person.desk
    for signal in (desk.sign_in_succeeded, desk.sign_in_failed):
        signal.connect(answers.append)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        desk.sign_in(address, Credentials("ines@shop.example", "x"), False)
        asked, _ = silent.accept()
        with asked:
            desk.cancel_sign_in()
            person.sign_in(companion)
    assert [getattr(answer, "email", "failed") for answer in answers] == [companion.admin[0]]


def test_another_account_does_not_get_the_photos_of_the_one_before(
    person, companion, companion_of, stalling, large, tmp_path
) -> None:
    stall(person, companion, stalling(companion.url), large(2))
    [first, *_] = person.of(State.UPLOADING)
    with companion_of(tmp_path / "other") as other:
        person.sign_in(other, "other")
        outbox = person.desk._crew.outbox
        person.until(lambda: outbox.photo(first.id).state is State.WAITING)
        person.qtbot.wait(150)
        assert person.desk.photos() == []
        assert not person.desk._pulse.under_way
        person.desk.close()


def test_photos_dropped_while_signing_in_for_the_first_time_are_on_the_list(
    person, companion, photos
) -> None:
    crew = person.desk._crew
    add = crew.outbox.add

    def late(profile, paths, now):
        # The sign-in comes to its end in between.
        person.desk.sign_in(companion.url, Credentials(*companion.admin), False, "test")
        deadline = threading.Event()
        while crew.contact.service is None:
            deadline.wait(0.01)
        person.desk._crew.outbox.adopt("test")
        return add(profile, paths, now)

    crew.outbox.add = late
    person.desk.add(photos(2))
    person.until(lambda: len(person.of(State.READY)) == 2)
    crew.outbox.add = add
    assert {photo.profile for photo in person.desk.photos()} == {"test"}
    person.desk.choose_item([p.id for p in person.desk.photos()], Item("", "Dropped early"))
    person.desk.upload()
    person.until(lambda: len(person.of(State.LIVE)) == 2)
