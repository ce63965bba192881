"""The proof under wine: what counts as left behind, and how files are named there."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.proof.report import ProofError
from installer.proof.wine.leftovers import Left
from installer.proof.wine.prefix import windows_path

BEFORE = Left(frozenset({"windows"}), frozenset())


@pytest.mark.parametrize(
    ("files", "keys"),
    [
        ({"users/ines/AppData/Local/Programs"}, set()),
        (set(), {r"[HKEY_CURRENT_USER\Software\Classes\Directory\shell\StoreUploader]"}),
    ],
)
def test_whatever_has_come_is_left(files, keys):
    now = Left(BEFORE.files | files, BEFORE.keys | keys)
    with pytest.raises(ProofError, match="Left: "):
        now.check_since(BEFORE)


def test_the_copy_that_an_uninstaller_makes_of_itself_is_windows_to_remove():
    copy = {"users/ines/Temp/~nsu1.tmp", "users/ines/Temp/~nsu1.tmp/Un.exe"}
    Left(BEFORE.files | copy, BEFORE.keys).check_since(BEFORE)
    with pytest.raises(ProofError):
        Left(BEFORE.files | {"users/ines/Temp/photo.jpg"}, BEFORE.keys).check_since(BEFORE)


def test_a_file_of_this_machine_is_on_the_drive_z():
    assert windows_path(Path("/photos/a b.jpg")) == r"Z:\photos\a b.jpg"
