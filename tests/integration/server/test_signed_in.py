"""Devices and browsers that are signed in: seen, signed out, and what ends them all."""

from __future__ import annotations

import re
import uuid
from contextlib import contextmanager

import pytest
import requests

PASSWORD = "a-harbour-by-night"
NEXT = "another-harbour-by-day"
STORE, DEVICES = "/api/v1/store", "/api/v1/devices"


@pytest.fixture
def email(companion):
    """An admin of one's own."""
    address = f"{uuid.uuid4().hex}@example.org"
    companion.manage("createadmin", address, "--password-stdin", stdin=PASSWORD)
    return address


@contextmanager
def browser(companion, email, password=PASSWORD):
    with requests.Session() as session:
        page = session.get(f"{companion.url}/sign-in", timeout=20)
        form = {"email": email, "password": password, "csrfmiddlewaretoken": secret(page)}
        url = f"{companion.url}/sign-in"
        answer = session.post(url, data=form, allow_redirects=False, timeout=20)
        assert answer.status_code == 302
        yield session


def secret(page):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]


def press(session, companion, page, **button):
    form = {"csrfmiddlewaretoken": secret(page), **button}
    url = f"{companion.url}/jobs/account/"
    return session.post(url, data=form, allow_redirects=False, timeout=20)


def status(client, path=STORE):
    return client.get(path).status_code


def seen(session, companion):
    return session.get(f"{companion.url}/jobs/account/", timeout=20).status_code


