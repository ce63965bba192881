"""Versions of the program, and which of two is the newer one."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 40
"""Characters; whatever is longer is no version of ours."""

_STAGES = {"dev": 0, "a": 1, "alpha": 1, "b": 2, "beta": 2, "c": 3, "rc": 3}
_FINAL = 4
# Both ways to write it: 1.2.0rc1 (PEP 440, as in pyproject.toml) and 1.2.0-rc.1 (semver.org).
# What stands after a + tells builds apart, not versions.
_FORM = re.compile(
    r"(?P<numbers>\d{1,6}(?:\.\d{1,6}){0,3})"
    r"(?:[-._]?(?P<stage>dev|alpha|beta|rc|a|b|c)[-._]?(?P<count>\d{1,6})?)?"
    r"(?:\+[a-z0-9.-]+)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Compares as people expect: 1.10 after 1.9, 1.2 equal to 1.2.0, 1.2rc1 before 1.2."""

    numbers: tuple[int, ...]
    stage: int = _FINAL
    count: int = 0

    @property
    def is_preliminary(self) -> bool:
        """Whether it is tried out before a version comes out: alpha, beta, candidate."""
        return self.stage < _FINAL

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read a version. Raises ValueError for what is none."""
        found = _FORM.fullmatch(text) if len(text) <= LONGEST else None
        if found is None:
            raise ValueError("no version")
        numbers = [int(number) for number in found["numbers"].split(".")]
        while len(numbers) > 1 and not numbers[-1]:
            numbers.pop()
        stage = (found["stage"] or "").lower()
        return cls(tuple(numbers), _STAGES.get(stage, _FINAL), int(found["count"] or 0))


def is_newer(offered: str, running: str) -> bool:
    """Whether to tell about an offered version.

    One that is being tried out is told only to those who run such a one. Raises ValueError.
    """
    there, here = Version.parse(offered), Version.parse(running)
    return there > here and (here.is_preliminary or not there.is_preliminary)
