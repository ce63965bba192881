"""Pictures of items, and where their processing stands. This row is the truth about it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from uploader.domain.edits import Edits
from uploader.domain.styles import Focus
from uploader.server.store.models.changes import ChangeCounter
from uploader.server.store.models.items import Item

if TYPE_CHECKING:
    from uploader.server.store.models.accounts import User
    from uploader.server.store.models.fields import (
        Flag,
        Identity,
        Json,
        MaybeMoment,
        MaybeNumber,
        Moment,
        Number,
        Real,
        Text,
    )


_NOTHING = models.Value({}, models.JSONField())
"""For rows that a process of the version before writes."""


TRACE = 8_000
"""Characters of a failed run's trace that are kept."""


class ImageState(models.TextChoices):
    """The contract's three states, and one of our own. Stored and sent: never rename one."""

    PROCESSING = "processing", "Processing"
    LIVE = "live", "Live"
    FAILED = "failed", "Failed"
    REMOVED = "removed", "Removed"
    """Deleted or replaced. Its row stays, so that its reference never makes it again."""


class ImageManager(models.Manager["ItemImage"]):
    """Pictures, by what becomes of them."""

    def present(self) -> models.QuerySet[ItemImage]:
        """Leave out those that were deleted or replaced."""
        return self.exclude(state=ImageState.REMOVED)

    def shown(self) -> models.QuerySet[ItemImage]:
        """Give those that a shop shows: also one whose styles are just being made anew."""
        return self.present().exclude(styles={})


class ItemImage(models.Model):
    """One picture. Change it only inside a transaction, and call `changed` before saving."""

    id: int
    item_id: int
    item: models.ForeignKey[Item, Item] = models.ForeignKey(
        Item, on_delete=models.CASCADE, related_name="images"
    )
    owner_id: int
    owner: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="images"
    )
    reference: Text = models.CharField(max_length=64)
    """The uploading client's own name of this photo; a repeat is recognised by it."""
    public: Identity = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Part of the addresses, so that nobody guesses those of others."""
    position: Number = models.PositiveIntegerField(default=1)
    wish: MaybeNumber = models.PositiveIntegerField(null=True, editable=False)
    """The position that was asked for when it was sent, until somebody moves the item's images."""
    alt: Text = models.CharField(max_length=1000, blank=True)
    focus_x: Real = models.FloatField(default=0.5)
    focus_y: Real = models.FloatField(default=0.5)
    rotate: Number = models.PositiveSmallIntegerField(default=0, db_default=0)
    """Degrees, clockwise, by which the upright picture is turned."""
    pad: Flag = models.BooleanField(default=False, db_default=False)
    """Whether it is padded to a square."""

    original: Text = models.CharField(max_length=200)
    """The storage's name of the file as it was sent."""
    filename: Text = models.CharField(max_length=255, blank=True)
    """What the client called it; for people only, never part of a path."""
    sha256: Text = models.CharField(max_length=64, db_index=True)
    bytes: Number = models.BigIntegerField()
    width: Number = models.PositiveIntegerField()
    height: Number = models.PositiveIntegerField()
    styles: Json = models.JSONField(default=dict)
    """Style → the storage's name of its file; empty until all of them are there."""
    made: Json = models.JSONField(default=dict, db_default=_NOTHING, editable=False)
    """Style → the recipe that its file was made by (`declared.recipes`)."""
    replaces_id: int | None
    replaces: models.ForeignKey[ItemImage | None, ItemImage | None] = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    """The picture whose place it takes once it is live."""
    replaced_by_id: int | None
    replaced_by: models.ForeignKey[ItemImage | None, ItemImage | None] = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    """The picture that took its place."""

    state: Text = models.CharField(
        max_length=10, choices=ImageState.choices, default=ImageState.PROCESSING, db_index=True
    )
    error_title: Text = models.CharField(max_length=200, blank=True)
    error_detail: Text = models.TextField(blank=True)
    trace: Text = models.TextField(blank=True, default="", db_default="", editable=False)
    """Where in the program the last run failed, for the shop's developer; never sent."""
    attempts: Number = models.PositiveIntegerField(default=0)
    """Runs since it was queued by an upload or a person."""
    runs: Number = models.PositiveIntegerField(default=0)
    """Runs ever; each writes to addresses of its own."""
    job: Text = models.CharField(max_length=64, blank=True)
    """The queue's name of the job that was last enqueued for it."""
    queued_at: Moment = models.DateTimeField(default=timezone.now)
    started_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    alive_at: MaybeMoment = models.DateTimeField(null=True, blank=True, editable=False)
    """When the last run was last seen at work, where that took long."""
    finished_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    cursor: Number = models.BigIntegerField(unique=True, editable=False)

    objects: ClassVar[ImageManager] = ImageManager()

    class Meta:
        """A reference is its owner's; an item's pictures have their order."""

        ordering: ClassVar = ["item_id", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "reference"], name="reference_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.filename or 'a picture'} of {self.item}"

    @property
    def focus(self) -> Focus:
        """The point that filling crops keep."""
        return Focus(self.focus_x, self.focus_y)

    @property
    def edits(self) -> Edits:
        """What is done to the picture before its styles are made."""
        return Edits(self.rotate, self.pad)

    def is_seen_as(self, other: ItemImage) -> bool:
        """Whether its styles are those of `other`, an earlier state of the same row."""
        return (self.focus, self.edits) == (other.focus, other.edits)

    def changed(self, *, processed: int = 0, failed: int = 0) -> None:
        """Give it the next cursor; count it where its processing has come to its end."""
        self.cursor = ChangeCounter.take(processed=processed, failed=failed)

    def queue(self) -> None:
        """Put it back to the start of processing, with all its attempts."""
        self.state = ImageState.PROCESSING
        self.error_title = self.error_detail = self.trace = self.job = ""
        self.attempts = 0
        # What still runs for it is over: it can't end this as failed.
        self.runs += 1
        self.queued_at = timezone.now()
        self.started_at = self.finished_at = None
        self.changed()

    def fail(self, title: str, detail: str, trace: str = "") -> None:
        """End processing with its reason; of a long `trace` the end is kept, which tells most."""
        self.state = ImageState.FAILED
        self.error_title, self.error_detail = title[:200], detail
        self.trace = trace.replace("\0", "")[-TRACE:]
        self.finished_at = timezone.now()
        self.changed(failed=1)

    def remove(self, by: ItemImage | None = None) -> list[str]:
        """Take it out of the shop; return the names of its files, the original's first."""
        names = [self.original, *self.styles.values()]
        self.state, self.styles, self.made, self.original = ImageState.REMOVED, {}, {}, ""
        self.replaced_by = by
        self.error_title = "No longer in the store"
        self.error_detail = (
            "Another picture took its place." if by else "Somebody deleted it there."
        )
        self.finished_at = timezone.now()
        self.changed()
        return names
