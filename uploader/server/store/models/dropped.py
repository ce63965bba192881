"""Stored files that no row names any more, until they are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from uploader.server.store.models.fields import Moment, Text


class DroppedFile(models.Model):
    """One file. Its row is made in the transaction that takes its name from an image.

    So whatever ends the process in between, the file goes in the end, on any storage.
    """

    id: int
    name: Text = models.CharField(max_length=200)
    due_at: Moment = models.DateTimeField(default=timezone.now, db_index=True)
    """Not before: pages that were loaded earlier may still show it."""

    def __str__(self) -> str:
        return self.name
