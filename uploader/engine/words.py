"""Every sentence of the engine that a person reads, as plain templates for translation.

`{names}` are filled in with `str.format`. Events are single lines of a photo's timeline;
problems are a few words and a sentence.
"""

from __future__ import annotations

from uploader.domain.photos import UNSENDABLE
from uploader.outbox.words import INTERRUPTED, SENDING, SENDING_ON

__all__ = ["INTERRUPTED", "SENDING", "SENDING_ON"]
"""The outbox's own, so that a translation finds all in one place."""

# ---- the timeline: being added
ADDED_MATCHED = "Added; item found by {by}"
BY_LIST = "your list of names"
BY_SKU = "its SKU"
BY_TITLE = "its title"
BY_FOLDER = "its folder’s name"
ADDED_AMBIGUOUS = "{count} items fit the file name: waits for you"
ADDED_NO_ITEM = "Added; no item fits the file name"
ADDED = "Added"
REFUSED = "Can’t be used: {sentence}"
QUEUED = "Waits to be sent"
ITEM_CHOSEN = "Item chosen: {item}"
FILE_REPLACED = "Another file was chosen"

# ---- the timeline: being sent
SENT = "Sent. The store is making its crops"
SENT_BEFORE = "The store had it already; not sent again"
HALTED = "Stopped; it goes on from there"
TAKEN_BACK = "Taken back"
TAKEN_BACK_UNSURE = "Taken back; it may have arrived all the same"
PUT_BACK = "To be sent after all"
TAKEN_BACK_TOO_LATE = "Taken back too late: it had arrived"
TOO_LATE_PROBLEM = (
    "It had arrived already",
    "It was in the store before you cancelled. You can delete it there.",
)
OFFLINE = "Waits for the network"
SIGN_IN = "Waits for you to sign in"
NEXT_TRY = "{title}. Next try in {seconds} s"
NO_ANSWER = "No answer after {sent}"
LOOKED_THERE = "Looked in the store: it had arrived"
LOOKED_NOT_THERE = "Looked in the store: not there, safe to send"
LOOKED_NOT_YET = "Looked in the store: not there yet, looks again in {seconds} s"
REJECTED = "Refused by the store: {title}"

# ---- the timeline: in the store
LIVE = "Live. Both crops match their previews"
LIVE_DIFFERENT = "Live. The store’s crops differ from their previews"
LIVE_UNCOMPARED = "Live. The store’s crops were fetched"
LIVE_WITHOUT_STYLES = "Live"
STALLED = "Nothing heard for {seconds} s"
FAILED = "Processing failed: {title}"
SENT_AGAIN = "The store was asked to make its crops again"
GONE = "The store no longer has it; it is sent again"

# ---- problems: title and detail
OFFLINE_PROBLEM = ("Waits for the network", "It goes on from there.")
SIGN_IN_PROBLEM = ("Waits for you to sign in", "Sign in again, and it goes on by itself.")
NOT_SENT_PROBLEM = ("No answer", "Not in the store yet, so it will be sent again.")
UNCERTAIN_PROBLEM = (
    "It may have arrived",
    "The store is asked before it is sent again.",
)
STALLED_PROBLEM = (
    "No word from the store",
    "Usually done in {usual} s. Safe to send again: no second copy.",
)
STALLED_UNSAFE_PROBLEM = (
    "No word from the store",
    "Usually done in {usual} s. The store is asked before it is sent again.",
)
FAILED_PROBLEM = ("No reason given", "The store could not make its crops. Send it again.")
NOT_LIVE_PROBLEM = (
    "Its crops aren’t there",
    "The store says it is done, but they can’t be fetched. Send it again.",
)
BUG_PROBLEM = ("Something went wrong here", "It is tried again by itself.")
BUG_LAST_PROBLEM = (
    UNSENDABLE,
    "The program failed at this photo {count} times. The log says more; Retry tries again.",
)

# ---- the store
NO_PROFILE = "No store is known as {name}. Sign in to it once"
NOT_KEPT = (
    "Signed in until you quit",
    "The keychain didn’t take the sign-in key. Unlock it and sign in again to stay signed in.",
)
WATCHED_GONE = (
    "The watched folder can’t be read",
    "Connect its drive or put it back, and new photos in it are added again.",
)
WATCHED_UNNOTED = (
    "The watched folder waits",
    "What came in can’t be noted. The disk may be full: make some room, and it goes on by itself.",
)
NO_ROOM_FOR_COPIES = (
    "No room for copies",
    "Keep the card or stick connected until its photos are live, or make room on this disk.",
)
NO_AUTOSTART = (
    "The system didn’t take the setting",
    "Check that you may change what starts with your account.",
)
NO_CERTIFICATE = (
    "This file can’t be used",
    "It holds no certificate of an authority, or can’t be read. Ask for it as a PEM file.",
)
NO_KEY = ("Not signed in", "Sign in, and waiting photos go on by themselves.")

NOT_YET_CANCELLED = (
    "Not cancelled yet",
    "It may have arrived, so the store is asked first. Cancel again once that is known.",
)

NOT_REPLACED = (
    "The store can’t be asked for its pictures now",
    "Choose Replace again when it is online.",
)

# ---- what stays out of the list
PICTURE_NOT_KEPT = (
    "The pasted picture can’t be saved",
    "The disk may be full. Make some room and paste it again.",
)
NOT_PHOTOS_ONE = "One file isn’t a photo and stays out."
NOT_PHOTOS = "{count} files aren’t photos and stay out."
SHUT = "{name} can’t be opened. Check that you may read it, then add it again."
SHUT_MANY = "{count} folders can’t be opened. Check that you may read them, then add them again."
LISTED_ONE = "One photo is in the list already."
LISTED = "{count} photos are in the list already."

# ---- the history
HISTORY_SAVED_ONE = "One line was saved in {name}."
HISTORY_SAVED = "{count} lines were saved in {name}."
HISTORY_NOT_SAVED = (
    "The history can’t be saved there",
    "Check that you may write to this folder, or choose another.",
)
HISTORY_NO_ROOM = ("The history wasn’t saved", "The disk is full. Make some room and save again.")

# ---- a list of names and SKUs
LIST_UNREADABLE = "{name} can’t be read. Check that you may open it."
LIST_TOO_LARGE = "{name} is too large for a list of names. Choose another file."
LIST_EMPTY = "There are no names in {name}. It needs a column of file names and one of SKUs."
LIST_NO_SKU = "Line {line} has no SKU."
LIST_NO_NAME = "Line {line} has no file name."
LIST_QUOTE = "Line {line} has a quotation mark in the wrong place."
LIST_MORE_ONE = "One more line can’t be used."
LIST_MORE = "{count} more lines can’t be used."

# ---- findings at the file
FILE_MISSING = "The file is gone. Put it back, or choose another."
FILE_UNREADABLE = "The file can’t be read. Check that you may open it."
FILE_CHANGED = "The file has changed since it was added. Replace it to send the new one."
FILE_UNKNOWN = "The program couldn’t look at this file. Choose another."


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def number(count: int) -> str:
    """Small numbers as words, to begin a sentence: ``Two``; larger ones as digits."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def amount_of(sent: int, total: int) -> str:
    """``5.1 of 8.9 MB``: both in the unit of the total."""
    if total >= 1_000_000:
        return f"{sent / 1_000_000:.1f} of {total / 1_000_000:.1f} MB"
    return f"{sent / 1_000:.0f} of {total / 1_000:.0f} kB"
