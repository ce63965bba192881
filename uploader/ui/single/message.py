"""What a second start says to the first: one line of JSON."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

LIMIT = 4 * 1024 * 1024
"""Bytes of a line at most: more than any command line holds, and soon read."""
TAKEN = b"taken\n"
"""The answer to a message that was understood."""

_PATH_LIMIT = 32_768
_TOKEN_LIMIT = 512


@dataclass(frozen=True, slots=True)
class Message:
    """Come to the front, and add these files and folders; all paths are absolute.

    `token` is the desktop's permission to come to the front (xdg-activation), where it gave one.
    With `leave` it is to end instead, as if the person had quit.
    """

    paths: tuple[Path, ...] = ()
    token: str = ""
    leave: bool = False

    def encode(self) -> bytes:
        """Give the line. Names that aren't text survive: JSON escapes their odd bytes."""
        paths = [str(path) for path in self.paths]
        fields = {"paths": paths, "token": self.token, "leave": self.leave}
        return json.dumps(fields).encode("ascii") + b"\n"


def split(message: Message) -> list[Message]:
    """Give the message as several, each within the limit; of any one path a line holds many."""
    if len(message.encode()) <= LIMIT or len(message.paths) < 2:
        return [message]
    half = len(message.paths) // 2
    return [
        *split(Message(message.paths[:half], message.token)),
        *split(Message(message.paths[half:], message.token)),
    ]


def decode(line: bytes) -> Message | None:
    """Read a line; None for whatever no start of ours would say."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    paths, token = _paths(fields.get("paths")), fields.get("token")
    # Versions before this one say nothing of it.
    leave = fields.get("leave", False)
    if paths is None or not isinstance(token, str) or not isinstance(leave, bool):
        return None
    # It goes into an environment variable.
    sound = len(token) <= _TOKEN_LIMIT and token.isascii() and token.isprintable()
    return Message(paths, token, leave) if sound else None


def _paths(texts: object) -> tuple[Path, ...] | None:
    if not isinstance(texts, list):
        return None
    return tuple(map(Path, texts)) if all(map(_is_absolute, texts)) else None


def _is_absolute(text: object) -> bool:
    if not isinstance(text, str) or len(text) > _PATH_LIMIT or "\0" in text:
        return False
    try:
        os.fsencode(text)
    except UnicodeError:
        return False
    return Path(text).is_absolute()
