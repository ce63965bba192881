"""What the store says it can do, and its items."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

import uuid
from typing import Any

from uploader.imaging.geometry import Geometry, GeometryError
from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, FailedError, SkippedError
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.sending import send
from uploader.server.conformance.shop import Shop

AREA = Area("The catalogue", "Items")

_FEATURES = (
    "resumable", "idempotent", "focus_point", "several_images", "new_items", "batch_status",
)  # fmt: skip
_ITEM = {"id": str, "title": str, "sku": str, "active": bool, "images": int, "thumb_url": str}


@AREA.check("store", section="The store")
def store(shop: Shop) -> str:
    """The store declares its styles, limits and features."""
    answer = shop.ask("GET", "/store")
    expect.status(answer, 200)
    expect.uncached(answer)
    said = expect.fields(
        answer, name=str, styles=list, limits=dict, features=dict, usual_seconds=(int, float)
    )
    expect.having(said["limits"], "limits", max_bytes=int, max_pixels=int, formats=list)
    expect.having(said["features"], "features", **dict.fromkeys(_FEATURES, bool))
    expect.that(said["styles"], "Expected at least one style.")
    names = [expect.having(s, "a style", name=str, geometry=str)["name"] for s in said["styles"]]
    expect.that(len(set(names)) == len(names), f"A style is declared twice: {names}.")
    expect.that("original" not in names, "“original” is no style’s name: it is the file itself.")
    for style in said["styles"]:
        _readable(style["geometry"])
    return ", ".join(f"{s['name']} {s['geometry']}" for s in said["styles"])


def _readable(geometry: str) -> None:
    try:
        Geometry.parse(geometry)
    except GeometryError as error:
        raise FailedError(f"A style’s geometry can’t be read: {error}") from None


@AREA.check("items")
def items(shop: Shop) -> str:
    """Items come in pages, each once, and in the end all of them."""
    shop.item()
    first = _page(shop, limit="2")
    expect.that(len(first["items"]) <= 2, f"Two were asked for, {len(first['items'])} came.")
    seen, cursor = [item["id"] for item in first["items"]], first["next"]
    for _ in range(3):
        if not cursor:
            break
        page = _page(shop, limit="2", cursor=cursor)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    expect.that(len(seen) == len(set(seen)), f"An item came twice: {seen}.")
    expect.that(cursor or len(seen) == first["total"], f"{len(seen)} of {first['total']} came.")
    return f"{first['total']} items."


@AREA.check("items-found")
def items_found(shop: Shop) -> str:
    """Items are found by words of their title, whatever the case."""
    item = _item(shop)
    found = _page(shop, query=item["title"].upper(), limit="500")
    ids = [one["id"] for one in found["items"]]
    expect.that(item["id"] in ids, f"“{item['title'].upper()}” doesn’t find it.")
    nothing = _page(shop, query=uuid.uuid4().hex)
    expect.that(not nothing["items"], "A word that no title has finds something.")
    return f"{len(ids)} found."


@AREA.check("items-changed")
def items_changed(shop: Shop) -> str:
    """Who knows the items as of an answer is told of those that changed since."""
    wanted, first = shop.item(), _page(shop, limit="1")
    as_of = first.get("as_of")
    if as_of is None:
        raise SkippedError("The store doesn’t say as of when its items are.")
    expect.that(str(as_of).isdecimal(), f"as_of is a decimal number, not {as_of!r}.")
    send(shop, picture())
    said = _page(shop, changed_since=str(as_of), limit="500")
    ids = [item["id"] for item in said["items"]]
    expect.that(wanted in ids, f"Item {wanted} got an image since {as_of}, and isn’t told.")
    expect.that(
        said["total"] >= first["total"],
        f"total counts all items, {first['total']}, not only the changed ones: {said['total']}.",
    )
    return f"{len(ids)} changed since {as_of}."


@AREA.check("items-limit", required=False)
def items_limit(shop: Shop) -> str:
    """A page of no or too many items can’t be asked for."""
    for limit in ("0", "501", "many"):
        expect.problem(shop.ask("GET", "/items", params={"limit": limit}), 422, "bad-request")
    return ""


@AREA.check("item-made-once")
def item_made_once(shop: Shop) -> str:
    """An item whose title is there is found, not made again."""
    shop.needs("new_items")
    known = _item(shop)
    answer = shop.ask("POST", "/items", json={"title": known["title"]})
    expect.status(answer, 200)
    again = expect.fields(answer, **_ITEM)
    expect.that(again["id"] == known["id"], f"It is item {again['id']}, not {known['id']}.")
    return f"Item {again['id']}."


@AREA.check("item-refused")
def item_refused(shop: Shop) -> str:
    """An item needs a title of at most 200 characters."""
    shop.needs("new_items")
    for title in ("", "   ", "x" * 201):
        expect.problem(shop.ask("POST", "/items", json={"title": title}), 422, "bad-item")
    for body in ({}, "Lamp", ["Lamp"], {"title": 1}):
        answer = shop.ask("POST", "/items", json=body)
        expect.status(answer, 400, 422)
        expect.problem(answer, answer.status_code, "bad-request")
    return ""


def _page(shop: Shop, **params: str) -> dict[str, Any]:
    answer = shop.ask("GET", "/items", params=params)
    expect.status(answer, 200)
    page = expect.fields(answer, items=list, next=str, total=int)
    for item in page["items"]:
        expect.having(item, "an item", **_ITEM)
    return page


def _item(shop: Shop) -> dict[str, Any]:
    """Find the item of the checks among all, by pages."""
    wanted, cursor = shop.item(), ""
    query = shop.made_item
    while True:
        page = _page(shop, query=query, cursor=cursor, limit="500")
        for item in page["items"]:
            if item["id"] == wanted:
                return dict(item)
        cursor = page["next"]
        if not cursor:
            raise SkippedError(f"There is no item {wanted}.")
