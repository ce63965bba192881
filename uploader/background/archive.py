"""Answers from the history and writes it out, while photos are being sent."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QLocale

from uploader.background.errands import Errands
from uploader.background.profiles import store_names
from uploader.background.signals import DeskSignals
from uploader.background.values import Notice
from uploader.domain.cancel import CancelToken
from uploader.domain.history import HistoryChanges, HistoryLine, HistoryPage, HistoryQuery
from uploader.engine import words
from uploader.engine.history_csv import COMMA, SEMICOLON, write_csv
from uploader.outbox import OutboxDamagedError, OutboxError
from uploader.outbox.history import PAGE, History

log = logging.getLogger(__name__)


class Archive:
    """Reads through connections of its own, in threads of its own: it holds up nobody.

    `profile` tells whose history is asked for at the moment.
    """

    def __init__(
        self,
        file: Path,
        signals: DeskSignals,
        heed: Callable[[Exception], bool],
        profile: Callable[[], str],
    ) -> None:
        self._file, self._signals, self._profile = file, signals, profile
        self._closing = CancelToken()
        self._reading, self._writing = Errands(heed), Errands(heed)

    def request(self, query: HistoryQuery, before: int | None) -> None:
        """Answer with `DeskSignals.history`: a page of lines older than line `before`."""
        self._reading.run(lambda: self._page(query, before))

    def request_changes(self, query: HistoryQuery, since: int) -> None:
        """Answer with `DeskSignals.history_changed`: what changed after revision `since`."""
        self._reading.run(lambda: self._changes(query, since))

    def export(self, path: Path, query: HistoryQuery) -> None:
        """Write what answers the query to `path`; `DeskSignals.history_exported` says how it went.

        In a file that is complete or not there at all.
        """
        self._writing.run(lambda: self._export(path, query))

    def close(self, milliseconds: int) -> bool:
        """Stop; tell whether all ended."""
        self._closing.cancel()
        ended = [errands.close(milliseconds) for errands in (self._reading, self._writing)]
        return all(ended)

    def _page(self, query: HistoryQuery, before: int | None) -> None:
        profile = self._profile()
        with History(self._file) as history:
            # Before the lines: what changes in between is told once more, not left out.
            revision = history.revision()
            lines = history.page(profile, query, before, PAGE + 1)
            counts = history.counts(profile, query.text)
        more = len(lines) > PAGE
        page = HistoryPage(query, tuple(lines[:PAGE]), counts, before, more, revision)
        self._signals.history.emit(page)

    def _changes(self, query: HistoryQuery, since: int) -> None:
        profile = self._profile()
        with History(self._file) as history:
            revision = history.revision()
            lines = history.changed(profile, since, PAGE + 1)
            counts = history.counts(profile, query.text)
        cut = len(lines) > PAGE
        told = HistoryChanges(query, since, tuple(lines), counts, revision, cut)
        self._signals.history_changed.emit(told)

    def _export(self, path: Path, query: HistoryQuery) -> None:
        try:
            with History(self._file) as history:
                stores = store_names(history.setting("profiles"))
                lines = history.all(self._profile(), query)
                count = write_csv(path, self._while_open(lines), stores, separator())
        except OSError as error:
            log.warning("the history wasn't saved: %s", error.strerror)
            self._signals.history_exported.emit(not_saved(error))
        except OutboxError as error:
            self._signals.history_exported.emit(Notice(error.title, error.detail))
            if isinstance(error, OutboxDamagedError):
                raise
        else:
            self._signals.history_exported.emit(saved(path, count))

    def _while_open(self, lines: Iterable[HistoryLine]) -> Iterator[HistoryLine]:
        for line in lines:
            self._closing.check()
            yield line


def separator() -> str:
    """Give what this system's spreadsheets expect between cells."""
    return SEMICOLON if QLocale.system().decimalPoint() == COMMA else COMMA


def saved(path: Path, count: int) -> Notice:
    """Say how many lines were written, and where."""
    text = words.HISTORY_SAVED_ONE if count == 1 else words.HISTORY_SAVED
    return Notice(text.format(count=words.number(count), name=path.name))


def not_saved(error: OSError) -> Notice:
    """Say why nothing was written, and what to do."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return Notice(*(words.HISTORY_NO_ROOM if full else words.HISTORY_NOT_SAVED))
