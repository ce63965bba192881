"""A row's status in words: what stands in the list for each state of a photo.

One function per state, all pure; the wording is the design's.
"""

from __future__ import annotations

from collections.abc import Callable

from uploader.domain.findings import FindingKind
from uploader.domain.photos import UNSENDABLE, Photo
from uploader.domain.states import State
from uploader.ui import numbers
from uploader.ui.phrasebook import say
from uploader.ui.status import Action, Around, Status
from uploader.ui.text import translate
from uploader.ui.theme import Role

_MIDWAY = frozenset({FindingKind.CHANGED, FindingKind.MISSING, FindingKind.UNREADABLE})


def status_of(photo: Photo, around: Around) -> Status:
    """Put a photo's state in words."""
    return _BY_STATE[photo.state](photo, around)


def _checking(_photo: Photo, _around: Around) -> Status:
    return Status("processing", translate("Status", "Checking"), ink=Role.TEXT_2, spins=True)


def _ready(photo: Photo, around: Around) -> Status:
    if photo.item is not None:
        return Status("ready", translate("Status", "Ready"), translate("Status", "Not sent yet"))
    fitting = len(photo.candidates)
    if fitting == 0 and around.signed_out:
        # Nobody has looked yet: the catalogue is the store's.
        detail = translate("Status", "It finds its item once you sign in.")
        words = translate("Status", "No item yet")
        return Status("ask", words, detail, action=Action.CHOOSE)
    if fitting == 0:
        detail = translate("Status", "No item fits this file name.")
    elif fitting == 2:
        detail = translate("Status", "Two items fit this file name.")
    else:
        detail = translate("Status", "{n} items fit this file name.", n=fitting)
    if around.offline and fitting:
        detail += " " + translate("Status", "Choosing works offline too.")
    return _problem("ask", translate("Status", "Which item?"), detail, Role.WARNING, Action.CHOOSE)


def _waiting(photo: Photo, around: Around) -> Status:
    if around.paused:
        # Before all else: whatever ends, nothing is sent before the person resumes.
        detail = _place(around) or translate("Status", "It is sent once you resume.")
        return _halted(photo, around, "pause", translate("Status", "Paused"), detail)
    if around.offline:
        return _waits_for_network(photo, around)
    if around.signed_out:
        detail = translate("Status", "It is sent once you sign in.")
        return _halted(photo, around, "waiting", translate("Status", "Waiting"), detail)
    if photo.not_before > around.now:
        return _backing_off(photo, around)
    return Status("waiting", translate("Status", "Waiting"), _place(around))


def _backing_off(photo: Photo, around: Around) -> Status:
    why = say(photo.problem.detail or photo.problem.title) if photo.problem else ""
    return Status(
        "waiting",
        translate("Status", "Retry in {time}", time=_until(photo.not_before, around)),
        why or translate("Status", "It will be sent again."),
        action=Action.RETRY_NOW,
        ticks=True,
    )


def _until(at: float, around: Around) -> str:
    """Say how long it is until then; a second at least, as it never happens in none."""
    return numbers.duration(max(1.0, at - around.now))


def _place(around: Around) -> str:
    if not around.place:
        return ""
    return translate("Status", "Number {n} in line", n=around.place)


def _waits_for_network(photo: Photo, around: Around) -> Status:
    detail = _place(around) or translate("Status", "It is sent by itself.")
    words = translate("Status", "Waits for the network")
    return _halted(photo, around, "waiting", words, detail)


def _halted(photo: Photo, around: Around, icon: str, words: str, detail: str) -> Status:
    """Of what stands still: how much of it has arrived, or else `detail`."""
    share = _arrived(photo, around)
    if share is not None:
        sent = numbers.part_of(_sent(photo, around), photo.size)
        detail = translate("Status", "{sent} have arrived so far.", sent=sent)
    return Status(icon, words, detail, share=share, halted=True)


def _uploading(photo: Photo, around: Around) -> Status:
    if around.offline:
        return _waits_for_network(photo, around)
    sent, size, moving = _sent(photo, around), photo.size, around.progress
    detail = numbers.part_of(sent, size)
    if 0 < size <= sent:
        detail = translate("Status", "All sent. Waits for the store’s answer.")
    if moving is not None and moving.rate > 0 and sent < size:
        left = numbers.duration((size - sent) / moving.rate)
        detail = translate("Status", "{sent}, {time} left", sent=detail, time=left)
    share = min(1.0, sent / size) if size else 0.0
    return Status(
        "uploading", translate("Status", "Uploading"), detail, tint=Role.ACCENT, share=share
    )


def _uncertain(photo: Photo, around: Around) -> Status:
    if around.offline or around.signed_out:
        words = (
            translate("Status", "Waits for the network")
            if around.offline
            else translate("Status", "Waiting")
        )
        detail = translate(
            "Status", "It may have arrived: the store is asked before it is sent again."
        )
        return Status("waiting", words, detail)
    words = translate("Status", "Looking in the store")
    if photo.not_before > around.now:
        time = _until(photo.not_before, around)
        detail = translate("Status", "It may have arrived. Looks again in {time}.", time=time)
        return Status("uncertain", words, detail, ticks=True)
    return Status("uncertain", words, translate("Status", "It may have arrived"))


