"""Where a photo was taken stays at home: from the file to the original that the store has."""

from __future__ import annotations

import io
from pathlib import Path

import pillow_heif
import pytest
import requests
from PIL import Image

from uploader.domain.findings import Format
from uploader.domain.states import State
from uploader.ui.facts import facts_of

PLACE = {1: "N", 2: (54.0, 19.0, 12.0), 3: "E", 4: (10.0, 8.0, 24.0)}
GPS, MODEL = 0x8825, 0x0110


def taken_somewhere(path: Path) -> Path:
    exif = Image.Exif()
    exif[MODEL] = "Pixel 8"
    exif.get_ifd(GPS).update(PLACE)
    picture = Image.effect_noise((640, 480), 60).convert("RGB")
    pillow_heif.register_heif_opener()
    picture.save(path, "HEIF" if path.suffix == ".heic" else "JPEG", quality=90, exif=exif)
    return path


def original(store, remote_id: str) -> bytes:
    """Fetch what the store has of a photo, as an admin finds it."""
    email, password = store.admin
    asked = {"email": email, "password": password, "device": "test"}
    token = requests.post(f"{store.url}/api/v1/sign-in", json=asked, timeout=20).json()["token"]
    image = requests.get(
        f"{store.url}/api/v1/images/{remote_id}",
        headers={"Authorization": f"Bearer {token}"},
        timeout=20,
    ).json()
    return requests.get(image["urls"]["original"], timeout=20).content


def exif_of(data: bytes) -> Image.Exif:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.getexif()


def pixels_of(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB").tobytes()


def sent(person, companion, path: Path, sku: str):
    companion.item(f"Item {sku}", sku)
    person.sign_in(companion)
    [photo] = person.add(taken_somewhere(path))
    assert photo.facts.has_gps
    person.desk.upload()
    person.until(lambda: person.of(State.LIVE))
    [live] = person.of(State.LIVE)
    return photo, live, original(companion, live.remote_id)


@pytest.mark.parametrize("name", ["PR-1.jpg", "PR-2.heic"])
def test_the_place_is_removed_and_not_a_pixel_changes(person, companion, tmp_path, name):
    path = tmp_path / name
    photo, live, there = sent(person, companion, path, path.stem)
    assert dict(facts_of(photo))["GPS"] == "Will be removed"
    assert dict(facts_of(live))["GPS"] == "Removed"
    assert exif_of(path.read_bytes()).get_ifd(GPS), "the person's own file keeps it"
    told = exif_of(there)
    assert not told.get_ifd(GPS)
    assert MODEL not in told
    assert b"Pixel 8" not in there
    assert pixels_of(there) == pixels_of(path.read_bytes())
    if photo.facts.format is Format.JPEG:
        # The compressed picture itself, from its tables on, is what it was.
        mine = path.read_bytes()
        assert there[there.index(b"\xff\xdb") :] == mine[mine.index(b"\xff\xdb") :]


def test_switched_off_the_file_goes_as_it_is(person, companion, tmp_path):
    person.desk.set_removes_metadata(False)
    path = tmp_path / "PR-3.jpg"
    photo, live, there = sent(person, companion, path, "PR-3")
    assert there == path.read_bytes()
    assert dict(facts_of(photo, removes_metadata=False))["GPS"] == "Will be sent"
    assert dict(facts_of(live, removes_metadata=False))["GPS"] == "Was sent"
