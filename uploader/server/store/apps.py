"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The store."""

    name = "uploader.server.store"
    label = "store"
    verbose_name = "Store"

    def ready(self) -> None:
        """Have `check --deploy` look at our own settings too."""
        from uploader.server.access import checks  # noqa: F401, PLC0415 - it registers itself
