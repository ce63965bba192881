"""A commit that fails and has happened all the same: a disk can do that."""

from __future__ import annotations

import textwrap

import pytest

SCRIPT = textwrap.dedent("""
    import io, uuid
    from datetime import timedelta
    from django.core.files.storage import default_storage
    from django.db import OperationalError, connection
    from django.utils import timezone
    from PIL import Image
    from uploader.server.store.models import Item, ItemImage, Upload, User
    from uploader.server.uploads.complete import complete

    out = io.BytesIO()
    Image.new("RGB", (80, 60)).save(out, "JPEG")
    upload = Upload(
        owner=User.objects.filter(is_staff=True).first() or User.objects.first(),
        reference=str(uuid.uuid4()), item_title="Unknown " + str(uuid.uuid4()),
        length=len(out.getvalue()), expires_at=timezone.now() + timedelta(hours=1),
    )
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.write_bytes(out.getvalue())
    upload.save(force_insert=True)
    commit, happens = connection.commit, {happens}

    def fail():
        connection.commit = commit
        if happens:
            commit()
        raise OperationalError({error!r})

    connection.commit = fail
    try:
        with upload.path.open("r+b") as file:
            complete(upload, file)
    except OperationalError as error:
        said = str(error)
    image = ItemImage.objects.filter(reference=upload.reference).first()
    there = image is not None and default_storage.exists(image.original)
    print("said", said, "row", image is not None, "original", there)
""")


@pytest.mark.parametrize(
    ("happens", "error", "row", "original"),
    [
        (True, "disk I/O error", True, True),
        (False, "disk I/O error", False, False),
        (False, "database or disk is full", False, False),
    ],
)
def test_an_original_that_a_row_names_stays(*, companion, happens, error, row, original) -> None:
    said = companion.manage("shell", "-c", SCRIPT.format(happens=happens, error=error))
    assert f"said {error} row {row} original {original}" in said