def _processing(photo: Photo, around: Around) -> Status:
    words = translate("Status", "Processing")
    if around.offline:
        detail = translate("Status", "Sent. The store is asked again once it can be reached.")
        return Status("processing", words, detail)
    if around.signed_out:
        detail = translate("Status", "Sent. The store is asked again once you sign in.")
        return Status("processing", words, detail)
    detail = _late(photo) or translate("Status", "Sent. The store is making its crops.")
    return Status("processing", words, detail, tint=Role.ACCENT, spins=True)


def _live(photo: Photo, _around: Around) -> Status:
    detail = {
        True: translate("Status", "Both crops match their previews"),
        False: translate("Status", "The store’s crops differ from their previews"),
        None: translate("Status", "The store has made its crops"),
    }[photo.matches]
    words, detail = translate("Status", "Live"), _late(photo) or detail
    return Status("live", words, detail, tint=Role.LIVE, ink=Role.LIVE)


def _late(photo: Photo) -> str:
    """Give what is to be said of one that the person cancelled when the store had it already."""
    return say(photo.problem.detail) if photo.problem else ""


def _already(photo: Photo, _around: Around) -> Status:
    words, detail = (
        translate("Status", "Already in the store"),
        translate("Status", "Not sent again"),
    )
    if photo.edits:
        detail = translate("Status", "Not sent again, and not turned or padded there")
    return Status("already", words, detail, ink=Role.TEXT_2)


def _stalled(photo: Photo, around: Around) -> Status:
    since = numbers.duration(around.now - photo.state_since)
    usual = numbers.duration(max(1.0, around.capabilities.usual_seconds))
    if around.capabilities.idempotent:
        detail = translate(
            "Status", "Usually done in {time}. Safe to send again: no second copy.", time=usual
        )
    else:
        detail = translate("Status", "Usually done in {time}.", time=usual)
    words = translate("Status", "Stalled for {time}", time=since)
    return _problem("stalled", words, detail, Role.WARNING, Action.SEND_AGAIN)


def _rejected(photo: Photo, _around: Around) -> Status:
    if photo.problem is not None and photo.problem.title == UNSENDABLE:
        words = translate("Status", "Can’t be sent from here")
        return _problem("rejected", words, _reason(photo), Role.ERROR, Action.RETRY_NOW)
    words = translate("Status", "Refused by the store")
    return _problem("rejected", words, _reason(photo), Role.ERROR, Action.CHANGE_ITEM)


def _failed(photo: Photo, _around: Around) -> Status:
    words = translate("Status", "Processing failed")
    return _problem("failed", words, _reason(photo), Role.ERROR, Action.SEND_AGAIN)


def _refused(photo: Photo, _around: Around) -> Status:
    nothing = translate("Status", "Nothing was sent.")
    why = say(photo.refusal.sentence) if photo.refusal else _reason(photo)
    # A file may change or go away in the middle; what the store had of it is dropped.
    midway = photo.refusal is not None and photo.refusal.kind in _MIDWAY
    detail = why if midway or nothing in why else f"{why} {nothing}".strip()
    words = translate("Status", "Can’t be used")
    return _problem("refused", words, detail, Role.ERROR, Action.REPLACE)


def _cancelled(photo: Photo, around: Around) -> Status:
    words, detail = translate("Status", "Cancelled"), translate("Status", "Taken back by you")
    if 0 < photo.size <= photo.sent:
        # Sent to its last byte: the store is asked before this is believed.
        detail = _may_be_there(around)
    return Status("skip", words, detail, ink=Role.TEXT_2, action=Action.PUT_BACK)


def _may_be_there(around: Around) -> str:
    if around.offline:
        return translate("Status", "It may have arrived: the store is asked once it is back.")
    if around.signed_out:
        return translate("Status", "It may have arrived: the store is asked once you sign in.")
    return translate("Status", "It may have arrived: the store is being asked.")


def _problem(icon: str, words: str, detail: str, ink: Role, action: Action) -> Status:
    ticks = icon == "stalled"
    return Status(icon, words, detail, tint=ink, ink=ink, action=action, ticks=ticks)


def _reason(photo: Photo) -> str:
    if photo.problem is None:
        return translate("Status", "The store gave no reason.")
    return say(photo.problem.detail or photo.problem.title)


def _sent(photo: Photo, around: Around) -> int:
    return max(photo.sent, around.progress.sent if around.progress else 0)


def _arrived(photo: Photo, around: Around) -> float | None:
    """Give the share that has arrived, None where nothing has, or nobody knows.

    Of one that was sent to its last byte the store either has all, or took nothing.
    """
    sent, size = _sent(photo, around), photo.size
    return sent / size if 0 < sent < size else None


_BY_STATE: dict[State, Callable[[Photo, Around], Status]] = {
    State.ADDED: _checking,
    State.CHECKING: _checking,
    State.READY: _ready,
    State.WAITING: _waiting,
    State.UPLOADING: _uploading,
    State.UNCERTAIN: _uncertain,
    State.PROCESSING: _processing,
    State.LIVE: _live,
    State.ALREADY: _already,
    State.STALLED: _stalled,
    State.FAILED: _failed,
    State.REJECTED: _rejected,
    State.REFUSED: _refused,
    State.CANCELLED: _cancelled,
}
