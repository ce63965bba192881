"""What a check is, what it may find, and how the checks of one area are collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uploader.server.conformance.shop import Shop

Run = Callable[["Shop"], str]
"""Looks at one rule; gives what was seen, or raises FailedError or SkippedError."""


class FailedError(Exception):
    """The store breaks a rule; the message says what was expected and what was seen."""


class SkippedError(Exception):
    """The rule can't be looked at here; the message says why."""


class Outcome(StrEnum):
    """How a check ended. The value is printed and stands in the JSON: never rename one."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. `section` is the contract's heading; who breaks a `required` one fails."""

    name: str
    sentence: str
    section: str
    run: Run
    required: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a check; `seen` is a sentence or empty, `seconds` how long it took."""

    check: Check
    outcome: Outcome
    seen: str
    seconds: float

    @property
    def broken(self) -> bool:
        """Whether the store breaks the contract because of it."""
        return self.outcome is Outcome.FAIL and self.check.required


@dataclass(frozen=True, slots=True)
class Area:
    """The checks of one file, in the order in which they run."""

    title: str
    section: str
    checks: list[Check] = field(default_factory=list)

    def check(self, name: str, *, section: str = "", required: bool = True) -> Callable[[Run], Run]:
        """Add the decorated function as a check; its docstring is the rule, in a sentence."""

        def add(run: Run) -> Run:
            sentence = (run.__doc__ or name).strip()
            self.checks.append(Check(name, sentence, section or self.section, run, required))
            return run

        return add
