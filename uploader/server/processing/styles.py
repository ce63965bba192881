"""An image's styles, rendered from one decode into files of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.storage import default_storage

from uploader.domain.styles import Style
from uploader.imaging.render import render
from uploader.server.declared import recipes
from uploader.server.processing import files
from uploader.server.store.models import ItemImage


@dataclass(frozen=True, slots=True)
class Made:
    """Stored files that no row names yet: style → name, and style → its recipe."""

    files: dict[str, str]
    recipes: dict[str, str]

    @property
    def names(self) -> list[str]:
        """What to drop where these don't count."""
        return list(self.files.values())

    def put_into(self, image: ItemImage, *, beside: Sequence[str] = ()) -> None:
        """Let a row name these files instead of its own, in the present transaction.

        Of its other styles the row keeps those of the names `beside`. Old files go in a while:
        pages that were loaded before name them. Doesn't save the row.
        """
        kept = {n: f for n, f in image.styles.items() if n in beside and n not in self.files}
        old = [stored for stored in image.styles.values() if stored not in kept.values()]
        image.made = {n: recipe for n, recipe in image.made.items() if n in kept} | self.recipes
        image.styles = kept | self.files
        files.drop_later(old, settings.STORE_LINGER)


def make(image: ItemImage, styles: Sequence[Style]) -> Made:
    """Render and store styles of an image, at addresses that are this run's alone.

    All of them are there when it returns, none when it raises: RenderError, and what the
    storage raises. Touches no row: safe in any thread.
    """
    with default_storage.open(image.original) as source:
        rendered = render(
            cast(BinaryIO, source),
            styles,
            focus=image.focus,
            edits=image.edits,
            limits=settings.STORE_LIMITS,
        )
    names: dict[str, str] = {}
    try:
        for style, picture in rendered.items():
            encoded = picture.encode()
            place = f"{image.public.hex}/{image.runs}/{style}{encoded.suffix}"
            names[style] = files.keep(place, encoded.data)
    except BaseException:
        files.drop(list(names.values()))
        raise
    return Made(names, recipes(styles, image.edits))
