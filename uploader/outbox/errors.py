"""What can be wrong with the outbox as a whole. Each carries a title and a sentence."""

from __future__ import annotations


class OutboxError(Exception):
    """The outbox can't be used or written; the environment's fault, not the program's.

    Attributes: `title`, a few words; `detail`, a sentence that says what to do.
    """

    title = "The list of photos can't be opened"
    detail = "Check that the disk isn't full and that you may write to your home folder."

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason or f"{self.title}. {self.detail}")


class OutboxInUseError(OutboxError):
    """Another process works with this outbox."""

    title = "Store Uploader is running already"
    detail = "Two can't share one list of photos. Go on in the other window, or close it first."


class OutboxTooNewError(OutboxError):
    """A newer program made this outbox. The file is left as it is."""

    title = "The list of photos was made by a newer version"
    detail = "Install the newest Store Uploader to open it. Nothing was changed."


class OutboxWriteError(OutboxError):
    """A change could not be stored; everything is as it was before it."""

    title = "The list of photos can't be saved"
    detail = "The disk may be full. Make some room; nothing that was saved is lost."
