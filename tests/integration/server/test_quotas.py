"""Uploads that are begun and abandoned: their number and their bytes have a limit per admin."""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import BusyError
from uploader.stores import tus
from uploader.stores.transport import Transport

NUMBER, BYTES = 20, 5_000_000
TIGHT = {"STORE_UNFINISHED": str(NUMBER), "STORE_UNFINISHED_BYTES": str(BYTES)}


@pytest.fixture(scope="module")
def store(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("tight"), workers=0, **TIGHT) as store:
        yield store


@pytest.fixture(scope="module")
def signed_in(store, client_of):
    with client_of(store.url, store.admin) as client:
        yield client


@pytest.fixture
def admin(store, signed_in):
    """The admin, with nothing begun."""
    store.sql("DELETE FROM store_upload")
    for path in (store.data / "uploads").glob("*"):
        path.unlink()
    return signed_in


def begin(client, length=10, reference=""):
    named = {"reference": reference} if reference else {}
    return client.create(b"", item_title="Abandoned", length=length, **named)


def refused(answer):
    told = answer.json()
    assert (answer.status_code, told["type"]) == (429, "/problems/too-many-uploads")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert told["title"] == "Too many photos are half sent"
    return told["detail"]


def test_a_number_may_be_begun_and_not_one_more(store, admin, client_of):
    references = [str(uuid.uuid4()) for _ in range(NUMBER)]
    places = [begin(admin, reference=one).headers["Location"] for one in references]
    assert refused(begin(admin)) == (
        "The store keeps at most 20 of them for you. Let some finish or remove some; this one is "
        "tried again by itself."
    )
    # What is begun is found again, and can be finished or dropped.
    assert begin(admin, reference=references[0]).headers["Location"] == places[0]
    other = ("otto@example.org", store.admin[1])
    store.manage("createadmin", other[0], "--password-stdin", stdin=other[1])
    with client_of(store.url, other) as other:
        assert begin(other).status_code == 201
    assert admin.tus("DELETE", places[0]).status_code == 204
    assert begin(admin).status_code == 201
    refused(begin(admin))


def test_what_is_refused_leaves_nothing(store, admin):
    for _ in range(NUMBER):
        assert begin(admin).status_code == 201
    before = sorted(path.name for path in (store.data / "uploads").iterdir())
    with ThreadPoolExecutor(8) as pool:
        for answer in pool.map(lambda _: begin(admin), range(200)):
            refused(answer)
    assert sorted(path.name for path in (store.data / "uploads").iterdir()) == before


def test_parallel_beginnings_do_not_slip_through(store, admin, client_of):
    gate = threading.Barrier(8)

    def one(_):
        with client_of(store.url, token=admin.token) as client:
            gate.wait(20)
            return [begin(client).status_code for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        codes = [code for told in pool.map(one, range(8)) for code in told]
    assert codes.count(201) == NUMBER
    assert codes.count(429) == 40 - NUMBER


def test_announced_bytes_have_a_limit_too(admin):
    assert begin(admin, BYTES + 1).status_code == 201  # one photo may always begin
    assert "at most 5 MB of them" in refused(begin(admin, 1))


def test_time_frees_what_was_abandoned(store, admin):
    for _ in range(NUMBER):
        begin(admin)
    refused(begin(admin))
    store.sql("UPDATE store_upload SET expires_at = '2020-01-01 00:00:00'")
    assert begin(admin).status_code == 201
    store.manage("sweep")
    assert (
        len(list((store.data / "uploads").iterdir()))
        == store.sql("SELECT count(*) FROM store_upload WHERE image_id IS NULL")[0][0]
    )


def test_finished_photos_do_not_count(store, admin, photo):
    item = store.item("Finished")
    for _ in range(NUMBER + 3):
        assert admin.upload(photo(64, 64), item).status_code == 201


def test_the_app_waits_and_says_why(store, admin):
    for _ in range(NUMBER):
        begin(admin)
    transport = Transport()

    def send(method, url, *, headers, data=None, cancel, completing=False):
        signed = {**headers, "Authorization": f"Bearer {admin.token}"}
        return transport.request(method, url, headers=signed, data=data, cancel=cancel)

    upload = tus.Upload(
        send, f"{store.url}/api/v1/uploads", size=10, cancel=CancelToken(),
        meta={"reference": str(uuid.uuid4()), "item_title": "Abandoned"},
    )  # fmt: skip
    with pytest.raises(BusyError) as told:
        upload.locate()
    assert told.value.title == "Too many photos are half sent"
    assert told.value.detail.endswith("this one is tried again by itself.")
    assert told.value.retry_after == 60
