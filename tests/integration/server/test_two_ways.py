"""On PostgreSQL all who change an item take its row first, and the counter of changes then."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest

ITEM = "SELECT 1 FROM store_item WHERE title = 'Lamp' FOR UPDATE"
COUNTER = "SELECT 1 FROM store_changecounter FOR UPDATE"
RENAME = """
from uploader.server.store.models import Item
item = Item.objects.get(title="Lamp")
item.description = "of brass"
item.save()
"""
PICTURES = "SELECT 1 FROM store_itemimage FOR UPDATE"
DELETE = """
from uploader.server.store.models import Item
Item.objects.get(title="Lamp").delete()
"""


@pytest.fixture
def options():
    """PostgreSQL's for the store's connections."""
    return ""


@pytest.fixture
def store(companion_of, tmp_path, postgres, options):
    with companion_of(tmp_path, workers=0, DATABASE_URL=postgres.url + options) as store:
        yield store


@pytest.fixture
def admin(store, client_of, photo):
    with client_of(store.url, store.admin) as client:
        assert client.upload(photo(), item_title="Lamp").status_code == 201
        yield client


@contextmanager
def another(store, first):
    """Give a transaction that has a row's lock; in a deadlock the other one is ended."""
    with psycopg.connect(store.environment["DATABASE_URL"]) as database:
        database.execute("SET deadlock_timeout = '1min'")
        database.execute(first)
        yield database


@pytest.fixture
def waits(store, eventually):
    """Give the means to see that somebody waits for a row."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return lambda: eventually(lambda: store.sql(waiting), "somebody waits for the row")


def change_beside_an_upload(store, waits, change, then):
    """Run a change that waits for an upload with the item's row, which wants more rows `then`."""
    with ThreadPoolExecutor(1) as pool:
        with another(store, ITEM) as upload:
            changed = pool.submit(store.manage, "shell", "-c", change)
            waits()
            upload.execute("SET lock_timeout = '5s'")
            upload.execute(then)
        changed.result()


def test_an_item_is_saved_while_its_pictures_change(store, admin, waits):
    change_beside_an_upload(store, waits, RENAME, COUNTER)
    assert store.sql("SELECT description FROM store_item") == [("of brass",)]


def test_an_item_is_deleted_while_a_picture_of_it_arrives(store, admin, waits):
    change_beside_an_upload(store, waits, DELETE, PICTURES)
    assert store.sql(
        "SELECT (SELECT COUNT(*) FROM store_item), (SELECT COUNT(*) FROM store_itemimage)"
    ) == [(0, 0)]


@pytest.mark.parametrize(
    "options", ["", "?options=-c%20lock_timeout%3D1000"], ids=["deadlock", "lock timeout"]
)
def test_a_copy_of_an_original_goes_with_the_transaction_that_was_undone(
    store, admin, photo, waits, options
):
    data, sent = photo(), {"item_title": "Lamp", "reference": str(uuid.uuid4())}
    before = sorted((store.data / "media").rglob("*"))
    with ThreadPoolExecutor(1) as pool, another(store, COUNTER) as rival:
        answer = pool.submit(admin.upload, data, **sent)
        waits()
        if not options:
            rival.execute(ITEM)
        told = answer.result()
    assert (told.status_code, told.json()["type"]) == (503, "/problems/busy")
    assert sorted((store.data / "media").rglob("*")) == before
    # What has arrived stays.
    again = admin.create(data, **sent)
    assert again.headers["Store-Outcome"] == "created"
