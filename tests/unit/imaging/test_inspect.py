import contextlib
import errno
import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from uploader.domain.findings import Facts, FindingKind, Format, Limits, Severity
from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.inspect import enlarged, inspect

SAVES = {
    Format.JPEG: "JPEG",
    Format.PNG: "PNG",
    Format.WEBP: "WEBP",
    Format.GIF: "GIF",
    Format.TIFF: "TIFF",
    Format.BMP: "BMP",
    Format.AVIF: "AVIF",
    Format.HEIC: "HEIF",
}


@pytest.fixture
def file(tmp_path, photo, encoded):
    def write(kind=Format.JPEG, name="", size=(320, 200), **options):
        path = tmp_path / (name or f"photo.{kind.name.lower()}")
        path.write_bytes(encoded(photo(*size), SAVES[kind], **options))
        return path

    return write


def refusal(source, *args, **options):
    inspection = inspect(source, *args, **options)
    assert inspection.refusal is not None, inspection
    assert inspection.refusal.sentence.endswith(".")
    assert "!" not in inspection.refusal.sentence
    return inspection.refusal


@pytest.mark.parametrize("kind", Format)
def test_every_format_is_told_by_its_content(file, kind):
    inspection = inspect(file(kind))
    facts = inspection.facts
    assert inspection.findings == ()
    assert (facts.format, facts.width, facts.height) == (kind, 320, 200)
    assert facts.bytes == file(kind).stat().st_size
    assert (facts.orientation, facts.frames, facts.profile, facts.has_gps) == (1, 1, "", False)


@pytest.mark.parametrize("kind", Format)
def test_a_name_that_says_another_kind_is_a_warning(file, kind):
    wrong = "lamp.png" if kind is not Format.PNG else "lamp.JPEG"
    inspection = inspect(file(kind, wrong))
    (warning,) = inspection.warnings
    assert inspection.refusal is None
    assert warning.kind is FindingKind.NAME_DISAGREES
    assert kind.label in warning.sentence and Path(wrong).suffix in warning.sentence


@pytest.mark.parametrize("name", ["lamp", "lamp.jpg_large", "IMG.JFIF", "写真.jpe", 'a"b\nc.JPG'])
def test_names_without_a_promise_or_with_a_kept_one_are_fine(file, name):
    assert inspect(file(name=name)).findings == ()


def test_a_name_can_be_given_for_an_open_file(file):
    with file().open("rb") as opened:
        (warning,) = inspect(opened, name="photo.webp").findings
        assert warning.kind is FindingKind.NAME_DISAGREES
        assert inspect(opened).findings == ()


def test_facts_are_of_the_upright_picture_and_name_camera_profile_and_place(file):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110] = 6, "Canon", "Canon EOS R6"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = file(exif=exif, icc_profile=profile)
    assert inspect(path).facts == Facts(
        Format.JPEG, 200, 320, path.stat().st_size, 6, 1, "RGB", "sRGB built-in", "Canon EOS R6",
        has_gps=True,
    )  # fmt: skip


def test_a_camera_is_maker_and_model_once_each(file):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Apple", "iPhone 15"
    assert inspect(file(exif=exif)).facts.camera == "Apple iPhone 15"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
def test_nonsense_in_exif_is_no_reason_to_refuse(file):
    exif = Image.Exif()
    exif[0x0112] = 99
    assert inspect(file(exif=exif)).facts.orientation == 1
    for number, content in enumerate((b"II*\0\xff\xff\xff\x7f", b"no directory at all")):
        broken = file(name=f"{number}.jpg", exif=b"Exif\0\0" + content)
        assert inspect(broken).facts.orientation == 1
        assert inspect(broken).findings == ()


def test_a_broken_profile_is_no_reason_to_refuse(file):
    inspection = inspect(file(icc_profile=b"not a profile" * 20))
    assert (inspection.findings, inspection.facts.profile) == ((), "")


def test_an_empty_file(tmp_path):
    (tmp_path / "photo.jpg").touch()
    assert refusal(tmp_path / "photo.jpg").kind is FindingKind.EMPTY


@pytest.mark.parametrize(
    "content",
    [b"hello, this is text\n" * 50, b"x", b"GIF8", b"RIFF\4\0\0\0WAVE", b"BM is a name", b"\0" * 99,
     b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 40],
)  # fmt: skip
def test_what_is_no_picture(tmp_path, content):
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    found = refusal(path)
    assert found.kind is FindingKind.NOT_A_PHOTO
    assert ".jpg" in found.sentence
    assert ".jpg" not in refusal(path.rename(tmp_path / "photo")).sentence


