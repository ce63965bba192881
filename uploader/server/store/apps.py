"""Names the app."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The store."""

    name = "uploader.server.store"
    label = "store"
    verbose_name = "Store"
