"""Requests that nobody's app sends: each gets its answer, and the log stays clean."""

from __future__ import annotations

import pytest
import requests

FORM = '{"email": "a@example.org", "password": "%s"}'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (FORM % "\\ud800", 401),
        (FORM % "\\u0000", 401),
        ('{"email": "\\ud800", "password": "x"}', 401),
        (FORM % ("x" * 5_000_000), 400),
        ("[" * 200_000, 400),
        ('{"email": ' + "9" * 10_000 + "}", 400),
    ],
    ids=["half character", "NUL", "half in the e-mail", "5 MB", "deep", "long number"],
)
def test_a_strangers_form_is_no_error_of_ours(companion, body, status):
    answer = requests.post(f"{companion.url}/api/v1/sign-in", data=body, timeout=20)
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        status,
        "application/problem+json",
    )


def test_a_title_holds_nothing_that_a_database_refuses(client):
    def make(title):
        body = f'{{"title": "{title}", "sku": "\\u0000"}}'
        return client.post("/api/v1/items", data=body)

    assert make("Vase\\u0000 \\ud800").json()["title"] == "Vase ?"
    for title in ("\\u0000", "x" * 201, "x" * 10_000):
        answer = make(title)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/bad-item")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("items?query=" + "a%20" * 3000, 200),
        ("items?query=%00", 200),
        ("items?limit=-1", 422),
        ("items?limit=many", 422),
        ("items?limit=" + "9" * 30, 422),
        ("items?cursor=" + "9" * 50, 200),
        ("images?changed_since=" + "9" * 60, 200),
        ("images?changed_since=-1", 200),
        ("images?changed_since=0&wait=nan", 422),
        ("images?changed_since=0&wait=-1", 422),
        ("images?reference=%00", 200),
        ("images/" + "9" * 40, 404),
    ],
)
def test_a_question_that_makes_no_sense_is_answered(client, query, status):
    assert client.get(f"/api/v1/{query}").status_code == status


def test_what_no_folder_can_hold_is_an_address_like_any_unknown_one(client, item, photo):
    sent = client.upload(photo(), item)
    image = client.settled(sent.headers["Store-Image"], sent.headers["Store-Cursor"])
    thumb = image["urls"]["thumb"]
    media, picture, run, _ = thumb.rsplit("/", 3)
    long = "x" * 300
    unknown = requests.get(f"{media}/{picture}/{run}/unknown.jpg", timeout=20)
    assert unknown.status_code == 404
    for url in (f"{thumb}%00", f"{media}/{picture}/{run}/{long}", f"{media}/{picture}/{long}/x",
                f"{media}/{long}/{run}/x", f"{media}/{picture}/{run}/%F0%9F"):  # fmt: skip
        for headers in ({}, {"If-None-Match": "*"}):
            answer = requests.get(url, headers=headers, timeout=20)
            assert (url, answer.status_code, answer.json()) == (url, 404, unknown.json())


def test_what_strangers_do_leaves_no_word_in_the_log(companion_of, client_of, tmp_path):
    with companion_of(tmp_path, workers=1) as store:
        requests.get(f"{store.url}/sign-in", headers={"Host": "evil.example"}, timeout=20)
        requests.post(f"{store.url}/api/v1/sign-in", data=FORM % ("x" * 5_000_000), timeout=20)
        requests.post(f"{store.url}/api/v1/sign-in", data=FORM % "\\ud800", timeout=20)
        requests.post(f"{store.url}/sign-in", data={"email": "a\0b"}, timeout=20)
        requests.get(f"{store.url}/healthz", headers={"X-Long": "x" * 300_000}, timeout=20)
        with client_of(store.url, store.admin) as client:
            client.get("/api/v1/store")
            secrets = [client.token, store.admin[1]]
    assert store.log == "", secrets


def test_what_is_in_the_data_folder_is_for_its_owner_alone(companion_of, client_of, tmp_path):
    (tmp_path / "data").mkdir(mode=0o755)
    with companion_of(tmp_path, workers=0) as store:
        paths = list(store.data.rglob("*"))
        assert {"store.sqlite3", "secret_key"} <= {path.name for path in paths}
        assert not [path for path in paths if path.stat().st_mode & 0o077]
