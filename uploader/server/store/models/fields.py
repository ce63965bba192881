"""Types of model fields, for annotations only: what is set and what is read."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models

Text: TypeAlias = "models.Field[str, str]"
Number: TypeAlias = "models.Field[int, int]"
MaybeNumber: TypeAlias = "models.Field[int | None, int | None]"
Real: TypeAlias = "models.Field[float, float]"
Money: TypeAlias = "models.Field[Decimal | None, Decimal | None]"
Flag: TypeAlias = "models.Field[bool, bool]"
Moment: TypeAlias = "models.Field[datetime, datetime]"
MaybeMoment: TypeAlias = "models.Field[datetime | None, datetime | None]"
Identity: TypeAlias = "models.Field[UUID, UUID]"
Json: TypeAlias = "models.Field[dict[str, Any], dict[str, Any]]"