def test_devices_are_listed_for_their_own_admin_alone(companion, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one:
        with client_of(companion.url, (email, PASSWORD)):
            devices = one.get(DEVICES).json()["devices"]
        assert [(d["name"], d["current"]) for d in devices] == [("test", False), ("test", True)]
        assert all(d["last_used_at"].endswith("Z") for d in devices)
        assert devices[0]["expires_at"] > devices[0]["created_at"]
        assert one.token not in one.get(DEVICES).text


def test_one_device_is_signed_out_and_told_so(companion, client_of, email):
    admin = (email, PASSWORD)
    with client_of(companion.url, admin) as one, client_of(companion.url, admin) as other:
        theirs = next(d["id"] for d in one.get(DEVICES).json()["devices"] if not d["current"])
        assert one.delete(f"{DEVICES}/{theirs}").status_code == 204
        assert (status(one), status(other)) == (200, 401)
        assert one.delete(f"{DEVICES}/{theirs}").status_code == 404
        assert len(one.get(DEVICES).json()["devices"]) == 1


@pytest.mark.parametrize("name", ["1", "%25", "________________", "0" * 16, "0" * 64, "a/b"])
def test_a_device_of_nobody_or_of_another_admin_is_not_found(client, name):
    assert client.delete(f"{DEVICES}/{name}").status_code == 404


def test_another_admins_device_is_not_found(companion, client, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one:
        name = one.get(DEVICES).json()["devices"][0]["id"]
        assert client.delete(f"{DEVICES}/{name}").status_code == 404
        assert status(one) == 200


def test_all_others_are_signed_out_at_once(companion, client_of, email):
    admin = (email, PASSWORD)
    with (
        client_of(companion.url, admin) as one,
        client_of(companion.url, admin) as other,
        browser(companion, email) as session,
    ):
        assert one.delete(DEVICES).status_code == 204
        assert (status(one), status(other), seen(session, companion)) == (200, 401, 404)


def test_the_page_shows_devices_and_signs_them_out(companion, client_of, email):
    form = {"email": email, "password": PASSWORD, "device": "<b>Ines’ laptop</b>"}
    token = requests.post(f"{companion.url}/api/v1/sign-in", json=form, timeout=20).json()["token"]
    with (
        browser(companion, email) as session,
        browser(companion, email) as elsewhere,
        client_of(companion.url, token=token) as laptop,
        client_of(companion.url, (email, PASSWORD)) as other,
    ):
        page = session.get(f"{companion.url}/jobs/account/", timeout=20)
        assert "&lt;b&gt;Ines’ laptop&lt;/b&gt;" in page.text
        name = re.findall(r'name="device" value="([^"]+)"', page.text)[-1]
        assert press(session, companion, page, device=name).headers["Location"] == "/jobs/account/"
        assert (status(laptop), status(other)) == (401, 200)
        assert press(session, companion, page, device="f" * 16).status_code == 404
        assert press(session, companion, page, everywhere="1").status_code == 302
        assert (status(other), seen(elsewhere, companion), seen(session, companion)) == (
            401, 404, 200,
        )  # fmt: skip
        page = session.get(f"{companion.url}/jobs/account/", timeout=20)
        assert "No device is signed in." in page.text


def test_the_page_is_not_for_forms_of_others(companion, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one, browser(companion, email) as session:
        url = f"{companion.url}/jobs/account/"
        assert session.post(url, data={"everywhere": "1"}, timeout=20).status_code == 403
        assert status(one) == 200


def test_a_new_password_ends_all_sign_ins(companion, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one, browser(companion, email) as session:
        companion.manage("createadmin", email, "--password-stdin", stdin=NEXT)
        assert (status(one), seen(session, companion)) == (401, 404)


def test_the_administrations_form_for_a_new_password_ends_the_others(companion, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one, browser(companion, email) as session:
        url = f"{companion.url}/admin/password_change/"
        form = {
            "csrfmiddlewaretoken": secret(session.get(url, timeout=20)),
            "old_password": PASSWORD, "new_password1": NEXT, "new_password2": NEXT,
        }  # fmt: skip
        answer = session.post(url, data=form, allow_redirects=False, timeout=20)
        assert answer.status_code == 302
        assert (status(one), seen(session, companion)) == (401, 200)


@pytest.mark.parametrize("field", ["is_staff", "is_active"])
def test_a_role_that_is_lost_and_given_back_brings_no_sign_in_back(
    companion, client_of, email, field
):
    script = (
        "from uploader.server.store.models import User\n"
        f"user = User.objects.get(email={email!r})\n"
        f"user.{field} = {{}}\nuser.save()\n"
    )
    with client_of(companion.url, (email, PASSWORD)) as one, browser(companion, email) as session:
        companion.manage("shell", "-c", script.format(False))
        assert (status(one), seen(session, companion)) == (404, 404)
        companion.manage("shell", "-c", script.format(True))
        assert (status(one), seen(session, companion)) == (401, 404)


def test_revoke_tokens_signs_out_one_account_or_all(companion_of, client_of, tmp_path):
    with companion_of(tmp_path, workers=0) as store:
        other = ("otto@example.org", PASSWORD)
        store.manage("createadmin", other[0], "--password-stdin", stdin=PASSWORD)
        with client_of(store.url, store.admin) as one, client_of(store.url, other) as two:
            told = store.manage("revoke-tokens", store.admin[0])
            assert told == "1 device signed out, and all browsers.\n"
            assert (status(one), status(two)) == (401, 200)
            store.manage("revoke-tokens", "--all")
            assert status(two) == 401
            with client_of(store.url, store.admin) as again:
                assert status(again) == 200


def test_the_last_use_is_written_down_now_and_then_not_with_each_request(
    companion, client_of, email
):
    with client_of(companion.url, (email, PASSWORD)) as one:
        row = companion.sql("SELECT max(id) FROM store_token")[0][0]

        def noted():
            return companion.sql("SELECT last_used_at FROM store_token WHERE id = ?", row)[0][0]

        begun = noted()
        for _ in range(5):
            assert status(one) == 200
        assert noted() == begun
        for long_ago_or_yet_to_come in ("2020-01-01 00:00:00", "2099-01-01 00:00:00"):
            change = "UPDATE store_token SET last_used_at = ? WHERE id = ?"
            companion.sql(change, long_ago_or_yet_to_come, row)
            assert status(one) == 200
            assert noted() >= begun
            assert noted() != long_ago_or_yet_to_come


def test_what_is_over_is_swept_away(companion, client_of, email):
    with client_of(companion.url, (email, PASSWORD)) as one, browser(companion, email):
        row = companion.sql("SELECT max(id) FROM store_token")[0][0]
        companion.sql("UPDATE store_token SET expires_at = '2020-01-01' WHERE id = ?", row)
        companion.sql("UPDATE django_session SET expire_date = '2020-01-01 00:00:00'")
        assert status(one) == 401
        companion.manage("sweep")
        assert companion.sql("SELECT count(*) FROM django_session")[0][0] == 0
        assert status(one) == 404


COUNTED = """
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from uploader.server.access.passwords import admin_by_password
from uploader.server.problems import ProblemError
from uploader.server.store.models import Attempt, User
hashes, encode = [], ScryptPasswordHasher.encode
def counted(self, *args, **kwargs):
    hashes.append(1)
    return encode(self, *args, **kwargs)
ScryptPasswordHasher.encode = counted
User.objects.filter(email={closed!r}).update(is_active=False)
for email in ({admin!r}, {customer!r}, {closed!r}, "nobody@example.org"):
    Attempt.objects.all().delete()
    hashes.clear()
    with CaptureQueriesContext(connection) as queries:
        try:
            admin_by_password(RequestFactory().get("/"), email, "wrong")
        except ProblemError as error:
            print("cost", error.name, len(hashes), len(queries))
"""


def test_a_wrong_password_costs_the_same_whether_there_is_an_account_or_not(companion, email):
    script = COUNTED.format(admin=companion.admin[0], customer=companion.customer[0], closed=email)
    told = re.findall("^cost .*$", companion.manage("shell", "-c", script), re.MULTILINE)
    assert len(told) == 4
    assert len(set(told)) == 1
    assert told[0].startswith("cost wrong-credentials 1 ")
