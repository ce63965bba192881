"""Uploads under way, and what became of the finished ones."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from uploader.server.store.models.images import ItemImage
from uploader.server.store.models.items import Item

if TYPE_CHECKING:
    from uploader.server.store.models.accounts import User
    from uploader.server.store.models.fields import (
        Flag,
        Identity,
        MaybeNumber,
        Moment,
        Number,
        Real,
        Text,
    )


_PICTURES = uuid.UUID("5e0a1f1c-6d0b-4b07-9f4e-2f8f6d6c2a11")
"""The namespace of `Upload.public`."""


class Upload(models.Model):
    """One tus upload. A finished one stays, with its image, to recognise its reference again."""

    id: Identity = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner: models.ForeignKey[User, User] = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    reference: Text = models.CharField(max_length=64)
    item: models.ForeignKey[Item | None, Item | None] = models.ForeignKey(
        Item, on_delete=models.CASCADE, null=True, related_name="uploads"
    )
    item_id: int | None
    item_title: Text = models.CharField(max_length=200, blank=True)
    sha256: Text = models.CharField(max_length=64, blank=True)
    filename: Text = models.CharField(max_length=255, blank=True)
    alt: Text = models.CharField(max_length=1000, blank=True)
    focus_x: Real = models.FloatField(default=0.5)
    focus_y: Real = models.FloatField(default=0.5)
    replaces: MaybeNumber = models.BigIntegerField(null=True)
    """The number of the image whose place it is to take, whether or not there is one."""
    rotate: Number = models.PositiveSmallIntegerField(default=0, db_default=0)
    pad: Flag = models.BooleanField(default=False, db_default=False)
    position: MaybeNumber = models.PositiveIntegerField(null=True)
    length: Number = models.BigIntegerField()
    offset: Number = models.BigIntegerField(default=0)
    created_at: Moment = models.DateTimeField(default=timezone.now)
    expires_at: Moment = models.DateTimeField()
    image: models.ForeignKey[ItemImage | None, ItemImage | None] = models.ForeignKey(
        ItemImage, on_delete=models.CASCADE, null=True, related_name="uploads"
    )

    class Meta:
        """A repeated reference never makes a second upload."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "reference"], name="upload_is_unique")
        ]
        indexes: ClassVar = [
            # The finished ones stay for ever: those under way are counted without them.
            models.Index(
                fields=["owner", "expires_at"],
                condition=models.Q(image=None),
                name="uploads_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offset} of {self.length} bytes"

    @property
    def public(self) -> uuid.UUID:
        """The `public` of the image that it becomes, known from its first byte on.

        By it a picture's files are known for somebody's before there is a row that names them.
        """
        return uuid.uuid5(_PICTURES, self.id.hex)

    @property
    def path(self) -> Path:
        """Where its bytes gather: named by us alone."""
        return Path(settings.STORE_UPLOADS) / self.id.hex

    @property
    def expired(self) -> bool:
        """Whether its time is over. A finished one has all the time."""
        return self.image is None and self.expires_at <= timezone.now()
