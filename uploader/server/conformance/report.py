"""The results for a person at a terminal, and as JSON for a script."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TextIO

from uploader.server.conformance.check import Area, Outcome, Result
from uploader.server.conformance.shop import Shop

_MARKS = {Outcome.PASS: "pass", Outcome.FAIL: "FAIL", Outcome.SKIP: "skip"}


def area_line(area: Area, out: TextIO) -> None:
    """Print the heading of an area."""
    print(f"\n{area.title}", file=out, flush=True)


def result_lines(result: Result, out: TextIO) -> None:
    """Print one result: its mark, name and sentence; what was seen where it matters."""
    check = result.check
    mark = _MARKS[result.outcome]
    if result.outcome is Outcome.FAIL and not check.required:
        mark = "warn"
    print(f"  {mark}  {check.name:<20} {check.sentence}", file=out, flush=True)
    if result.outcome is not Outcome.PASS:
        print(f"        {result.seen}", file=out)
        if result.outcome is Outcome.FAIL:
            print(f"        The contract: “{check.section}”.", file=out, flush=True)


def summary(results: Sequence[Result], shop: Shop, out: TextIO) -> None:
    """Print how it ended, and what was left behind."""
    counts = count(results)
    print(
        f"\n{counts['pass']} passed, {counts['fail']} failed, {counts['skip']} skipped. "
        + ("The store keeps the contract." if conforms(results) else "The store breaks it."),
        file=out,
    )
    if left := left_behind(shop):
        print(left, file=out)


def as_json(results: Sequence[Result], shop: Shop) -> str:
    """Give everything as one JSON object."""
    return json.dumps(
        {
            "store": shop.address,
            "conforms": conforms(results),
            **count(results),
            "left_behind": left_behind(shop),
            "checks": [
                {
                    "name": result.check.name,
                    "sentence": result.check.sentence,
                    "section": result.check.section,
                    "required": result.check.required,
                    "result": result.outcome.value,
                    "seen": result.seen,
                    "seconds": round(result.seconds, 3),
                }
                for result in results
            ],
        },
        ensure_ascii=False,
    )


def conforms(results: Sequence[Result]) -> bool:
    """Whether no required check failed."""
    return not any(result.broken for result in results)


def count(results: Sequence[Result]) -> dict[str, int]:
    """Give the number of checks by outcome."""
    return {
        outcome.value: sum(result.outcome is outcome for result in results) for outcome in Outcome
    }


def left_behind(shop: Shop) -> str:
    """Say what the checks left in the store: the contract can't remove an item."""
    left = [f"{len(shop.images)} small pictures of coloured clouds"] if shop.images else []
    if shop.made_item:
        left.append(f"the item “{shop.made_item}”")
    return f"Left in the store: {' and '.join(left)}. Remove that there." if left else ""
