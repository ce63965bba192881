"""A sweep while a photo is being taken in, by a clock that was set forward a moment before."""

from __future__ import annotations

import textwrap

SCRIPT = textwrap.dedent("""
    import io, os, uuid
    from datetime import timedelta
    from pathlib import Path
    from django.conf import settings
    from django.core.files.storage import default_storage
    from django.utils import timezone
    from PIL import Image
    from uploader.server.processing import orphans
    from uploader.server.store.models import ItemImage, Upload, User
    from uploader.server.uploads import complete

    out = io.BytesIO()
    Image.new("RGB", (80, 60)).save(out, "JPEG")
    upload = Upload(
        owner=User.objects.first(), reference=str(uuid.uuid4()), item_title="Swept",
        length=len(out.getvalue()), expires_at=timezone.now() + timedelta(hours=1),
    )
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.write_bytes(out.getvalue())
    upload.save(force_insert=True)
    record, folder = complete._record, Path(settings.MEDIA_ROOT) / upload.public.hex

    def sweep():
        for path in (folder, *folder.rglob("*")):
            os.utime(path, (0, 0))
        return orphans.drop_pictures()

    def swept(*details):
        print("dropped", sweep())
        if {withdrawn}:
            complete.discard(upload)
        return record(*details)

    complete._record = swept
    try:
        with upload.path.open("r+b") as file:
            complete.complete(upload, file)
    except complete.ProblemError as problem:
        print("refused with", problem.status)
    image = ItemImage.objects.filter(reference=upload.reference).first()
    there = image is not None and default_storage.exists(image.original)
    print("row", image is not None, "original", there)
    folder.mkdir(exist_ok=True)
    print("and then", sweep(), folder.exists())
""")


def test_an_original_is_kept_for_the_row_to_come(*, companion) -> None:
    said = companion.manage("shell", "-c", SCRIPT.format(withdrawn=False))
    assert "dropped 0" in said
    assert "row True original True" in said
    assert "and then 0 True" in said


def test_one_whose_upload_was_withdrawn_goes(*, companion) -> None:
    said = companion.manage("shell", "-c", SCRIPT.format(withdrawn=True))
    assert "refused with 404" in said
    assert "row False original False" in said
    assert "and then 1 False" in said
