"""Whether the pictures that are there are this database's: no sweep may have another store's."""

from __future__ import annotations

import contextlib
import logging
import re

from django.core.files.storage import Storage, storages

from uploader.server.processing import files
from uploader.server.processing.listing import old_files
from uploader.server.store.models import ChangeCounter, ItemImage

log = logging.getLogger(__name__)

_MARKS = "swept"
"""The storage's folder of an empty file that is named by the cursor at the last sweep."""

_PICTURE = re.compile(r"[0-9a-f]{32}/")
_LOOK = "None is deleted. Look whether DATABASE_URL, STORAGE_URL and STORE_DATA are of one store."


def confirmed() -> bool:
    """Tell whether a picture that no row names is nobody's, and mark that it was so now.

    It isn't where the database knows no image at all. Nor where it is older than the mark, as
    one that was restored beside the running store: what came since is in no row of it.
    """
    storage = storages["default"]
    # The marks first: another sweep may leave a later one meanwhile.
    marks = _marks(storage)
    cursor = ChangeCounter.present()
    if not ItemImage.objects.exists():
        if any(map(_PICTURE.match, old_files(storage))):
            log.warning("The database knows no image, but there are pictures. %s", _LOOK)
        return False
    if any(int(mark) > cursor for mark in marks if mark.isdecimal()):
        log.warning("The pictures were last swept with a newer database than this. %s", _LOOK)
        return False
    # A disk without room even for that is no reason to leave on it what nobody needs.
    with contextlib.suppress(OSError):
        if str(cursor) not in marks:
            files.keep(f"{_MARKS}/{cursor}", b"")
        files.drop([f"{_MARKS}/{mark}" for mark in marks if mark != str(cursor)])
    return True


def _marks(storage: Storage) -> list[str]:
    try:
        return storage.listdir(_MARKS)[1]
    except FileNotFoundError:
        return []
