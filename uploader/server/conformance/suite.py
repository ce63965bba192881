"""All areas, and running their checks one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator

from uploader.server.conformance import (
    catalogue,
    completing,
    creation,
    editing,
    following,
    resuming,
    signing_in,
    styles,
)
from uploader.server.conformance.check import (
    Area,
    Check,
    FailedError,
    Outcome,
    Result,
    SkippedError,
)
from uploader.server.conformance.shop import Shop, UnreachableError

AREAS: tuple[Area, ...] = (
    signing_in.AREA,
    catalogue.AREA,
    creation.AREA,
    resuming.AREA,
    completing.AREA,
    following.AREA,
    styles.AREA,
    editing.AREA,
)
CHECKS: dict[str, Check] = {check.name: check for area in AREAS for check in area.checks}


def run(
    shop: Shop, only: Collection[str] = (), begun: Callable[[Area], None] = lambda _area: None
) -> Iterator[Result]:
    """Run the checks, all of them or those named; `begun` hears of each area that has some."""
    for area in AREAS:
        chosen = [check for check in area.checks if not only or check.name in only]
        if chosen:
            begun(area)
        for check in chosen:
            yield _result(check, shop)


def _result(check: Check, shop: Shop) -> Result:
    began = time.monotonic()
    outcome, seen = _outcome(check, shop)
    return Result(check, outcome, seen, time.monotonic() - began)


def _outcome(check: Check, shop: Shop) -> tuple[Outcome, str]:
    try:
        return Outcome.PASS, check.run(shop)
    except SkippedError as reason:
        return Outcome.SKIP, str(reason)
    except (FailedError, UnreachableError) as error:
        return Outcome.FAIL, str(error)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        # What the checks didn't think of is in the answers, whose shapes are the store's.
        return Outcome.FAIL, f"The answer makes no sense ({type(error).__name__}: {error})."
