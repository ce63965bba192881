"""The few sentences that the outbox itself writes, as templates for translation."""

from __future__ import annotations

SENDING = "Sending began"
SENDING_ON = "Sending goes on"
INTERRUPTED = "The program ended while it was sent: the store is asked first"
DOUBTED = "It may be in the store already: the store is asked first"
DAMAGED = (
    "The list of photos was damaged. {count} photos were carried over; "
    "the damaged file is kept as {name}."
)
DAMAGED_ONE = (
    "The list of photos was damaged. One photo was carried over; "
    "the damaged file is kept as {name}."
)
DAMAGED_ALL = (
    "The list of photos was damaged and no photo in it could be read. "
    "Add them again; the damaged file is kept as {name}."
)
ALTERED = (
    "The list of photos isn’t as it was left: it was restored or changed. "
    "What is still to be sent is looked for in the store first."
)
