"""``store-uploader close``: has the running program end, so that an installer can replace it."""

from __future__ import annotations

import sys
from pathlib import Path

from uploader.paths import data_place
from uploader.ui.single.place import Place
from uploader.ui.single.second import ask_to_leave

_RUNNING = "Store Uploader is still running. Close it, then try again.\n"


def close(data: Path | None) -> int:
    """End what works in a data folder, as if the person had quit; 0 once nothing does, else 1.

    What is half sent goes on at the next start.
    """
    folder = data_place(data)
    # Where nothing was ever started, nothing is to be left behind.
    if not folder.is_dir() or ask_to_leave(Place(folder)):
        return 0
    if sys.stderr is not None:
        sys.stderr.write(_RUNNING)
    return 1
