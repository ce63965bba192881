"""``store-uploader history``: what was sent, as a CSV file, also while the app runs."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from uploader.background.archive import not_saved, saved
from uploader.background.profiles import store_names
from uploader.background.values import Notice
from uploader.domain.history import HistoryQuery
from uploader.engine.history_csv import write_csv
from uploader.outbox import OutboxError
from uploader.outbox.history import History
from uploader.paths import data_dir

SAVED = 0
NOT_SAVED = 1
NOT_BEGUN = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """What the command line asked for. An empty `profile` means all of them."""

    csv: Path
    profile: str = ""
    search: str = ""
    data: Path | None = None


def history(ask: Ask) -> int:
    """Write the file; return 0 written, 1 not, 2 no history there."""
    file = data_dir(ask.data) / "outbox.sqlite3"
    if not file.exists():
        return _say(Notice("Nothing has been sent from here yet."), NOT_BEGUN)
    try:
        with History(file) as past:
            stores = store_names(past.setting("profiles"))
            lines = past.all(ask.profile or None, HistoryQuery(ask.search))
            count = write_csv(ask.csv.absolute(), lines, stores)
    except OutboxError as error:
        return _say(Notice(error.title, error.detail), NOT_BEGUN)
    except OSError as error:
        return _say(not_saved(error), NOT_SAVED)
    sys.stdout.write(f"{saved(ask.csv, count).text}\n")
    return SAVED


def _say(notice: Notice, code: int) -> int:
    text = f"{notice.text}. {notice.detail}" if notice.detail else notice.text
    sys.stderr.write(f"{text}\n")
    return code
