"""The durable queue: SQLite, numbered migrations, a repository."""

from uploader.outbox.errors import (
    OutboxError,
    OutboxInUseError,
    OutboxTooNewError,
    OutboxWriteError,
)
from uploader.outbox.repository import Edit, Opened, Outbox

__all__ = [
    "Edit",
    "Opened",
    "Outbox",
    "OutboxError",
    "OutboxInUseError",
    "OutboxTooNewError",
    "OutboxWriteError",
]
