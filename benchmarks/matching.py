"""Matching: 5,000 file names against a catalogue of 20,000 items, by all rules.

Times are medians: making the index of the catalogue (once whenever it is read), matching all
names, and as a floor that does no matching at all a lookup of every name in a plain dictionary
of SKUs. Last line: one JSON object. Run: ``.venv/bin/python benchmarks/matching.py``.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import PurePath

from uploader.domain.matching import Match, Matcher
from uploader.domain.name_list import NameList
from uploader.domain.rules import DEFAULT_RULES
from uploader.domain.stores import Item

ITEMS, NAMES, LISTED, ROUNDS = 20_000, 5_000, 500, 5
_KINDS = ("mug", "lamp", "chair", "teapot", "bowl", "board", "vase", "candle", "tote", "pan")
_LOOKS = ("oak", "walnut", "blue", "sand", "iron", "linen", "speckled", "amber", "tall", "round")


def catalogue(chance: random.Random) -> list[Item]:
    return [
        Item(
            str(n),
            f"{chance.choice(_LOOKS)} {chance.choice(_LOOKS)} {chance.choice(_KINDS)} {n % 997}",
            f"HP-{n // 3:05}-{n % 3}" if n % 4 == 0 else f"HP-{n:05}",
        )
        for n in range(ITEMS)
    ]


def names(items: list[Item], chance: random.Random) -> list[PurePath]:
    """As photographers name them: by SKU, by title, by folder, by nothing."""

    def one(n: int) -> str:
        item = chance.choice(items)
        return (
            f"{item.sku}_{n % 9}.jpg",
            f"{item.sku.lower().replace('-', ' ')} ({n % 9}).JPG",
            f"{item.title.replace(' ', '-')}-{n % 9}.jpg",
            f"{item.sku}_detail of the handle_{n % 9}.jpg",
            f"{item.title.rpartition(' ')[0]}.jpg",
            f"{item.sku}/IMG_{n:04}.jpg",
            f"IMG_{n:04}.jpg",
        )[n % 7]

    return [PurePath("/photos") / one(n) for n in range(NAMES)]


def median(what: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        what()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def run() -> None:
    chance = random.Random(5)
    items = catalogue(chance)
    paths = names(items, chance)
    listed = NameList("names.csv", tuple((f"IMG_{n:04}.jpg", items[n].sku) for n in range(LISTED)))
    matcher = Matcher(items, DEFAULT_RULES, listed)
    plain = {item.sku: item for item in items}
    index = median(lambda: Matcher(items, DEFAULT_RULES, listed))
    match = median(lambda: [matcher.match(path) for path in paths])
    floor = median(lambda: [plain.get(path.stem) for path in paths])
    found: list[Match] = [matcher.match(path) for path in paths]
    matched = sum(one.item is not None for one in found)
    asked = sum(len(one.items) > 1 for one in found)
    print(f"{NAMES:,} names, {ITEMS:,} items: {matched:,} matched, {asked:,} ambiguous")
    print(f"index {index:.3f} s, matching {match:.3f} s ({match / NAMES * 1e6:.0f} µs a name)")
    print(f"a dictionary alone {floor:.4f} s: matching takes {match / floor:.0f} times as long")
    print(json.dumps({
        "index_s": round(index, 3), "match_s": round(match, 3), "floor_s": round(floor, 4),
        "under_a_second": index + match < 1.0,
    }))  # fmt: skip


if __name__ == "__main__":
    run()
