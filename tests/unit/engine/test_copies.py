"""Copies of photos that may go: the very bytes, sent in place of a file that has gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.photos import Photo
from uploader.domain.states import State
from uploader.engine.copies import Copies
from uploader.engine.fingerprint import fingerprint
from uploader.engine.media import is_away
from uploader.engine.payload import source_of

MOUNTS = """\
22 1 8:1 / / rw - ext4 /dev/sda1 rw
30 22 8:17 / /media/ines/EOS\\040DIGITAL rw shared:1 - vfat /dev/sdb1 rw
31 22 0:40 / /srv/shop rw - cifs //nas/shop rw
32 22 8:2 / /srv/shop/local rw - ext4 /dev/sda2 rw
33 22 0:41 / /mnt/nfs rw - nfs4 nas:/x rw
"""


@pytest.mark.parametrize(
    ("path", "away"),
    [
        ("/people/ines/a.jpg", False),
        ("/media/ines/EOS DIGITAL/DCIM/a.jpg", True),
        ("/media/ines/EOS", False),
        ("/srv/shop/a.jpg", True),
        ("/srv/shopping/a.jpg", False),
        ("/srv/shop/local/a.jpg", False),
        ("/mnt/nfs/a.jpg", True),
    ],
)
def test_what_may_go(path, away):
    assert is_away(PurePosixPath(path), MOUNTS) is away


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "card" / "lamp.jpg"
    path.parent.mkdir()
    path.write_bytes(bytes(range(256)) * 1000)
    return Photo(7, "r", "shop", path, State.READY, 0, 0, fingerprint=fingerprint(path))


@pytest.fixture
def copies(tmp_path):
    return Copies(tmp_path / "copies")


def test_a_photo_whose_file_has_gone_is_read_from_its_copy(copies, photo):
    content = photo.path.read_bytes()
    assert copies.keep(photo, CancelToken())
    assert copies.stand_in(photo) is photo
    photo.path.unlink()
    with source_of(copies.stand_in(photo)).open_at(0) as reader:
        assert reader.read() == content
    copies.drop(photo)
    copies.drop(photo)
    assert copies.stand_in(photo) is photo


def test_a_drive_that_has_gone_is_gone_too(copies, photo):
    assert copies.keep(photo, CancelToken())
    photo.path.unlink()
    photo.path.parent.rmdir()
    assert copies.stand_in(photo).path == copies.of(photo)


def test_a_file_that_has_changed_is_not_replaced(copies, photo):
    assert copies.keep(photo, CancelToken())
    photo.path.write_bytes(b"another")
    assert copies.stand_in(photo) is photo


def test_what_isnt_the_photo_that_was_added_is_no_copy(copies, photo):
    photo.path.write_bytes(b"another")
    assert not copies.keep(photo, CancelToken())
    assert not copies.keep(replace(photo, fingerprint=None), CancelToken())
    assert copies.numbers() == set()


def test_a_copy_that_is_stopped_leaves_nothing(copies, photo):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        copies.keep(photo, cancel)
    assert list(copies.of(photo).parent.iterdir()) == []


def test_what_a_kill_left_is_removed(copies, photo, tmp_path):
    assert copies.numbers() == set()
    assert copies.keep(photo, CancelToken())
    part: Path = tmp_path / "copies" / "8.jpg.part"
    part.write_bytes(b"half")
    assert copies.numbers() == {7}
    assert not part.exists()
    copies.drop_number(7)
    assert copies.numbers() == set()
