"""Beginning an upload: tus' own rules, and those of our metadata."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import uuid

from uploader.server.conformance import expect
from uploader.server.conformance.check import Area
from uploader.server.conformance.shop import VERSION, Shop, encoded

AREA = Area("Beginning an upload", "Beginning")

_EXTENSIONS = frozenset({"creation", "creation-with-upload", "checksum", "termination"})


@AREA.check("tus-options")
def tus_options(shop: Shop) -> str:
    """OPTIONS tells version, extensions, the largest size and checksums."""
    answer = shop.ask("OPTIONS", "/uploads")
    expect.status(answer, 200, 204)
    versions = expect.header(answer, "Tus-Version").split(",")
    expect.that("1.0.0" in [v.strip() for v in versions], f"Tus-Version is {versions}.")
    offered = {name.strip() for name in expect.header(answer, "Tus-Extension").split(",")}
    expect.that(offered >= _EXTENSIONS, f"Missing: {', '.join(sorted(_EXTENSIONS - offered))}.")
    most, told = shop.store["limits"].get("max_bytes"), expect.number(answer, "Tus-Max-Size")
    expect.that(told == most, f"Tus-Max-Size is {told}, the store’s max_bytes {most}.")
    sums = {name.strip() for name in expect.header(answer, "Tus-Checksum-Algorithm").split(",")}
    expect.that(sums >= {"sha1", "sha256"}, f"The checksums are {sorted(sums)}.")
    return ", ".join(sorted(offered))


@AREA.check("tus-version")
def tus_version(shop: Shop) -> str:
    """A request without Tus-Resumable: 1.0.0 is 412, and does nothing."""
    place = shop.begun(1000)
    for headers in ({}, {"Tus-Resumable": "0.2.2"}):
        for method, path in (("POST", "/uploads"), ("HEAD", place), ("DELETE", place)):
            answer = shop.ask(method, path, headers=headers)
            expect.problem(answer, 412, "tus-version")
            expect.header(answer, "Tus-Version")
    expect.that(shop.reached(place) == 0, "The upload is there no more as it was.")
    return ""


@AREA.check("created")
def created(shop: Shop) -> str:
    """A new upload has an address, begins at 0, and says until when it is kept."""
    answer = shop.begin(1000)
    expect.status(answer, 201)
    expect.offset(answer, 0)
    expect.header(answer, "Upload-Expires")
    expect.uncached(answer)
    place = expect.header(answer, "Location")
    expect.that("://" in place, f"Location isn’t an absolute address: {place}.")
    expect.that("Store-Image" not in answer.headers, "An empty upload is an image already.")
    return place


@AREA.check("tus-named")
def tus_named(shop: Shop) -> str:
    """Every answer about an upload carries Tus-Resumable, refusals too."""
    answers = (
        shop.begin(1000),
        shop.begin(1000, item="no-such-item"),
        shop.head(f"/uploads/{uuid.uuid4()}"),
    )
    for answer in answers:
        named = expect.header(answer, "Tus-Resumable")
        expect.that(named == "1.0.0", f"Tus-Resumable is {named}; {expect.said(answer)}.")
    return ""


@AREA.check("length-needed")
def length_needed(shop: Shop) -> str:
    """Upload-Length must be there, and be a whole number."""
    metadata = encoded({"reference": str(uuid.uuid4()), "item": shop.item()}.items())
    for length in (None, "", "-1", "1.5", "many"):
        told = {"Upload-Length": length} if length is not None else {}
        answer = shop.ask(
            "POST", "/uploads", headers={**VERSION, "Upload-Metadata": metadata, **told}
        )
        expect.problem(answer, 400, "bad-header")
    return ""


@AREA.check("too-large")
def too_large(shop: Shop) -> str:
    """More bytes than the store’s limit are refused before they are sent."""
    answer = shop.begin(shop.store["limits"]["max_bytes"] + 1)
    expect.problem(answer, 413, "too-many-bytes")
    return expect.said(answer)


@AREA.check("empty")
def empty(shop: Shop) -> str:
    """An empty file is refused at once."""
    expect.problem(shop.begin(0), 422, "not-a-photo")
    return ""


@AREA.check("metadata", section="Metadata")
def metadata(shop: Shop) -> str:
    """Metadata that can’t be read or lacks something is refused."""
    reference, item = str(uuid.uuid4()), shop.item()
    broken = {
        "no reference": encoded({"item": item}.items()),
        "a reference that is no UUID": encoded({"reference": "7", "item": item}.items()),
        "no item": encoded({"reference": reference}.items()),
        "two items": encoded(
            {"reference": reference, "item": item, "item_title": "Lamp"}.items()
        ),
        "no base64": f"reference {reference},item {item}",
        "a hash that is none": encoded(
            {"reference": reference, "item": item, "sha256": "abc"}.items()
        ),
        "a focus outside": encoded(
            {"reference": reference, "item": item, "focus": "2,0.5"}.items()
        ),
    }  # fmt: skip
    for what, header in broken.items():
        headers = {**VERSION, "Upload-Length": "1000", "Upload-Metadata": header}
        answer = shop.ask("POST", "/uploads", headers=headers)
        expect.that(answer.status_code == 422, f"With {what}, expected 422; {expect.said(answer)}.")
        expect.problem(answer, 422, "bad-metadata")
    return f"{len(broken)} kinds."


@AREA.check("no-such-item")
def no_such_item(shop: Shop) -> str:
    """An upload for an item that isn’t there is refused."""
    for item in ("999999999", "no-number"):
        expect.problem(shop.begin(1000, item=item), 422, "no-such-item")
    return ""
