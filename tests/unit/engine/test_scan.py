from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.engine.fingerprint import fingerprint
from uploader.engine.scan import may_be_photo, natural_key, scan
from uploader.engine.source import FileTroubleError


def touch(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def names(result) -> list[str]:
    return [path.name for path in result.photos]


def test_twelve_photos_among_five_thousand_files(tmp_path, cancel) -> None:
    touch(tmp_path, *(f"note {n}.txt" for n in range(4988)))
    touch(tmp_path, *(f"lamp {n}.JPG" for n in range(12)))
    found: list[Path] = []
    result = scan([tmp_path], cancel, found.extend)
    assert (len(result.photos), result.ignored) == (12, 4988)
    assert names(result) == [f"lamp {n}.JPG" for n in range(12)]
    assert found == result.photos


def test_folders_are_searched_in_natural_order(tmp_path, cancel) -> None:
    touch(tmp_path / "shop 10", "b10.png", "B9.png", "a.heic")
    touch(tmp_path / "shop 9" / "deep" / "deeper", "z.webp")
    touch(tmp_path / "shop 9", "y.avif")
    touch(tmp_path, "root.gif")
    result = scan([tmp_path], cancel)
    assert names(result) == ["root.gif", "y.avif", "z.webp", "a.heic", "B9.png", "b10.png"]


def test_every_known_ending_counts(tmp_path, cancel) -> None:
    endings = [
        *("jpg", "jpeg", "jpe", "jfif", "png", "apng", "webp", "gif", "tif", "tiff", "bmp", "dib"),
        *("avif", "avifs", "heic", "heif", "HIF"),
    ]
    touch(tmp_path, *(f"photo.{ending}" for ending in endings), "raw.cr2", "no-ending")
    result = scan([tmp_path], cancel)
    assert (len(result.photos), result.ignored) == (len(endings), 2)


def test_hidden_files_and_folders_are_left_out(tmp_path, cancel) -> None:
    touch(tmp_path, ".hidden.jpg", "._mac.jpg", "seen.jpg")
    touch(tmp_path / ".thumbnails", "small.jpg")
    assert names(scan([tmp_path], cancel)) == ["seen.jpg"]
    assert scan([tmp_path], cancel).ignored == 0


def test_bad_photos_in_folders_stay_in(tmp_path, cancel) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.png").write_text("text")
    assert names(scan([tmp_path], cancel)) == ["empty.jpg", "text.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_in_circles_end(tmp_path, cancel) -> None:
    touch(tmp_path / "a", "one.jpg")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    result = scan([tmp_path, tmp_path / "b"], cancel)
    assert sorted(names(result)) == ["loop.jpg", "one.jpg"]


def test_files_named_directly(tmp_path, jpeg, cancel) -> None:
    odd = tmp_path / "photo.backup"
    odd.write_bytes(jpeg.read_bytes())
    text = tmp_path / "note.txt"
    text.write_text("a note")
    fake = tmp_path / "fake.jpg"
    fake.write_text("text named .jpg")
    gone = tmp_path / "gone.dat"
    result = scan([text, odd, fake, gone], cancel)
    assert result.photos == [odd, fake, gone]
    assert result.ignored == 1
    assert result.strangers == [text]


@pytest.mark.parametrize(
    ("head", "photo"),
    [
        (b"\xff\xd8\xff\xe0", True),
        (b"RIFF\0\0\0\0WEBPVP8 ", True),
        (b"RIFF\0\0\0\0WAVEfmt ", False),
        (b"\0\0\0\x1cftypheic", True),
        (b"\0\0\0\x1cftypmp42", False),
        (b"", False),
    ],
)
def test_content_tells_a_photo(tmp_path, head, photo) -> None:
    file = tmp_path / "something"
    file.write_bytes(head)
    assert may_be_photo(file) is photo


@pytest.mark.skipif(sys.platform == "win32", reason="names there are Unicode")
def test_odd_names_are_found(tmp_path, cancel) -> None:
    odd = ["鋳鉄.jpg", 'quo"te.jpg', "new\nline.jpg", "n" * 251 + ".jpg"]
    touch(tmp_path, *odd)
    raw = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")
    Path(raw).write_bytes(b"x")
    assert sorted(names(scan([tmp_path], cancel))) == sorted([*odd, Path(raw).name])


def test_a_folder_that_cannot_be_listed_is_told(tmp_path, cancel, monkeypatch) -> None:
    touch(tmp_path / "locked", "a.jpg")
    touch(tmp_path / "open", "b.jpg")
    listing = os.scandir

    def guarded(path):
        if Path(path).name == "locked":
            raise PermissionError
        return listing(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = scan([tmp_path], cancel)
    assert names(found) == ["b.jpg"]
    assert found.shut == [tmp_path / "locked"]
    assert scan([tmp_path / "locked"], cancel).shut == [tmp_path / "locked"]


@pytest.mark.parametrize("name", ["lost+found", "$RECYCLE.BIN", "System Volume Information"])
def test_what_a_system_keeps_on_a_drive_is_nobodys_photo(tmp_path, cancel, name) -> None:
    touch(tmp_path / name, "thrown-away.jpg")
    touch(tmp_path / "kept", "a.jpg")
    found = scan([tmp_path], cancel)
    assert (names(found), found.ignored, found.shut) == (["a.jpg"], 0, [])


def test_photos_are_told_in_batches(tmp_path, cancel) -> None:
    touch(tmp_path, *(f"{n}.jpg" for n in range(450)))
    batches: list[int] = []
    scan([tmp_path], cancel, lambda photos: batches.append(len(photos)))
    assert batches == [20, 200, 200, 30]


def test_a_search_can_be_stopped(tmp_path) -> None:
    touch(tmp_path, "a.jpg")
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        scan([tmp_path], token)


def test_natural_order() -> None:
    ordered = ["1", "2", "10", "a2", "A10", "b"]
    assert sorted(["b", "A10", "a2", "10", "2", "1"], key=natural_key) == ordered
    # A superscript is a digit to some and a number to none.
    assert natural_key("x²") == ((1, 0, "x²"),)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
def test_a_pipe_or_a_device_named_directly_holds_nobody_up(tmp_path, cancel) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = scan([tmp_path / "pipe", Path(os.devnull)], cancel)
    assert (found.photos, found.ignored) == ([], 2)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among files")
def test_a_pipe_that_took_a_photos_place_has_no_fingerprint(tmp_path) -> None:
    os.mkfifo(tmp_path / "lamp.jpg")
    with pytest.raises(FileTroubleError):
        fingerprint(tmp_path / "lamp.jpg")
