"""The end of the program's log, without what is private in it.

A record keeps its time, its level and its logger; a traceback its files, lines and types. What
was said besides goes through a `Redactor`, and source lines are left out: they can be looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from uploader.engine.redact import GONE, Redactor

FILE = "log.txt"
LINES = 200
_BYTES = 100_000
"""Read of each file; more than so many lines take."""

_RECORD = re.compile(
    r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ )([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*): (.*)"
)
_FRAME = re.compile(r'\s+File "(.+)", line (\d+), in (\S+)')
_CODE = re.compile(r".*[/\\]((?:uploader|site-packages|python3\.\d+)[/\\].*)")
_ERROR = re.compile(r"(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*(?:Error|Exception|Warning|Exit))(?:: (.*))?")
_OURS = {"uploader", "PIL", "urllib3", "requests", "keyring", "asyncio", "concurrent", "py"}
_PLAIN = re.compile(
    r"(Traceback \(most recent call last\):|During handling of the above exception, another "
    r"exception occurred:|The above exception was the direct cause of the following exception:|)"
)


def log_tail(folder: Path, redactor: Redactor, count: int = LINES) -> list[str]:
    """Give the last lines of the log in `folder`, oldest first; none where there is no log."""
    lines = _read(folder / FILE)
    if len(lines) < count:
        lines = _read(folder / f"{FILE}.1") + lines
    kept = list(_structured(lines))[-count:]
    said = redactor.lines([text for _, text in kept]) if kept else []
    return [(head + text).rstrip() for (head, _), text in zip(kept, said, strict=True)]


def _read(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    # The first may have lost its beginning, by which it would be known.
    return lines[1:] if size > _BYTES else lines


def _structured(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Split each line into what may be told as it stands and what was said."""
    for line in lines:
        if found := _RECORD.fullmatch(line):
            when, root, rest, said = found.groups()
            yield f"{when}{root + rest if root in _OURS else GONE}: ", said
        elif found := _FRAME.fullmatch(line):
            file, number, function = found.groups()
            code = _CODE.fullmatch(file)
            yield f"  {code[1] if code else GONE}:{number} {function}", ""
        elif found := _ERROR.fullmatch(line):
            yield f"{found[1]}: ", found[2] or ""
        elif _PLAIN.fullmatch(line):
            yield line, ""
        elif not line.startswith((" ", "\t")):
            yield "", line
