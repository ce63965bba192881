"""The few sentences that the outbox itself writes, as templates for translation."""

from __future__ import annotations

SENDING = "Sending began"
SENDING_ON = "Sending goes on"
INTERRUPTED = "The program ended while it was sent: the store is asked first"
DAMAGED = (
    "The list of photos was damaged. {count} photos were carried over; "
    "the damaged file is kept as {name}."
)
