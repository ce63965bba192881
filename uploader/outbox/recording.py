"""Writes the history: within the transaction of the step that it tells of, one statement each."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from uploader.domain.history import ENDED, reason_of, search_text
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.outbox.codec import Changes, clean, encode_path

BEGUN = frozenset({State.UPLOADING, State.UNCERTAIN, State.PROCESSING, State.LIVE, State.ALREADY,
                   State.STALLED, State.FAILED, State.REJECTED})  # fmt: skip
"""A photo that comes here has a line, or gets one."""

_TAKEN_BACK = frozenset({State.CANCELLED, State.REFUSED})
_NEVER_SENT = frozenset({State.ADDED, State.CHECKING, State.READY})
_TOLD = frozenset({"item", "problem", "remote_id", "page"})

_REVISION = "(SELECT coalesce(max(changed), 0) + 1 FROM history)"
_UPDATE = (
    f"UPDATE history SET outcome = ?, ended_at = ?, problem = ?, words = ?, changed = {_REVISION} "  # noqa: S608
    "WHERE reference = ?"
)
_UPSERT = f"""
    INSERT INTO history (reference, profile, path, item, bytes, sha256, sent_at, ended_at,
        outcome, problem, remote_id, page, words, changed)
    VALUES (:reference, :profile, :path, :item, :bytes, :sha256, :sent_at, :ended_at,
        :outcome, :problem, :remote_id, :page, :words, {_REVISION})
    ON CONFLICT (reference) DO UPDATE SET profile = excluded.profile, path = excluded.path,
        item = excluded.item, bytes = excluded.bytes, sha256 = excluded.sha256,
        ended_at = excluded.ended_at, outcome = excluded.outcome, problem = excluded.problem,
        remote_id = excluded.remote_id, words = excluded.words, changed = excluded.changed,
        page = CASE excluded.page WHEN '' THEN page ELSE excluded.page END
"""  # noqa: S608


def record(
    db: sqlite3.Connection, photo: Photo, before: State, changes: Changes, now: float
) -> None:
    """Note where a photo stands after a step from `before`; most steps need no statement.

    A line begins with the first byte, so nothing is written of photos that are only added,
    looked at and queued. What had ended stays as it ended, until it is sent again.
    """
    stays = photo.state is before
    if photo.state in BEGUN:
        if not stays or _TOLD & changes.keys():
            db.execute(_UPSERT, _line(photo, now, changes.get("page", "")))
    elif stays:
        return
    elif photo.state is State.WAITING and before not in _NEVER_SENT:
        db.execute(_UPDATE, _ending(photo, now))
    elif photo.state in _TAKEN_BACK:
        db.execute(f"{_UPDATE} AND ended_at IS NULL", _ending(photo, now))


def rename(db: sqlite3.Connection, photo_id: int, reference: str) -> None:
    """Keep a line that hasn't ended with its photo, which gets another reference.

    One that has ended stays what it is, as the photo's next sending is another one.
    """
    db.execute(
        "UPDATE history SET reference = ? WHERE ended_at IS NULL "
        "AND reference = (SELECT reference FROM photos WHERE id = ?)",
        (reference, photo_id),
    )


def leave(db: sqlite3.Connection, ids: Iterable[int], now: float) -> None:
    """End the lines of photos that leave the list: what the store does then, nobody follows."""
    db.executemany(
        f"UPDATE history SET ended_at = ?, changed = {_REVISION} WHERE ended_at IS NULL "  # noqa: S608
        "AND reference = (SELECT reference FROM photos WHERE id = ?)",
        ((now, photo_id) for photo_id in ids),
    )


def _ending(photo: Photo, now: float) -> tuple[Any, ...]:
    line = _line(photo, now, "")
    names = ("outcome", "ended_at", "problem", "words", "reference")
    return tuple(line[name] for name in names)


def _line(photo: Photo, now: float, page: str) -> dict[str, Any]:
    reason, content = reason_of(photo), photo.content
    return {
        "reference": photo.reference,
        "profile": photo.profile,
        "path": encode_path(photo.path),
        "item": json.dumps(asdict(photo.item)) if photo.item else None,
        "bytes": content.bytes if content else None,
        "sha256": content.sha256 if content else None,
        "sent_at": now,
        "ended_at": photo.state_since if photo.state in ENDED else None,
        "outcome": photo.state,
        "problem": json.dumps([reason.title, reason.detail]) if reason else None,
        "remote_id": photo.remote_id,
        "page": clean(page),
        "words": clean(search_text(photo.path, photo.item, photo.remote_id, reason)),
    }
