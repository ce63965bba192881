"""The log file: there while the program runs, bounded, and gone from the loggers afterwards."""

from __future__ import annotations

import logging
from pathlib import Path

from uploader.journal import BYTES, FILE, KEPT, journal

log = logging.getLogger("uploader.test")


def test_what_is_logged_stands_in_the_file(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    with journal(tmp_path):
        log.info("photo %d was looked at", 7)
    log.info("afterwards")
    text = (tmp_path / FILE).read_text("utf-8")
    assert "INFO uploader.test: photo 7 was looked at" in text
    assert "afterwards" not in text
    assert logging.getLogger().handlers == before


def test_it_never_grows_without_end(tmp_path: Path) -> None:
    with journal(tmp_path):
        for _ in range(8):
            log.info("x" * (BYTES // 2))
    files = list(tmp_path.iterdir())
    assert len(files) == KEPT + 1
    assert sum(file.stat().st_size for file in files) < BYTES * (KEPT + 1.6)


def test_without_a_word_there_is_no_file(tmp_path: Path) -> None:
    with journal(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
