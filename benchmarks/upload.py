"""How well the upload path uses a link, beside curl on as many kept-alive connections.

    python benchmarks/upload.py [--rounds 3]

Each measurement has a companion server of its own and a link (`_link.py`) in front of it, both
processes. The peers take turns, so that a busy machine disturbs both alike; what counts is the
ratio in one run. Ours is timed from *Upload* to the outbox's note of the last arrival, curl
from its start to its end. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _link import linked
from _photos import photo
from _senders import Sent, curl, ours
from _store import Stores

UPLOADS = 4
TARGETS = {"link_use_at_least": 0.95, "to_curl_at_most": 1.0}
PEERS: dict[str, Callable[..., Sent]] = {"ours": ours, "curl": curl}


@dataclass(frozen=True)
class Batch:
    """Photos to send, all of one size in bytes, and the link: seconds, bits a second."""

    count: int
    size: int
    round_trip: float = 0.0
    rate: float = 0.0

    @property
    def bits(self) -> int:
        return self.count * self.size * 8


SMALL = Batch(200, 200_000, round_trip=0.08)
NARROW = Batch(40, 1_000_000, round_trip=0.08, rate=20e6)
LARGE = Batch(1, 49_000_000, round_trip=0.08, rate=100e6)
MEMORY = {"10 photos": Batch(10, 200_000), "1,000 photos": Batch(1000, 200_000),
          "4 of 49 MB": Batch(4, 49_000_000)}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One batch sent by one peer, and what the link saw of it."""

    sent: Sent
    seen: dict[str, Any]

    @property
    def posts(self) -> int:
        return sum(n for name, n in self.seen["requests"].items() if "/uploads" in name)


def photos(folder: Path, batch: Batch) -> set[str]:
    """Write JPEGs of the same pixels, filled up to their size; give their hashes."""
    out = io.BytesIO()
    photo(1, (640, 480)).save(out, "JPEG", quality=85)
    plain = out.getvalue()
    made = set()
    for number in range(batch.count):
        noise = _tables(random.Random(number), batch.size - len(plain))
        content = b"".join([plain[:2], *noise, plain[2:]])
        (folder / f"photo-{number:04d}.jpg").write_bytes(content)
        made.add(hashlib.sha256(content).hexdigest())
    return made


def _tables(dice: random.Random, count: int) -> Iterator[bytes]:
    """Give quantisation tables that no channel uses, of `count` bytes together, or up to 68 less.

    Comments would be removed as private before the photo is sent.
    """
    while (several := min(900, (count - 4) // 65)) > 0:
        tables = b"".join(b"\x03" + dice.randbytes(64) for _ in range(several))
        yield b"\xff\xdb" + (len(tables) + 2).to_bytes(2, "big") + tables
        count -= len(tables) + 4


class Bench:
    """Runs batches, each on an empty store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stores = Stores(folder)
        self._count = 0

    def compare(self, batch: Batch, rounds: int) -> dict[str, list[Run]]:
        """Send a batch with every peer in turn."""
        runs: dict[str, list[Run]] = {name: [] for name in PEERS}
        with self._photos(batch) as (folder, made):
            for _ in range(rounds):
                for name in PEERS:
                    runs[name].append(self._run(name, batch, folder, made))
        return runs

    def alone(self, batch: Batch) -> Run:
        """Send a batch with ours."""
        with self._photos(batch) as (folder, made):
            return self._run("ours", batch, folder, made)

    def _run(self, name: str, batch: Batch, photos: Path, made: set[str]) -> Run:
        self._count += 1
        data = self._folder / f"{name}-{self._count}"
        with self._stores.fresh() as store:
            with linked(store.url, round_trip=batch.round_trip, rate=batch.rate) as link:
                sent = PEERS[name](store, link.url, photos, data, UPLOADS)
            assert store.stored() == made, f"{name}: not every photo arrived"
        return Run(sent, link.seen)

    @contextlib.contextmanager
    def _photos(self, batch: Batch) -> Iterator[tuple[Path, set[str]]]:
        folder = self._folder / "photos"
        folder.mkdir()
        yield folder, photos(folder, batch)
        shutil.rmtree(folder)


def told(batch: Batch, runs: dict[str, list[Run]]) -> dict[str, Any]:
    """Print a comparison; give its figures."""
    limit = f", {batch.rate / 1e6:g} Mbit/s" if batch.rate else ""
    print(f"\n{batch.count} × {batch.size / 1e6:g} MB, {batch.round_trip * 1000:g} ms{limit}")
    print(f"{'':6}{'seconds':>9}{'Mbit/s':>9}{'requests a photo':>18}{'connections':>13}")
    seconds = {}
    for name, peer in runs.items():
        seconds[name] = statistics.median(run.sent.seconds for run in peer)
        speed = batch.bits / seconds[name] / 1e6
        one = peer[-1]
        print(f"{name:6}{seconds[name]:9.2f}{speed:9.2f}{one.posts / batch.count:18.2f}"
              f"{one.seen['upload_connections']:13}")  # fmt: skip
    pairs = zip(runs["ours"], runs["curl"], strict=True)
    ratio = statistics.median(a.sent.seconds / b.sent.seconds for a, b in pairs)
    print(f"ours to curl: {ratio:.3f}")
    figures = {
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "to_curl": round(ratio, 3),
        "requests_per_photo": max(run.posts for run in runs["ours"]) / batch.count,
        "connections": max(run.seen["upload_connections"] for run in runs["ours"]),
        "requests": runs["ours"][-1].seen["requests"],
    }
    if batch.rate:
        figures["link_use"] = round(batch.bits / seconds["ours"] / batch.rate, 4)
        theirs = batch.bits / seconds["curl"] / batch.rate
        print(f"link use: {figures['link_use']:.1%}, curl's {theirs:.1%}")
    return figures


def memory(bench: Bench) -> dict[str, Any]:
    """Print what our process holds before and while it sends, in MB; give it."""
    print("\nmemory of ours, MB resident")
    figures = {}
    for name, batch in MEMORY.items():
        sent = bench.alone(batch).sent
        print(f"{name:14}{sent.memory_before:7.1f} before,{sent.memory_peak:7.1f} at most")
        figures[name] = {"before": round(sent.memory_before, 1), "peak": round(sent.memory_peak, 1)}
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description="The upload path beside curl.")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        summary = {
            "benchmark": "upload",
            "small": told(SMALL, bench.compare(SMALL, arguments.rounds)),
            "narrow": told(NARROW, bench.compare(NARROW, 1)),
            "large": told(LARGE, bench.compare(LARGE, 1)),
            "memory_mb": memory(bench),
            "targets": TARGETS,
        }
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
