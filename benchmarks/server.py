"""What the companion server does with photos, beside a shop that asks ImageMagick.

    python benchmarks/server.py [--photos 24]

Four questions. How long does a request take that brings a photo of 3 MB: processed later, or
inside the request, by us or by ImageMagick as Paperclip calls it? How long with 16 clients at
once? How many photos a second do five workers process, beside five Paperclips? And does a
request for what has changed cost more when 10,000 images wait than when 10 do? Peers take turns
in one run; what counts are the ratios. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from _client import Client
from _paperclip import paperclip
from _photos import write_photos
from _store import Store, Stores

CLIENTS, WORKERS, COPIES = 16, 5, 5
TARGETS = {"accept_at_least": 20.0, "throughput_at_least": 10.0}
HERE = str(Path(__file__).resolve().parent)
INSIDE = {"DJANGO_SETTINGS_MODULE": "_inside", "PYTHONPATH": HERE}


def accepting(stores: Stores, photos: list[Path]) -> dict[str, float]:
    """Median seconds of a request that brings one photo, nothing else going on."""
    kinds: dict[str, dict[str, Any]] = {
        "background": {"workers": 2},
        "inside, ours": {**INSIDE, "INSIDE": "ours"},
        "inside, ImageMagick": {**INSIDE, "INSIDE": "imagemagick"},
    }
    seconds: dict[str, list[float]] = {name: [] for name in kinds}
    with contextlib.ExitStack() as stack:
        clients = {
            name: stack.enter_context(Client(stack.enter_context(stores.fresh(**how))))
            for name, how in kinds.items()
        }
        for photo in photos:
            for name, client in clients.items():
                took, image = client.upload(photo, "Benchmark")
                seconds[name].append(took)
                if name == "background":
                    client.until_over(image)
    return {name: statistics.median(values) for name, values in seconds.items()}


def crowd(stores: Stores, photos: list[Path]) -> dict[str, float]:
    """Seconds of such requests from 16 clients at once, beside the workers: p50, p99, most."""
    with stores.fresh(workers=2) as store:
        token = store.token()

        def send(number: int) -> list[float]:
            with Client(store, token) as client:
                return [client.upload(photo, f"Benchmark {number}")[0] for photo in photos]

        with ThreadPoolExecutor(CLIENTS) as pool:
            took = sorted(each for some in pool.map(send, range(CLIENTS)) for each in some)
    at = {"p50": 0.5, "p99": 0.99, "max": 1.0}
    return {name: took[min(len(took) - 1, int(len(took) * share))] for name, share in at.items()}


def throughput(stores: Stores, photos: list[Path], folder: Path) -> dict[str, float]:
    """Photos a second, five at a time; ImageMagick half before ours, half after."""
    half = len(photos) // 2
    before = _paperclips(photos[:half], folder)
    ours = _workers(stores, photos)
    after = _paperclips(photos[half:], folder)
    return {"ours": ours, "ImageMagick": len(photos) / (before + after)}


def _paperclips(photos: list[Path], folder: Path) -> float:
    def one(photo: Path) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as out:
            paperclip(photo, Path(out))

    began = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(one, photos))
    return time.perf_counter() - began


def _workers(stores: Stores, photos: list[Path]) -> float:
    """From the first job's start to the last one's end: the workers' own start is in it."""
    with stores.fresh() as store:
        with Client(store) as client:
            for copy in range(COPIES):
                for photo in photos:
                    client.upload(photo, f"Benchmark {copy}")
        command = [sys.executable, "-m", "uploader.server.cli", "worker", "-c", str(WORKERS)]
        worker = subprocess.Popen([*command, "--data", str(store.data)])
        try:
            while _count(store, "processing"):
                time.sleep(0.1)
        finally:
            worker.terminate()
            worker.wait()
        assert _count(store, "live") == COPIES * len(photos)
        first, last = _sql(
            store,
            "SELECT min(julianday(started_at)) * 86400, max(julianday(finished_at)) * 86400"
            " FROM store_itemimage",
        )[0]
        return COPIES * len(photos) / (last - first)


