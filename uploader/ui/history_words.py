"""A line of the history in words, in the same vocabulary as the list's status."""

from __future__ import annotations

from uploader.domain.history import HistoryLine, Outcome
from uploader.domain.photos import UNSENDABLE
from uploader.domain.states import State
from uploader.ui import numbers
from uploader.ui.phrasebook import say
from uploader.ui.status import Status
from uploader.ui.text import translate
from uploader.ui.theme import Role


def label_of(outcome: Outcome) -> str:
    """Say what a chip shows."""
    return {
        Outcome.ALL: translate("History", "All"),
        Outcome.LIVE: translate("History", "Live"),
        Outcome.ALREADY: translate("History", "Already there"),
        Outcome.UNDER_WAY: translate("History", "Under way"),
        Outcome.TROUBLE: translate("History", "Problems"),
        Outcome.CANCELLED: translate("History", "Cancelled"),
    }[outcome]


def status_of_line(line: HistoryLine) -> Status:
    """Say how a photo's sending ended, or where it stands."""
    if line.left_early:
        detail = translate("History", "Taken off the list before the store was done")
        return Status("uncertain", translate("History", "Sent"), detail, ink=Role.TEXT_2)
    icon, words, role = _looks(line.outcome)
    if line.problem is not None and line.problem.title == UNSENDABLE:
        words = translate("Status", "Can’t be sent from here")
    ink = Role.TEXT if role is Role.ACCENT else role
    return Status(icon, words, _detail(line), tint=role, ink=ink)


def moment(at: float) -> tuple[str, str]:
    """Write a date and a time of day from seconds since the epoch."""
    return numbers.day(at), numbers.clock(at)


def _looks(state: State) -> tuple[str, str, Role]:
    return {
        State.WAITING: ("waiting", translate("Status", "Waiting"), Role.TEXT_2),
        State.UPLOADING: ("uploading", translate("Status", "Uploading"), Role.ACCENT),
        State.UNCERTAIN: ("uncertain", translate("Status", "Looking in the store"), Role.TEXT_2),
        State.PROCESSING: ("processing", translate("Status", "Processing"), Role.ACCENT),
        State.LIVE: ("live", translate("Status", "Live"), Role.LIVE),
        State.ALREADY: ("already", translate("Status", "Already in the store"), Role.TEXT_2),
        State.STALLED: ("stalled", translate("History", "Stalled"), Role.WARNING),
        State.FAILED: ("failed", translate("Status", "Processing failed"), Role.ERROR),
        State.REJECTED: ("rejected", translate("Status", "Refused by the store"), Role.ERROR),
        State.REFUSED: ("refused", translate("Status", "Can’t be used"), Role.ERROR),
        State.CANCELLED: ("skip", translate("Status", "Cancelled"), Role.TEXT_2),
    }.get(state, ("waiting", translate("Status", "Waiting"), Role.TEXT_2))


def _detail(line: HistoryLine) -> str:
    if line.problem is not None:
        return say(line.problem.detail or line.problem.title)
    if line.outcome is State.LIVE and line.ended_at is not None:
        took = numbers.duration(max(1.0, line.ended_at - line.sent_at))
        return translate("History", "After {time}", time=took)
    return {
        State.ALREADY: translate("Status", "Not sent again"),
        State.UNCERTAIN: translate("Status", "It may have arrived"),
        State.CANCELLED: translate("Status", "Taken back by you"),
    }.get(line.outcome, "")


def as_text(line: HistoryLine) -> str:
    """Write a line as it is copied: tabs between the columns."""
    item, status = line.item, status_of_line(line)
    parts = (*moment(line.sent_at), line.name, item.title if item else "",
             item.sku if item else "", status.words, status.detail, line.remote_id)  # fmt: skip
    return "\t".join(" ".join(part.split()) for part in parts)
