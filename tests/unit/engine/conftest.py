"""A store in memory whose every answer can be scripted, and photos to send to it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from PIL import Image

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import RejectedError
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import (
    Account,
    Capabilities,
    Credentials,
    Item,
    Page,
    RemotePhoto,
    RemoteState,
)
from uploader.engine.backoff import Backoff
from uploader.engine.fingerprint import fingerprint
from uploader.engine.reconcile import Reconcile
from uploader.engine.settle import Settle
from uploader.engine.upload import UploadOne
from uploader.outbox import Outbox
from uploader.stores.protocol import Report, Source

LAMP = Item("12", "Terracotta lamp", "HP-2041")
URLS = {"thumb": "https://shop/thumb", "square": "https://shop/square"}


class Clock:
    """A time that tests move."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeStore:
    """Implements `uploader.stores.protocol.Store` in memory.

    `faults[method]` is a list: each call takes the first entry; an exception is raised, a
    callable is called with the call's arguments, None lets the call through.
    """

    capabilities: Capabilities = field(
        default_factory=lambda: Capabilities(resumable=True, idempotent=True, batch_status=True)
    )
    faults: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))
    images: dict[str, RemotePhoto] = field(default_factory=dict)
    received: dict[str, bytes] = field(default_factory=dict)
    derivatives: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    state: RemoteState = RemoteState.PROCESSING
    block: int = 1000

    def _call(self, method: str, *args: object) -> None:
        self.calls.append(method)
        if self.faults[method]:
            fault = self.faults[method].pop(0)
            if isinstance(fault, BaseException):
                raise fault
            if callable(fault):
                fault(*args)

    def upload(
        self, photo: Photo, source: Source, report: Report, cancel: CancelToken
    ) -> RemotePhoto:
        """Take the bytes block by block; the fault `block` strikes after each."""
        self._call("upload", photo)
        received = bytearray(self.received.get(photo.reference, b""))
        with source.open_at(len(received)) as stream:
            while block := stream.read(self.block):
                cancel.check()
                received += block
                self.received[photo.reference] = bytes(received)
                report(len(received))
                self._call("block", photo)
        return self.store(photo)

    def store(self, photo: Photo) -> RemotePhoto:
        """Have a photo, as if it had arrived."""
        number = str(100 + len(self.images))
        remote = RemotePhoto(
            number, self.state, photo.reference, poll_address=f"c{number}", urls=URLS
        )
        return self.images.setdefault(photo.reference, remote)

    def set(self, photo: Photo, state: RemoteState, **changes: object) -> RemotePhoto:
        """Change what the store says of a photo."""
        remote = replace(self.images[photo.reference], state=state, **changes)  # type: ignore[arg-type]
        self.images[photo.reference] = remote
        return remote

    def find(self, photo: Photo, cancel: CancelToken) -> RemotePhoto | None:
        self._call("find", photo, cancel)
        return self.images.get(photo.reference)

    def status(
        self, photos: Sequence[Photo], wait: float, cancel: CancelToken
    ) -> list[RemotePhoto]:
        self._call("status", photos, wait, cancel)
        assert all(photo.poll_address for photo in photos)
        known = (self.images.get(photo.reference) for photo in photos)
        return [remote for remote in known if remote and remote.state is not self.state]

    def resubmit(self, photo: Photo, cancel: CancelToken) -> RemotePhoto:
        self._call("resubmit", photo)
        if photo.reference not in self.images:
            raise RejectedError("Not there")
        return self.set(photo, RemoteState.PROCESSING)

    def discard(self, photo: Photo, cancel: CancelToken) -> bool:
        self._call("discard", photo)
        self.received.pop(photo.reference, None)
        return photo.reference in self.images

    def fetch(self, remote: RemotePhoto, style: str, cancel: CancelToken) -> bytes:
        self._call("fetch", remote, style)
        return self.derivatives[style]

    def probe(self, cancel: CancelToken | None = None) -> None:
        self._call("probe")

    def greet(self) -> str:
        return "Harbour & Pine"

    def sign_in(self, credentials: Credentials) -> Account:
        return Account(credentials.email, "Ines", "Harbour & Pine")

    def sign_out(self) -> None:
        self._call("sign_out")

    def items(self, query: str = "", page: str = "") -> Page[Item]:
        return Page((LAMP,))

    def close(self) -> None:
        self._call("close")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> Iterator[Outbox]:
    outbox = Outbox.open(tmp_path / "outbox" / "outbox.db", clock).outbox
    yield outbox
    outbox.close()


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    """A photo of some 3 to 20 kB, so that it takes several blocks."""
    path = tmp_path / "lamp.jpg"
    picture = Image.effect_noise((240, 160), 60).convert("RGB")
    picture.save(path, quality=80)
    return path


@pytest.fixture
def make(outbox: Outbox, jpeg: Path) -> Callable[..., Photo]:
    """Make a photo in a state, by legal steps: `make(State.WAITING, attempts=2)`."""
    path_to = {
        State.ADDED: [],
        State.READY: [State.CHECKING],
        State.WAITING: [State.CHECKING, State.READY],
        State.UPLOADING: [State.CHECKING, State.READY, State.WAITING],
        State.UNCERTAIN: [State.CHECKING, State.READY, State.WAITING, State.UPLOADING],
        State.REJECTED: [State.CHECKING, State.READY, State.WAITING],
        State.REFUSED: [State.CHECKING],
        State.PROCESSING: [State.CHECKING, State.READY, State.WAITING, State.UPLOADING],
    }
    for after in (State.STALLED, State.FAILED, State.LIVE):
        path_to[after] = [*path_to[State.PROCESSING], State.PROCESSING]

    def _make(state: State, path: Path = jpeg, **changes: object) -> Photo:
        photo = outbox.add("shop", [path], 1000.0)[0]
        for step in [*path_to[state], state]:
            if step is not State.ADDED:
                photo = outbox.move(photo.id, step)
        if state is not State.ADDED:
            changes = {"fingerprint": fingerprint(path), "item": LAMP} | changes
        return outbox.change(photo.id, **changes)  # type: ignore[arg-type]

    return _make


@pytest.fixture
def backoff() -> Backoff:
    """Without chance: the n-th failure waits 2 ** n seconds."""
    return Backoff(chance=lambda: 1.0)


@pytest.fixture
def settle(outbox: Outbox, store: FakeStore) -> Settle:
    """Compares by the bytes' text, so that tests say what matches."""
    store.derivatives = {"thumb": b"same", "square": b"same"}

    def compare(photo: Photo, fetched: dict) -> bool:
        return all(content == b"same" for content in fetched.values())

    return Settle(outbox, store, compare)


@pytest.fixture
def reconcile(settle: Settle, backoff: Backoff, clock: Clock) -> Reconcile:
    return Reconcile(settle, backoff, clock, steady=clock)


@pytest.fixture
def upload(settle: Settle, reconcile: Reconcile, backoff: Backoff, clock: Clock) -> UploadOne:
    return UploadOne(settle, reconcile, backoff, clock)


@pytest.fixture
def cancel() -> CancelToken:
    return CancelToken()


@pytest.fixture
def in_thread() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something in a thread that is joined at the test's end."""
    threads: list[threading.Thread] = []

    def _run(work: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=work)
        threads.append(thread)
        thread.start()
        return thread

    yield _run
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
