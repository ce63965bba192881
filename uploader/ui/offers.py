"""What somebody drops or pastes, judged without touching the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from uploader.domain.endings import ENDINGS
from uploader.ui.text import counted, translate


@dataclass(frozen=True, slots=True)
class Offer:
    """Files by their endings, and whether there is a picture without a file.

    What has no ending counts as a folder: looking would mean waiting for a disk.
    """

    paths: tuple[Path, ...] = ()
    photos: int = 0
    folders: int = 0
    others: int = 0
    picture: bool = field(default=False)

    @property
    def welcome(self) -> bool:
        """Whether anything of it may be a photo."""
        return bool(self.photos or self.folders or self.picture)

    @property
    def title(self) -> str:
        """Say what would be added."""
        photos = counted("Offer", "1 photo", "{n} photos", self.photos)
        folders = counted("Offer", "1 folder", "{n} folders", self.folders)
        if self.photos and self.folders:
            text = translate("Offer", "Drop to add {photos} and {folders}")
        elif self.folders:
            text = translate("Offer", "Drop to add {folders}")
        elif self.photos:
            text = translate("Offer", "Drop to add {photos}")
        else:
            text = translate("Offer", "Drop to add this picture")
        return text.replace("{photos}", photos).replace("{folders}", folders)

    @property
    def detail(self) -> str:
        """Say what stays out, and that nothing is sent."""
        nothing = translate("Offer", "Nothing is sent until you press Upload.")
        if not self.others:
            return nothing
        out = counted(
            "Offer",
            "1 other file isn’t a photo and stays out.",
            "{n} other files aren’t photos and stay out.",
            self.others,
        )
        return f"{out} {nothing}"


def read_offer(mime: QMimeData) -> Offer:
    """Judge what is dragged or lies in the clipboard."""
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if not paths:
        return Offer(picture=mime.hasImage())
    endings = [path.suffix.lower() for path in paths]
    photos = sum(ending in ENDINGS for ending in endings)
    folders = sum(not ending for ending in endings)
    return Offer(paths, photos, folders, len(paths) - photos - folders)


def picture_of(mime: QMimeData) -> QImage | None:
    """Give a dragged or copied picture, if there is one."""
    image = mime.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None


def png_of(image: QImage) -> bytes:
    """Make a file of a picture. A large one takes seconds: not for the UI thread."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
