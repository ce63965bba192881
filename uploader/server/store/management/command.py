"""What the store's own commands have in common."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class StoreCommand(BaseCommand):
    """A command that begins at once.

    Django's checks look at every address, and so load the whole API: half a second and 7 MB
    that a worker or a nightly sweep has no use for. ``check`` and ``check --deploy`` run them.
    """

    requires_system_checks: list[str] = []  # noqa: RUF012 - as Django declares it
