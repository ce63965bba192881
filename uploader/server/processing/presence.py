"""What a worker process says of itself: that it lives, since when, and what it is at."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from datetime import datetime

from django.db import Error, connection
from django.utils import timezone

from uploader.server.store.models import ItemImage, WorkerSeen

log = logging.getLogger(__name__)

_PAUSE = 5.0
"""Seconds between two signs."""
_HOST_LENGTH = 64


class Presence:
    """This process as a worker. `show` writes its row, `at` notes what it works on."""

    def __init__(self) -> None:
        self.host = socket.gethostname()[:_HOST_LENGTH]
        self.name = f"{self.host}-{os.getpid()}-{secrets.token_hex(4)}"
        self.since = timezone.now()
        self.busy_with: tuple[int, int, datetime] | None = None
        """The number of the image, of its run, and since when."""
        self._runs = 0

    @contextlib.contextmanager
    def at(self, image: ItemImage) -> Iterator[None]:
        """Note that this process makes `image`, while the block runs. Costs nothing."""
        self.busy_with = (image.pk, image.runs, timezone.now())
        self._runs += 1
        try:
            yield
        finally:
            self.busy_with = None

    def show(self) -> None:
        """Write the row."""
        at = self.busy_with
        WorkerSeen.objects.update_or_create(
            name=self.name,
            defaults={
                "host": self.host,
                "pid": os.getpid(),
                "since": self.since,
                "heard_at": timezone.now(),
                "image": at[0] if at else None,
                "image_since": at[2] if at else None,
                "runs": self._runs,
            },
        )

    def leave(self) -> None:
        """Take the row away."""
        WorkerSeen.objects.filter(name=self.name).delete()


me = Presence()


class Showing(threading.Thread):
    """Shows this process again and again, for as long as it lives."""

    def __init__(self) -> None:
        super().__init__(name="presence", daemon=True)

    def run(self) -> None:
        """Show; a database that is away is asked again after the pause."""
        rest = threading.Event()
        while True:
            try:
                me.show()
            except Error as error:
                log.info("no sign of this worker: %s", error)
                connection.close()
            rest.wait(_PAUSE)
