"""The windows in which photos find their items: one by one, by rules, and as new ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import gui_fakes
from PIL import Image, ImageOps
from PySide6.QtTest import QTest
from studio import SAMPLES, Studio

from uploader.domain.matching import Matcher
from uploader.domain.name_list import NameList
from uploader.domain.photos import Photo
from uploader.domain.trial import Setup, try_out

SHOWN = {"HP-1043": "harbour-mug-sand.avif"}
"""What the shop shows of its items."""
FOLDER = Path("/photos/Autumn")


def pictured(studio: Studio) -> None:
    """Have the desk answer for the items' pictures, as a store would."""

    def answer(addresses: Sequence[str]) -> None:
        for address in addresses:
            picture = ImageOps.exif_transpose(Image.open(SAMPLES / SHOWN[address])).convert("RGBA")
            picture.thumbnail((144, 144))
            studio.desk.item_picture.emit(address, gui_fakes.to_bitmap(picture))

    studio.desk.request_pictures = answer


def with_pictures(photo: Photo) -> Photo:
    """Give a photo's candidates the addresses of their pictures."""
    items = (replace(i, thumb_url=i.sku if i.sku in SHOWN else "") for i in photo.candidates)
    return replace(photo, candidates=tuple(items))


def asking(studio: Studio) -> list[Photo]:
    """Let some photos of the batch ask for their items."""
    photos = [
        replace(with_pictures(studio.photos[6]), path=FOLDER / "harbour-mug.jpg"),
        replace(studio.photos[8], item=None, path=FOLDER / "vase-celadon-tall.jpg"),
        replace(studio.photos[9], item=None, path=FOLDER / "candle-amber-fig.jpg"),
        replace(studio.photos[20], item=None, path=FOLDER / "harbour-mug_2.jpg"),
    ]
    studio.desk.changed.emit(photos)
    return photos


def triage(studio: Studio) -> None:
    """Going from one photo without an item to the next."""
    window = studio.open()
    pictured(studio)
    asking(studio)
    window.matching.open_triage()
    dialog = window.matching.triage.dialog
    # The offscreen screen is smaller than the window, which would be remembered so.
    dialog.resize(1080, 640)
    QTest.qWait(50)
    dialog.scopes.step()
    for scheme in studio.schemes():
        studio.shoot(f"triage-{scheme}", dialog)
    dialog.close()


def rules(studio: Studio) -> None:
    """The rules, and what they would do with the batch."""
    window = studio.open()
    open_ = asking(studio)
    items = [photo.item for photo in studio.photos if photo.item]
    items += [item for photo in studio.photos for item in photo.candidates]
    matcher = Matcher(items)
    open_ += [
        replace(photo, item=None, path=FOLDER / f"{photo.item.sku}_{photo.id % 4 + 1}.jpg")
        for photo in studio.photos[11:32]
    ]
    kept = [photo for photo in studio.photos if photo.id not in {p.id for p in open_}]
    desk = studio.desk
    names = NameList("Autumn.csv", tuple((f"IMG_{n:04}.jpg", "HP-0001") for n in range(290)))
    desk.try_matching = lambda setup: desk.matching_tried.emit(
        try_out([*open_, *kept], setup, Matcher(matcher.index, setup.rules, setup.names))
    )
    desk.request_matching = lambda: desk.matching_told.emit(Setup(names=names))
    for scheme in studio.schemes():
        window.matching.open_rules()
        QTest.qWait(150)
        studio.shoot(f"rules-{scheme}", window.matching.rules)
        window.matching.rules.close()


def new_items(studio: Studio) -> None:
    """New items for many photos."""
    window = studio.open()
    names = ("Oak tray.jpg", "oak-tray_2.jpg", "linen napkin, sage.jpg", "linen-napkin-sand.jpg",
             "pepper mill.jpg", "pepper-mill-2.jpg", "pepper-mill-3.jpg")  # fmt: skip
    photos = [
        replace(photo, item=None, path=FOLDER / name)
        for photo, name in zip(studio.photos[11:], names, strict=False)
    ]
    for scheme in studio.schemes():
        window.matching.open_new_items(photos)
        studio.shoot(f"new-items-{scheme}", window.matching.new_items)
        window.matching.new_items.close()


SCENES = (triage, rules, new_items)
