"""What a row's status consists of, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from uploader.background.values import Connection, Link, Progress
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.domain.stores import Capabilities
from uploader.ui.text import translate
from uploader.ui.theme import Role


class Action(Enum):
    """The one sensible thing to do about a row."""

    RETRY_NOW = auto()
    SEND_AGAIN = auto()
    CHOOSE = auto()
    CHANGE_ITEM = auto()
    REPLACE = auto()
    PUT_BACK = auto()

    @property
    def label(self) -> str:
        """What the button says."""
        return {
            Action.RETRY_NOW: translate("Status", "Retry now"),
            Action.SEND_AGAIN: translate("Status", "Send again"),
            Action.CHOOSE: translate("Status", "Choose…"),
            Action.CHANGE_ITEM: translate("Status", "Change item"),
            Action.REPLACE: translate("Status", "Replace…"),
            Action.PUT_BACK: translate("Status", "Send after all"),
        }[self]


@dataclass(frozen=True, slots=True)
class Around:
    """What a status depends on besides the photo. `now` is seconds since the epoch."""

    connection: Connection
    capabilities: Capabilities
    now: float
    paused: bool = False
    progress: Progress | None = None
    place: int = 0
    """The photo's number in line, while it waits."""

    @property
    def offline(self) -> bool:
        """Whether the store can't be reached."""
        return self.connection.link is Link.OFFLINE

    @property
    def signed_out(self) -> bool:
        """Whether nobody is signed in: the store is asked nothing."""
        return self.connection.link is Link.SIGNED_OUT


@dataclass(frozen=True, slots=True)
class Status:
    """What to paint. `share` (0 to 1) draws a bar; `ticks` says that time changes the words."""

    icon: str
    words: str
    detail: str = ""
    tint: Role = Role.TEXT_2
    ink: Role = Role.TEXT
    action: Action | None = None
    share: float | None = None
    halted: bool = False
    spins: bool = False
    ticks: bool = False


def asks_for_item(photo: Photo) -> bool:
    """Tell whether the person has to say where the photo goes."""
    return photo.state is State.READY and photo.item is None
