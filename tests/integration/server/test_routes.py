"""Every address of the server's own table, asked by everybody who is no admin.

`pytest -s -k list` prints the table; `store-uploader-server routes` does too.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import requests

PUBLIC = {
    "/api/v1/sign-in": {"GET", "HEAD", "POST"},
    "/healthz": {"GET", "HEAD"},
    "/media/<slug:picture>/<slug:version>/<str:name>": {"GET", "HEAD"},
    "/readyz": {"GET", "HEAD"},
    "/sign-in": {"GET", "HEAD", "POST"},
    "/store.css": {"GET", "HEAD"},
}
"""All that strangers may ask. Whoever adds to it has thought about it."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UNKNOWN = "/there/is/nothing/here"
UUID = "00000000-0000-4000-8000-000000000000"

PEOPLE = """
from django.contrib.sessions.backends.db import SessionStore
from uploader.server.access import tokens
from uploader.server.store.models import User
customer = User.objects.get(email={email!r})
session = SessionStore()
session["_auth_user_id"] = str(customer.pk)
session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
session["_auth_user_hash"] = customer.get_session_auth_hash()
session.create()
print("made", session.session_key, tokens.issue(customer, "forged")[0])
"""
"""The store gives customers neither a session nor a token: these are real all the same."""


@pytest.fixture(scope="module")
def listed(companion):
    return json.loads(companion.manage("routes", "--json"))


@pytest.fixture(scope="module")
def there(companion, client, photo):
    """Give an image's and an unfinished upload's id: what is asked for exists."""
    item = companion.item("Seen by nobody")
    image = client.upload(photo(), item).headers["Store-Image"]
    place = client.create(b"x" * 100, item).headers["Location"]
    return image, place.rpartition("/")[2]


@pytest.fixture(scope="module")
def somebody(companion):
    """Give the headers that each kind of stranger sends."""
    script = PEOPLE.format(email=companion.customer[0])
    made = re.search(r"^made (\S+) (\S+)$", companion.manage("shell", "-c", script), re.MULTILINE)
    assert made
    return {
        "nobody": {},
        "a customer's session": {"Cookie": f"sessionid={made[1]}"},
        "a customer's token": {"Authorization": f"Bearer {made[2]}"},
        "a made-up token": {"Authorization": "Bearer made-up"},
        "a made-up session": {"Cookie": "sessionid=0123456789abcdef0123456789abcdef"},
        "another scheme": {"Authorization": "Basic aW5lczppbmVz"},
    }


def seen(answer):
    """Give all that an answer tells, in its order and its spelling, but the time and its name."""
    raw = answer.raw
    headers = [
        (name, re.sub("[0-9a-f]", "0", value) if name == "X-Request-Id" else value)
        for name, value in raw.headers.items() if name != "Date"
    ]  # fmt: skip
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])
    return raw.status, raw.reason, raw.version, headers, answer.content


def paths(listed, there):
    """Give (address, the methods with which everybody may ask it)."""
    image, upload = there
    for route in listed:
        path = route["example"].replace(UUID, upload)
        if "<int:image_id>" in route["route"]:
            path = path.replace("/1", f"/{image}")
        yield path, PUBLIC.get(route["route"], set())
    for path in (
        "/static/admin/css/base.css", "/static/ninja/swagger-ui.css", "/admin", "/jobs", "/api",
        "/healthz/", "/API/v1/store", "//api/v1/store", "/api/v1/store?query=1", "/media/",
        "/jobs/%2e%2e/healthz", "/static/../healthz", "/sign-in/",
    ):  # fmt: skip
        yield path, {"GET", "HEAD"} if path.startswith("/media/") else set()


def test_the_public_addresses_are_these_and_no_others(listed):
    public = {route["route"]: set(route["public"]) for route in listed if route["public"]}
    assert public == PUBLIC


@pytest.mark.parametrize(
    "who",
    [
        "nobody", "a customer's session", "a customer's token", "a made-up token",
        "a made-up session", "another scheme",
    ],
)  # fmt: skip
def test_every_route_is_as_unknown_as_an_address_that_does_not_exist(
    companion, listed, there, somebody, who
):
    asked = list(paths(listed, there))
    assert len(asked) > 70
    with requests.Session() as session:

        def ask(method, path):
            request = requests.Request(method, companion.url, somebody[who]).prepare()
            request.url = companion.url + path  # as it is: nothing made shorter or escaped
            return seen(session.send(request, allow_redirects=False, timeout=30))

        for method in METHODS:
            unknown = ask(method, UNKNOWN)
            assert unknown[0] == 404
            told = [path for path, public in asked if method not in public
                    and ask(method, path) != unknown]  # fmt: skip
            assert not told, method


def test_a_picture_that_is_not_there_is_as_unknown_as_any_address(companion):
    with requests.Session() as session:
        for method in ("GET", "HEAD"):
            unknown = seen(session.request(method, companion.url + UNKNOWN, timeout=20))
            for path in ("/media/a/b/c.jpg", "/media/a", "/media/a/b/.c", "/media/../secret_key"):
                assert seen(session.request(method, companion.url + path, timeout=20)) == unknown


def test_an_admin_gets_something_else(client, listed, there):
    """What the walk above proves would be worth nothing if there were nothing."""
    found = [
        path for path, public in paths(listed, there)
        if not public and client.get(path).status_code != 404
    ]  # fmt: skip
    there = {"/api/v1/store", "/api/openapi.json", "/jobs/", "/jobs/account/", "/admin/"}
    assert there | {"/metrics"} <= set(found)


def test_the_list_in_the_documentation_is_this_one(companion):
    table = companion.manage("routes")
    print(table)  # noqa: T201 - what `pytest -s` is for
    page = (Path(__file__).parents[3] / "docs" / "routes.md").read_text()
    assert page.endswith(table), "run: store-uploader-server routes --write docs/routes.md"
