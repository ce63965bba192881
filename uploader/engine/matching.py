"""How a profile's photos find their items: kept in the outbox, and done again when asked."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable

from uploader.domain.matching import Matcher
from uploader.domain.name_list import NameList
from uploader.domain.photos import Photo
from uploader.domain.rules import Rule, RuleKind, complete
from uploader.domain.states import State
from uploader.domain.trial import Setup
from uploader.engine.check import match_item
from uploader.outbox import Edit, Outbox

log = logging.getLogger(__name__)

_SETTING = "matching:{profile}"
_LEFT_OPEN = "left-open"
"""The setting that keeps which photos the person left without an item."""


def load_setup(outbox: Outbox, profile: str) -> Setup:
    """Read a profile's rules and list; the usual ones where none were kept."""
    text = outbox.get_setting(_SETTING.format(profile=profile))
    if not text:
        return Setup()
    try:
        said = json.loads(text)
        known = set(RuleKind)
        rules = [Rule(RuleKind(kind), bool(on)) for kind, on in said["rules"] if kind in known]
        rows = tuple((str(name), str(sku)) for name, sku in said["rows"])
        return Setup(complete(rules), NameList(str(said["source"]), rows))
    except (ValueError, TypeError, KeyError):
        log.warning("the rules for matching can't be read; the usual ones are used")
        return Setup()


def save_setup(outbox: Outbox, profile: str, setup: Setup) -> None:
    """Keep a profile's rules and list. Raises `OutboxError`."""
    said = {
        "rules": [[rule.kind, rule.on] for rule in setup.rules],
        "source": setup.names.source,
        "rows": setup.names.rows,
    }
    outbox.set_setting(_SETTING.format(profile=profile), json.dumps(said, separators=(",", ":")))


def note_choices(outbox: Outbox, *, left_open: Iterable[int], chosen: Iterable[int]) -> None:
    """Put on record which photos the person left without an item, and which no longer.

    That is a choice too: no rule may override it.
    """
    before = _left_open(outbox)
    after = (before - set(chosen)) | set(left_open)
    if after != before:
        # What has left the list since needs no record.
        there = sorted(photo.id for photo in outbox.some(after))
        outbox.set_setting(_LEFT_OPEN, json.dumps(there))


def match_again(outbox: Outbox, profile: str, matcher: Matcher, *, ask_again: bool) -> int:
    """Match ready photos that have no item; tell how many found theirs.

    What the person chose is never touched, nor what they left without an item. `ask_again`
    also asks about photos that several items fitted; else they keep these.
    """
    left = _left_open(outbox)
    ready = outbox.in_state(profile, State.READY)
    open_ = [photo.id for photo in ready if _is_open(photo, ask_again) and photo.id not in left]
    decide = _decide(matcher, ask_again)
    # Seen anew within the change: there may be thousands before it, time for the person
    # to choose or remove.
    return sum(photo.item is not None for photo in outbox.edit_many(open_, decide))


def _decide(matcher: Matcher, ask_again: bool) -> Callable[[Photo], Edit | None]:
    def decide(photo: Photo) -> Edit | None:
        if not _is_open(photo, ask_again):
            return None
        changes, event = match_item(photo, matcher)
        if not changes and photo.candidates:
            changes = {"candidates": ()}
        same = "item" not in changes and changes.get("candidates", ()) == photo.candidates
        return None if same else Edit(State.READY, event, changes)

    return decide


def _is_open(photo: Photo, ask_again: bool) -> bool:
    asked = bool(photo.candidates) and not ask_again
    return photo.state is State.READY and photo.item is None and not asked


def _left_open(outbox: Outbox) -> set[int]:
    try:
        return {int(one) for one in json.loads(outbox.get_setting(_LEFT_OPEN, "[]"))}
    except (ValueError, TypeError):
        return set()
