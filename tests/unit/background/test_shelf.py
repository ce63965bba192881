"""Previews kept on disk: found again by content and style, bounded, and never in the way."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from uploader.background.darkroom.jobs import Develop
from uploader.background.darkroom.shelf import Shelf
from uploader.domain.edits import Edits
from uploader.domain.findings import Limits
from uploader.domain.styles import DEFAULT_STYLES, Focus, Style
from uploader.engine.fingerprint import fingerprint

LIMITS = Limits()


def develop(photo, shelf, styles=DEFAULT_STYLES, **more):
    job = Develop(photo, styles, LIMITS, **more)
    return job.read(job.do(shelf))


def kept(folder):
    return sorted(path.name for path in folder.iterdir())


def test_what_was_rendered_once_is_not_decoded_again(photo, shelf) -> None:
    one = photo()
    rendered = develop(one, Shelf(shelf))
    one.path.unlink()  # so it can't come from there
    assert develop(one, Shelf(shelf)) == rendered, "to the pixel, also by the next start"


def test_transparency_is_kept(photo, shelf) -> None:
    from PIL import Image

    one = photo()
    picture = Image.effect_noise((300, 200), 90).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    picture.save(one.path)
    one = replace(one, fingerprint=fingerprint(one.path))
    rendered = develop(one, Shelf(shelf))
    one.path.unlink()
    assert develop(one, Shelf(shelf)) == rendered


def test_a_file_that_has_changed_is_shown_and_not_kept(photo, shelf) -> None:
    one, other = photo(1), photo(2)
    before = one.path.read_bytes()
    one.path.write_bytes(other.path.read_bytes())
    assert develop(one, Shelf(shelf)) == develop(other, None), "as it is now"
    one.path.write_bytes(before)
    os.utime(one.path, ns=(one.fingerprint.mtime_ns,) * 2)
    assert develop(one, Shelf(shelf)) == develop(one, None), "as it was, and is again"


def test_content_style_and_crop_each_have_their_own(photo, shelf) -> None:
    one, other = photo(1), photo(2)
    store = Shelf(shelf)
    moved = replace(one, focus=Focus(0.1, 0.9))
    for each, styles in (
        (one, DEFAULT_STYLES),
        (other, DEFAULT_STYLES),
        (moved, DEFAULT_STYLES),
        (replace(one, edits=Edits(180)), DEFAULT_STYLES),
        (one, (Style("square", "120x120#"),)),
    ):
        assert develop(each, store, styles) == develop(each, None, styles)
    assert len(kept(shelf)) == 5
    # The same content under another name is the same photo.
    again = replace(one, id=9, path=one.path.with_name("copy.png"))
    assert develop(again, store) == develop(one, None)


def test_a_new_renderer_makes_all_anew(photo, shelf, monkeypatch) -> None:
    one = photo()
    develop(one, Shelf(shelf))
    monkeypatch.setattr("uploader.background.darkroom.shelf.RENDERING", 10_000)
    one.path.unlink()
    assert develop(one, Shelf(shelf)) == {}


def test_the_inspectors_large_picture_is_not_kept(photo, shelf) -> None:
    develop(photo(), Shelf(shelf), kept=False)
    assert not shelf.exists()


def test_a_photo_of_unknown_content_is_not_kept(photo, shelf) -> None:
    assert develop(replace(photo(), fingerprint=None), Shelf(shelf))
    assert not shelf.exists()


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied", "zeroed", "another's", "a folder"])
def test_a_damaged_one_is_made_anew(photo, shelf, damage) -> None:
    one = photo()
    rendered = develop(one, Shelf(shelf))
    [path] = shelf.iterdir()
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 8
    elif damage == "cut":
        del data[len(data) // 2 :]
    elif damage == "emptied":
        data.clear()
    elif damage == "zeroed":
        data = bytearray(len(data))
    else:
        data = bytearray(b"something else")
    path.write_bytes(data)
    if damage == "a folder":
        path.unlink()
        path.mkdir()
    store = Shelf(shelf)
    assert develop(one, store) == rendered
    assert develop(one, store) == rendered
    if damage != "a folder":
        one.path.unlink()
        assert develop(one, Shelf(shelf)) == rendered, "and is kept again"


def test_it_stays_within_its_bounds_and_the_longest_unused_goes(photo, shelf) -> None:
    photos = [photo(n) for n in range(6)]
    develop(photos[0], Shelf(shelf))
    [first] = shelf.iterdir()
    limit = int(first.stat().st_size * 3.5)
    store = Shelf(shelf, limit)
    for one in photos:
        develop(one, store)
        develop(photos[0], store)  # in use all the time
    assert store.bytes == sum(path.stat().st_size for path in shelf.iterdir()) <= limit
    assert first in shelf.iterdir()
    for one in photos:
        one.path.unlink()
    assert [n for n, one in enumerate(photos) if develop(one, store)] == [0, 4, 5]


def test_the_next_start_knows_what_was_used_longest_ago(photo, shelf) -> None:
    photos = [photo(n) for n in range(3)]
    names = []
    for n, one in enumerate(photos):
        develop(one, Shelf(shelf))
        [new] = set(kept(shelf)) - set(names)
        names.append(new)
        os.utime(shelf / new, (n, n))
    limit = sum(path.stat().st_size for path in shelf.iterdir())
    develop(photo(9), Shelf(shelf, limit))
    assert names[0] not in kept(shelf)
    assert names[2] in kept(shelf)


def test_what_an_end_left_half_written_is_cleared_away(photo, shelf) -> None:
    shelf.mkdir()
    (shelf / "abc.preview.new").write_bytes(b"half")
    (shelf / "somebody's.txt").write_text("not ours")
    develop(photo(), Shelf(shelf))
    assert not (shelf / "abc.preview.new").exists()
    assert (shelf / "somebody's.txt").exists()


def test_a_full_disk_keeps_nothing_and_hinders_nothing(photo, shelf, monkeypatch) -> None:
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert develop(photo(), Shelf(shelf))
    assert kept(shelf) == []


def test_the_disks_last_room_is_left_to_others(photo, shelf, monkeypatch) -> None:
    monkeypatch.setattr("uploader.background.darkroom.shelf.ROOM_LEFT", 1 << 62)
    assert develop(photo(), Shelf(shelf))
    assert kept(shelf) == []


def test_a_place_that_takes_no_folder(photo, shelf) -> None:
    shelf.write_text("a file in its place")
    store = Shelf(shelf)
    one = photo()
    assert develop(one, store) == develop(one, None)
