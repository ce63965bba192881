"""What is on a wine's disk and in its registry, and what a removed program has left there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from installer.proof.report import ProofError
from installer.proof.wine.program import Program

_OURS = re.compile(r"store.?uploader", re.IGNORECASE)
# The uninstaller's copy of itself, which can't delete itself: Windows does at its next start.
_COPY = re.compile(r"/Temp/~nsu\w*\.tmp(?:/|$)")
# Sign-in keys are the person's: wine keeps its Credential Manager in the registry.
_KEYS = re.compile(r"\\Credential Manager\\", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Left:
    """Files, and keys of the registry with the program's name in them."""

    files: frozenset[str]
    keys: frozenset[str]

    @classmethod
    def of(cls, program: Program) -> Left:
        """Look at all of it, but for what the person has of the program."""
        root = program.prefix.root
        paths = (path for path in root.rglob("*") if not _within(path, program.data))
        files = frozenset(str(path.relative_to(root)) for path in paths)
        blocks = re.split(r"\r?\n\r?\n", program.prefix.registry())
        keys = frozenset(
            block.splitlines()[0] for block in blocks if _OURS.search(block) and block.strip()
        )
        return cls(files, frozenset(key for key in keys if not _KEYS.search(key)))

    def check_since(self, before: Left) -> None:
        """See that nothing has come. Raises `ProofError`."""
        files = (path for path in self.files - before.files if not _COPY.search(path))
        came = sorted(files) + sorted(self.keys - before.keys)
        if came:
            raise ProofError(f"Left: {', '.join(came[:8])}")


def _within(path: Path, folder: Path) -> bool:
    return path == folder or folder in path.parents
