"""What processing makes: each style's size and content, and how pictures are handed out."""

# ruff: noqa: D401 - a check's docstring is the rule that it looks at
from __future__ import annotations

from typing import Any

from requests import Response

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.styles import CENTRE, Focus, Style
from uploader.imaging.compare import matches
from uploader.imaging.render import RenderError, render
from uploader.server.conformance import expect
from uploader.server.conformance.check import Area, FailedError
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.sending import Sent, send, sent, settled
from uploader.server.conformance.shop import Shop

AREA = Area("Pictures", "Pictures")

_YEAR = 31_536_000


@AREA.check("live-has-styles")
def live_has_styles(shop: Shop) -> str:
    """A live image has every style, each there for everybody."""
    image = _live(shop, sent(shop))
    names = [style["name"] for style in shop.store["styles"]]
    missing = [name for name in ("original", *names) if name not in image["urls"]]
    expect.that(not missing, f"It is live without {', '.join(missing)}.")
    for name in names:
        _fetched(shop, image, name)
    return ", ".join(names)


@AREA.check("original-kept")
def original_kept(shop: Shop) -> str:
    """The original is handed out as it was sent, byte by byte."""
    image = _live(shop, sent(shop))
    answer = _fetched(shop, image, "original")
    expect.that(answer.content == sent(shop).data, "It isn’t the file that was sent.")
    return f"{len(answer.content)} bytes."


@AREA.check("styles-landscape")
def styles_landscape(shop: Shop) -> str:
    """Styles of a landscape are those that the geometry says."""
    return _compared(shop, sent(shop))


@AREA.check("styles-turned")
def styles_turned(shop: Shop) -> str:
    """A camera’s orientation is applied."""
    return _compared(shop, send(shop, picture(320, 240, orientation=6)))


@AREA.check("styles-small")
def styles_small(shop: Shop) -> str:
    """Small pictures are enlarged only where the geometry says so."""
    return _compared(shop, send(shop, picture(60, 44)))


@AREA.check("styles-transparent")
def styles_transparent(shop: Shop) -> str:
    """Transparent pictures stay so."""
    return _compared(shop, send(shop, picture(300, 180, kind="PNG", transparent=True)))


@AREA.check("styles-focus")
def styles_focus(shop: Shop) -> str:
    """A crop keeps the focus point."""
    shop.needs("focus_point")
    focused = send(shop, picture(400, 200), focus="0.1,0.9")
    return _compared(shop, focused, Focus(0.1, 0.9))


@AREA.check("styles-rotated")
def styles_rotated(shop: Shop) -> str:
    """A picture is turned clockwise, after the camera’s orientation and before its styles."""
    shop.needs("rotates")
    rotated = send(shop, picture(320, 200, orientation=3), rotate="90")
    image = _live(shop, rotated)
    expect.having(image, f"image {image['id']}", rotate=int)
    expect.that(image["rotate"] == 90, f"It says that it is turned by {image['rotate']}.")
    return _compared(shop, rotated, edits=Edits(90))


@AREA.check("styles-padded")
def styles_padded(shop: Shop) -> str:
    """A picture is padded to a white square before its styles, a transparent one to nothing."""
    shop.needs("pads")
    padded = send(shop, picture(400, 220), pad="true")
    image = _live(shop, padded)
    expect.having(image, f"image {image['id']}", pad=bool)
    expect.that(image["pad"], "It says that it isn’t padded.")
    cut_out = send(shop, picture(200, 120, kind="PNG", transparent=True), pad="true")
    _compared(shop, cut_out, edits=Edits(pad=True))
    return _compared(shop, padded, edits=Edits(pad=True))


@AREA.check("styles-padded-focus")
def styles_padded_focus(shop: Shop) -> str:
    """The focus is a point of the picture as it is turned and padded."""
    for feature in ("rotates", "pads", "focus_point"):
        shop.needs(feature)
    said = {"rotate": "270", "pad": "false", "focus": "0.5,0.9"}
    focused = send(shop, picture(400, 200), **said)
    return _compared(shop, focused, Focus(0.5, 0.9), Edits(270))


