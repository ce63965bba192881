"""The rules by which a photo finds its item, as a person reads, orders and switches them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class RuleKind(StrEnum):
    """What a rule looks at. The value is stored: never rename one."""

    LIST = "list"
    """The person's own list says which SKU a file name has."""
    SKU = "sku"
    """The whole name is a SKU, with or without a counter after it."""
    TITLE = "title"
    """The whole name is a title, with or without a counter after it."""
    SKU_START = "sku-start"
    """The name begins with a SKU."""
    TITLE_START = "title-start"
    """The name begins with a title, or a title with the name."""
    FOLDER = "folder"
    """The folder that the photo lies in is called like a SKU."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; switched off it stays where it is in the order."""

    kind: RuleKind
    on: bool = True


Rules = tuple[Rule, ...]

DEFAULT_RULES: Rules = tuple(Rule(kind) for kind in RuleKind)
"""In the order of `RuleKind`: what the person said, exact before fuzzy, the name before the
folder."""


def complete(rules: Iterable[Rule]) -> Rules:
    """Give every kind once: the first of repeated ones; what is missing at its usual place."""
    known: dict[RuleKind, Rule] = {}
    for rule in rules:
        known.setdefault(rule.kind, rule)
    found = list(known.values())
    for place, rule in enumerate(DEFAULT_RULES):
        if rule.kind not in known:
            found.insert(place, rule)
    return tuple(found)


def moved(rules: Sequence[Rule], row: int, by: int) -> Rules:
    """Move a rule up (-1) or down (1) in the order; at the ends it stays."""
    found, to = list(rules), row + by
    if 0 <= row < len(found) and 0 <= to < len(found):
        found.insert(to, found.pop(row))
    return tuple(found)


def switched(rules: Sequence[Rule], kind: RuleKind, on: bool) -> Rules:
    """Switch one rule on or off."""
    return tuple(Rule(rule.kind, on) if rule.kind is kind else rule for rule in rules)
