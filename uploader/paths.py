"""Where the program keeps what it keeps."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from platformdirs import user_data_path


def data_place(chosen: Path | None = None) -> Path:
    """Give the folder of the outbox and the settings, which may not be there yet.

    `chosen` goes first, then STORE_UPLOADER_DATA, then the system's place for such data.
    """
    configured = os.environ.get("STORE_UPLOADER_DATA", "")
    path = chosen or (Path(configured) if configured else user_data_path("store-uploader", False))
    # Not `Path.resolve`, which raises where links lead back to themselves.
    return Path(os.path.realpath(path))


def data_dir(chosen: Path | None = None) -> Path:
    """Give that folder, made on first use.

    A place that can't be made is given too: opening the outbox there says why.
    """
    path = data_place(chosen)
    # It holds the names of the shop's photos: nobody else's business.
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def samples_dir() -> Path:
    """Give the folder of the sample photos that come with the source tree."""
    return Path(__file__).resolve().parent.parent / "resources" / "samples"
