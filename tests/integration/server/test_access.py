"""Who gets in, and that nobody else can tell what is there."""

from __future__ import annotations

import re

import pytest
import requests

from uploader.server import environment

API = "/api/v1"


def sign_in(companion, email, password, session=requests):
    form = {"email": email, "password": password, "device": "test"}
    return session.post(f"{companion.url}{API}/sign-in", json=form, timeout=20)


def test_the_greeting_names_the_store(companion):
    answer = requests.get(f"{companion.url}{API}/sign-in", timeout=20)
    assert answer.json() == {"contract": "store-uploader/1", "name": "Harbour & Pine"}


def test_an_admin_gets_a_token_whatever_the_case_of_the_address(companion):
    answer = sign_in(companion, companion.admin[0].upper(), companion.admin[1])
    assert answer.status_code == 201
    assert answer.json()["account"] == {"email": companion.admin[0], "name": "Ines"}
    assert answer.json()["expires_at"].endswith("Z")


def test_a_token_is_kept_only_as_its_hash(companion, client):
    kept = (companion.data / "store.sqlite3").read_bytes()
    wal = companion.data / "store.sqlite3-wal"
    kept += wal.read_bytes() if wal.exists() else b""
    assert client.token.encode() not in kept


@pytest.mark.parametrize("email", ["ines@harbourpine.shop", "nobody@example.org"])
def test_a_wrong_password_is_answered_alike_for_known_and_unknown(companion, email):
    answer = sign_in(companion, email, "wrong")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/wrong-credentials"
    assert answer.json()["detail"] == "Check both and try again."


def test_a_customer_is_told_only_after_the_right_password(companion):
    email, password = companion.customer
    assert sign_in(companion, email, "wrong").status_code == 401
    answer = sign_in(companion, email, password)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-an-admin")


def test_guessing_is_slowed_down_but_not_for_others(companion):
    answers = [sign_in(companion, "victim@example.org", f"guess {n}") for n in range(7)]
    assert [a.status_code for a in answers] == [401] * 5 + [429] * 2
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 301
    assert sign_in(companion, *companion.admin).status_code == 201


def test_signing_in_rightly_is_never_slowed_down(companion):
    counted = "SELECT coalesce(sum(count), 0) FROM store_attempt"
    before = companion.sql(counted)
    for _ in range(3):
        assert sign_in(companion, *companion.admin).status_code == 201
    assert companion.sql(counted) == before


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"email": 1}', '{"email": "a\\u0000b", "password": "x"}']
)
def test_nonsense_in_place_of_a_form_is_a_problem(companion, body):
    answer = requests.post(f"{companion.url}{API}/sign-in", data=body, timeout=20)
    assert answer.status_code in (400, 401, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_admin_finds_what_others_do_not(client):
    for path in ("/api/v1/store", "/api/docs", "/api/openapi.json", "/static/ninja/swagger-ui.css"):
        assert client.get(path).status_code == 200, path
    answer = client.get("/there/is/nothing/here")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert client.put("/api/v1/store").status_code == 405
    assert client.put("/api/v1/store").headers["Content-Type"] == "application/problem+json"


def test_the_page_of_the_api_has_all_its_parts_from_the_store_itself(client):
    parts = re.findall(r'(?:src|href)="([^"]+)"', client.get("/api/docs").text)
    assert "/static/ninja/swagger-ui-bundle.js" in parts
    assert all(part.startswith("/static/") for part in parts)
    assert {client.get(part).status_code for part in parts} == {200}


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_token_that_was_ours_is_asked_to_sign_in_again(companion, client_of, how):
    with client_of(companion.url, companion.admin) as client:
        if how == "revoked":
            assert client.delete("/api/v1/sign-in").status_code == 204
        else:
            newest = companion.sql("SELECT max(id) FROM store_token")[0][0]
            companion.sql(
                "UPDATE store_token SET expires_at = '2020-01-01 00:00:00' WHERE id = ?", newest
            )
        for path in ("/api/v1/store", "/there/is/nothing/here"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["type"]) == (401, "/problems/signed-out")


def browser(companion, email, password):
    session = requests.Session()
    page = session.get(f"{companion.url}/sign-in", timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    form = {"email": email, "password": password, "csrfmiddlewaretoken": token}
    answer = session.post(f"{companion.url}/sign-in", data=form, allow_redirects=False, timeout=20)
    return session, answer


def test_an_admins_browser_sees_the_monitor(companion):
    session, answer = browser(companion, *companion.admin)
    with session:
        assert (answer.status_code, answer.headers["Location"]) == (302, "/jobs/")
        page = session.get(f"{companion.url}/jobs/", timeout=20)
        assert page.status_code == 200
        assert re.search("Healthy|Busy|failed in the last hour", page.text)
        jobs = f"{companion.url}/admin/django_tasks_database/dbtaskresult/"
        assert session.get(jobs, timeout=20).status_code == 200


def test_a_session_cannot_be_used_from_another_page(companion):
    session, _ = browser(companion, *companion.admin)
    with session:
        url = f"{companion.url}/api/v1/items"
        answer = session.post(url, json={"title": "Forged"}, timeout=20)
        assert answer.status_code == 403
        headers = {"X-CSRFToken": session.cookies["csrftoken"]}
        answer = session.post(url, json={"title": "Made by hand"}, headers=headers, timeout=20)
        assert answer.status_code == 201


@pytest.mark.parametrize("password", ["a-harbour-by-night", "wrong"])
def test_a_customers_browser_gets_no_session(companion, password):
    session, answer = browser(companion, companion.customer[0], password)
    with session:
        assert answer.status_code in (401, 403)
        assert "sessionid" not in session.cookies
        assert session.get(f"{companion.url}/jobs/", timeout=20).status_code == 404


def test_an_account_that_is_closed_or_no_admin_any_more_finds_nothing(companion, client_of):
    email = ("passing@example.org", companion.admin[1])
    companion.manage("createadmin", email[0], "--password-stdin", stdin=email[1])
    session, _ = browser(companion, *email)
    with session, client_of(companion.url, email) as client:
        for change in ("is_active = 0", "is_active = 1, is_staff = 0"):
            companion.sql(f"UPDATE store_user SET {change} WHERE email = ?", email[0])
            assert client.get("/api/v1/store").status_code == 404
            assert session.get(f"{companion.url}/jobs/", timeout=20).status_code == 404


def test_a_session_begins_anew_with_the_sign_in(companion):
    with requests.Session() as session:
        session.cookies.set("sessionid", "planted0planted0planted0planted0")
        page = session.get(f"{companion.url}/sign-in", timeout=20)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        email, password = companion.admin
        form = {"email": email, "password": password}
        url = f"{companion.url}/sign-in"
        assert session.post(url, data=form, timeout=20).status_code == 403
        form["csrfmiddlewaretoken"] = token
        answer = session.post(url, data=form, allow_redirects=False, timeout=20)
        assert answer.status_code == 302
        assert "planted" not in answer.cookies["sessionid"]


def test_secrets_are_readable_by_their_owner_alone(companion):
    assert (companion.data / environment.KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert companion.data.stat().st_mode & 0o077 == 0
