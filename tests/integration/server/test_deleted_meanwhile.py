"""An item that an admin deletes while somebody has to do with it: an answer, never a fault."""

from __future__ import annotations

import textwrap

import pytest

SCRIPT = textwrap.dedent("""
    import io, uuid
    from datetime import timedelta
    from unittest import mock
    from django.db import transaction
    from django.http import Http404
    from django.test import RequestFactory
    from django.utils import timezone
    from PIL import Image
    from uploader.server.api import editing, images, shown
    from uploader.server.api.schemas import ImageIn
    from uploader.server.problems import ProblemError
    from uploader.server.store.models import Item, ItemImage, Upload, User
    from uploader.server.uploads import complete, routes

    request = RequestFactory().get("/", HTTP_HOST="127.0.0.1")

    def item():
        return Item.objects.create(title="Deleted " + str(uuid.uuid4()))

    def begun(item):
        out = io.BytesIO()
        Image.new("RGB", (80, 60)).save(out, "JPEG")
        upload = Upload(
            owner=User.objects.first(), reference=str(uuid.uuid4()), item=item,
            length=len(out.getvalue()), expires_at=timezone.now() + timedelta(hours=1),
        )
        upload.path.parent.mkdir(parents=True, exist_ok=True)
        upload.path.write_bytes(out.getvalue())
        upload.save(force_insert=True)
        return upload

    def image(item):
        return ItemImage.objects.get(pk=routes._finish(begun(item)).image_id)

    def before(module, name, then):
        whole = getattr(module, name)
        def first(*args, **more):
            then()
            return whole(*args, **more)
        return mock.patch.object(module, name, first)

""")


@pytest.fixture(scope="module")
def told(companion_of, tmp_path_factory):
    """Run what happens in a store whose workers take no picture in between."""
    with companion_of(tmp_path_factory.mktemp("idle"), workers=0) as store:
        yield lambda happens: store.manage("shell", "-c", SCRIPT + textwrap.dedent(happens))


@pytest.mark.parametrize("moment", ["sha256_of", "_record"])
def test_an_upload_into_it_is_refused(told, moment):
    said = told(f"""
        gone = item()
        upload = begun(gone)
        with before(complete, "{moment}", gone.delete):
            try:
                routes._finish(Upload.objects.get(pk=upload.pk))
            except ProblemError as problem:
                print("refused", problem.status, problem.name, upload.path.exists())
    """)
    assert "refused 422 no-such-item False" in said


def test_a_finished_upload_is_read_with_its_picture(told):
    """Looked at later, that may be gone, as may its row."""
    said = told("""
        gone = item()
        upload = Upload.objects.get(image=image(gone))
        routes._refresh(upload)
        gone.delete()
        print("a picture", upload.image is not None)
    """)
    assert "a picture True" in said


def test_who_waits_for_changes_is_told_of_the_others(told):
    said = told("""
        gone, kept = item(), item()
        first, last = image(kept), image(gone)
        listed = ItemImage.objects.filter(pk__in=[first.pk, last.pk]).order_by("cursor")
        with before(images, "images_out", gone.delete):
            changes = images._answer(listed, request, 0)
        last_read = changes.cursor == str(last.cursor)
        print("told", [int(one.id) for one in changes.images] == [first.pk], last_read)
    """)
    assert "told True True" in said


def test_a_picture_of_it_that_is_asked_for_or_edited_is_not_found(told):
    said = told("""
        for word, module, name in (
            ("asked", shown, "with_images"),
            ("shown", editing, "image_out"),
            ("saved", editing, "_show_anew"),
        ):
            gone = item()
            one = image(gone)
            late = gone.delete if word != "saved" else lambda: transaction.on_commit(gone.delete)
            with before(module, name, late):
                try:
                    if word == "asked":
                        images.image(request, one.pk)
                    else:
                        editing.edit_image(request, one.pk, ImageIn(alt="Lamp"))
                except Http404:
                    print(word, "not found")
    """)
    for word in ("asked", "shown", "saved"):
        assert f"{word} not found" in said