@AREA.check("pictures-cached")
def pictures_cached(shop: Shop) -> str:
    """Pictures may be cached for ever, and are asked for with an ETag."""
    image = _live(shop, sent(shop))
    for name in ("original", shop.store["styles"][0]["name"]):
        answer = _fetched(shop, image, name)
        control = expect.header(answer, "Cache-Control")
        expect.that("public" in control, f"Cache-Control of {name} is {control}.")
        expect.that(_age(control) >= _YEAR, f"Cache-Control of {name} is {control}.")
        etag = expect.header(answer, "ETag")
        again = shop.ask(
            "GET", image["urls"][name], token="", headers={"If-None-Match": etag}
        )  # fmt: skip
        expect.status(again, 304)
    return control


@AREA.check("pictures-safe")
def pictures_safe(shop: Shop) -> str:
    """Pictures say what they are, and nothing in them can run."""
    image = _live(shop, sent(shop))
    for name in ("original", shop.store["styles"][0]["name"]):
        answer = _fetched(shop, image, name)
        sniff = expect.header(answer, "X-Content-Type-Options").lower()
        expect.that(sniff == "nosniff", f"X-Content-Type-Options is {sniff}.")
    return ""


@AREA.check("original-hidden", section="Security")
def original_hidden(shop: Shop) -> str:
    """The original’s address doesn’t follow from those of its styles."""
    urls = _live(shop, sent(shop))["urls"]
    folder = urls["original"].rpartition("/")[0]
    for style in shop.store["styles"]:
        near = urls[style["name"]].rpartition("/")[0] == folder
        expect.that(not near, f"It differs from that of {style['name']} by its last part alone.")
    return ""


@AREA.check("no-such-picture")
def no_such_picture(shop: Shop) -> str:
    """A picture that isn’t there is 404, not an empty one."""
    url = _live(shop, sent(shop))["urls"]["original"]
    folder, _, name = url.rpartition("/")
    answer = shop.ask("GET", f"{folder}/x{name}", token="")
    expect.status(answer, 403, 404)
    return expect.said(answer)


def _live(shop: Shop, picture_sent: Sent) -> dict[str, Any]:
    image = settled(shop, picture_sent.image, picture_sent.cursor)
    expect.that(
        image["state"] == "live", f"Image {image['id']} is {image['state']}: {image.get('error')}."
    )
    return image


def _fetched(shop: Shop, image: dict[str, Any], name: str) -> Response:
    """Fetch a file as a visitor does, who isn't signed in."""
    url = image["urls"].get(name)
    if not isinstance(url, str) or "://" not in url:
        raise FailedError(f"The address of {name} is {url!r}, no absolute one.")
    answer = shop.ask("GET", url, token="")
    expect.status(answer, 200)
    kind = expect.kind(answer)
    expect.that(kind.startswith("image/"), f"{name} says that it is {kind}.")
    return answer


def _compared(
    shop: Shop, picture_sent: Sent, focus: Focus = CENTRE, edits: Edits = UNEDITED
) -> str:
    """Compare every style with what the app shows beforehand."""
    image = _live(shop, picture_sent)
    styles = [Style(style["name"], style["geometry"]) for style in shop.store["styles"]]
    wanted = render(picture_sent.data, styles, focus=focus, edits=edits)
    for style in styles:
        ours = wanted[style.name]
        theirs = _fetched(shop, image, style.name).content
        width, height = _size(theirs, style.name)
        expect.that(
            (width, height) == (ours.size.width, ours.size.height),
            f"{style.name} is {width} × {height}; {style.geometry} of a picture of "
            f"{image['width']} × {image['height']} is {ours.size.width} × {ours.size.height}.",
        )
        expect.that(matches(ours, theirs), f"{style.name} shows something else than it should.")
    return f"{len(styles)} styles are as the app shows them."


def _size(data: bytes, name: str) -> tuple[int, int]:
    try:
        size = render(data, (Style("stored", "100%"),))["stored"].size
    except RenderError as error:
        raise FailedError(f"{name} can’t be read: {error.finding.sentence}") from None
    return size.width, size.height


def _age(control: str) -> int:
    for part in control.split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isdigit():
            return int(value)
    return 0
