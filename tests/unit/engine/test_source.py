from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError
from uploader.domain.findings import FindingKind
from uploader.domain.photos import Fingerprint
from uploader.engine.fingerprint import fingerprint
from uploader.engine.readers import BLOCK
from uploader.engine.source import FileTroubleError, PhotoSource

SIZE = 3 * BLOCK + 17


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(os.urandom(SIZE))
    return path


@pytest.fixture
def source(file: Path) -> PhotoSource:
    return PhotoSource(file, fingerprint(file))


def kind_of(action) -> FindingKind:
    with pytest.raises(FileTroubleError) as trouble:
        action()
    assert trouble.value.sentence == trouble.value.finding.sentence
    return trouble.value.kind


def keep_time(file: Path, change) -> None:
    """Change a file in a way that only its content tells."""
    known = file.stat()
    change()
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))


def test_a_fingerprint(file: Path) -> None:
    print_ = fingerprint(file)
    assert print_ == Fingerprint(
        SIZE, file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).hexdigest()
    )


def test_a_fingerprint_of_what_is_none(tmp_path: Path) -> None:
    assert kind_of(lambda: fingerprint(tmp_path / "gone.jpg")) is FindingKind.MISSING
    assert kind_of(lambda: fingerprint(tmp_path)) is FindingKind.UNREADABLE
    assert kind_of(lambda: fingerprint(Path(os.devnull))) is FindingKind.UNREADABLE


def test_a_fingerprint_can_be_stopped(file: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        fingerprint(file, token)


def test_a_file_that_grows_while_it_is_read_has_no_fingerprint(file: Path) -> None:
    class Growing(CancelToken):
        def check(self) -> None:
            with file.open("ab") as other:
                other.write(b"more")
            os.utime(file, ns=(1, other_time))

    other_time = file.stat().st_mtime_ns + 1_000_000
    # Not endless: it grows by less than a block at each read.
    assert kind_of(lambda: _limited(file, Growing())) is FindingKind.CHANGED


def _limited(file: Path, token: CancelToken) -> Fingerprint:
    checks = 0
    grow = token.check

    def once() -> None:
        nonlocal checks
        checks += 1
        if checks == 1:
            grow()

    token.check = once  # type: ignore[method-assign]
    return fingerprint(file, token)


@pytest.mark.parametrize("offset", [0, 1, BLOCK, BLOCK + 5, SIZE - 1, SIZE])
def test_reading_from_anywhere(file: Path, source: PhotoSource, offset: int) -> None:
    with source.open_at(offset) as stream:
        assert len(stream) == SIZE - offset
        assert stream.tell() == offset
        parts = []
        while part := stream.read(1000):
            parts.append(part)
    assert b"".join(parts) == file.read_bytes()[offset:]
    assert source.size == SIZE


def test_what_is_cancelled_reads_no_further(file: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        PhotoSource(file, fingerprint(file), token).open_at(SIZE)


def test_reading_all_at_once_and_into_a_buffer(file: Path, source: PhotoSource) -> None:
    content = file.read_bytes()
    with source.open_at(0) as stream:
        assert stream.readable()
        assert stream.read() == content
        assert stream.read() == b""
    buffer = bytearray(10)
    with source.open_at(5) as stream:
        assert stream.readinto(buffer) == 10  # type: ignore[attr-defined]
    assert bytes(buffer) == content[5:15]


@pytest.mark.parametrize("offset", [-1, SIZE + 1])
def test_an_offset_outside_is_a_bug(source: PhotoSource, offset: int) -> None:
    with pytest.raises(ValueError, match="outside the file"):
        source.open_at(offset)


def test_a_file_that_is_gone(file: Path, source: PhotoSource) -> None:
    file.unlink()
    assert kind_of(lambda: source.open_at(0)) is FindingKind.MISSING


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    inside = PhotoSource(tmp_path / "file" / "a.jpg", Fingerprint(1, 1, ""))
    assert kind_of(lambda: inside.open_at(0)) is FindingKind.MISSING


def test_a_file_that_cannot_be_opened(file: Path, source: PhotoSource, monkeypatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert kind_of(lambda: source.open_at(0)) is FindingKind.UNREADABLE


def test_another_time_or_size_shows_before_anything_is_read(file: Path, source) -> None:
    os.utime(file, ns=(1, 1))
    assert kind_of(lambda: source.open_at(0)) is FindingKind.CHANGED
    file.write_bytes(b"shorter")
    assert kind_of(lambda: source.open_at(0)) is FindingKind.CHANGED


def _flip(file: Path, at: int) -> None:
    with file.open("r+b") as other:
        other.seek(at)
        byte = other.read(1)
        other.seek(at)
        other.write(bytes([byte[0] ^ 1]))


@pytest.mark.parametrize("offset", [0, 2 * BLOCK])
@pytest.mark.parametrize("changed", [0, SIZE - 1])
def test_other_content_shows_before_the_last_block(file, source, offset, changed) -> None:
    keep_time(file, lambda: _flip(file, changed))
    handed_out = 0

    def read() -> None:
        nonlocal handed_out
        with source.open_at(offset) as stream:
            while part := stream.read(BLOCK):
                handed_out += len(part)

    assert kind_of(read) is FindingKind.CHANGED
    assert handed_out < SIZE - offset


def test_other_content_shows_although_nothing_is_left_to_send(file, source) -> None:
    keep_time(file, lambda: _flip(file, 3))
    assert kind_of(lambda: source.open_at(SIZE)) is FindingKind.CHANGED


def test_a_file_cut_while_it_is_read(file: Path, source: PhotoSource) -> None:
    with source.open_at(0) as stream:
        stream.read(BLOCK)
        os.truncate(file, BLOCK)
        assert kind_of(lambda: stream.read(BLOCK)) is FindingKind.CHANGED


def test_a_disk_that_fails_while_it_is_read(source: PhotoSource) -> None:
    class Failing:
        def read(self, _: int) -> bytes:
            raise OSError(5, "Input/output error")

        def close(self) -> None:
            pass

    with source.open_at(0) as stream:
        stream._file.close()  # type: ignore[attr-defined]
        stream._file = Failing()  # type: ignore[attr-defined]
        assert kind_of(lambda: stream.read(10)) is FindingKind.UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are elsewhere there")
def test_a_pipe_in_the_files_place_does_not_hold_us(file: Path, source: PhotoSource) -> None:
    file.unlink()
    os.mkfifo(file)
    assert kind_of(lambda: source.open_at(0)) is FindingKind.CHANGED
