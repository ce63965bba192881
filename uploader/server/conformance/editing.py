"""Images that are replaced, edited and deleted, where the store can do that."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import uuid
from typing import Any

from uploader.server.conformance import expect
from uploader.server.conformance.check import Area
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.sending import send, settled
from uploader.server.conformance.shop import Shop, finished

AREA = Area("Images that change", "Images")


@AREA.check("edited")
def edited(shop: Shop) -> str:
    """An image’s alternative text and place can be changed, and the change is told."""
    shop.needs("edits_images")
    one = send(shop, picture(48, 32), alt="Before")
    settled(shop, one.image, one.cursor)
    now = shop.changes()["cursor"]
    answer = shop.ask("PATCH", f"/images/{one.image}", json={"alt": "After", "position": 1})
    expect.status(answer, 200)
    image = expect.fields(answer, alt=str, position=int)
    seen = (image["alt"], image["position"])
    expect.that(seen == ("After", 1), f"It says {seen} afterwards.")
    told = [change["id"] for change in shop.changes(now)["images"]]
    expect.that(one.image in told, "The change isn’t told to whoever asks for changes.")
    senseless: tuple[object, ...] = ({"focus": [2, 0]}, {"position": 0}, {"alt": 1}, [])
    for body in senseless:
        wrong = shop.ask("PATCH", f"/images/{one.image}", json=body)
        expect.problem(wrong, 422, "bad-request")
    return ""


@AREA.check("turned-anew")
def turned_anew(shop: Shop) -> str:
    """An image can be turned and padded later; its styles are made anew."""
    for feature in ("edits_images", "rotates", "pads"):
        shop.needs(feature)
    one = send(shop, picture(48, 32))
    before = settled(shop, one.image, one.cursor)
    answer = shop.ask("PATCH", f"/images/{one.image}", json={"rotate": 90, "pad": True})
    expect.status(answer, 200)
    expect.fields(answer, rotate=int, pad=bool)
    after = settled(shop, one.image, before["cursor"])
    seen = (after["state"], after.get("rotate"), after.get("pad"))
    expect.that(seen == ("live", 90, True), f"It says {seen} afterwards.")
    old, new = before["urls"], after["urls"]
    same = [name for name in old if name != "original" and old[name] == new.get(name)]
    expect.that(not same, f"The address of {', '.join(same)} is the old one.")
    for body in ({"rotate": 45}, {"rotate": "90"}, {"pad": 1}):
        wrong = shop.ask("PATCH", f"/images/{one.image}", json=body)
        expect.problem(wrong, 422, "bad-request")
    return ""


@AREA.check("positions", section="Metadata")
def positions(shop: Shop) -> str:
    """Images come to the places that they are sent for, in whatever order they arrive."""
    shop.needs("positions")
    order = ("3", "1", "2")
    sent = {place: send(shop, picture(40, 30), position=place).image for place in order}
    seen = {place: shop.image(image).get("position") for place, image in sent.items()}
    wanted = {place: int(place) for place in order}
    expect.that(seen == wanted, f"Sent for 3, 1 and 2, they are at {list(seen.values())}.")
    wrong = shop.begin(1000, position="0")
    expect.problem(wrong, 422, "bad-metadata")
    return ""


@AREA.check("deleted")
def deleted(shop: Shop) -> str:
    """A deleted image is removed, and neither its reference nor `retry` brings it back."""
    shop.needs("edits_images")
    one = send(shop, picture(48, 32))
    for _ in range(2):
        expect.status(shop.ask("DELETE", f"/images/{one.image}"), 204)
    _removed(shop.image(one.image))
    expect.problem(shop.ask("POST", f"/images/{one.image}/retry"), 404, "not-found")
    found = shop.ask("GET", "/images", params={"sha256": one.sha256})
    ids = [image["id"] for image in expect.fields(found, images=list)["images"]]
    expect.that(one.image not in ids, "It is still found by its content.")
    if shop.feature("idempotent"):
        again = shop.begin(len(one.data), one.reference, body=one.data)
        expect.status(again, 201)
        image, _ = finished(again, "repeated", len(one.data))
        expect.that(image == one.image, f"Its reference made another image, {image}.")
    return ""


@AREA.check("replaced", section="The end")
def replaced(shop: Shop) -> str:
    """An image takes another’s place, words and focus; then the old one is removed."""
    shop.needs("replaces")
    old = send(shop, picture(300, 200), alt="A pan", focus="0.2,0.8")
    before = settled(shop, old.image, old.cursor)
    new = send(shop, picture(300, 200), replaces=old.image)
    after = settled(shop, new.image, new.cursor)
    expect.that(after["state"] == "live", f"The new one is {after['state']}.")
    for name in ("alt", "position", "focus"):
        expect.that(
            after[name] == before[name], f"{name} is {after[name]!r}, was {before[name]!r}."
        )
    gone = shop.image(old.image)
    _removed(gone)
    expect.that(gone.get("replaced_by") == new.image, f"replaced_by is {gone.get('replaced_by')}.")
    expect.that(after.get("replaces") == old.image, f"replaces is {after.get('replaces')}.")
    return f"Image {new.image} instead of {old.image}."


@AREA.check("replaces-nothing", section="Metadata")
def replaces_nothing(shop: Shop) -> str:
    """An upload that replaces what isn’t there is refused."""
    shop.needs("replaces")
    for image in ("999999999", uuid.uuid4().hex):
        expect.problem(shop.begin(1000, replaces=image), 422, "no-such-image")
    return ""


def _removed(image: dict[str, Any]) -> None:
    expect.having(image, f"image {image['id']}", removed=bool, error=dict)
    expect.that(image["removed"], f"Image {image['id']} isn’t removed.")
    expect.that(image["state"] == "failed", f"A removed image is {image['state']}.")
    expect.that(not image["urls"], "A removed image still has urls.")
