"""Parts, offsets, broken connections, and going on afterwards."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import hashlib
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, FailedError
from uploader.server.conformance.cutting import send_half
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.sending import sent
from uploader.server.conformance.shop import Shop, finished

AREA = Area("Parts, and going on", "Parts")

_TRIES = 8
_PAUSE = 0.5
"""Seconds until a part is tried again that the store can't take yet."""


@AREA.check("head")
def head(shop: Shop) -> str:
    """HEAD tells length and offset, is never cached, and repeats the metadata."""
    place = shop.begun(1000, alt="A lamp")
    answer = shop.head(place)
    expect.status(answer, 200, 204)
    expect.offset(answer, 0)
    length = expect.number(answer, "Upload-Length")
    expect.that(length == 1000, f"Upload-Length is {length}, not 1000.")
    expect.uncached(answer)
    said = expect.header(answer, "Upload-Metadata")
    expect.that("alt QSBsYW1w" in said, f"The metadata isn’t what was sent: {said}.")
    return ""


@AREA.check("parts")
def parts(shop: Shop) -> str:
    """Parts follow each other, and the last one makes the image."""
    data = picture()
    place, third = shop.begun(len(data)), len(data) // 3
    first = shop.part(place, 0, data[:third])
    expect.status(first, 204)
    expect.offset(first, third)
    expect.header(first, "Upload-Expires")
    expect.that("Store-Image" not in first.headers, "A third of a picture is an image already.")
    expect.that(shop.reached(place) == third, "HEAD says another offset than PATCH did.")
    expect.status(shop.part(place, third, data[third : 2 * third]), 204)
    last = shop.part(place, 2 * third, data[2 * third :])
    expect.status(last, 204)
    image, _ = finished(last, "created", len(data))
    return f"Image {image}."


@AREA.check("wrong-offset")
def wrong_offset(shop: Shop) -> str:
    """A part that begins elsewhere is 409, tells where, changes nothing."""
    place = shop.begun(1000)
    expect.status(shop.part(place, 0, b"x" * 100), 204)
    for at in (0, 50, 200):
        answer = shop.part(place, at, b"y" * 10)
        expect.problem(answer, 409, "wrong-offset")
        expect.offset(answer, 100)
    at = shop.reached(place)
    expect.that(at == 100, f"The upload stands at {at} bytes afterwards, not 100.")
    return ""


@AREA.check("offset-needed")
def offset_needed(shop: Shop) -> str:
    """A part without a readable Upload-Offset is refused."""
    place = shop.begun(1000)
    for text in ("", "-1", "zero"):
        answer = shop.part(place, 0, b"x", {"Upload-Offset": text})
        expect.problem(answer, 400, "bad-header")
    return ""


@AREA.check("bytes-needed")
def bytes_needed(shop: Shop) -> str:
    """A part of any other content type is 415."""
    place = shop.begun(1000)
    answer = shop.part(place, 0, b"x", {"Content-Type": "image/jpeg"})
    expect.problem(answer, 415, "bad-header")
    expect.that(shop.reached(place) == 0, "It was taken all the same.")
    return ""


@AREA.check("too-long")
def too_long(shop: Shop) -> str:
    """A part with more bytes than are missing is 400, and changes nothing."""
    place = shop.begun(100)
    expect.problem(shop.part(place, 0, b"x" * 101), 400, "too-long")
    at = shop.reached(place)
    expect.that(at == 0, f"The upload stands at {at} bytes afterwards, not 0.")
    return ""


@AREA.check("cut")
def cut(shop: Shop) -> str:
    """After a broken connection, HEAD tells where to go on, and the photo is whole."""
    data = picture(640, 480)
    place = shop.begun(len(data), sha256=hashlib.sha256(data).hexdigest())
    half = len(data) // 2
    expect.status(shop.part(place, 0, data[:half]), 204)
    gone = send_half(shop, place, half, data[half:])
    at = shop.reached(place)
    expect.that(half <= at <= half + gone, f"It says {at}; {half} to {half + gone} were sent.")
    image, _ = _gone_on(shop, place, data)
    return f"Went on at {at} of {len(data)}: image {image}."


