"""Previews for the list and the inspector: asked for by what is visible, made in workers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from uploader.background.values import Bitmap
from uploader.domain.photos import Photo


class Previews(QObject):
    """A bounded cache of rendered styles with workers behind it. Lives on the UI thread.

    Signals: `ready(int)`, a photo's id whose bitmaps have arrived; `large_ready(int)`, the
    same for the inspector's large picture.
    """

    ready = Signal(int)
    large_ready = Signal(int)

    def want(self, photos: Sequence[Photo]) -> None:
        """Say what is visible now, most urgent first; older wishes not begun are dropped."""

    def bitmap(self, photo: Photo, style: str) -> Bitmap | None:
        """Give a rendered style if it is there; never blocks, never renders."""
        raise NotImplementedError

    def want_large(self, photo: Photo) -> None:
        """Ask for the whole photo, upright, fitted into 1600 × 800 pixels."""

    def large(self, photo: Photo) -> Bitmap | None:
        """Give the large picture if it is there."""
        raise NotImplementedError

    def close(self) -> None:
        """Drop all wishes and wait for the workers to end (they end soon)."""
