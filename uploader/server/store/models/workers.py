"""Worker processes, as they say of themselves: the same on every kind of queue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from uploader.server.store.models.fields import MaybeMoment, MaybeNumber, Moment, Number, Text

SILENT = timedelta(seconds=20)
"""Who hasn't been heard for so long counts as dead: four signs missed."""


class WorkerSeen(models.Model):
    """One worker process. It writes its row every few seconds, and takes it away at its end."""

    name: Text = models.CharField(max_length=100, primary_key=True)
    """Host, process and a random part, so that no two are ever the same."""
    host: Text = models.CharField(max_length=64)
    pid: Number = models.PositiveIntegerField()
    since: Moment = models.DateTimeField(default=timezone.now)
    heard_at: Moment = models.DateTimeField(default=timezone.now, db_index=True)
    image: MaybeNumber = models.BigIntegerField(null=True)
    """The number of the image that it was at when it last wrote."""
    image_since: MaybeMoment = models.DateTimeField(null=True)
    runs: Number = models.PositiveIntegerField(default=0)
    """Images that it has been at."""

    class Meta:
        """The oldest first, so that a list keeps its order."""

        ordering: ClassVar = ["since", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def alive(self) -> bool:
        """Whether it was heard of lately."""
        return self.heard_at > timezone.now() - SILENT
