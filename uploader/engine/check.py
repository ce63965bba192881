"""The first look at a photo: usable or not, its fingerprint, and the item that it belongs to."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.findings import Finding, FindingKind, Inspection, Limits, Severity
from uploader.domain.matching import Matcher
from uploader.domain.photos import Photo
from uploader.domain.rules import RuleKind
from uploader.domain.states import State
from uploader.domain.styles import Style
from uploader.engine import words
from uploader.engine.examine import Examine, examine
from uploader.engine.payload import Look, removes_metadata
from uploader.engine.source import FileTroubleError
from uploader.imaging.inspect import enlarged
from uploader.imaging.private import not_cleaned
from uploader.outbox import Outbox, OutboxError
from uploader.outbox.codec import Changes

log = logging.getLogger(__name__)

FOUND_BY = {
    RuleKind.LIST: words.BY_LIST,
    RuleKind.SKU: words.BY_SKU,
    RuleKind.TITLE: words.BY_TITLE,
    RuleKind.SKU_START: words.BY_SKU,
    RuleKind.TITLE_START: words.BY_TITLE,
    RuleKind.FOLDER: words.BY_FOLDER,
}
"""What a timeline says that the item was found by."""

MOST_CANDIDATES = 50
"""As many as a person would look through are kept; who wants another one searches."""


def check(
    photo: Photo,
    outbox: Outbox,
    limits: Limits,
    matcher: Matcher | None,
    *,
    styles: Sequence[Style] = (),
    cancel: CancelToken | None = None,
    look: Examine = examine,
) -> Photo | None:
    """Take a photo from ADDED to READY or REFUSED; None where it isn't ours to check.

    Stopped by `cancel` it goes back to ADDED. With `matcher` None the item is left open; see
    `match_item` for later. An item that the person chose is never touched. `styles` are the
    store's, to warn of a photo that they would enlarge. `look` looks at the file.
    """
    taken = outbox.advance(photo, State.CHECKING)
    if taken is None:
        return None
    try:
        clean = removes_metadata(outbox)
        found, seen = look(taken.path, limits, clean=clean, cancel=cancel)
        if found.refusal is not None or seen is None:
            return _refuse(taken, outbox, found.findings, found)
        return _accept(taken, outbox, _with_warnings(found, styles, seen, taken), seen, matcher)
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
    if match.item is not None and match.rule is not None:
        event = words.ADDED_MATCHED.format(by=FOUND_BY[match.rule])
        place = match.position if photo.position is None else photo.position
        return {"item": match.item, "candidates": (), "position": place}, event
    if match.items:
        event = words.ADDED_AMBIGUOUS.format(count=words.number(len(match.items)))
        return {"candidates": match.items[:MOST_CANDIDATES]}, event
    return {}, words.ADDED_NO_ITEM


def _with_warnings(
    found: Inspection, styles: Sequence[Style], seen: Look, photo: Photo
) -> Inspection:
    facts = found.facts
    if facts is None:
        return found
    small = enlarged(facts, styles, photo.edits)
    stuck = None if seen.can_be_cleaned else not_cleaned(facts.format)
    more = tuple(finding for finding in (small, stuck) if finding is not None)
    return replace(found, findings=(*found.findings, *more)) if more else found


def _accept(
    photo: Photo,
    outbox: Outbox,
    found: Inspection,
    seen: Look,
    matcher: Matcher | None,
) -> Photo | None:
    print_ = seen.fingerprint
    changes: Changes = {"fingerprint": print_, "facts": found.facts, "findings": found.findings}
    if photo.fingerprint != print_ or not photo.sent:
        changes["payload"] = seen.payload  # what was begun goes on as it was
    after = replace(photo, fingerprint=print_, payload=changes.get("payload", photo.payload))
    same = photo.fingerprint == print_ and photo.sha256 == after.sha256
    if photo.fingerprint is not None and not same:
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
