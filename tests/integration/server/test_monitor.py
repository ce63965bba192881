"""The monitor, as an admin's browser gets it: counts, reasons, search, retry and discard."""

from __future__ import annotations

import re
import uuid
from contextlib import contextmanager

import pytest
import requests

NASTY = "<script>alert(1)</script>.jpg"


@pytest.fixture(scope="module")
def shop(companion_of, tmp_path_factory):
    """A store without workers: what the tests put into its rows stays."""
    with companion_of(tmp_path_factory.mktemp("monitor"), workers=0) as store:
        yield store


@pytest.fixture(scope="module")
def admin(shop):
    with browser(shop) as session:
        yield session


@contextmanager
def browser(store):
    with requests.Session() as session:
        page = session.get(f"{store.url}/sign-in", timeout=20)
        form = {"email": store.admin[0], "password": store.admin[1], **csrf(page)}
        answer = session.post(f"{store.url}/sign-in", data=form, allow_redirects=False, timeout=20)
        assert answer.headers["Location"] == "/jobs/"
        yield session


def csrf(page):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    return {"csrfmiddlewaretoken": token}


def seen(session, store, **asked):
    answer = session.get(f"{store.url}/jobs/", params=asked, timeout=20)
    assert answer.status_code == 200
    return answer.text


def press(session, store, **form):
    token = csrf(session.get(f"{store.url}/jobs/", timeout=20))
    return session.post(
        f"{store.url}/jobs/", data={**token, **form}, allow_redirects=False, timeout=20
    )


@pytest.fixture
def image_of(shop, client_of, photo):
    """Give the means to have an image in a state: ``image_of("failed", filename=…)``."""
    shop.sql("DELETE FROM store_upload")
    shop.sql("DELETE FROM store_itemimage")

    def make(state, **columns):
        title = f"Item {uuid.uuid4().hex[:8]}"
        with client_of(shop.url, token=tokens(shop, client_of)) as client:
            number = client.upload(photo(), shop.item(title)).headers["Store-Image"]
        columns = {"state": state, **columns}
        if state != "processing":
            columns.setdefault("finished_at", "2026-01-01 00:00:00")
        changes = ", ".join(f"{name} = ?" for name in columns)
        shop.sql(f"UPDATE store_itemimage SET {changes} WHERE id = ?", *columns.values(), number)
        return int(number), title

    return make


_TOKEN = {}


def tokens(shop, client_of):
    """Sign in once: more often within a minute is throttled."""
    if shop.url not in _TOKEN:
        with client_of(shop.url, shop.admin) as client:
            _TOKEN[shop.url] = client.token
    return _TOKEN[shop.url]


def state(shop, number):
    return shop.sql("SELECT state, attempts FROM store_itemimage WHERE id = ?", number)[0]


def test_without_workers_the_page_says_so_and_what_to_do(shop, admin, image_of):
    page = seen(admin, shop)
    assert "No worker is running. New photos would wait." in page
    image_of("processing", queued_at="2026-01-01 00:00:00")
    page = seen(admin, shop)
    assert re.search(r"No worker is running\. 1 photo waits, the oldest for \d+ days\.", page)
    assert "store-uploader-server worker" in page
    assert '<meta http-equiv="refresh"' in page


def test_a_failure_shows_its_reason_and_trace_and_nothing_of_it_runs(shop, admin, image_of):
    reason = "The file is <damaged>."
    image_of("failed", error_detail=reason, trace="Traceback: <b>here</b>", filename=NASTY)
    page = seen(admin, shop)
    assert "The file is &lt;damaged&gt;." in page
    assert "Traceback: &lt;b&gt;here&lt;/b&gt;" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    # What somebody reads or chooses from isn't taken away.
    assert 'http-equiv="refresh"' not in page


def test_the_trace_is_for_admins_of_the_server_and_in_no_answer_of_the_api(
    shop, image_of, client_of
):
    number, _ = image_of("failed", trace="a secret place")
    with client_of(shop.url, token=tokens(shop, client_of)) as client:
        assert client.image(str(number))["state"] == "failed"
        assert "a secret place" not in client.get(f"/api/v1/images/{number}").text


def test_one_is_retried(shop, admin, image_of):
    number, _ = image_of("failed", attempts=5, trace="before")
    other, _ = image_of("failed")
    answer = press(admin, shop, retry=str(number))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/jobs/?view=failed")
    assert state(shop, number) == ("processing", 0)
    assert state(shop, other)[0] == "failed"


