"""One worker process: takes jobs from the queue, shows that it lives, and sweeps."""

from __future__ import annotations

import contextlib
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import Error

from uploader.server.processes import end_with_parent
from uploader.server.processing.presence import Showing, me
from uploader.server.processing.sweeper import Sweeping
from uploader.server.store.management.command import StoreCommand


class Command(StoreCommand):
    """``work``; started by ``worker`` and ``serve --with-worker``."""

    help = "Run one worker process in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to watch the parent."""
        parser.add_argument("--until-stdin-closes", action="store_true")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Work until told to end; a job that has begun is finished first, or handed back."""
        if settings.STORE_REDIS:
            from uploader.server.processing.working_redis import work  # noqa: PLC0415 - one of two
        else:
            from uploader.server.processing.working_database import work  # noqa: PLC0415
        if options["until_stdin_closes"]:
            end_with_parent()
        Showing().start()
        Sweeping().start()
        try:
            work(me.name)
        finally:
            with contextlib.suppress(Error):
                me.leave()
