"""No password and no token in anything that is logged or kept, whatever happens on the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from uploader.background.values import Link
from uploader.domain.states import State
from uploader.domain.stores import Credentials, Item
from uploader.journal import journal
from uploader.stores.companion import CompanionStore

TYPED_WRONG = "a-password-typed-wrong"


class Everything(logging.Handler):
    """Keeps every line of every library, tracebacks and arguments included."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [self.format(record), repr(record.args)]


@pytest.fixture
def heard() -> Iterator[Everything]:
    everything, root = Everything(), logging.getLogger()
    level = root.level
    root.addHandler(everything)
    root.setLevel(logging.DEBUG)
    try:
        yield everything
    finally:
        root.setLevel(level)
        root.removeHandler(everything)


@pytest.fixture
def store(companion_of, tmp_path):
    with companion_of(tmp_path / "store") as own:
        yield own


def kept(*folders: Path) -> bytes:
    """Give all that lies in files of these folders."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return b"\n".join(path.read_bytes() for path in files)


def token_of(person) -> str:
    return person.desk._crew.contact.service.store._api.token


def send(person, path: Path, item: Item) -> int:
    [photo] = [p for p in person.add(path) if p.path == path]
    person.desk.choose_item([photo.id], item)
    person.desk.upload([photo.id])
    return photo.id


def state(person, photo_id: int) -> State:
    return person.desk.photo(photo_id).state


def test_no_secret_is_logged_or_kept(
    *, make_desk, store, photos, tmp_path, heard, log_watch, monkeypatch
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    archived = store.item("Archived", active=False)
    with journal(data):
        # More than anybody has on: what is only noted for developers counts too.
        logging.getLogger("uploader").setLevel(logging.DEBUG)
        person = make_desk(data)
        email, password = store.admin
        person.refused_sign_in(store.url, email, TYPED_WRONG)
        person.sign_in(store)
        tokens = [token_of(person)]
        paths = photos(4)

        # An upload and a refusal.
        live = send(person, paths[0], Item("", "Kept secret"))
        person.until(lambda: state(person, live) is State.LIVE)
        refused = send(person, paths[1], Item(archived, "Archived"))
        person.until(lambda: state(person, refused) is State.REJECTED)

        # A bug of ours, with its traceback, while a sign-in is on its way.
        log_watch.expect("met a bug")

        def bug(*_: object) -> None:
            raise ZeroDivisionError(f"with a photo of {email}")

        with monkeypatch.context() as broken:
            broken.setattr(CompanionStore, "_accepted", bug)
            failing = send(person, paths[2], Item("", "Kept secret"))
            person.until(lambda: person.desk.photo(failing).attempts)
        person.desk.retry([failing])
        person.until(lambda: state(person, failing) is State.LIVE)

        # A sign-in that ends in the midst, and the next one.
        store.sql("UPDATE store_token SET expires_at = '2000-01-01 00:00:00'")
        waiting = send(person, paths[3], Item("", "Kept secret"))
        person.until(lambda: person.desk.connection.link is Link.SIGNED_OUT)
        person.sign_in(store)
        tokens.append(token_of(person))
        person.until(lambda: state(person, waiting) is State.LIVE)

        # A store that is gone, while somebody signs in to it.
        store.stop()
        person.refused_sign_in(store.url, email, password)
        person.desk.close()

    said = "\n".join(heard.lines)
    files = kept(data, store.data) + store.log.encode()
    # What is looked in does hold what happened.
    assert "ZeroDivisionError" in said
    assert b"ZeroDivisionError" in files
    assert email.encode() in files
    assert len(set(tokens)) == 2
    for secret in (password, TYPED_WRONG, *tokens):
        assert len(secret) >= 10
        assert secret not in said
        assert secret.encode() not in files
        assert secret not in repr(Credentials(email, secret, secret))