def test_those_chosen_or_all_that_the_search_finds_are_retried(shop, admin, image_of):
    mine = [image_of("failed", filename=f"mine-{n}.jpg")[0] for n in range(3)]
    others = [image_of("failed", filename=f"other-{n}.jpg")[0] for n in range(3)]
    press(admin, shop, do="retry", image=[str(others[0]), str(others[1])])
    assert [state(shop, n)[0] for n in others] == ["processing", "processing", "failed"]
    press(admin, shop, do="retry", all="1", q="mine")
    assert {state(shop, n)[0] for n in mine} == {"processing"}
    assert state(shop, others[2])[0] == "failed"


def test_discarding_asks_first_and_then_takes_it_out_of_the_shop(shop, admin, image_of):
    number, _ = image_of("failed")
    asked = press(admin, shop, discard=str(number))
    assert "Discard 1 photo?" in asked.text
    assert state(shop, number)[0] == "failed"
    assert press(admin, shop, do="discard", sure="1", image=str(number)).status_code == 302
    assert state(shop, number)[0] == "removed"
    original = shop.sql("SELECT original FROM store_itemimage WHERE id = ?", number)[0][0]
    assert original == ""


@pytest.mark.parametrize("chosen", ["x", "-1", "9" * 40, "²", "1; DROP TABLE store_item", ""])
def test_a_form_that_is_not_ours_changes_nothing(shop, admin, image_of, chosen):
    live, _ = image_of("live")
    failed, _ = image_of("failed")
    for form in ({"retry": chosen}, {"discard": chosen}, {"do": "retry", "image": chosen},
                 {"do": "discard", "sure": "1", "image": [chosen, str(live)]}):  # fmt: skip
        assert press(admin, shop, **form).status_code == 302
    assert (state(shop, live)[0], state(shop, failed)[0]) == ("live", "failed")


def test_a_form_without_our_token_is_refused(shop, admin, image_of):
    number, _ = image_of("failed")
    answer = admin.post(f"{shop.url}/jobs/", data={"retry": str(number)}, timeout=20)
    assert answer.status_code == 403
    assert state(shop, number)[0] == "failed"


def test_the_search_finds_by_item_sku_file_and_reference(shop, admin, image_of):
    number, title = image_of("failed", filename="blue mug.jpg")
    image_of("failed", filename="red mug.jpg")
    reference = shop.sql("SELECT reference FROM store_itemimage WHERE id = ?", number)[0][0]
    for query in (title.lower(), "BLUE", "mug blue", reference):
        page = seen(admin, shop, q=query)
        assert "blue mug.jpg" in page, query
        assert "red mug.jpg" not in page, query
    assert "matches “%_&#x27;&quot;”" in seen(admin, shop, q="%_'\"")


def test_ten_thousand_cost_no_more_questions_than_one(shop, image_of):
    """Counted where it is asked: the database's own log of a request."""
    image_of("failed")
    script = (
        "import sys\n"
        "from django.db import connection\n"
        "from django.test import RequestFactory\n"
        "from django.test.utils import CaptureQueriesContext\n"
        "from uploader.server.monitor.pages import Jobs\n"
        "from uploader.server.store.models import User\n"
        "request = RequestFactory().get('/jobs/')\n"
        "request.user = User.objects.first()\n"
        "with CaptureQueriesContext(connection) as asked:\n"
        "    page = Jobs.as_view()(request)\n"
        "print('asked', len(asked), page.content.count(b'name=\"image\"'))\n"
    )

    def asked():
        found = re.search(r"^asked (\d+) (\d+)$", shop.manage("shell", "-c", script), re.MULTILINE)
        return int(found[1]), int(found[2])

    few = asked()
    columns = [row[1] for row in shop.sql("PRAGMA table_info(store_itemimage)") if row[1] != "id"]
    own = {"public": "lower(hex(randomblob(16)))", "reference": "lower(hex(randomblob(16)))",
           "cursor": "cursor + 1000000 + n"}  # fmt: skip
    shop.sql(
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 9999)"
        f" INSERT INTO store_itemimage ({', '.join(columns)})"
        f" SELECT {', '.join(own.get(name, name) for name in columns)}"
        " FROM store_itemimage, many"
    )
    many = asked()
    assert (few[1], many[1]) == (1, 50)
    assert many[0] == few[0]
