"""Green means live: the store's own pictures are fetched and compared with the previews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import AmbiguousError, BusyError, RejectedError
from uploader.domain.photos import Photo
from uploader.domain.stores import RemotePhoto
from uploader.domain.styles import Style
from uploader.stores.protocol import Store


class NotAPictureError(Exception):
    """What the store delivers for a style can't be shown; `style` names it."""

    def __init__(self, style: str) -> None:
        super().__init__(f"{style} is no picture")
        self.style = style


Compare = Callable[[Photo, Mapping[Style, bytes]], bool | None]
"""Compares fetched styles with the previews of the photo's file.

True equal, False not, None where the file is no longer there to compare with. Raises
`NotAPictureError`.
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the photo is live, and how it looks; `missing` names a style that isn't there."""

    live: bool
    matches: bool | None = None
    missing: str = ""


def verify(
    photo: Photo, remote: RemotePhoto, store: Store, cancel: CancelToken, compare: Compare
) -> Verdict:
    """Fetch every style that the store declares, as a shop's visitor would.

    Raises what concerns the whole store (offline, signed out) and `CancelledError`; a style
    that can't be had for any other reason means: not live.
    """
    fetched: dict[Style, bytes] = {}
    for style in store.capabilities.styles:
        content = _fetch(remote, style, store, cancel)
        if not content:
            return Verdict(live=False, missing=style.name)
        fetched[style] = content
    try:
        return Verdict(live=True, matches=compare(photo, fetched) if fetched else None)
    except NotAPictureError as broken:
        return Verdict(live=False, missing=broken.style)


def _fetch(remote: RemotePhoto, style: Style, store: Store, cancel: CancelToken) -> bytes:
    if style.name not in remote.urls:
        return b""
    try:
        return store.fetch(remote, style.name, cancel)
    except (RejectedError, BusyError, AmbiguousError):
        return b""
