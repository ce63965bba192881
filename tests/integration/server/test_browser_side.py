"""What a browser is told, and what is believed of a reverse proxy."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
import requests

PRODUCTION = {
    "STORE_URL": "https://shop.example",
    "STORE_HOSTS": "shop.example",
    "STORE_TRUSTED_PROXIES": "127.0.0.1",
}


def through(companion, method, path, session=requests, **headers):
    """Ask as the reverse proxy does, over TLS unless it says otherwise."""
    told = {"Host": "shop.example", "X-Forwarded-Proto": "https", **headers}
    form = told.pop("form", None)
    return session.request(
        method, companion.url + path, headers=told, data=form, allow_redirects=False, timeout=20
    )


@pytest.fixture(scope="module")
def behind(companion_of, tmp_path_factory):
    """A store behind a proxy that speaks TLS."""
    with companion_of(tmp_path_factory.mktemp("behind"), workers=0, **PRODUCTION) as store:
        yield store


def check(folder, **environment):
    done = subprocess.run(
        [sys.executable, "-m", "uploader.server.cli", "check", "--deploy",
         "--fail-level", "DEBUG", "--data", str(folder)],
        env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    code, said = check(tmp_path, **PRODUCTION)
    assert (code, said) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"STORE_TRUSTED_PROXIES": ""}, "STORE_TRUSTED_PROXIES"),
        ({"STORE_HOSTS": "*"}, "STORE_HOSTS"),
        ({"STORE_URL": "http://shop.example"}, "SECURE_SSL_REDIRECT"),
        ({"STORE_SECRET_KEY": "secret"}, "SECRET_KEY"),
    ],
)
def test_a_configuration_with_a_hole_is_noticed(tmp_path, change, hint):
    code, said = check(tmp_path, **{**PRODUCTION, **change})
    assert code == 1
    assert hint in said


def test_an_answer_over_tls_says_what_browsers_may_do(behind):
    headers = through(behind, "GET", "/sign-in").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_without_tls_everything_leads_to_tls_but_the_question_of_health(behind):
    for path in ("/sign-in", "/jobs/", "/there/is/nothing/here"):
        answer = through(behind, "GET", path, **{"X-Forwarded-Proto": "http"})
        assert answer.headers["Location"] == f"https://shop.example{path}"
    answer = through(behind, "GET", "/healthz", **{"X-Forwarded-Proto": "http"})
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers


def test_cookies_stay_with_this_host_over_tls_and_out_of_scripts(behind):
    page = through(behind, "GET", "/sign-in")
    secret = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    jar = page.headers["Set-Cookie"].partition(";")[0]
    form = {"email": behind.admin[0], "password": behind.admin[1], "csrfmiddlewaretoken": secret}
    ours = {"Cookie": jar, "Origin": "https://shop.example", "form": form}
    answer = through(behind, "POST", "/sign-in", **ours)
    assert answer.headers["Location"] == "/jobs/"
    set_cookies = answer.raw.headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in set_cookies} == {
        "__Host-sessionid", "__Host-csrftoken",
    }  # fmt: skip
    for cookie in [*set_cookies, page.headers["Set-Cookie"]]:
        flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith(("expires", "max-age", "domain")) for flag in flags)
    foreign = through(behind, "POST", "/sign-in", **{**ours, "Origin": "https://evil.example"})
    assert foreign.status_code == 403


def test_a_session_ends_by_itself(behind):
    expires = behind.sql("SELECT max(expire_date) FROM django_session")[0][0]
    assert expires
    later = behind.sql("SELECT datetime('now', '+13 hours')")[0][0]
    assert expires < later


def test_other_names_of_the_host_are_refused(behind):
    assert through(behind, "GET", "/sign-in", Host="evil.example").status_code == 400
    told = {"X-Forwarded-Host": "evil.example"}
    place = through(behind, "GET", "/jobs/", **{**told, "X-Forwarded-Proto": "http"})
    assert place.headers["Location"] == "https://shop.example/jobs/"


def guess(companion, address, n):
    form = {"email": f"{n}@example.org", "password": "wrong"}
    told = {"X-Forwarded-For": address}
    url = f"{companion.url}/api/v1/sign-in"
    return requests.post(url, json=form, headers=told, timeout=20).status_code


def test_guesses_count_for_the_address_that_a_trusted_proxy_saw(companion_of, tmp_path):
    """60 failures from one address are the limit; the count is put in to save the hashing."""
    with companion_of(tmp_path, workers=0, STORE_TRUSTED_PROXIES="127.0.0.0/8") as store:
        assert guess(store, "6.6.6.6, 198.51.100.1", "a") == 401
        store.sql("UPDATE store_attempt SET count = 60")
        # What the guesser says further left is made up, and helps nothing.
        assert guess(store, "7.7.7.7, 198.51.100.1", "b") == 429
        assert guess(store, "198.51.100.2", "c") == 401


def test_guesses_count_for_the_peer_where_no_proxy_is_trusted(companion_of, tmp_path):
    with companion_of(tmp_path, workers=0) as store:
        assert guess(store, "198.51.100.1", "a") == 401
        store.sql("UPDATE store_attempt SET count = 60")
        assert guess(store, "198.51.100.2", "b") == 429
