"""A sweep with a database that isn't the pictures' own deletes none of them."""

from __future__ import annotations

import os
import uuid
from contextlib import contextmanager

import pytest


@pytest.fixture
def store(companion_of, tmp_path):
    with companion_of(tmp_path, workers=0, STORE_LEASE_SECONDS="1") as store:
        yield store


@pytest.fixture
def admin(store, client_of):
    with client_of(store.url, store.admin) as client:
        yield client


@contextmanager
def another(store, database):
    store.environment["DATABASE_URL"] = f"sqlite:///{database}"
    try:
        yield
    finally:
        del store.environment["DATABASE_URL"]


def pictures(store):
    """Give the names of all pictures, having made them old."""
    media = store.data / "media"
    for path in media.rglob("*"):
        os.utime(path, (0, 0))
    return {str(path.relative_to(media)) for path in media.glob("*/*/*")}


def marks(store):
    return [path.name for path in (store.data / "media/swept").iterdir()]


def test_a_database_without_any_image_has_no_say(store, admin, photo, tmp_path, eventually):
    assert admin.upload(photo(), item_title="Lamp").status_code == 201
    store.stop()
    there = pictures(store)
    store.workers = 1
    with another(store, tmp_path / "empty.sqlite3"):
        store.start()
        said = "The database knows no image, but there are pictures. None is deleted. Look"
        eventually(lambda: said in store.log, "the worker's first sweep")
        store.manage("sweep")
        store.stop()
    assert (pictures(store), store.log.count(said)) == (there, 1)


def test_nor_has_an_older_copy_of_the_database(store, admin, photo, tmp_path):
    assert admin.upload(photo(), item_title="Lamp").status_code == 201
    store.sql(f"VACUUM INTO '{tmp_path}/copy.sqlite3'")
    assert admin.upload(photo(), item_title="Lamp").status_code == 201
    there = pictures(store)
    # As its workers do every half hour.
    store.manage("sweep")
    mark = marks(store)
    with another(store, tmp_path / "copy.sqlite3"):
        assert "and 0 lost files" in store.manage("sweep")
    assert (pictures(store), marks(store)) == (there, mark)
    # The running store's own goes on.
    lost = store.data / "media" / uuid.uuid4().hex / "1"
    lost.mkdir(parents=True)
    (lost / "thumb.jpg").write_bytes(b"left")
    assert pictures(store) > there
    assert admin.upload(photo(), item_title="Lamp").status_code == 201
    assert "and 1 lost files" in store.manage("sweep")
    assert pictures(store) > there
    assert (len(marks(store)), marks(store) != mark) == (1, True)
