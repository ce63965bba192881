"""Django's `migrate` for a store that is open: one at a time, in nobody's way for long."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError

from uploader.server.operations.migrating import alone, is_in_use

_TRIES, _PAUSE = 20, 3.0
"""Seconds between two tries to change a table that somebody holds."""


class Command(migrate.Command):
    """``migrate``."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Wait for other hosts' to end, then apply what is missing."""
        with alone():
            for left in reversed(range(_TRIES)):
                try:
                    super().handle(*args, **options)
                except OperationalError as error:
                    if not (left and is_in_use(error)):
                        raise
                    self.stderr.write("A table is in use. Nothing has changed; trying again.")
                    time.sleep(_PAUSE)
                else:
                    return
