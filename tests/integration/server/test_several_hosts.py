"""Several web hosts: each has a folder of its own for what is half sent to it."""

from __future__ import annotations

import os
import uuid

import pytest


@pytest.fixture
def hosts(companion_of, tmp_path):
    """Two hosts of one store."""
    (tmp_path / "two").mkdir()
    with companion_of(tmp_path, workers=0) as one:
        shared = {
            "DATABASE_URL": f"sqlite:///{one.data}/store.sqlite3",
            "STORAGE_URL": f"file://{one.data}/media",
            "STORE_SECRET_KEY": (one.data / "secret_key").read_text(),
        }
        with companion_of(tmp_path / "two", workers=0, **shared) as two:
            yield one, two


def test_what_expired_on_one_host_is_dropped_by_its_own_sweep(hosts, client_of, photo):
    one, two = hosts
    with client_of(two.url, two.admin) as client:
        data = photo()
        place = client.create(data, one.item("Lamp"), body=data[:100]).headers["Location"]
    left = two.data / "uploads" / uuid.UUID(place.rpartition("/")[2]).hex
    os.utime(left, (0, 0))
    one.sql("UPDATE store_upload SET expires_at = '2020-01-01 00:00:00'")
    one.manage("sweep")
    assert one.sql("SELECT 1 FROM store_upload") == []
    assert left.exists()
    assert "1 lost files" in two.manage("sweep")
    assert not left.exists()


def test_what_one_host_has_begun_can_be_taken_back_at_another(hosts, client_of, photo):
    one, two = hosts
    reference = str(uuid.uuid4())
    with client_of(two.url, two.admin) as client:
        data = photo()
        place = client.create(data, one.item("Lamp"), body=data[:100], reference=reference)
        with client_of(one.url, token=client.token) as elsewhere:
            withdrawal = f"/api/v1/uploads?reference={reference}"
            assert elsewhere.tus("DELETE", withdrawal).status_code == 204
        assert client.tus("HEAD", place.headers["Location"]).status_code == 404
