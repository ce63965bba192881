"""What every test is held to: no unexpected error in the log, no thread left behind."""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# What several folders of tests share: fixtures in modules, imported by their conftest.
sys.path.insert(0, str(Path(__file__).parent / "support"))

# A window of a test must never appear on the screen of whoever runs the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_finish() -> None:
    """Leave out of every later collection what stays for good: half a million objects."""
    gc.collect()
    gc.freeze()


class LogWatch(logging.Handler):
    """Collects errors in the log; a test names those that it expects."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, pattern: str) -> None:
        """Say that the log will hold an error that matches; the test fails if it doesn't."""
        self._expected.append(re.compile(pattern))

    def check(self) -> None:
        messages = [record.getMessage() for record in self.records]
        for pattern in self._expected:
            assert any(pattern.search(m) for m in messages), f"no error in the log: {pattern}"
        unexpected = [m for m in messages if not any(p.search(m) for p in self._expected)]
        assert not unexpected, f"unexpected errors in the log: {unexpected}"


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail the test on errors in the log that it didn't `expect`."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    try:
        yield watch
    finally:
        root.removeHandler(watch)
    watch.check()


def _threads() -> set[threading.Thread]:
    # Qt's threads that call into Python show up as dummies and belong to their pool.
    return {
        thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)
    }


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail the test on Python threads that outlive it."""
    before = _threads()
    yield
    deadline = time.monotonic() + 5
    while (left := _threads() - before) and time.monotonic() < deadline:
        next(iter(left)).join(0.05)
    assert not left, f"threads left behind: {[thread.name for thread in left]}"
