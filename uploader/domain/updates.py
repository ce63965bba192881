"""Newer versions of the program: what a manifest says, what is remembered, what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from uploader.domain.versions import Version, is_newer

DAY = 86_400.0
OVERDUE = 60 * DAY
"""Without an answer that counts: somebody may be holding the news back."""


class System(StrEnum):
    """What a package is made for. The value stands in manifests."""

    LINUX = "linux"
    WINDOWS = "windows"
    MACOS = "macos"


@dataclass(frozen=True, slots=True)
class Package:
    """A file that can be downloaded: its size in bytes, its SHA-256 in hexadecimal digits."""

    system: System
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the people who make the program say of its newest version, with their signature.

    `serial` grows with each manifest; `issued` and `expires` are seconds since the epoch. `page`
    is where the packages are; `notes` say what is new, a sentence each.
    """

    version: str
    serial: int
    issued: float
    expires: float
    page: str
    notes: tuple[str, ...] = ()
    packages: tuple[Package, ...] = ()

    def packages_for(self, system: System) -> tuple[Package, ...]:
        """Give what there is for a system."""
        return tuple(package for package in self.packages if package.system is system)


@dataclass(frozen=True, slots=True)
class Channel:
    """Where newer versions are told of, and whose word counts: raw Ed25519 public keys."""

    address: str = ""
    keys: tuple[bytes, ...] = ()

    @property
    def can_ask(self) -> bool:
        """Whether an answer could be checked. One that can't be is never asked for."""
        return bool(self.address and self.keys)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered from one time to the next. Times are seconds since the epoch.

    `serial` and `issued` are the highest of all manifests that counted.
    """

    asked: float = 0.0
    next_ask: float = 0.0
    skipped: str = ""
    serial: int = 0
    issued: float = 0.0
    answered: float = 0.0
    """When an answer last counted."""
    warned: float = 0.0
    """When the person was last told that none has for long."""

    def seen(self, manifest: Manifest, now: float) -> Memory:
        """Remember that a manifest counted."""
        return replace(
            self,
            answered=now,
            serial=max(self.serial, manifest.serial),
            issued=max(self.issued, manifest.issued),
        )

    def skips(self, version: str) -> bool:
        """Whether the person wants to hear nothing of a version."""
        try:
            return bool(self.skipped) and Version.parse(version) <= Version.parse(self.skipped)
        except ValueError:
            return False

    def is_overdue(self, now: float) -> bool:
        """Whether no answer has counted for long, and it is time to say so (again)."""
        return self.answered > 0 and now - max(self.answered, self.warned) > OVERDUE

    def is_due(self, now: float) -> bool:
        """Whether it is time to ask; also where the clock was set back by more than a day."""
        return now >= self.next_ask or self.next_ask - now > 2 * DAY


class Finding(StrEnum):
    """How asking ended."""

    NEWEST = "newest"
    NEWER = "newer"
    UNKNOWN = "unknown"
    """It couldn't be found out; the title and the detail say why."""


@dataclass(frozen=True, slots=True)
class UpdateNews:
    """The answer for the person. `wanted`: they have asked themselves."""

    finding: Finding
    running: str
    wanted: bool = False
    manifest: Manifest | None = None
    """For `NEWER`."""
    skipped: bool = False
    title: str = ""
    detail: str = ""


class UpdateError(Exception):
    """It couldn't be found out whether there is a newer version.

    Attributes: `title`, a few words; `detail`, a sentence on what to do or what happens next.
    """

    def __init__(self, title: str, detail: str) -> None:
        super().__init__(f"{title}. {detail}")
        self.title = title
        self.detail = detail


class UnaskedError(UpdateError):
    """Nobody answered, or only with an error."""


class StrangeAnswerError(UpdateError):
    """Something else answered: a sign-in page, a page that isn't there."""


class UnsignedError(UpdateError):
    """No key of ours has signed exactly these bytes: they count for nothing."""


class MalformedError(UpdateError):
    """Signed by us, and yet not understood: made for a newer program, or made wrongly."""


class ReplayedError(UpdateError):
    """An earlier manifest than one that was seen: somebody plays an old one again."""


class ExpiredError(UpdateError):
    """Nothing newer was signed for too long: somebody may be holding the news back."""


class TooEarlyError(UpdateError):
    """It was signed later than now: this computer's clock is wrong."""


def judge(manifest: Manifest, running: str) -> Finding:
    """Say whether a manifest that counts tells of a newer version than the running one."""
    return Finding.NEWER if is_newer(manifest.version, running) else Finding.NEWEST
