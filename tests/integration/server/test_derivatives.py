"""Styles appear all at once or not at all: two runs at once, a storage that fails, a power cut."""

from __future__ import annotations

import io
import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from PIL import Image

PROCESS = "from uploader.server.processing.make import process; process({})"

FAILING = """
from unittest import mock
from uploader.server.processing import files, make
whole = files.keep
def keep(name, data):
    if "square" in name:
        raise OSError("the storage is gone")
    return whole(name, data)
with mock.patch.object(files, "keep", keep):
    assert make.process({}) is True
"""

WATCHED = """
import os, sys
from pathlib import Path
from unittest import mock
from django.conf import settings
from django.core.files.base import ContentFile
from uploader.server.processing import files
media = Path(settings.MEDIA_ROOT)
seen, synced, moved = [], os.fsync, Path.replace
def fsync(handle):
    seen.append("sync " + os.path.relpath(os.readlink(f"/proc/self/fd/{handle}"), media))
    synced(handle)
def replace(self, target):
    seen.append(f"name {os.path.relpath(target, media)}")
    return moved(self, target)
with mock.patch.object(os, "fsync", fsync), mock.patch.object(Path, "replace", replace):
    storage = files.DurableStorage(location=media / "fresh")
    storage.save("public/1/thumb.jpg", ContentFile(b"x"))
print("|".join(seen))
"""

LOCKED = """
from unittest import mock
from django.db import OperationalError, transaction
from uploader.server.processing import files
from uploader.server.store.models import DroppedFile
with mock.patch.object(files, "_drop_all", side_effect=OperationalError("database is locked")):
    with transaction.atomic():
        files.drop_later(["public/dropped.jpg"])
print("remembered", DroppedFile.objects.filter(name="public/dropped.jpg").count())
files.drop_due()
"""


@pytest.fixture(scope="module")
def idle(companion_of, tmp_path_factory):
    with companion_of(tmp_path_factory.mktemp("idle"), workers=0) as store:
        yield store


@pytest.fixture
def waiting(idle, client_of):
    """An image that takes a while, and waits for a worker."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((3000, 2500)).convert("RGB").save(
        out, "PNG", compress_level=1
    )
    with client_of(idle.url, idle.admin) as client:
        sent = client.upload(out.getvalue(), idle.item(f"Lamp {uuid.uuid4()}"))
        yield client, sent.headers["Store-Image"]


def shell(store: Any, code: str) -> str:
    return store.manage("shell", "--no-imports", "-c", code)  # type: ignore[no-any-return]


def files_of(store: Any, image_id: str) -> tuple[set[str], set[str]]:
    """Give what is there of an image, and what its row names."""
    ((original, styles),) = store.sql(
        "SELECT original, styles FROM store_itemimage WHERE id = ?", image_id
    )
    media = store.data / "media"
    folder = (media / original).parent.parent
    there = {str(path.relative_to(media)) for path in folder.rglob("*") if path.is_file()}
    return there, {original, *json.loads(styles).values()}


def test_two_runs_at_once_are_one(idle, waiting):
    client, image_id = waiting
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: shell(idle, PROCESS.format(image_id)), range(3)))
    image = client.image(image_id)
    assert (image["state"], image["error"]) == ("live", None)
    there, named = files_of(idle, image_id)
    assert there == named
    # Once more changes nothing.
    shell(idle, PROCESS.format(image_id))
    assert client.image(image_id) == image
    assert all(requests.get(url, timeout=20).ok for url in image["urls"].values())


def test_of_a_run_that_fails_half_way_nothing_is_left(idle, waiting):
    client, image_id = waiting
    shell(idle, FAILING.format(image_id))
    assert client.image(image_id)["state"] == "processing"
    assert client.image(image_id)["urls"].keys() == {"original"}
    there, named = files_of(idle, image_id)
    assert there == named
    shell(idle, PROCESS.format(image_id))
    assert client.image(image_id)["state"] == "live"


def test_a_file_is_on_the_disk_before_its_name_and_its_name_before_any_row(idle):
    seen = shell(idle, WATCHED).strip().split("|")
    # The draft's bytes, then the name, then every folder on the way that is new.
    assert seen[0].startswith("sync fresh/public/1/.")
    assert seen[1] == "name fresh/public/1/thumb.jpg"
    folders = {"sync fresh/public/1", "sync fresh/public", "sync fresh", "sync ."}
    assert folders <= set(seen[2:])


def test_a_file_that_cant_be_dropped_with_the_commit_is_left_to_the_sweeper(idle):
    assert "remembered 1" in shell(idle, LOCKED)
