"""Make the pictures of the server's pages: ``python docs/screenshots/server.py [FOLDER]``.

A real server with real photos, seen by Chromium: the monitor when all is well and when not, the
shop, light and dark, and narrow.
"""

# ruff: noqa: E402
from __future__ import annotations

import base64
import hashlib
import random
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import requests
from chrome import chrome, sign_in, sized
from PIL import Image
from store_process import PASSWORD, Companion, running, until

from uploader.domain.matching import Matcher
from uploader.domain.stores import Item

SAMPLES = ROOT / "resources" / "samples"
WIDE, NARROW = (1280, 900), (360, 800)
MOMENT = "%Y-%m-%d %H:%M:%f"


def fill(store: Companion) -> None:
    """Send the samples, and let an hour have gone by."""
    store.manage("seed")
    send(store)
    until(lambda: not count(store, "processing"), "all live", 120)
    dice = random.Random(7)
    rows = store.sql("SELECT id FROM store_itemimage ORDER BY id")
    for (number,) in rows:
        minutes = int(dice.triangular(0, 58, 20))
        back = f"-{minutes} minutes"
        store.sql(
            "UPDATE store_itemimage SET queued_at = strftime(?, queued_at, ?),"
            " finished_at = strftime(?, finished_at, ?) WHERE id = ?",
            MOMENT, back, MOMENT, back, number,
        )  # fmt: skip


def send(store: Companion) -> None:
    """Send every sample once, as the app's connector does."""
    said = {"email": store.admin[0], "password": PASSWORD, "device": "pictures"}
    token = requests.post(f"{store.url}/api/v1/sign-in", json=said, timeout=30).json()["token"]
    rows = store.sql("SELECT id, title, sku FROM store_item")
    matcher = Matcher(Item(str(number), title, sku) for number, title, sku in rows)
    for path in sorted(p for p in SAMPLES.iterdir() if p.suffix != ".md"):
        found = matcher.match(path).items
        if not found:
            continue
        content = path.read_bytes()
        meta = {
            "reference": str(uuid.uuid4()), "item": found[0].id,
            "filename": path.name, "sha256": hashlib.sha256(content).hexdigest(),
        }  # fmt: skip
        pairs = (f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in meta.items())
        headers = {
            "Authorization": f"Bearer {token}", "Tus-Resumable": "1.0.0",
            "Upload-Length": str(len(content)), "Upload-Metadata": ",".join(pairs),
            "Content-Type": "application/offset+octet-stream",
        }  # fmt: skip
        requests.post(f"{store.url}/api/v1/uploads", data=content, headers=headers, timeout=60)


def count(store: Companion, state: str) -> int:
    """Count images in a state."""
    return int(store.sql("SELECT count(*) FROM store_itemimage WHERE state = ?", state)[0][0])


def spoil(store: Companion) -> None:
    """Take three originals' files away, and have them processed again."""
    rows = store.sql("SELECT id, original FROM store_itemimage ORDER BY id LIMIT 3")
    for _number, original in rows:
        (store.data / "media" / original).write_bytes(b"\xff\xd8\xff\xe0 torn")
    numbers = ", ".join(str(number) for number, _ in rows)
    store.manage(
        "shell", "-c",
        "from django.db import transaction\n"
        "from uploader.server.processing.jobs import enqueue_on_commit\n"
        "from uploader.server.store.models import ItemImage\n"
        "with transaction.atomic():\n"
        f"    for image in ItemImage.objects.filter(pk__in=[{numbers}]):\n"
        "        image.queue()\n        image.save()\n        enqueue_on_commit(image)\n",
    )  # fmt: skip
    until(lambda: count(store, "failed") == len(rows), "three failures", 120)


def shoot(browser: Any, out: Path, name: str, size: tuple[int, int], url: str) -> None:
    """Take a picture of a whole page."""
    sized(browser, *size)
    browser.get(url)
    height = browser.execute_script("return document.documentElement.scrollHeight")
    wide = browser.execute_script("return document.documentElement.scrollWidth")
    assert wide <= size[0], f"{name}: {wide} pixels wide"
    sized(browser, size[0], max(size[1], min(height, 1600)))
    path = out / f"{name}.png"
    browser.save_screenshot(str(path))
    with Image.open(path) as picture:
        picture.convert("RGB").save(path, optimize=True)


def main() -> None:
    """Make all of them."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    out.mkdir(exist_ok=True, parents=True)
    with tempfile.TemporaryDirectory() as name, running(Path(name), workers=2) as store:
        fill(store)
        folder = Path(name)
        item = store.sql("SELECT item_id FROM store_itemimage GROUP BY 1 ORDER BY count(*) DESC")
        with (
            chrome(folder / "light") as light,
            chrome(folder / "dark", dark=True) as dark,
        ):
            both = (("light", light), ("dark", dark))
            shoot(light, out, "server-sign-in", WIDE, f"{store.url}/sign-in")
            for scheme, browser in both:
                sign_in(browser, store.url, *store.admin)
                shoot(browser, out, f"monitor-healthy-{scheme}", WIDE, f"{store.url}/jobs/")
                shoot(browser, out, f"shop-{scheme}", WIDE, f"{store.url}/shop/")
            shoot(light, out, "shop-item", WIDE, f"{store.url}/shop/{item[0][0]}")
            shoot(light, out, "server-devices", WIDE, f"{store.url}/jobs/account/")
            spoil(store)
            for scheme, browser in both:
                shoot(browser, out, f"monitor-failing-{scheme}", WIDE, f"{store.url}/jobs/")
            shoot(light, out, "monitor-narrow", NARROW, f"{store.url}/jobs/")


if __name__ == "__main__":
    main()
