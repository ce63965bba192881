from __future__ import annotations

import pytest

from uploader.domain.findings import Format, Limits
from uploader.domain.stores import Capabilities, Item, RemoteState
from uploader.domain.styles import DEFAULT_STYLES, Style
from uploader.stores import records


def test_capabilities_as_in_the_contract():
    told = records.capabilities(
        {
            "styles": [{"name": "thumb", "geometry": "100x100>"}, {"name": "odd"}, 7],
            "limits": {
                "max_bytes": 5,
                "max_pixels": 6,
                "formats": ["image/jpeg", "image/new", 7],
            },
            "features": {
                "resumable": True,
                "idempotent": True,
                "focus_point": True,
                "several_images": False,
                "new_items": True,
                "batch_status": True,
                "replaces": True,
                "lists_images": True,
                "rotates": True,
                "pads": True,
                "positions": True,
            },
            "usual_seconds": 4,
        }
    )
    assert told == Capabilities(
        styles=(Style("thumb", "100x100>"),),
        limits=Limits(5, 6, frozenset({Format.JPEG})),
        resumable=True,
        idempotent=True,
        focus_point=True,
        several_images=False,
        new_items=True,
        batch_status=True,
        replaces=True,
        lists_images=True,
        rotates=True,
        pads=True,
        positions=True,
        usual_seconds=4.0,
    )


def test_nonsense_gets_defaults():
    odd = {"styles": 1, "limits": {"max_bytes": -1, "formats": 3}, "usual_seconds": "x"}
    assert records.capabilities(odd) == Capabilities(styles=DEFAULT_STYLES)
    assert records.item({"id": True, "title": None}) == Item("", "")
    assert records.items({"items": {}}) == ()
    assert records.total({"total": "many"}) is None


def test_image():
    told = records.remote_photo(
        {
            "id": "81",
            "reference": "r",
            "state": "live",
            "error": None,
            "item": {"id": "12", "title": "Lamp", "sku": "L", "images": 2, "active": False},
            "cursor": "9",
            "urls": {"thumb": "https://x/1", "square": None},
        },
        already=True,
    )
    assert told.item == Item("12", "Lamp", "L", active=False, images=2)
    assert told.urls == {"thumb": "https://x/1"}
    # From before its last change: who found it done is told so once more.
    assert (told.state, told.poll_address, told.already) == (RemoteState.LIVE, "8", True)


def test_an_unknown_state_is_on_its_way():
    assert records.remote_photo({"state": "polishing"}).state is RemoteState.PROCESSING
    assert records.remote_photo({"state": ["live"]}).state is RemoteState.PROCESSING


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("https://shop.example/photos/81", "https://shop.example/photos/81"),
        ("http://127.0.0.1:8000/admin/81", "http://127.0.0.1:8000/admin/81"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("//shop.example/81", ""),
        ("https:///81", ""),
        ("https://[::1", ""),
        ("https://shop.example/\nHost: other", ""),
        ("https://shop.example/ --flag", ""),
        (81, ""),
        (None, ""),
    ],
)
def test_only_addresses_that_a_browser_may_open_are_pages(said, page):
    assert records.remote_photo({"id": "81", "page": said}).page == page


def test_only_what_an_item_shows_is_listed():
    here, other = {"id": "12"}, {"id": "13"}
    said = {
        "images": [
            {"id": "3", "item": here, "state": "live"},
            {"id": "1", "item": here, "state": "processing"},
            {"id": "2", "item": here, "state": "failed"},
            {"id": "4", "item": here, "state": "live", "removed": True},
            {"id": "5", "item": other, "state": "live"},
            {"item": here, "state": "live"},
            "nonsense",
        ]
    }
    assert records.shown_images(said, "12") == ("3", "1")
    assert records.shown_images({}, "12") == ()
