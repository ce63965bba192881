"""The whole job by keyboard alone, on a real screen: from the first start to live photos."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from PIL import Image
from store_process import running

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="on an X screen")


@pytest.fixture
def store(tmp_path):
    """A store with two mugs, which one file name fits, and a lamp."""
    with running(tmp_path / "store") as made:
        for title, sku in (
            ("Harbour mug, blue", "HP-1042"),
            ("Harbour mug, sand", "HP-1043"),
            ("Table lamp", "HP-7"),
        ):
            made.item(title, sku)
        yield made


@pytest.fixture
def photos(tmp_path):
    """One photo whose name fits two items, and one whose name is a SKU."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, colour in (("harbour-mug.jpg", "teal"), ("HP-7_1.jpg", "orange")):
        Image.new("RGB", (900, 900), colour).save(folder / name, quality=95)
    return folder


def test_from_the_first_start_to_live_photos_without_a_pointer(
    screen, managed, hands, demo, store, photos, eventually, tmp_path
):
    with (tmp_path / "said").open("w") as said:
        app = subprocess.Popen(
            [sys.executable, "-m", "uploader", "--data", str(demo.data)],
            env=screen, stdin=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip
    try:
        eventually((demo.data / "outbox.sqlite3").exists, "an open outbox")
        main = eventually(lambda: hands.window("^Store Uploader$"), "the window")
        hands.tool("windowactivate", "--sync", main)
        sign_in(hands, store, eventually)
        add(hands, photos, eventually)
        eventually(lambda: demo.states() == {"ready": 2}, "photos that were looked at")

        # The first row is chosen and asks: F2 opens its items, the arrow goes to the first.
        hands.press("Escape", "F2", "Down", "Return")
        eventually(lambda: sorted(items(demo)) == ["Harbour mug, blue", "Table lamp"], "the item")

        eventually(lambda: hands.press("ctrl+Return") or "ready" not in demo.states(), "an upload")
        eventually(lambda: demo.states() == {"live": 2}, "live photos")
        hands.press("ctrl+q")
        assert app.wait(timeout=30) == 0, (tmp_path / "said").read_text()
    finally:
        if app.poll() is None:
            app.kill()
            app.wait()
    shown = store.sql(
        "SELECT title, state FROM store_itemimage i JOIN store_item t ON t.id = i.item_id"
        " ORDER BY title"
    )
    assert shown == [("Harbour mug, blue", "live"), ("Table lamp", "live")]


def sign_in(hands, store, eventually):
    """Tab to *Sign in…*, and fill the dialog in."""
    hands.press("Tab", "space")
    eventually(lambda: hands.focused().startswith("Sign in"), "the sign-in")
    for text, key in ((store.url, "Tab"), (store.admin[0], "Tab"), (store.admin[1], "Return")):
        hands.write(text)
        hands.press(key)
    eventually(lambda: hands.focused() == "Store Uploader", "to be signed in")


def add(hands, photos, eventually):
    """Ctrl+O, and the names of both photos."""
    hands.press("ctrl+o")
    eventually(lambda: hands.focused().startswith("Add photos"), "the dialog of files")
    hands.write(" ".join(f'"{photos / name}"' for name in ("harbour-mug.jpg", "HP-7_1.jpg")))
    hands.press("Return")
    eventually(lambda: hands.focused() == "Store Uploader", "both files taken")


def items(demo):
    """Give the titles of the photos' items, read beside the running program."""
    with closing(sqlite3.connect(f"file:{demo.data}/outbox.sqlite3?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT item FROM photos WHERE item IS NOT NULL").fetchall()
    return [json.loads(item)["title"] for (item,) in rows]