def _gone_on(shop: Shop, place: str, data: bytes) -> tuple[str, str]:
    """Go on as a client does: ask where, send the rest, until it is whole."""
    for _ in range(_TRIES):
        at = shop.reached(place)
        answer = shop.part(place, at, data[at:])
        if answer.status_code == 204:
            return finished(answer, "created", len(data))
        if answer.status_code not in (409, 423):
            break
        time.sleep(_PAUSE)
    raise FailedError(f"It couldn’t go on; {expect.said(answer)}.")


@AREA.check("parallel")
def parallel(shop: Shop) -> str:
    """Of two requests that send the same part at once, no byte counts twice."""
    data = picture(640, 480)
    place = shop.begun(len(data), sha256=hashlib.sha256(data).hexdigest())
    half = len(data) // 2
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(lambda _: shop.part(place, 0, data[:half]), range(2))
    codes = sorted((first.status_code, second.status_code))
    expect.that(
        codes[0] == 204 and codes[1] in (409, 423), f"One 204 and one 409 or 423, not {codes}."
    )
    at = shop.reached(place)
    expect.that(at == half, f"It stands at {at} bytes, not {half}.")
    _gone_on(shop, place, data)
    return f"{codes[0]} and {codes[1]}."


@AREA.check("begun-again")
def begun_again(shop: Shop) -> str:
    """A repeated reference answers with the same upload, where it stands."""
    shop.needs("idempotent")
    reference = str(uuid.uuid4())
    place = shop.begun(1000, reference)
    expect.status(shop.part(place, 0, b"x" * 300), 204)
    again = shop.begin(1000, reference)
    expect.status(again, 201)
    expect.offset(again, 300)
    other = expect.header(again, "Location")
    expect.that(other == place, "It has another address: a second upload was made.")
    expect.problem(shop.begin(1001, reference), 422, "bad-metadata")
    return ""


@AREA.check("unknown-upload")
def unknown_upload(shop: Shop) -> str:
    """An upload that isn’t there is 404."""
    place = f"/uploads/{uuid.uuid4()}"
    expect.problem(shop.head(place), 404)
    expect.problem(shop.part(place, 0, b"x"), 404, "not-found")
    expect.problem(shop.drop(place), 404, "not-found")
    return ""


@AREA.check("dropped", section="Taking back")
def dropped(shop: Shop) -> str:
    """DELETE ends an unfinished upload."""
    place = shop.begun(1000)
    expect.status(shop.drop(place), 204)
    _gone(shop, place)
    return ""


@AREA.check("withdrawn", section="Taking back")
def withdrawn(shop: Shop) -> str:
    """DELETE by the reference does so too, and is fine with none."""
    shop.needs("idempotent")
    reference = str(uuid.uuid4())
    place = shop.begun(1000, reference)
    expect.status(shop.withdraw(reference), 204)
    _gone(shop, place)
    expect.status(shop.withdraw(reference), 204)
    return ""


@AREA.check("finished-stays", section="Taking back")
def finished_stays(shop: Shop) -> str:
    """What is an image already can’t be dropped."""
    data = picture()
    reference = str(uuid.uuid4())
    place = shop.begun(len(data), reference)
    image, _ = finished(shop.part(place, 0, data), "created", len(data))
    expect.problem(shop.drop(place), 409, "upload-finished")
    if shop.feature("idempotent"):
        expect.problem(shop.withdraw(reference), 409, "upload-finished")
    shop.image(image)
    shop.image(sent(shop).image)
    return f"Image {image} stays."


def _gone(shop: Shop, place: str) -> None:
    answer = shop.head(place)
    expect.status(answer, 404, 410)
    expect.status(shop.part(place, 0, b"x"), 404, 410)
