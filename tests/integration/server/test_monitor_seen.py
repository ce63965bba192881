"""The server's pages in a real browser, as an admin uses them: healthy or not, and mended."""

from __future__ import annotations

import pytest
from chrome import chrome, sign_in, sized
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

WIDE, NARROW = (1280, 800), (360, 800)
DAMAGED = b"\xff\xd8\xff\xe0 torn"


class Seen:
    """A page as the browser has it."""

    def __init__(self, browser, store):
        self.browser, self.store = browser, store

    def go(self, path):
        self.browser.get(f"{self.store.url}{path}")
        return self

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        return [element.text for element in self.all(selector)]

    def press(self, words):
        """Press the first button or link of these words, as somebody who reads would."""
        self.leave_by(f"//*[self::button or self::a][normalize-space()='{words}']", By.XPATH)

    def leave_by(self, selector, by=By.CSS_SELECTOR):
        """Press what leads to another page, and be there."""
        self.browser.execute_script("window.here = true")
        self.browser.find_element(by, selector).click()
        # Between two pages the browser has nothing to answer from.
        wait = WebDriverWait(self.browser, 30, 0.03, ignored_exceptions=[WebDriverException])
        wait.until(
            lambda b: b.execute_script("return !window.here && document.readyState == 'complete'")
        )

    @property
    def verdict(self):
        level = self.one("section.verdict").get_attribute("class").removeprefix("verdict ")
        return level, self.one("section.verdict p").text

    @property
    def place(self):
        return self.browser.current_url.removeprefix(self.store.url)

    def pictures(self):
        """Give each picture's natural width; 0 is a broken one."""
        return self.browser.execute_script(
            "return [...document.images].map(i => i.complete ? i.naturalWidth : -1)"
        )

    def unnamed(self):
        """Give what can be used on the page but has no name in the accessibility tree."""
        tree = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = {"button", "link", "checkbox", "textbox", "searchbox"}
        return [
            node
            for node in tree
            if node.get("role", {}).get("value") in roles
            and not node.get("name", {}).get("value", "").strip()
        ]


@pytest.fixture(scope="module")
def store(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("seen")) as store:
        yield store


@pytest.fixture(scope="module")
def seller(store, client_of):
    with client_of(store.url, store.admin) as client:
        yield client


@pytest.fixture(scope="module")
def signed_in(store, tmp_path_factory):
    with chrome(tmp_path_factory.mktemp("chromium")) as browser:
        sized(browser, *WIDE)
        sign_in(browser, store.url, *store.admin)
        yield browser


@pytest.fixture
def page(store, signed_in):
    """Give the monitor's page of a store without photos; afterwards nothing may be amiss in it."""
    store.sql("DELETE FROM store_upload")
    store.sql("DELETE FROM store_itemimage")
    signed_in.get_log("browser")
    yield Seen(signed_in, store)
    assert signed_in.get_log("browser") == []


@pytest.fixture
def failed(store, seller, photo, eventually):
    """Give the means to have a photo fail: its file, and what stood in it."""

    def make(*names):
        made = []
        with store.workers_held():
            for name in names:
                sent = photo()
                number = seller.upload(sent, store.item(f"Item {name}"), filename=name).headers
                place = store.sql(
                    "SELECT original FROM store_itemimage WHERE id = ?", number["Store-Image"]
                )[0][0]
                path = store.data / "media" / place
                path.write_bytes(DAMAGED)
                made.append((path, sent))
        eventually(lambda: count(store, "failed") == len(names), "all failed", 60)
        return made

    return make


def count(store, state):
    return store.sql("SELECT count(*) FROM store_itemimage WHERE state = ?", state)[0][0]


def test_when_all_is_well_the_first_screen_says_so(page, store, seller, photo, eventually):
    seller.upload(photo(), store.item("A lamp"), filename="lamp.jpg")
    eventually(lambda: count(store, "live") == 1, "live", 60)
    page.go("/jobs/")
    assert page.verdict == ("good", "Healthy: 1 worker is running, nothing waits.")
    tiles = dict(text.split("\n")[:2] for text in page.texts(".tiles div"))
    assert tiles["Waiting"] == tiles["Running"] == tiles["Failed"] == "0"
    assert tiles["Live, last hour"] == "1"
    assert "lamp.jpg" in page.texts("tbody .name")
    assert page.pictures() == [100]
    # The verdict, the figures and the chart need no scrolling.
    assert page.one("svg.chart").rect["y"] + page.one("svg.chart").rect["height"] < WIDE[1]
    bars = [bar.rect["height"] for bar in page.all("svg.chart rect.live")]
    assert sum(height > 0 for height in bars) == 1


def test_a_worker_that_stands_still_shows_as_what_waits(page, store, seller, photo, eventually):
    with store.workers_held():
        seller.upload(photo(), store.item("A slow lamp"))
        store.sql("UPDATE store_itemimage SET queued_at = datetime('now', '-10 minutes')")
        page.go("/jobs/")
        level, sentence = page.verdict
        assert level == "slow"
        assert sentence == "Busy: 1 photo waits, the oldest for 10 min."


