"""Whether a process is still there."""

from __future__ import annotations

import os
import time
from pathlib import Path


def gone(pid: int, seconds: float = 20) -> bool:
    """Wait until a process has ended; one that nobody has waited for has too."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state in "ZX":
            return True
        time.sleep(0.01)
    return False
