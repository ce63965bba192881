"""Diagnostics: what helps is in them, what is private isn't, wherever it was planted."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from uploader.domain.bandwidth import Bandwidth, Span
from uploader.domain.photos import Problem
from uploader.domain.preferences import Network, Preferences, ProxyUse
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.engine.diagnostics import report
from uploader.engine.log_tail import LINES, log_tail
from uploader.engine.redact import Redactor
from uploader.journal import journal
from uploader.outbox import Outbox

NAMES = ("Weihnachts Überraschung für Mia.jpg", "it's a lamp.png", "trade-secret_2.webp")
PRIVATE = (
    "ines@harbourpine.shop", "harbourpine.shop", "Harbour & Pine", "Ines Private Folder",
    "Anna Maria", "hunter2-correct-horse", "c2VjcmV0LXRva2VuLW9mLW91cnM", "proxy.internal.lan",
    "nas:5000", "192.168.7.21", "fe80::21c", "Secret Teapot", "TOP-1", "other@mail.example",
    "backup key of the cellar", "Kunden Huber", "wall.huber.lan", "our ca",
)  # fmt: skip
PROFILE = {
    "name": "ines@harbourpine.shop at https://harbourpine.shop:8443",
    "address": "https://harbourpine.shop:8443/",
    "email": "ines@harbourpine.shop",
    "store_name": "Harbour & Pine",
}

SET = Preferences(
    uploads=6,
    at_once=True,
    bandwidth=Bandwidth(4.5, (Span(480, 1080, 2),)),
    network=Network(ProxyUse.OWN, "http://wall.huber.lan:3128", "/srv/Kunden Huber/our ca.pem"),
)

log = logging.getLogger("uploader.engine.upload")


@pytest.fixture
def data(tmp_path: Path, log_watch: Any) -> Path:
    """A data folder with something private everywhere."""
    log_watch.expect("met a bug")
    folder = tmp_path / "data"
    folder.mkdir()
    outbox = Outbox.open(folder / "outbox.sqlite3").outbox
    outbox.set_setting("profiles", json.dumps([PROFILE]))
    outbox.set_setting("profile", PROFILE["name"])
    outbox.set_setting("paused", "yes")
    outbox.set_setting("watched", "/people/ines/Ines Private Folder")
    outbox.set_setting("preferences", json.dumps(asdict(SET)))
    outbox.set_setting("copies", "/srv/shop/Kunden Huber/new")
    outbox.set_setting("proxy_password", "hunter2-correct-horse")
    outbox.set_setting(f"rules of {PROFILE['name']}", "sku")
    home = Path("/people/ines/Ines Private Folder/Anna Maria")
    photos = outbox.add(PROFILE["name"], [home / name for name in NAMES], 1.0)
    said = "Refused by Harbour & Pine, says other@mail.example at proxy.internal.lan"
    for photo in photos:
        outbox.move(photo.id, State.CHECKING)
        outbox.move(photo.id, State.READY, item=Item("7", "Secret Teapot", "TOP-1"))
        outbox.move(photo.id, State.WAITING)
        outbox.change(photo.id, problem=Problem("Busy", said))
    outbox.close()
    with journal(folder):
        write_log(home)
    return folder


def write_log(home: Path) -> None:
    for name in NAMES:
        log.info("photo 3 isn't read: %s", home / name)
        log.info("looked at %s twice", name)
        log.info("%r isn't a photo", name)
        log.info("there is no %s", Path(name).stem)
        log.warning("GET https://harbourpine.shop/items?q=%s failed", name.encode())
    log.info("Authorization: Bearer c2VjcmV0LXRva2VuLW9mLW91cnM")
    log.info("headers {'Cookie': 'sessionid=c2VjcmV0LXRva2VuLW9mLW91cnM'}")
    log.info("the password was hunter2-correct-horse for other@mail.example")
    log.info("c2VjcmV0LXRva2VuLW9mLW91cnM")
    log.info("proxy.internal.lan:3128 refused, also nas:5000, 192.168.7.21 and fe80::21c")
    log.info("couldn't open 'backup key of the cellar' here")
    log.info("looked into Kunden Huber, nothing new")
    log.info("two lines\nof ines@harbourpine.shop at Harbour & Pine")
    logging.getLogger("harbourpine.shop").warning("hello")
    try:
        try:
            raise FileNotFoundError(2, "No such file", str(home / "backup key of the cellar"))
        except OSError as error:
            raise ValueError(f"other@mail.example met {error}") from error
    except ValueError:
        log.exception("sending photo 12 met a bug")


def test_nothing_private_is_in_it(data: Path) -> None:
    text = report(data, window=(), chosen={"email": PROFILE["email"], "scheme": "dark"})
    low = text.lower()
    stems = [Path(name).stem for name in NAMES]
    planted = [*PRIVATE, *NAMES, *stems, "hunter2", "Weihnachts", "Mia", "trade-secret"]
    assert [word for word in planted if word.lower() in low] == []


def test_what_helps_is_in_it(data: Path) -> None:
    text = report(data, chosen={"email": PROFILE["email"], "scheme": "dark"})
    for line in (
        "  Store Uploader: 0.",
        "  Python: 3.",
        "  pillow: ",
        "  paused: yes",
        "  preferences uploads: 6",
        "  preferences at_once: True",
        "  preferences copies: away",
        "  preferences bandwidth limit: 4.5",
        "  preferences bandwidth spans: 1",
        "  preferences network use: own",
        "  preferences network proxy: 26 characters",
        "  scheme: dark",
        "  email: 21 characters",
        "  known: 1",
        "  store 1: https://…, used last",
        "waiting 3",
        "ERROR uploader.engine.upload: sending photo 12 met a bug",
        "Traceback (most recent call last):",
        "ValueError: ",
        "INFO uploader.engine.upload: photo 3 isn't read: …",
    ):
        assert line in text, text


def test_names_come_when_they_are_wanted_and_nothing_else_with_them(data: Path) -> None:
    text = report(data, names=True)
    low = text.lower()
    assert [name for name in NAMES if name not in text] == []
    assert "waiting: Busy. Refused by …" in text
    kept = {"Secret Teapot", "TOP-1"}
    assert [word for word in PRIVATE if word.lower() in low and word not in kept] == []


def test_the_name_of_a_photo_is_never_an_address(tmp_path: Path) -> None:
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    [photo] = outbox.add("shop", [Path("/p/for ines@shop.example.jpg")], 1.0)
    outbox.move(photo.id, State.CHECKING)
    outbox.change(photo.id, problem=Problem("Busy"))
    outbox.close()
    assert "ines@" not in report(tmp_path, names=True)


def test_it_is_made_beside_the_running_program(data: Path) -> None:
    outbox = Outbox.open(data / "outbox.sqlite3").outbox
    try:
        assert "waiting 3" in report(data)
    finally:
        outbox.close()


@pytest.mark.parametrize("content", [b"", b"no database at all", b"\0" * 5000])
def test_a_damaged_list_is_said_and_the_rest_told(data: Path, content: bytes) -> None:
    for name in ("outbox.sqlite3", "outbox.sqlite3-wal", "outbox.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    (data / "outbox.sqlite3").write_bytes(content)
    text = report(data)
    assert "can’t be counted: " in text
    assert "met a bug" in text
    low = text.lower()
    # What only the list could have told to be a name isn't known; the rest still goes.
    unknown = {"harbour & pine", "anna maria", "kunden huber"}
    assert [word for word in PRIVATE if word.lower() in low and word.lower() not in unknown] == []


def test_before_the_first_photo(tmp_path: Path) -> None:
    text = report(tmp_path)
    assert "The log is empty" in text
    assert "known: 0" in text


def test_only_the_end_of_a_long_log_is_read(tmp_path: Path) -> None:
    with journal(tmp_path):
        for number in range(5000):
            log.info("photo %d", number)
    lines = log_tail(tmp_path, Redactor())
    assert len(lines) == LINES
    assert lines[-1].endswith("photo 4999")
    assert lines[0].endswith(f"photo {5000 - LINES}")


def test_right_after_the_log_was_turned_over_the_one_before_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "log.txt.1").write_text("2026-11-29 10:00:00,000 INFO uploader.x: before\n")
    (tmp_path / "log.txt").write_text("2026-11-29 10:00:01,000 INFO uploader.x: after\n")
    assert [line[-6:] for line in log_tail(tmp_path, Redactor())] == ["before", " after"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("photo 12: next try in 8.5 s", "photo 12: next try in 8.5 s"),
        ("can't take 'it's mine' here", "can't take “…” here"),
        ("with https://shop.example/a?b=c and", "with https://… and"),
        ("uploader.engine.upload said so", "uploader.engine.upload said so"),
        ("in /people/anna maria/x y.jpg and more", "in …"),
        (r"in C:\Users\anna maria\x.jpg", "in …"),
        ("shop.example said 404", "… said 404"),
        ("version 1.2.3", "version 1.2.3"),
        ("Set-Cookie: a=b", "Set-Cookie …"),
    ],
)
def test_patterns(said: str, told: str) -> None:
    assert Redactor().line(said) == told


def test_thousands_of_names_cost_little(tmp_path: Path) -> None:
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    outbox.add("shop", [Path(f"/photos/IMG_{n:05}.jpg") for n in range(10_000)], 1.0)
    outbox.close()
    with journal(tmp_path):
        log.info("looked at IMG_00007.jpg and IMG_09999.jpg")
    assert "looked at … and …" in report(tmp_path)