def test_a_failure_is_seen_understood_and_mended(page, store, failed, eventually):
    ((path, sent),) = failed("mug.jpg")
    page.go("/jobs/")
    assert page.verdict == ("bad", "1 photo failed in the last hour.")
    assert page.texts(".why") == ["The file is damaged: it ends half-way."]
    trace = page.one("details pre")
    assert not trace.is_displayed()
    page.one("details summary").click()
    assert trace.is_displayed()
    assert trace.text.startswith("Traceback")
    path.write_bytes(sent)
    page.press("Retry")
    assert page.place == "/jobs/?view=failed"
    eventually(lambda: count(store, "live") == 1, "live after all", 60)
    page.go("/jobs/")
    assert page.verdict[0] == "good"


def test_the_search_and_a_choice_narrow_what_is_retried(page, store, failed, eventually):
    names = ["blue mug.jpg", "red mug.jpg", "bowl.jpg"]
    for path, sent in failed(*names):
        path.write_bytes(sent)
    page.go("/jobs/")
    assert sorted(page.texts("tbody .name")) == sorted(names)
    page.one("input[type=search]").send_keys("mug")
    page.press("Search")
    assert sorted(page.texts("tbody .name")) == ["blue mug.jpg", "red mug.jpg"]
    page.one("input[aria-label='Choose red mug.jpg']").click()
    page.press("Retry chosen")
    eventually(lambda: count(store, "live") == 1, "the chosen one live", 60)
    assert store.sql("SELECT filename FROM store_itemimage WHERE state = 'live'") == [
        ("red mug.jpg",)
    ]
    page.go("/jobs/?view=failed")
    assert sorted(page.texts("tbody .name")) == ["blue mug.jpg", "bowl.jpg"]
    page.one("input[name=all]").click()
    page.press("Retry chosen")
    eventually(lambda: count(store, "live") == 3, "all live", 60)


def test_discarding_asks_and_can_be_left(page, store, failed):
    failed("one.jpg", "two.jpg")
    page.go("/jobs/")
    page.one("input[aria-label='Choose one.jpg']").click()
    page.press("Discard chosen…")
    assert page.texts("h1") == ["Discard 1 photo?"]
    page.press("Keep")
    assert sorted(page.texts("tbody .name")) == ["one.jpg", "two.jpg"]
    page.leave_by("button[aria-label='Discard one.jpg']")
    page.press("Discard")
    assert page.texts("tbody .name") == ["two.jpg"]
    assert page.texts("tbody .name + br + a") == ["Item two.jpg"]


def test_customers_see_a_placeholder_until_the_photo_is_live(
    page, store, seller, photo, eventually
):
    item = store.item("A chair")
    with store.workers_held():
        seller.upload(photo(), item, alt="A chair, seen from its side")
        page.go(f"/shop/{item}")
        assert len(page.texts(".soon")) == 1
        assert page.pictures() == []
        page.go("/shop/")
        assert page.pictures() == []
    eventually(lambda: count(store, "live") == 1, "live", 60)
    page.go(f"/shop/{item}")
    assert page.texts(".soon") == []
    assert page.pictures() == [200, 100]
    assert page.one(".strip img").get_attribute("alt") == "A chair, seen from its side"
    page.go("/shop/")
    assert page.pictures() == [200]


def test_a_device_is_signed_out_from_the_list(page, store, client_of):
    with client_of(store.url, store.admin) as lost:
        assert lost.get("/api/v1/items").status_code == 200
        page.go("/jobs/account/")
        devices = len(page.all("tbody tr"))
        # The newest stands first.
        page.leave_by("button[aria-label='Sign out test']")
        assert len(page.all("tbody tr")) == devices - 1
        signed_out = lost.get("/api/v1/items").status_code
        assert signed_out in {401, 404}


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_page_fits_and_names_what_can_be_used(page, store, failed, size):
    failed("a very long name of a file that nobody would have given.jpg")
    item = store.item("An empty shelf")
    sized(page.browser, *size)
    try:
        for path in ("/jobs/", "/jobs/?view=live", "/jobs/account/", "/shop/", f"/shop/{item}"):
            page.go(path)
            wide = page.browser.execute_script("return document.documentElement.scrollWidth")
            assert wide <= size[0], path
            assert page.unnamed() == [], path
    finally:
        sized(page.browser, *WIDE)


def test_the_pages_follow_the_systems_light_or_dark(page):
    def grounds():
        page.go("/jobs/")
        return page.browser.execute_script(
            "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
            ".map(c => c.match(/[0-9.]+/g).slice(0, 3).map(Number)"
            ".reduce((sum, part) => sum + part))"
        )

    def scheme(value):
        features = [{"name": "prefers-color-scheme", "value": value}]
        page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    ink, ground = grounds()
    assert ink < ground
    scheme("dark")
    try:
        ink, ground = grounds()
        assert ink > ground
    finally:
        scheme("light")
