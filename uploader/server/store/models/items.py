"""What the store sells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models, transaction
from django.utils import timezone

from uploader.server.store.models.changes import ChangeCounter

if TYPE_CHECKING:
    from uploader.server.store.models.fields import Flag, Moment, Money, Number, Text


class Item(models.Model):
    """One thing the store sells. Titles are unique, as in the article's store; so are SKUs."""

    id: int
    title: Text = models.CharField(max_length=200, unique=True)
    sku: Text = models.CharField("SKU", max_length=64, blank=True, db_index=True)
    description: Text = models.TextField(blank=True)
    price: Money = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    active: Flag = models.BooleanField(default=True)
    created_at: Moment = models.DateTimeField(default=timezone.now, editable=False)
    cursor: Number = models.BigIntegerField(default=0, db_default=0, db_index=True, editable=False)
    """When it changed last, among all changes of items and images; 0 where nobody noted it."""

    class Meta:
        """Two items may both have no SKU, but never the same one."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sku"], condition=~models.Q(sku=""), name="sku_is_unique"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Store it with the next cursor, so that who knows the catalogue is told."""
        with transaction.atomic():
            self._lock()
            self.cursor = ChangeCounter.take()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "cursor"}
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ANN401
        """Delete it with its pictures; Django would take their rows before its own."""
        with transaction.atomic():
            self._lock()
            return super().delete(*args, **kwargs)

    def _lock(self) -> None:
        # Its row first, its pictures' and the counter's then, as whoever changes its pictures
        # does: the other way round, PostgreSQL would have to end one of the two.
        list(Item.objects.select_for_update().filter(pk=self.pk))

    @property
    def label(self) -> str:
        """What a sentence calls it: its SKU, or its title without one."""
        return self.sku or self.title
