"""Changes and their cursor, and following an image until it is live."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import time
import uuid

from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, SkippedError
from uploader.server.conformance.sending import sent, settled
from uploader.server.conformance.shop import Shop

AREA = Area("Changes", "Changes")

_MOMENT = 2.0
"""Seconds that the check of the long poll waits."""
_QUIET_TRIES = 8
_IMAGE = {
    "id": str, "reference": str, "item": dict, "state": str, "sha256": str, "bytes": int,
    "width": int, "height": int, "alt": str, "position": int, "focus": list, "attempts": int,
    "queued_at": str, "cursor": str, "urls": dict,
}  # fmt: skip


@AREA.check("cursor-now")
def cursor_now(shop: Shop) -> str:
    """Without changed_since the answer is empty and tells the present cursor."""
    said = shop.changes()
    expect.that(not said["images"], f"Expected no images; {len(said['images'])} came.")
    expect.that(_counts(said["cursor"]), f"A cursor is a decimal number, not {said['cursor']!r}.")
    return f"The cursor is {said['cursor']}."


@AREA.check("changes-follow")
def changes_follow(shop: Shop) -> str:
    """After Store-Cursor, an image’s changes are told until it is live or failed."""
    picture_sent = sent(shop)
    image = settled(shop, picture_sent.image, picture_sent.cursor)
    expect.that(
        image["state"] == "live", f"Image {image['id']} is {image['state']}: {image.get('error')}."
    )
    expect.that(
        int(image["cursor"]) > int(picture_sent.cursor),
        f"Store-Cursor {picture_sent.cursor} isn’t smaller than the change’s {image['cursor']}.",
    )
    return f"Image {image['id']} is live."


@AREA.check("changes-ordered")
def changes_ordered(shop: Shop) -> str:
    """Changes come oldest first, all of them later than the cursor."""
    since = str(max(0, int(sent(shop).cursor) - 1))
    said = shop.changes(since)
    cursors = [int(change["cursor"]) for change in said["images"]]
    expect.that(cursors, f"Nothing has changed since {since}, though a picture was sent.")
    expect.that(min(cursors) > int(since), f"{min(cursors)} was told to whoever knows {since}.")
    expect.that(cursors == sorted(set(cursors)), f"The cursors came as {cursors[:6]}.")
    expect.that(len(cursors) <= 500, f"{len(cursors)} images came at once; 500 are the most.")
    expect.that(
        int(said["cursor"]) >= cursors[-1], f"The next cursor, {said['cursor']}, is too small."
    )
    return f"{len(cursors)} changes since {since}."


@AREA.check("changes-end")
def changes_end(shop: Shop) -> str:
    """Whoever knows the present cursor is told nothing again."""
    settled(shop, sent(shop).image, sent(shop).cursor)
    now = shop.changes()["cursor"]
    told = [image["id"] for image in shop.changes(now)["images"]]
    expect.that(sent(shop).image not in told, "An image that didn’t change was told again.")
    return ""


@AREA.check("long-poll", required=False)
def long_poll(shop: Shop) -> str:
    """With wait, an empty answer is held back until something changes."""
    for _ in range(_QUIET_TRIES):
        cursor = shop.changes()["cursor"]
        began = time.monotonic()
        said = shop.changes(cursor, wait=_MOMENT)
        took = time.monotonic() - began
        if not said["images"]:
            expect.that(took > _MOMENT / 2, f"It came after {took:.1f} s of {_MOMENT:g}.")
            return f"Held back for {took:.1f} s."
    raise SkippedError("Something changed all the time: the shop is in use.")


@AREA.check("wait-limited", required=False)
def wait_limited(shop: Shop) -> str:
    """More than 25 seconds can’t be asked for."""
    answer = shop.ask("GET", "/images", params={"changed_since": "0", "wait": "26"})
    expect.problem(answer, 422, "bad-request")
    return expect.said(answer)


@AREA.check("image-shape", section="Images")
def image_shape(shop: Shop) -> str:
    """An image has every field of the contract."""
    image = shop.image(sent(shop).image)
    expect.having(image, f"image {image['id']}", **_IMAGE)
    expect.that(
        image["state"] in ("processing", "live", "failed"), f"The state is {image['state']!r}."
    )
    for name, seen, wanted in (
        ("sha256", image["sha256"], sent(shop).sha256),
        ("bytes", image["bytes"], len(sent(shop).data)),
        ("width × height", (image["width"], image["height"]), (320, 240)),
        ("item", image["item"].get("id"), shop.item()),
    ):
        expect.that(seen == wanted, f"{name} is {seen}, not {wanted}.")
    return ""


@AREA.check("find-by-reference", section="Images")
def find_by_reference(shop: Shop) -> str:
    """An image is found by its reference."""
    shop.needs("idempotent")
    found = _found(shop, reference=sent(shop).reference)
    expect.that(found == [sent(shop).image], f"Found {found}, not image {sent(shop).image} alone.")
    none = _found(shop, reference=str(uuid.uuid4()))
    expect.that(none == [], f"A reference that nobody used finds {none}.")
    return ""


@AREA.check("find-by-content", section="Images")
def find_by_content(shop: Shop) -> str:
    """An image is found by its file’s SHA-256."""
    found = _found(shop, sha256=sent(shop).sha256)
    expect.that(sent(shop).image in found, f"Found {found}, without image {sent(shop).image}.")
    none = _found(shop, sha256="0" * 64)
    expect.that(none == [], f"A hash that no picture has finds {none}.")
    return ""


@AREA.check("find-by-item", section="Images")
def find_by_item(shop: Shop) -> str:
    """An item’s images are found by it, in their order, and no others."""
    shop.needs("lists_images")
    answer = shop.ask("GET", "/images", params={"item": shop.item()})
    images = expect.fields(answer, images=list, cursor=str)["images"]
    ids = [image["id"] for image in images]
    expect.that(sent(shop).image in ids, f"Found {ids}, without image {sent(shop).image}.")
    others = [image["id"] for image in images if image["item"].get("id") != shop.item()]
    expect.that(not others, f"These are another item’s: {others}.")
    places = [image["position"] for image in images]
    expect.that(places == sorted(places), f"Their positions are {places}.")
    none = _found(shop, item="999999999")
    expect.that(none == [], f"An item that isn’t there has {none}.")
    return ""


@AREA.check("no-such-image", section="Images")
def no_such_image(shop: Shop) -> str:
    """An image that isn’t there is 404."""
    for path in ("/images/999999999", "/images/no-number"):
        expect.problem(shop.ask("GET", path), 404, "not-found")
    return ""


@AREA.check("retry", section="Images")
def retry(shop: Shop) -> str:
    """An image can be processed again, and is live in the end."""
    before = sent(shop)
    settled(shop, before.image, before.cursor)
    answer = shop.ask("POST", f"/images/{before.image}/retry")
    expect.status(answer, 202)
    image = expect.fields(answer, **_IMAGE)
    if image["state"] == "processing":
        image = settled(shop, before.image, str(int(image["cursor"]) - 1))
    expect.that(image["state"] == "live", f"It is {image['state']} afterwards.")
    return ""


def _found(shop: Shop, **params: str) -> list[str]:
    answer = shop.ask("GET", "/images", params=params)
    expect.status(answer, 200)
    return [str(i["id"]) for i in expect.fields(answer, images=list, cursor=str)["images"]]


def _counts(text: str) -> bool:
    return text.isascii() and text.isdigit()
