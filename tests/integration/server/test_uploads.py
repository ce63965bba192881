"""tus 1.0 against the real server: every way an upload can go, and what it leaves."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import threading
import uuid
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from uploader.server.uploads import arriving

REFUSED = [
    (b"just some text", "not-a-photo"),
    (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "type-not-taken"),
]


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a size it would take gigabytes to decode."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000, 9)
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"].endswith(".")
    return answer.status_code, body["type"].removeprefix("/problems/")


def leftovers(companion):
    return sorted(path.name for path in (companion.data / "uploads").iterdir())


def test_a_whole_photo_in_one_request_becomes_live(client, item, photo, digest):
    data = photo()
    answer = client.upload(data, item, sha256=digest(data), alt="A mug", focus="0.25,0.75")
    assert answer.status_code == 201, answer.text
    assert answer.headers["Store-Outcome"] == "created"
    assert answer.headers["Upload-Offset"] == str(len(data))
    image = client.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    assert (image["state"], image["error"]) == ("live", None)
    assert (image["width"], image["height"], image["bytes"]) == (640, 480, len(data))
    assert (image["alt"], image["focus"], image["attempts"]) == ("A mug", [0.25, 0.75], 1)
    assert int(image["cursor"]) > int(answer.headers["Store-Cursor"])
    assert client.get(image["urls"]["original"]).content == data
    assert image["item"]["thumb_url"] == image["urls"]["thumb"]


def test_in_parts_with_a_look_in_between(client, item, photo, companion):
    data = photo()
    answer = client.create(data, item)
    place = answer.headers["Location"]
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (201, "0")
    assert answer.headers["Upload-Expires"].endswith("GMT")
    answer = client.part(place, 0, data[:1000])
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "1000")
    head = client.tus("HEAD", place)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        "1000",
        str(len(data)),
    )
    assert head.headers["Cache-Control"] == "no-store"
    answer = client.part(place, 1000, data[1000:])
    assert answer.headers["Store-Outcome"] == "created"
    assert client.tus("HEAD", place).headers["Upload-Offset"] == str(len(data))
    stored = client.image(answer.headers["Store-Image"])["urls"]["original"]
    assert client.get(stored).content == data
    assert uuid.UUID(place.rpartition("/")[2]).hex not in leftovers(companion)


def test_a_repeated_creation_goes_on_where_it_stopped(client, item, photo):
    data, reference = photo(), str(uuid.uuid4())
    first = client.create(data, item, body=data[:500], reference=reference)
    again = client.create(data, item, reference=reference)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Upload-Offset"] == "500"
    done = client.part(again.headers["Location"], 500, data[500:])
    repeated = client.upload(data, item, reference=reference)
    assert repeated.headers["Upload-Offset"] == str(len(data))
    assert repeated.headers["Store-Image"] == done.headers["Store-Image"]
    assert repeated.headers["Store-Outcome"] == "repeated"
    found = client.get(f"/api/v1/images?reference={reference}").json()["images"]
    assert [image["id"] for image in found] == [done.headers["Store-Image"]]


def test_one_reference_sent_many_times_at_once_is_one_image(
    companion, client, client_of, item, photo
):
    data, reference = photo(), str(uuid.uuid4())
    start = threading.Barrier(6)

    def send(_: int) -> int:
        with client_of(client.url, token=client.token) as own:
            start.wait(20)
            return own.upload(data, item, reference=reference).status_code

    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(send, range(6)))
    assert 201 in codes
    # Who comes while another one writes is told to try again.
    assert set(codes) <= {201, 423}
    answer = client.upload(data, item, reference=reference)
    assert answer.headers["Store-Outcome"] == "repeated"
    assert companion.sql("SELECT count(*) FROM store_itemimage WHERE item_id = ?", item) == [(1,)]


def test_two_writers_of_one_upload_never_mix(client, client_of, item, photo, digest):
    data = photo(1600, 1200)
    place = client.create(data, item, sha256=digest(data)).headers["Location"]
    start = threading.Barrier(4)

    def send(_: int) -> int:
        with client_of(client.url, token=client.token) as own:
            start.wait(20)
            return own.part(place, 0, data[:200_000]).status_code

    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(send, range(4)))
    assert codes[0] == 204
    assert set(codes[1:]) <= {409, 423}
    answer = client.part(place, 200_000, data[200_000:])
    assert answer.headers["Store-Outcome"] == "created"


def test_the_same_picture_on_the_same_item_makes_nothing_new(client, item, photo, companion):
    data = photo()
    first = client.upload(data, item)
    reference = str(uuid.uuid4())
    second = client.upload(data, item, reference=reference)
    assert second.headers["Store-Outcome"] == "already"
    assert second.headers["Store-Image"] == first.headers["Store-Image"]
    third = client.upload(data, item, reference=reference)
    assert third.headers["Store-Outcome"] == "repeated"
    elsewhere = client.upload(data, companion.item(f"Another {uuid.uuid4()}"))
    assert elsewhere.headers["Store-Outcome"] == "created"


def test_a_new_item_is_made_when_the_upload_is_complete(client, photo, companion):
    title, data = f"Wärmflasche {uuid.uuid4()}", photo()
    answer = client.create(data, body=data[:100], item_title=title)
    assert companion.sql("SELECT count(*) FROM store_item WHERE title = ?", title) == [(0,)]
    answer = client.part(answer.headers["Location"], 100, data[100:])
    assert client.image(answer.headers["Store-Image"])["item"]["title"] == title
    other = client.upload(photo(), item_title=title)
    assert client.image(other.headers["Store-Image"])["position"] == 2


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_part_with_a_wrong_checksum_does_not_count(client, item, photo, algorithm):
    data = photo()
    place = client.create(data, item).headers["Location"]

    def checksum(of: bytes) -> dict[str, str]:
        value = base64.b64encode(hashlib.new(algorithm, of).digest()).decode()
        return {"Upload-Checksum": f"{algorithm} {value}"}

    answer = client.part(place, 0, data[:300], checksum(b"something else"))
    assert problem(answer) == (460, "checksum-mismatch")
    assert client.tus("HEAD", place).headers["Upload-Offset"] == "0"
    assert client.part(place, 0, data[:300], checksum(data[:300])).status_code == 204


def test_a_file_that_is_not_what_was_announced_is_dropped(client, item, photo, companion):
    data, reference = photo(), str(uuid.uuid4())
    answer = client.upload(data, item, sha256="0" * 64, reference=reference)
    assert problem(answer) == (460, "checksum-mismatch")
    assert client.get(f"/api/v1/images?reference={reference}").json()["images"] == []
    assert client.upload(data, item, reference=reference).headers["Store-Outcome"] == "created"


def test_a_wrong_offset_tells_the_right_one(client, item, photo):
    data = photo()
    place = client.create(data, item, body=data[:10]).headers["Location"]
    for offset in (0, 9, 11, len(data)):
        answer = client.part(place, offset, data[offset:])
        assert problem(answer) == (409, "wrong-offset")
        assert answer.headers["Upload-Offset"] == "10"


def test_more_than_announced_is_refused_and_what_was_there_stays(client, item, photo):
    data = photo()
    place = client.create(data, item, body=data[:10]).headers["Location"]
    assert problem(client.part(place, 10, data[10:] + b"!")) == (400, "too-long")
    assert client.tus("HEAD", place).headers["Upload-Offset"] == "10"
    assert client.part(place, 10, data[10:]).headers["Store-Outcome"] == "created"


def test_a_part_without_a_length_is_taken(client, item, photo):
    data = photo()
    place = client.create(data, item).headers["Location"]
    answer = client.part(place, 0, iter([data[:300], data[300:]]))
    assert answer.headers["Store-Outcome"] == "created"


def test_termination_drops_the_bytes(client, item, photo, companion):
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    name = uuid.UUID(place.rpartition("/")[2]).hex
    assert name in leftovers(companion)
    assert client.tus("DELETE", place).status_code == 204
    assert name not in leftovers(companion)
    assert client.tus("HEAD", place).status_code == 404
    assert client.tus("DELETE", place).status_code == 404
    done = client.upload(data, item)
    assert problem(client.tus("DELETE", done.headers["Location"])) == (409, "upload-finished")


def test_what_is_withdrawn_by_its_reference_is_never_completed(client, item, photo, companion):
    data, reference = photo(), str(uuid.uuid4())
    place = client.create(data, item, reference=reference).headers["Location"]
    upload = uuid.UUID(place.rpartition("/")[2]).hex
    # As a full disk leaves it: all has arrived, and no image could be made of it.
    (companion.data / "uploads" / upload).write_bytes(data)
    whole = "UPDATE store_upload SET offset = length WHERE id = ?"
    companion.sql(whole, upload)
    withdrawal = f"/api/v1/uploads?reference={reference}"
    assert client.tus("DELETE", withdrawal).status_code == 204
    assert upload not in leftovers(companion)
    assert client.tus("HEAD", place).status_code == 404
    # Once more, with nothing there, is fine.
    assert client.tus("DELETE", withdrawal).status_code == 204
    client.upload(data, item, reference=reference)
    assert problem(client.tus("DELETE", withdrawal)) == (409, "upload-finished")


@pytest.mark.parametrize("by", ["reference", "address"])
def test_what_has_lost_its_bytes_can_be_taken_back(client, item, photo, companion, by):
    data, reference = photo(), str(uuid.uuid4())
    place = client.create(data, item, reference=reference).headers["Location"]
    upload = uuid.UUID(place.rpartition("/")[2]).hex
    (companion.data / "uploads" / upload).unlink()
    withdrawal = f"/api/v1/uploads?reference={reference}" if by == "reference" else place
    assert client.tus("DELETE", withdrawal).status_code == 204
    # Nor does it count among what is begun and not finished.
    assert companion.sql("SELECT 1 FROM store_upload WHERE id = ?", upload) == []


def test_a_reference_is_the_same_however_it_is_written(client, item, photo):
    data, reference = photo(), str(uuid.uuid4())
    for written in (reference.upper(), reference.replace("-", ""), f"{{{reference}}}"):
        place = client.create(data, item, reference=written).headers["Location"]
        assert client.tus("DELETE", f"/api/v1/uploads?reference={written}").status_code == 204
        assert client.tus("HEAD", place).status_code == 404
    client.upload(data, item, reference=reference.upper())
    for written in (reference.upper(), reference.replace("-", ""), reference):
        found = client.get(f"/api/v1/images?reference={written}").json()["images"]
        assert [image["reference"] for image in found] == [reference]


def test_an_expired_upload_is_gone_and_its_reference_begins_anew(client, item, photo, companion):
    data, reference = photo(), str(uuid.uuid4())
    place = client.create(data, item, body=data[:100], reference=reference).headers["Location"]
    name = uuid.UUID(place.rpartition("/")[2]).hex
    expire = "UPDATE store_upload SET expires_at = '2020-01-01 00:00:00' WHERE id = ?"
    companion.sql(expire, name)
    assert problem(client.part(place, 100, data[100:])) == (410, "expired")
    again = client.create(data, item, reference=reference)
    assert again.headers["Upload-Offset"] == "0"
    assert again.headers["Location"] != place
    other = uuid.UUID(again.headers["Location"].rpartition("/")[2]).hex
    companion.sql(expire, other)
    # The worker may have come before us.
    companion.manage("sweep")
    assert not {name, other} & set(leftovers(companion))


def test_an_upload_that_expires_while_it_is_written_is_not_dropped(client, item, photo, companion):
    """A store that is slow for longer than an upload lives gets every photo all the same."""
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    name = uuid.UUID(place.rpartition("/")[2]).hex
    life = "UPDATE store_upload SET expires_at = ? WHERE id = ?"
    companion.sql(life, "2020-01-01 00:00:00", name)
    with arriving.locked(companion.data / "uploads" / name):
        companion.manage("sweep")
        assert companion.sql("SELECT count(*) FROM store_upload WHERE id = ?", name) == [(1,)]
    companion.sql(life, "2999-01-01 00:00:00", name)
    done = client.part(place, 100, data[100:]).headers
    assert client.settled(done["Store-Image"], done["Store-Cursor"])["state"] == "live"


def test_options_tell_what_is_spoken(client):
    answer = client.options("/api/v1/uploads")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    extensions = set(answer.headers["Tus-Extension"].split(","))
    assert extensions == {
        "creation", "creation-with-upload", "checksum", "expiration", "termination"
    }  # fmt: skip
    assert answer.headers["Tus-Max-Size"] == "50000000"


def test_every_route_needs_the_version(client, item, photo):
    data = photo()
    place = client.create(data, item).headers["Location"]
    for method in ("HEAD", "PATCH", "DELETE"):
        assert client.request(method, place).status_code == 412
    assert client.post("/api/v1/uploads").headers["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(("data", "name"), REFUSED)
def test_what_is_no_photo_is_dropped(client, item, companion, data, name):
    before, files = leftovers(companion), set((companion.data / "media").glob("*/*/*"))
    answer = client.upload(data, item, filename="photo.jpg")
    assert problem(answer) == (422, name)
    assert leftovers(companion) == before
    assert set((companion.data / "media").glob("*/*/*")) == files


def test_a_truncated_photo_is_refused(client, item, photo):
    assert problem(client.upload(photo()[:-2000], item)) == (422, "truncated")


def test_a_decompression_bomb_is_refused_by_its_header(client, item):
    assert problem(client.upload(bomb(50_000, 50_000), item)) == (422, "too-many-pixels")


def test_too_many_bytes_are_refused_before_the_first(client, item):
    assert problem(client.create(b"", item, length=50_000_001)) == (413, "too-many-bytes")
    assert problem(client.create(b"", item, length=0)) == (422, "not-a-photo")


def test_an_archived_item_is_refused_before_and_after_the_bytes(client, photo, companion):
    data, sku = photo(), uuid.uuid4().hex[:8]
    archived = companion.item(f"Chair {sku}", sku, active=False)
    answer = client.upload(data, archived)
    assert problem(answer) == (422, "item-not-active")
    assert answer.json()["detail"] == f"Its item, {sku}, is archived."
    place = client.create(data, companion.item(f"Stool {sku}")).headers["Location"]
    companion.sql("UPDATE store_item SET active = 0 WHERE title = ?", f"Stool {sku}")
    assert problem(client.part(place, 0, data)) == (422, "item-not-active")
    assert client.tus("HEAD", place).status_code == 404


@pytest.mark.parametrize("number", ["999999", "0", "-1", "one", "1 OR 1=1"])
def test_an_unknown_item_is_refused(client, photo, number):
    assert problem(client.upload(photo(), number)) == (422, "no-such-item")


@pytest.mark.parametrize(
    "metadata",
    [
        {"reference": "not-a-uuid", "item": "1"},
        {"item_title": "A", "item": "1"},
        {"item_title": ""},
        {"item": "1", "sha256": "abc"},
        {"item": "1", "focus": "2,0"},
        {"item": "1", "focus": "nan,0"},
        {"item_title": "x" * 201},
    ],
)
def test_bad_metadata_is_refused_in_a_sentence(client, metadata):
    assert problem(client.create(b"x", **metadata)) == (422, "bad-metadata")


def test_metadata_that_is_no_base64_is_refused(client):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "1", "Upload-Metadata": "reference %%%"}
    assert problem(client.post("/api/v1/uploads", headers=headers)) == (422, "bad-metadata")


@pytest.mark.parametrize(
    "filename",
    ["../../etc/passwd", "..\\..\\boot.ini", "/etc/shadow", "急須.jpg",
     'a"b\'c.jpg', "x" * 251 + ".jpg",
     "two\nlines.jpg", "nul\0byte.jpg", "", ".", "..", "\u202egpj.exe"],
)  # fmt: skip
def test_a_name_is_for_people_and_never_a_path(client, companion, photo, filename, item):
    data = photo()
    answer = client.upload(data, item, filename=filename)
    assert answer.headers.get("Store-Outcome") == "created", answer.text
    urls = client.image(answer.headers["Store-Image"])["urls"]
    assert re.search("/media/[0-9a-f]{32}/[0-9a-f]{32}/original.jpg$", urls["original"])
    kept = companion.sql(
        "SELECT filename FROM store_itemimage WHERE id = ?", answer.headers["Store-Image"]
    )
    assert kept == [(filename.replace("\0", ""),)]


@pytest.mark.parametrize(
    "path",
    ["/media/../store.sqlite3", "/media/1/..%2f..%2f/store.sqlite3", "/media/..%2f/secret_key/x",
     "/media/a/b/..%5c..%5csecret_key", "/media/a/b/.hidden", "/media/1/0/original.jpg"],
)  # fmt: skip
def test_no_address_leads_out_of_the_pictures(client, path):
    import http.client
    from urllib.parse import urlsplit

    # Plainly, since requests would tidy the path up.
    connection = http.client.HTTPConnection(urlsplit(client.url).netloc, timeout=20)
    try:
        connection.request("GET", path)
        assert connection.getresponse().status == 404
    finally:
        connection.close()


def test_a_cut_connection_leaves_the_last_whole_part(client, companion, item, photo):
    import socket
    from urllib.parse import urlsplit

    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    address = urlsplit(place)
    head = (
        f"PATCH {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Authorization: Bearer {client.token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 100\r\n"
        f"Content-Type: application/offset+octet-stream\r\n"
        f"Content-Length: {len(data) - 100}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=20) as wire:
        wire.sendall(head.encode() + data[100:5000])
    assert client.tus("HEAD", place).headers["Upload-Offset"] == "100"
    assert client.part(place, 100, data[100:]).headers["Store-Outcome"] == "created"


def test_another_admins_uploads_and_references_are_unknown(
    companion, client, client_of, item, photo
):
    data, reference = photo(), str(uuid.uuid4())
    place = client.create(data, item, body=data[:10], reference=reference).headers["Location"]
    email = ("second@example.org", companion.admin[1])
    companion.manage("createadmin", email[0], "--password-stdin", stdin=email[1])
    with client_of(companion.url, email) as other:
        assert other.tus("HEAD", place).status_code == 404
        assert other.get(f"/api/v1/images?reference={reference}").json()["images"] == []
        answer = other.create(data, item, reference=reference)
        assert answer.headers["Location"] != place
