"""The counter that puts all changes of images and items in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

if TYPE_CHECKING:
    from uploader.server.store.models.fields import Number


class ChangeCounter(models.Model):
    """One row, whose lock is held until the change that took a number is committed.

    So numbers become visible in their order: a reader that has seen 7 never misses a 6 that
    commits later, as it could with a sequence of the database.
    """

    value: Number = models.BigIntegerField(default=0)
    processed: Number = models.BigIntegerField(default=0, db_default=0)
    failed: Number = models.BigIntegerField(default=0, db_default=0)
    """How many images ever came live, and ended as failed: for those who watch the store."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def take(cls, *, processed: int = 0, failed: int = 0) -> int:
        """Give the next number. Call it inside the transaction that makes the change.

        What else it was is counted in the same statement.
        """
        assert transaction.get_connection().in_atomic_block, "a cursor is taken in a transaction"
        row, _ = cls.objects.select_for_update().get_or_create(pk=1)
        row.value += 1
        row.processed += processed
        row.failed += failed
        row.save(update_fields=["value", "processed", "failed"])
        return row.value

    @classmethod
    def present(cls) -> int:
        """Give the last number that was committed."""
        return cls.objects.filter(pk=1).values_list("value", flat=True).first() or 0
