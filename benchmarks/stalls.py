"""Does the window stutter? 1,000 photos are dropped, previewed, scrolled and uploaded.

A watchdog timer on the UI thread fires every 5 ms; how late it comes is how long the thread was
held up. Floor: the same watchdog in an empty window, a process of its own beside it, so that
what the machine itself holds up is known. The store, which in life is another machine, gives way
to the window. Run: ``.venv/bin/python benchmarks/stalls.py``; ``--witness`` tells what the
thread was doing while it was late.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from _crowd import stamped
from _display import display, giving_way
from _watchdog import Watchdog, Witness, beside, line


def make_photos(folder: Path, count: int) -> None:
    """Photo-like JPEGs of 50 kB to 3 MB, all different, a tenth of them 12 megapixels."""
    from PIL import Image

    samples = Path(__file__).resolve().parent.parent / "resources" / "samples"
    sources = sorted(samples.glob("*.jpg"))
    sizes = [(1200, 900)] * 6 + [(2000, 1500)] * 3 + [(4000, 3000)]
    blobs = []
    for n, size in enumerate(sizes * 2):
        with Image.open(sources[n % len(sources)]) as picture:
            made = picture.convert("RGB").resize(size)
        path = folder / "made.jpg"
        made.save(path, quality=88)
        blobs.append(path.read_bytes())
        path.unlink()
    for n in range(count):
        (folder / f"photo-{n:05d}.jpg").write_bytes(stamped("jpg", blobs[n % len(blobs)], n))


class Evening:
    """The app on its own companion: signs in, takes the drop, uploads, scrolls."""

    def __init__(
        self, store: Any, data: Path, photos: Path, count: int, limit: float, *, witness: bool
    ) -> None:
        from PySide6.QtCore import QTimer

        from uploader.app import build
        from uploader.background.settings import Settings
        from uploader.domain.stores import Credentials

        self.photos, self.count, self.limit = photos, count, limit
        self.app = build(Settings(data, keychain=False, profile="bench", resume=False))
        self.watchdog: Watchdog | None = None
        self.witness: Witness | None = None
        self.wants_witness = witness
        self.began = time.perf_counter()
        self.queued: set[int] = set()
        desk = self.app.desk
        credentials = Credentials(store.email, store.password)
        desk.opened.connect(lambda: desk.sign_in(store.address, credentials, False, "bench"))
        desk.catalogue_loaded.connect(self.drop)
        self.app.window.show()
        self.worker = QTimer()
        self.worker.timeout.connect(self.work)
        self.worker.start(200)
        QTimer.singleShot(0, desk.start)

    def drop(self, _items: int) -> None:
        from PySide6.QtCore import QMimeData, QUrl

        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in sorted(self.photos.iterdir())])
        self.watchdog = Watchdog()
        if self.wants_witness:
            self.witness = Witness(self.watchdog)
            self.witness.start()
        self.began = time.perf_counter()
        # As the window's own drop target hands it on.
        self.app.window.drops.dropped.emit(mime)

    def work(self) -> None:
        from uploader.domain.states import State
        from uploader.domain.stores import Item

        known = self.app.desk.photos()
        ready = [p.id for p in known if p.state is State.READY and p.id not in self.queued]
        if ready and len(known) == self.count:
            self.queued.update(ready)
            self.app.desk.choose_item(ready, Item("", "Benchmark"))
            self.app.desk.upload(ready)
        bar = self.app.window.list.verticalScrollBar()
        bar.setValue((bar.value() + bar.pageStep()) % max(1, bar.maximum()))
        if self.live() == self.count or time.perf_counter() - self.began > self.limit:
            self.app.qt.quit()

    def live(self) -> int:
        from uploader.domain.states import State

        return sum(p.state in (State.LIVE, State.ALREADY) for p in self.app.desk.photos())


def drive(count: int, limit: float, witness: bool) -> None:
    """Run the app and watch its UI thread."""
    from uploader.commands.companion import companion

    with tempfile.TemporaryDirectory() as made:
        data, photos = Path(made) / "data", Path(made) / "photos"
        data.mkdir()
        photos.mkdir()
        make_photos(photos, count)
        with giving_way(companion(data / "server", workers=1)) as store, beside() as floor:
            evening = Evening(store, data, photos, count, limit, witness=witness)
            evening.app.qt.exec()
            evening.worker.stop()
            seconds, live = time.perf_counter() - evening.began, evening.live()
            assert evening.watchdog
            ours = evening.watchdog.figures()
            if evening.witness:
                evening.witness.tell()
            evening.app.close()
    report(count, live, seconds, ours, floor)


def report(
    count: int, live: int, seconds: float, ours: dict[str, float], floor: dict[str, float]
) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{live} of {count} photos live after {seconds:.0f} s, {memory:.0f} MB resident at most")
    print(line("empty window beside it", floor))
    print(line("Store Uploader", ours))
    print("target                   none over 50 ms")
    print(json.dumps({"photos": count, "live": live, "seconds": round(seconds, 1),
                      "memory_mb": round(memory), "ours": ours, "floor": floor}))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--limit", type=float, default=240.0, help="seconds")
    parser.add_argument("--witness", action="store_true")
    options = parser.parse_args()
    with display() as environment:
        os.environ.update(environment)
        drive(options.photos, options.limit, options.witness)


if __name__ == "__main__":
    main()
