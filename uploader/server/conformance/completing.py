"""The end of an upload: repeats, checksums, and content that isn't taken."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import base64
import hashlib
import uuid

from uploader.domain.findings import Format
from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, SkippedError
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.sending import sent
from uploader.server.conformance.shop import Shop, finished

AREA = Area("The end of an upload", "The end")


@AREA.check("whole", section="Beginning")
def whole(shop: Shop) -> str:
    """A photo may come whole with the request that creates it."""
    return f"Image {sent(shop).image}."


@AREA.check("repeated")
def repeated(shop: Shop) -> str:
    """A repeated reference makes no second image, and says which it was."""
    shop.needs("idempotent")
    first = sent(shop)
    for body in (first.data, None):
        again = shop.begin(len(first.data), first.reference, body=body)
        expect.status(again, 201)
        image, _ = finished(again, "repeated", len(first.data))
        expect.that(image == first.image, f"It is image {image}, not {first.image}.")
    place = expect.header(again, "Location")
    head = shop.head(place)
    image, _ = finished(head, "repeated", len(first.data))
    expect.that(image == first.image, f"HEAD says image {image}, not {first.image}.")
    return f"Image {image}."


@AREA.check("already")
def already(shop: Shop) -> str:
    """The same picture on the same item isn’t made a second time."""
    shop.needs("idempotent")
    first = sent(shop)
    answer = shop.begin(len(first.data), body=first.data)
    expect.status(answer, 201)
    image, _ = finished(answer, "already", len(first.data))
    expect.that(image == first.image, f"It is image {image}, not {first.image}.")
    return f"Image {image}."


@AREA.check("part-checksum", section="Parts")
def part_checksum(shop: Shop) -> str:
    """A part whose checksum differs is 460, and doesn’t count."""
    place, at = shop.begun(1000), 0
    for algorithm in ("sha1", "sha256"):
        part = algorithm.encode() * 10
        wrong = _checksum(algorithm, b"another")
        expect.problem(shop.part(place, at, part, wrong), 460, "checksum-mismatch")
        reached = shop.reached(place)
        expect.that(reached == at, f"It stands at {reached} bytes afterwards, not {at}.")
        right = shop.part(place, at, part, _checksum(algorithm, part))
        expect.status(right, 204)
        at += len(part)
    for header in ("md5 AAAA", "sha256 AAAA", "sha1"):
        answer = shop.part(place, at, b"x", {"Upload-Checksum": header})
        expect.problem(answer, 400, "bad-header")
    return ""


@AREA.check("whole-checksum")
def whole_checksum(shop: Shop) -> str:
    """A file that isn’t the one announced is 460, and may come again."""
    data, reference = picture(), str(uuid.uuid4())
    wrong = shop.begin(len(data), reference, body=data, sha256="0" * 64)
    expect.problem(wrong, 460, "checksum-mismatch")
    sha256 = hashlib.sha256(data).hexdigest()
    right = shop.begin(len(data), reference, body=data, sha256=sha256)
    expect.status(right, 201)
    image, _ = finished(right, "created", len(data))
    return f"Image {image}."


@AREA.check("not-a-photo")
def not_a_photo(shop: Shop) -> str:
    """Content that is no picture is refused, whatever its name says."""
    contents = (b"Just a text.\n" * 100, b"<svg><script>alert(1)</script></svg>" * 20)
    for data in contents:
        answer = shop.begin(len(data), body=data, filename="lamp.jpg")
        expect.problem(answer, 422, "not-a-photo", "type-not-taken")
    return ""


@AREA.check("cut-photo")
def cut_photo(shop: Shop) -> str:
    """A picture that ends too early is refused; its reference stays usable."""
    data, reference = picture(640, 480), str(uuid.uuid4())
    short = data[: len(data) * 2 // 3]
    answer = shop.begin(len(short), reference, body=short)
    expect.problem(answer, 422, "truncated", "damaged")
    right = shop.begin(len(data), reference, body=data)
    expect.status(right, 201)
    image, _ = finished(right, "created", len(data))
    return f"Refused as {expect.kind_of_problem(answer)}; then image {image}."


@AREA.check("kinds")
def kinds(shop: Shop) -> str:
    """Every kind that the store says it takes is taken, and no other."""
    taken = set(shop.store["limits"]["formats"])
    tried = {Format.JPEG: "JPEG", Format.PNG: "PNG", Format.WEBP: "WEBP", Format.GIF: "GIF",
             Format.BMP: "BMP", Format.TIFF: "TIFF"}  # fmt: skip
    for kind, name in tried.items():
        data = picture(48, 32, kind=name)
        answer = shop.begin(len(data), body=data, filename="wrongly-named.jpg")
        if kind in taken:
            expect.status(answer, 201)
            finished(answer, "created", len(data))
        else:
            expect.problem(answer, 422, "type-not-taken", "not-a-photo")
    return ", ".join(sorted(taken))


@AREA.check("made-with-item", section="Metadata")
def made_with_item(shop: Shop) -> str:
    """An upload may name the title of an item that is made or found."""
    shop.needs("new_items")
    shop.item()
    if not shop.made_item:
        raise SkippedError("An item was named with --item, so that none is made.")
    data = picture(48, 32)
    answer = shop.begin(len(data), body=data, item_title=shop.made_item)
    expect.status(answer, 201)
    image = shop.image(finished(answer, "created", len(data))[0])
    expect.that(
        image["item"]["id"] == shop.item(), f"It went to another item, {image['item']['id']}."
    )
    return ""


def _checksum(algorithm: str, data: bytes) -> dict[str, str]:
    digest = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}