@pytest.mark.parametrize(
    ("content", "label"),
    [
        (b"8BPS\0\1", "Photoshop"),
        (b"%PDF-1.7", "PDF"),
        (b'<?xml version="1.0"?><svg xmlns=""/>', "SVG"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1", "camera raw"),
        (b"\0\0\0\x14ftypjxl \0\0\0\0", "JPEG XL"),
    ],
)
def test_pictures_of_unknown_kinds_are_called_by_their_name(tmp_path, content, label):
    (tmp_path / "photo.jpg").write_bytes(content + b"\0" * 64)
    found = refusal(tmp_path / "photo.jpg")
    assert found.kind is FindingKind.TYPE_NOT_TAKEN
    assert found.sentence.startswith(f"{label} pictures can’t be used here. Use JPEG, ")


def test_a_kind_the_store_does_not_take(file):
    limits = Limits(formats=frozenset({Format.PNG, Format.JPEG, Format.WEBP}))
    found = refusal(file(Format.HEIC), limits)
    assert found.kind is FindingKind.TYPE_NOT_TAKEN
    assert found.sentence == "HEIC pictures can’t be used here. Use JPEG, PNG and WebP."
    assert inspect(file(Format.WEBP), limits).findings == ()
    alone = Limits(formats=frozenset({Format.JPEG}))
    assert refusal(file(Format.GIF), alone).sentence.endswith("Use JPEG.")


def test_too_many_bytes(file):
    path = file()
    size = path.stat().st_size
    assert refusal(path, Limits(max_bytes=size - 1)).kind is FindingKind.TOO_MANY_BYTES
    assert inspect(path, Limits(max_bytes=size)).findings == ()
    assert refusal(path, Limits(max_bytes=1000)).sentence == "Larger than 1 kB."


def test_bytes_are_told_in_megabytes(tmp_path, encoded, photo):
    path = tmp_path / "photo.jpg"
    path.write_bytes(encoded(photo(), "JPEG") + b"\0" * 20_000_000)
    assert refusal(path, Limits(max_bytes=20_000_000)).sentence == "Larger than 20 MB."


def test_too_many_pixels_still_tells_the_size(file):
    inspection = inspect(file(), Limits(max_pixels=320 * 200 - 1))
    assert inspection.refusal.kind is FindingKind.TOO_MANY_PIXELS
    assert "320 × 200" in inspection.refusal.sentence
    assert inspection.facts.width == 320
    assert inspect(file(), Limits(max_pixels=320 * 200)).findings == ()


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_every_frame_of_an_animation_counts(tmp_path, photo, encoded, kind):
    frames = [photo(60, 40, seed) for seed in range(5)]
    path = tmp_path / "moving"
    path.write_bytes(encoded(frames[0], kind, save_all=True, append_images=frames[1:]))
    assert inspect(path, Limits(max_pixels=60 * 40 * 5)).facts.frames == 5
    found = refusal(path, Limits(max_pixels=60 * 40 * 5 - 1))
    assert found.kind is FindingKind.TOO_MANY_PIXELS
    assert "5 frames of 60 × 40" in found.sentence


def test_missing_files(tmp_path):
    assert refusal(tmp_path / "gone.jpg").kind is FindingKind.MISSING
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "below.jpg").kind is FindingKind.MISSING
    assert refusal(tmp_path / "nul\0.jpg").kind is FindingKind.MISSING


def test_a_name_too_long_for_the_system(tmp_path):
    assert refusal(tmp_path / ("x" * 300 + ".jpg")).kind is FindingKind.UNREADABLE


def test_a_name_of_255_bytes(file):
    assert inspect(file(name="x" * 251 + ".jpg")).findings == ()


@contextlib.contextmanager
def as_nobody(path):
    """Root may read everything: become somebody else for a moment."""
    if os.geteuid() != 0:
        path.chmod(0)
        yield
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions work otherwise here")
def test_an_unreadable_file(file):
    path = file()
    path.chmod(0)
    with as_nobody(path):
        found = refusal(path)
    assert found.kind is FindingKind.UNREADABLE
    assert "permission" in found.sentence


class FailingDisk(io.BytesIO):
    """Gives the first bytes and then the error of a card that was pulled out."""

    def read(self, size=-1):
        if self.tell() > 600:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(size)


def test_a_disk_that_fails(photo, encoded):
    assert refusal(FailingDisk(encoded(photo(), "JPEG"))).kind is FindingKind.UNREADABLE


def test_folders_pipes_and_devices_are_no_files(tmp_path):
    found = refusal(tmp_path)
    assert (found.kind, "folder" in found.sentence) == (FindingKind.NOT_A_FILE, True)
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg").kind is FindingKind.NOT_A_FILE
    assert refusal(Path("/dev/null")).kind is FindingKind.NOT_A_FILE


def test_a_pipe_put_in_a_files_place_does_not_block(tmp_path, file, monkeypatch):
    path, pipe = file(), tmp_path / "pipe"
    os.mkfifo(pipe)
    before = path.stat()
    path.unlink()
    pipe.rename(path)
    monkeypatch.setattr(type(path), "stat", lambda self, **_: before)
    assert refusal(path).kind is FindingKind.NOT_A_FILE


def test_an_open_file_is_left_open_at_its_start(photo, encoded):
    source = io.BytesIO(encoded(photo(), "JPEG"))
    source.seek(100)
    assert inspect(source).findings == ()
    assert (source.closed, source.tell()) == (False, 0)


def test_all_findings_of_inspect_refuse_or_warn(file):
    (warning,) = inspect(file(name="a.png")).findings
    assert warning.severity is Severity.WARNING


def test_a_small_photo_is_warned_of_where_a_crop_enlarges_it():
    small = Facts(Format.JPEG, 300, 150, 1)
    found = enlarged(small, DEFAULT_STYLES)
    assert (found.kind, found.severity) == (FindingKind.TOO_SMALL, Severity.WARNING)
    assert "300 × 150" in found.sentence and "square" in found.sentence
    assert enlarged(Facts(Format.JPEG, 300, 200, 1), DEFAULT_STYLES) is None
