"""Clocks that were set: what was noted in the future was noted long ago."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def stopped(companion_of, tmp_path_factory):
    """A store without workers: what is processed is decided by the test."""
    with companion_of(tmp_path_factory.mktemp("clocks"), workers=0) as store:
        yield store


@pytest.fixture
def client(stopped, client_of):
    with client_of(stopped.url, stopped.admin) as client:
        yield client


@pytest.fixture
def accepted(stopped, client, photo):
    return client.upload(photo(), item_title=f"Item {uuid.uuid4()}").headers["Store-Image"]


def as_stored(when):
    return when.strftime("%Y-%m-%d %H:%M:%S")


TOMORROW = as_stored(datetime.now(UTC) + DAY)


def taken_up(stopped, image):
    before = stopped.sql("SELECT job FROM store_itemimage WHERE id = ?", image)
    stopped.manage("sweep")
    return stopped.sql("SELECT job FROM store_itemimage WHERE id = ?", image) != before


def job_of(stopped, image, **columns):
    """Change the queue's row of an image's job."""
    (name,) = stopped.sql("SELECT job FROM store_itemimage WHERE id = ?", image)[0]
    changes = ", ".join(f"{column} = ?" for column in columns)
    key = uuid.UUID(name).hex
    table = "django_tasks_database_dbtaskresult"
    stopped.sql(f"UPDATE {table} SET {changes} WHERE id = ?", *columns.values(), key)
    assert stopped.sql(f"SELECT count(*) FROM {table} WHERE id = ?", key) == [(1,)]


def test_a_lost_job_from_tomorrow_is_found_today(stopped, accepted):
    stopped.sql(
        "UPDATE store_itemimage SET queued_at = ?, job = '' WHERE id = ?", TOMORROW, accepted
    )
    assert taken_up(stopped, accepted)


def test_a_worker_that_died_tomorrow_is_dead_today(stopped, accepted):
    job_of(stopped, accepted, status="RUNNING", started_at=TOMORROW)
    stopped.sql(
        "UPDATE store_itemimage SET queued_at = ?, alive_at = ? WHERE id = ?",
        TOMORROW, TOMORROW, accepted,
    )  # fmt: skip
    assert taken_up(stopped, accepted)


def test_a_worker_that_gives_signs_of_life_today_is_left_alone(stopped, accepted):
    job_of(stopped, accepted, status="RUNNING", started_at=TOMORROW)
    stopped.sql(
        "UPDATE store_itemimage SET queued_at = ?, alive_at = ? WHERE id = ?",
        TOMORROW, as_stored(datetime.now(UTC)), accepted,
    )  # fmt: skip
    assert not taken_up(stopped, accepted)


def test_nobody_is_kept_out_by_failures_from_tomorrow(stopped, client_of):
    stopped.sql("DELETE FROM store_attempt")
    with client_of(stopped.url, token="none") as stranger:
        form = {"email": stopped.admin[0], "password": "wrong", "device": "x"}
        codes = [stranger.post("/api/v1/sign-in", json=form).status_code for _ in range(6)]
        assert codes == [401] * 5 + [429]
        stopped.sql("UPDATE store_attempt SET since = ?", TOMORROW)
        right = {**form, "password": stopped.admin[1]}
        assert stranger.post("/api/v1/sign-in", json=right).status_code == 201


def test_a_token_past_its_time_asks_to_sign_in_again(stopped, client_of):
    with client_of(stopped.url, stopped.admin) as client:
        expires = stopped.sql("SELECT max(expires_at) FROM store_token")[0][0]
        stopped.sql(
            "UPDATE store_token SET expires_at = '2020-01-01' WHERE expires_at = ?", expires
        )
        assert client.get("/api/v1/store").status_code == 401
        stopped.sql(
            "UPDATE store_token SET expires_at = ? WHERE expires_at = '2020-01-01'", expires
        )
        assert client.get("/api/v1/store").status_code == 200
