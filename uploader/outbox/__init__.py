"""The durable queue: SQLite, numbered migrations, a repository."""

from uploader.outbox.errors import (
    OutboxBusyError,
    OutboxDamagedError,
    OutboxError,
    OutboxForbiddenError,
    OutboxFullError,
    OutboxInUseError,
    OutboxPlaceError,
    OutboxTooNewError,
    OutboxWriteError,
)
from uploader.outbox.repository import Edit, Opened, Outbox

__all__ = [
    "Edit",
    "Opened",
    "Outbox",
    "OutboxBusyError",
    "OutboxDamagedError",
    "OutboxError",
    "OutboxForbiddenError",
    "OutboxFullError",
    "OutboxInUseError",
    "OutboxPlaceError",
    "OutboxTooNewError",
    "OutboxWriteError",
]
