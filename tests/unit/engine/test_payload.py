"""What is sent of a photo: the same bytes whenever it is begun, resumed or started anew."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from PIL import Image

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import CancelledError, OfflineError
from uploader.domain.findings import FindingKind, Limits
from uploader.domain.photos import Payload, Photo
from uploader.domain.states import State
from uploader.engine import payload as payloads
from uploader.engine.check import check
from uploader.engine.fingerprint import fingerprint
from uploader.engine.payload import (
    CleanedSource,
    look,
    prepared,
    removes_metadata,
    set_removes_metadata,
    source_of,
)
from uploader.engine.readers import BLOCK
from uploader.engine.source import FileTroubleError
from uploader.imaging.inspect import inspect
from uploader.imaging.private import VERSION

MARK = b"OWNER-4711"


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    """A photo from a camera: several blocks long, with notes before and a film behind."""
    image = Image.effect_noise((900, 700), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, MARK.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 33.0, 4.0)})
    path = tmp_path / "terracotta-lamp.jpg"
    image.save(path, quality=95, exif=exif, comment=MARK)
    path.write_bytes(path.read_bytes() + MARK * 30_000)
    return path


@pytest.fixture
def ready(make, outbox):
    """A photo as the check leaves it."""

    def _ready() -> Photo:
        photo = check(make(State.ADDED), outbox, Limits(), None)
        assert photo is not None
        assert photo.state is State.READY
        return photo

    return _ready


@pytest.fixture
def claimed(ready, outbox):
    def _claimed() -> Photo:
        outbox.move(ready().id, State.WAITING)
        photo = outbox.claim("shop", 1e9)
        assert photo is not None
        return photo

    return _claimed


def silent(_: int) -> None:
    pass


def all_of(photo: Photo, *, at: int = 0, block: int = 1000) -> bytes:
    with source_of(photo).open_at(at) as stream:
        return b"".join(iter(lambda: stream.read(block), b""))


def test_the_check_knows_what_will_be_sent(ready, jpeg) -> None:
    photo = ready()
    assert photo.fingerprint == fingerprint(jpeg)
    assert (photo.payload.recipe, photo.payload.orientation) == (VERSION, 6)
    assert photo.is_cleaned
    sent = all_of(photo)
    assert (len(sent), hashlib.sha256(sent).hexdigest()) == (photo.size, photo.sha256)
    assert MARK not in sent
    with Image.open(io.BytesIO(sent)) as cleaned, Image.open(jpeg) as file:
        assert cleaned.getexif() == {0x0112: 6}
        assert cleaned.tobytes() == file.tobytes()


def test_it_goes_on_from_any_byte(ready) -> None:
    photo = ready()
    whole = all_of(photo)
    for at in (0, 1, 700, BLOCK, photo.size - 1, photo.size):
        assert all_of(photo, at=at) == whole[at:]
    with source_of(photo).open_at(10) as stream:
        assert (stream.tell(), len(stream), stream.readable()) == (10, photo.size - 10, True)
        buffer = bytearray(20)
        assert stream.readinto(buffer) == 20
        assert stream.read() == whole[30:]
        assert stream.read() == b""
    with pytest.raises(ValueError, match="outside"):
        source_of(photo).open_at(photo.size + 1)


def test_what_is_cancelled_makes_no_more(ready) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        source_of(ready(), token).open_at(700)


def test_memory_stays_flat(ready) -> None:
    with source_of(ready()).open_at(0) as stream:
        while stream.read(1000):
            assert len(stream._ready) <= 2 * BLOCK


def test_a_file_without_anything_private_is_sent_as_it_is(ready, jpeg) -> None:
    Image.new("RGB", (300, 300), "red").save(jpeg)
    photo = ready()
    assert not photo.is_cleaned
    assert photo.payload == Payload(jpeg.stat().st_size, photo.fingerprint.sha256, VERSION)
    assert all_of(photo) == jpeg.read_bytes()


@pytest.mark.parametrize("where", ["private", "picture"])
def test_a_file_that_changed_is_never_sent_to_its_end(ready, jpeg, where) -> None:
    photo = ready()
    content, known = bytearray(jpeg.read_bytes()), jpeg.stat()
    content[-5 if where == "private" else 60_000] ^= 0x55
    jpeg.write_bytes(content)
    os.utime(jpeg, ns=(known.st_atime_ns, known.st_mtime_ns))
    with source_of(photo).open_at(0) as stream, pytest.raises(FileTroubleError) as trouble:
        while stream.read(1000):
            assert len(stream) > 0, "the last byte was handed out"
    assert trouble.value.kind is FindingKind.CHANGED


def test_a_file_that_is_gone_or_shorter_or_another_kind(ready, jpeg) -> None:
    photo = ready()
    known = jpeg.stat()
    for content in (b"", b"x" * known.st_size):
        jpeg.write_bytes(content)
        os.utime(jpeg, ns=(known.st_atime_ns, known.st_mtime_ns))
        with pytest.raises(FileTroubleError) as trouble:
            source_of(photo).open_at(0)
        assert trouble.value.kind is FindingKind.CHANGED
    jpeg.unlink()
    with pytest.raises(FileTroubleError) as trouble:
        source_of(photo).open_at(0)
    assert trouble.value.kind is FindingKind.MISSING


def test_the_store_gets_it_and_the_outbox_knows(claimed, upload, store, outbox, cancel) -> None:
    photo = claimed()
    reports: list[int] = []
    sent = upload(photo, reports.append, cancel).photo
    assert sent.reference == photo.reference
    assert MARK not in store.received[photo.reference]
    assert sent.sent == sent.size == reports[-1] == len(store.received[photo.reference])


def test_an_interruption_goes_on_where_it_was(claimed, upload, store, outbox, cancel) -> None:
    photo = claimed()
    whole = all_of(photo)
    store.faults["block"] = [None, None, OfflineError("Away")]
    waiting = upload(photo, silent, cancel).photo
    assert (waiting.state, waiting.sent) == (State.WAITING, 3000)
    upload(outbox.claim("shop", 1e9), silent, cancel)
    assert store.received[photo.reference] == whole


def test_what_is_begun_stays_as_it_was_begun(claimed, upload, store, outbox, cancel, jpeg) -> None:
    photo = claimed()
    whole = all_of(photo)
    store.faults["block"] = [None, OfflineError("Away")]
    upload(photo, silent, cancel)
    set_removes_metadata(outbox, False)
    again = outbox.claim("shop", 1e9)
    assert upload(again, silent, cancel).photo.reference == photo.reference
    assert store.received[photo.reference] == whole != jpeg.read_bytes()


def test_the_setting_holds_for_what_is_not_begun(claimed, upload, store, outbox, cancel, jpeg):
    assert removes_metadata(outbox)
    set_removes_metadata(outbox, False)
    first = claimed()
    set_removes_metadata(outbox, True)
    sent = upload(first, silent, cancel).photo
    assert MARK not in store.received[sent.reference]
    assert first.reference != sent.reference, "the store may have met the other content"

    second = claimed()
    assert second.is_cleaned
    set_removes_metadata(outbox, False)
    sent = upload(second, silent, cancel).photo
    assert store.received[sent.reference] == jpeg.read_bytes()
    assert (sent.payload, sent.is_cleaned) == (None, False)


def test_photos_of_an_older_version_are_cleaned_too(claimed, upload, store, outbox, cancel) -> None:
    photo = outbox.change(claimed().id, payload=None)
    sent = upload(photo, silent, cancel).photo
    assert sent.is_cleaned
    assert MARK not in store.received[sent.reference]


def test_half_sent_photos_of_an_older_version_go_on_as_files(
    claimed, upload, store, outbox, cancel, jpeg
) -> None:
    photo = outbox.change(claimed().id, payload=None, sent=5000)
    store.received[photo.reference] = jpeg.read_bytes()[:5000]
    sent = upload(photo, silent, cancel).photo
    assert sent.reference == photo.reference
    assert store.received[photo.reference] == jpeg.read_bytes()


def test_a_recipe_of_another_version_begins_anew(claimed, upload, store, outbox, cancel) -> None:
    other = Payload(7000, "ab" * 32, VERSION + 1, 6)
    photo = outbox.change(claimed().id, payload=other, sent=5000)
    sent = upload(photo, silent, cancel).photo
    assert sent.reference != photo.reference
    assert sent.payload.recipe == VERSION
    assert store.received[sent.reference] == all_of(sent)


def test_the_same_content_keeps_its_reference(claimed, outbox, cancel, jpeg) -> None:
    Image.new("RGB", (300, 300), "red").save(jpeg)
    photo = outbox.change(claimed().id, payload=None)
    after = prepared(photo, outbox, cancel)
    assert after.reference == photo.reference
    assert after.payload.recipe == VERSION


def test_a_photo_that_was_taken_back_is_left_alone(claimed, outbox, cancel) -> None:
    photo = outbox.change(claimed().id, payload=None)
    outbox.move(photo.id, State.WAITING)
    assert prepared(photo, outbox, cancel) is None


def test_a_file_that_changed_before_it_was_begun(claimed, outbox, upload, cancel, jpeg) -> None:
    photo = outbox.change(claimed().id, payload=None)
    jpeg.write_bytes(jpeg.read_bytes() + b"x")
    assert upload(photo, silent, cancel).photo.state is State.REFUSED


def test_checked_anew_a_begun_photo_goes_on_as_it_was(ready, outbox) -> None:
    photo = outbox.change(ready().id, sent=100)
    set_removes_metadata(outbox, False)
    again = outbox.move(outbox.move(photo.id, State.CHECKING).id, State.ADDED)
    after = check(again, outbox, Limits(), None)
    assert (after.payload, after.reference) == (photo.payload, photo.reference)
    fresh = outbox.change(photo.id, sent=0)
    again = outbox.move(outbox.move(fresh.id, State.CHECKING).id, State.ADDED)
    after = check(again, outbox, Limits(), None)
    assert after.payload is None
    assert after.reference != photo.reference


def test_what_cannot_be_cleaned_is_sent_as_it_is_and_says_so(ready, jpeg, monkeypatch) -> None:
    def stuck(*_: object) -> None:
        raise payloads.CannotCleanError

    monkeypatch.setattr(payloads, "cleaned", stuck)
    photo = ready()
    assert [finding.kind for finding in photo.findings] == [FindingKind.NOT_CLEANED]
    assert "JPEG" in photo.findings[0].sentence
    assert all_of(photo) == jpeg.read_bytes()


def test_a_look_can_be_stopped_and_needs_no_facts(jpeg) -> None:
    token = CancelToken()
    facts = inspect(jpeg).facts
    assert look(jpeg, None, clean=True).payload is None
    assert look(jpeg, facts, clean=False).payload is None
    token.cancel()
    with pytest.raises(CancelledError):
        look(jpeg, facts, clean=True, cancel=token)


def test_a_payload_that_is_not_the_recipes_is_not_sent(ready, jpeg) -> None:
    photo = ready()
    wrong = Payload(photo.size, "00" * 32, VERSION, 6)
    source = CleanedSource(jpeg, photo.facts.format, photo.fingerprint, wrong)
    with source.open_at(0) as stream, pytest.raises(FileTroubleError):
        stream.read()
    shorter = Payload(photo.size - 1, photo.sha256, VERSION, 6)
    with pytest.raises(FileTroubleError):
        CleanedSource(jpeg, photo.facts.format, photo.fingerprint, shorter).open_at(0)
