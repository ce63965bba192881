"""One worker process: takes jobs from the queue, and sweeps."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from uploader.server.processes import end_with_parent
from uploader.server.processing.sweeper import Sweeping

_INTERVAL = 0.2
"""Seconds between two looks at an empty queue."""


class Command(BaseCommand):
    """``work``; started by ``worker`` and ``serve --with-worker``."""

    help = "Run one worker process in the foreground."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether to watch the parent."""
        parser.add_argument("--until-stdin-closes", action="store_true")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Work until told to end; a job that has begun is finished first."""
        if options["until_stdin_closes"]:
            end_with_parent()
        Sweeping().start()
        call_command(
            "db_worker",
            queue_name="*",
            interval=_INTERVAL,
            startup_delay=False,
            reload=False,
            verbosity=0,
        )