def polling(stores: Stores, photo: Path, pending: tuple[int, ...] = (10, 10_000)) -> dict[str, Any]:
    """Median seconds of a request for changes: when nothing has changed, and when one has."""
    questions = ("nothing", "one")
    seconds: dict[str, list[float]] = {f"{q}, {n}": [] for n in pending for q in questions}
    with contextlib.ExitStack() as stack:
        clients, newest = {}, {}
        for count in pending:
            store = stack.enter_context(stores.fresh())
            clients[count] = stack.enter_context(Client(store))
            clients[count].upload(photo, "Benchmark")
            newest[count] = _wait_in_line(store, count - 1)
        for _ in range(200):
            for count, client in clients.items():
                for back, question in enumerate(questions):
                    since = newest[count] - back
                    took, answer = client.get(f"/api/v1/images?changed_since={since}")
                    assert len(answer["images"]) == back
                    seconds[f"{question}, {count}"].append(took)
    return {name: statistics.median(values) for name, values in seconds.items()}


def _wait_in_line(store: Store, count: int) -> int:
    """Put `count` copies of the image there into processing, each of an item of its own.

    Gives the newest cursor.
    """
    names = [row[1] for row in _sql(store, "PRAGMA table_info(store_itemimage)")]
    with contextlib.closing(sqlite3.connect(store.data / "store.sqlite3")) as database, database:
        row = dict(
            zip(names, database.execute("SELECT * FROM store_itemimage").fetchone(), strict=True)
        )
        newest = row["cursor"]
        del row["id"]
        marks = ", ".join("?" for _ in row)
        copies = []
        for number in range(1, count + 1):
            item = database.execute(
                "INSERT INTO store_item (title, sku, description, active, created_at)"
                " SELECT ?, '', '', active, created_at FROM store_item LIMIT 1",
                (f"Item {number}",),
            ).lastrowid
            own = {"public": uuid.uuid4().hex, "reference": str(uuid.uuid4()), "item_id": item}
            copies.append(tuple({**row, **own, "cursor": newest + number}.values()))
        statement = f"INSERT INTO store_itemimage ({', '.join(row)}) VALUES ({marks})"
        database.executemany(statement, copies)
        database.execute("UPDATE store_changecounter SET value = ?", (newest + count,))
    return int(newest + count)


def _count(store: Store, state: str) -> int:
    return int(_sql(store, "SELECT count(*) FROM store_itemimage WHERE state = ?", state)[0][0])


def _sql(store: Store, statement: str, *values: Any) -> list[Any]:
    path = store.data / "store.sqlite3"
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        return database.execute(statement, values).fetchall()


def report(figures: dict[str, dict[str, float]]) -> None:
    accept, crowded, rate, poll = figures.values()
    background = accept["background"]
    print("a request with a photo of 3 MB, ms")
    for name, value in accept.items():
        print(f"  {name:24}{value * 1000:9.1f}{value / background:9.1f}×")
    print(f"{CLIENTS} clients at once, ms")
    for name, value in crowded.items():
        print(f"  {name:24}{value * 1000:9.1f}")
    print(f"photos of 12 megapixels a second, both styles, {WORKERS} at a time")
    for name, value in rate.items():
        print(f"  {name:24}{value:9.2f}{value / rate['ImageMagick']:9.1f}×")
    print("a request for changes, ms")
    for name, value in poll.items():
        print(f"  {name:24}{value * 1000:9.2f}")
    summary = {
        "benchmark": "server",
        **{name: {k: round(v, 5) for k, v in some.items()} for name, some in figures.items()},
        "accept_to_imagemagick": round(accept["inside, ImageMagick"] / background, 1),
        "accept_to_ours_inside": round(accept["inside, ours"] / background, 1),
        "throughput_to_imagemagick": round(rate["ours"] / rate["ImageMagick"], 1),
        "poll_10000_to_10": round(poll["nothing, 10000"] / poll["nothing, 10"], 2),
        "targets": TARGETS,
    }
    print(json.dumps(summary))


def main() -> None:
    parser = argparse.ArgumentParser(description="The companion server beside ImageMagick.")
    parser.add_argument("--photos", type=int, default=24)
    chosen = parser.parse_args()
    # The embedded default, whatever else the surroundings would have it use.
    for name in ("DATABASE_URL", "REDIS_URL", "STORAGE_URL"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photos").mkdir()
        photos = write_photos(folder / "photos", chosen.photos)
        stores = Stores(folder)
        report(
            {
                "accept": accepting(stores, photos),
                "crowd": crowd(stores, photos[:8]),
                "throughput": throughput(stores, photos, folder),
                "polling": polling(stores, photos[0]),
            }
        )


if __name__ == "__main__":
    main()
