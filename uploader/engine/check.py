"""The first look at a photo: usable or not, its fingerprint, and the item that it belongs to."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.findings import Finding, FindingKind, Inspection, Limits, Severity
from uploader.domain.matching import Matcher
from uploader.domain.photos import Fingerprint, Photo
from uploader.domain.states import State
from uploader.domain.styles import Style
from uploader.engine import words
from uploader.engine.fingerprint import fingerprint
from uploader.engine.source import FileTroubleError
from uploader.imaging.inspect import enlarged, inspect
from uploader.outbox import Outbox, OutboxError
from uploader.outbox.codec import Changes

log = logging.getLogger(__name__)

Inspect = Callable[[Path, Limits], Inspection]


def _inspect(path: Path, limits: Limits) -> Inspection:
    return inspect(path, limits, name=path.name)


def check(
    photo: Photo,
    outbox: Outbox,
    limits: Limits,
    matcher: Matcher | None,
    *,
    styles: Sequence[Style] = (),
    cancel: CancelToken | None = None,
    look: Inspect = _inspect,
) -> Photo | None:
    """Take a photo from ADDED to READY or REFUSED; None where it isn't ours to check.

    Stopped by `cancel` it goes back to ADDED. With `matcher` None the item is left open; see
    `match_item` for later. An item that the person chose is never touched. `styles` are the
    store's, to warn of a photo that they would enlarge.
    """
    taken = outbox.advance(photo, State.CHECKING)
    if taken is None:
        return None
    try:
        found = look(taken.path, limits)
        if found.refusal is not None:
            return _refuse(taken, outbox, found.findings, found)
        print_ = fingerprint(taken.path, cancel)
        return _accept(taken, outbox, _with_warnings(found, styles), print_, matcher)
    except CancelledError:
        return outbox.advance(taken, State.ADDED)
    except FileTroubleError as trouble:
        return _refuse(taken, outbox, (trouble.finding,))
    except OutboxError:
        # The disk's fault, not the photo's: it stays in CHECKING for `Outbox.recover`.
        raise
    except Exception:
        # A bug at one file must not stop the others, nor leave this one without a word.
        log.exception("the look at a photo failed")
        unknown = Finding(FindingKind.UNREADABLE, Severity.REFUSAL, words.FILE_UNKNOWN)
        return _refuse(taken, outbox, (unknown,))


def match_item(photo: Photo, matcher: Matcher) -> tuple[Changes, str]:
    """Find the photo's item by its name: the changes to make, and the timeline's sentence."""
    match = matcher.match(photo.path)
    if match.item is not None:
        return {"item": match.item, "candidates": ()}, words.ADDED_MATCHED.format(by=match.by)
    if match.items:
        event = words.ADDED_AMBIGUOUS.format(count=words.number(len(match.items)))
        return {"candidates": match.items}, event
    return {}, words.ADDED_NO_ITEM


def _with_warnings(found: Inspection, styles: Sequence[Style]) -> Inspection:
    small = enlarged(found.facts, styles) if found.facts else None
    return replace(found, findings=(*found.findings, small)) if small else found


def _accept(
    photo: Photo,
    outbox: Outbox,
    found: Inspection,
    print_: Fingerprint,
    matcher: Matcher | None,
) -> Photo | None:
    changes: Changes = {"fingerprint": print_, "facts": found.facts, "findings": found.findings}
    if photo.fingerprint is not None and photo.fingerprint != print_:
        # A reference names one content: what the store has under the old one isn't this.
        changes["reference"] = str(uuid.uuid4())
    event = words.ADDED
    if matcher is not None and _is_open(photo, outbox):
        item, event = match_item(photo, matcher)
        changes |= item
    return outbox.advance(photo, State.READY, event, **changes)


def _is_open(photo: Photo, outbox: Outbox) -> bool:
    """Whether nobody has chosen an item, also not while we looked at the file."""
    try:
        return outbox.photo(photo.id).item is None
    except KeyError:
        return False


def _refuse(
    photo: Photo,
    outbox: Outbox,
    findings: tuple[Finding, ...],
    found: Inspection | None = None,
) -> Photo | None:
    sentence = next(f.sentence for f in findings if f.severity is Severity.REFUSAL)
    facts = found.facts if found is not None else None
    event = words.REFUSED.format(sentence=sentence)
    return outbox.advance(photo, State.REFUSED, event, facts=facts, findings=findings)
