"""One sweep by hand; workers do it by themselves."""

from __future__ import annotations

from uploader.server.processing.sweeper import sweep
from uploader.server.store.management.command import StoreCommand


class Command(StoreCommand):
    """``sweep``."""

    help = "Enqueue lost jobs again, drop expired uploads and files of nothing."

    def handle(self, *_: object, **__: object) -> None:
        """Sweep and tell what was done."""
        swept = sweep(in_bucket=True)
        self.stdout.write(
            f"{swept.enqueued} enqueued again, {swept.failed} given up, "
            f"{swept.uploads} expired uploads and {swept.files} lost files dropped."
        )
