"""Looking for a photo in a store: by our reference, or by its content and its item.

*Not there* makes the engine send again, so it is said only after an answer that can be nothing
else than the store's: whatever is odd about it is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import BusyError
from uploader.domain.photos import Photo
from uploader.domain.stores import RemotePhoto, RemoteState
from uploader.stores import records
from uploader.stores.address import host_of
from uploader.stores.api import Api
from uploader.stores.translate import something_else


def find_by_reference(api: Api, photo: Photo, cancel: CancelToken | None) -> RemotePhoto | None:
    """Look in a store that keeps references. Raises like `Api.get`."""
    for image in _asked(api, cancel, "reference", photo.reference)[0]:
        return records.remote_photo(image)
    # A picture that the store had already goes by the reference that it came with.
    return _known(api, photo, cancel)


def find_by_content(api: Api, photo: Photo, cancel: CancelToken | None) -> RemotePhoto | None:
    """Look in a store that doesn't keep references. Raises like `Api.get`.

    The same bytes on the same item are taken for this photo, whoever sent them: a second copy
    is what nobody wants. One that failed or was removed counts only where there is no better one.
    """
    if not photo.sha256:
        return None
    known = _known(api, photo, cancel)
    if known is not None and not known.removed:
        return known
    images, more = _asked(api, cancel, "sha256", photo.sha256)
    found = [records.remote_photo(image) for image in images]
    here = [remote for remote in found if _on_item(remote, photo)]
    good = [remote for remote in here if remote.state is not RemoteState.FAILED]
    if not here and more:
        raise BusyError(
            "The store has too many pictures like it", "It is looked for again in a while."
        )
    return next(iter(good or here), known)


def _known(api: Api, photo: Photo, cancel: CancelToken | None) -> RemotePhoto | None:
    """Ask for the picture that the store once said it is, if it still is this photo's."""
    if not photo.remote_id or not photo.sha256:
        return None
    answer = api.send("GET", api.url(f"images/{quote(photo.remote_id, safe='')}"), cancel=cancel)
    if answer.status == 404:
        return None
    image = api.fields(answer)
    same = records.text(image, "sha256") == photo.sha256
    return records.remote_photo(image) if same else None


def _on_item(remote: RemotePhoto, photo: Photo) -> bool:
    there, wanted = remote.item, photo.item
    if there is None or wanted is None:
        return False
    if wanted.id:
        return there.id == wanted.id
    # The item was to be made by the upload, or found by its title.
    return there.title.strip() == wanted.title.strip()


def _asked(
    api: Api, cancel: CancelToken | None, field: str, value: str
) -> tuple[Sequence[records.Record], bool]:
    """Ask for the images of which a field has a value; tell also whether there are more.

    Raises OfflineError for an answer that isn't the store's: that of a guest network's page.
    """
    said = api.get("images", cancel, 0.0, **{field: value})
    images = records.images(said)
    whole = isinstance(said.get("images"), list) and len(said["images"]) == len(images)
    fitting = all(records.text(image, field) == value for image in images)
    if not (whole and fitting and records.text(said, "cursor")):
        raise something_else(host_of(api.address))
    return images, bool(said.get("more"))
