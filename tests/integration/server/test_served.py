"""What a visitor's browser is handed: pictures, whatever else is hidden in the files."""

from __future__ import annotations

import io

import pytest
import requests
from PIL import Image

HTML = b"<html><script>alert(document.domain)</script></html>"


@pytest.fixture(scope="module")
def polyglot(photo) -> bytes:
    """A JPEG that is a page of HTML as well: in its comment, and after its end."""
    with Image.open(io.BytesIO(photo())) as picture:
        exif = Image.Exif()
        exif[0x010E] = "SECRET"
        exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 33.0, 4.0)})
        out = io.BytesIO()
        picture.save(out, "JPEG", comment=HTML, exif=exif)
    return out.getvalue() + HTML


def test_a_page_hidden_in_a_picture_is_never_opened_as_one(client, companion, item, polyglot):
    sent = client.upload(polyglot, item, filename="x.html", alt="<script>")
    image = client.settled(sent.headers["Store-Image"], sent.headers["Store-Cursor"])
    assert image["urls"]["original"].endswith("/original.jpg")
    for name, url in image["urls"].items():
        answer = requests.get(url, headers={"Accept": "text/html"}, timeout=20)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        kept = answer.headers["Content-Disposition"].partition(";")[0]
        assert kept == ("attachment" if name == "original" else "inline")
        assert (HTML in answer.content) is (name == "original")
        assert (b"SECRET" in answer.content) is (name == "original")
    # A visitor who asks for less, or again, is told the same.
    url = image["urls"]["original"]
    assert requests.head(url, timeout=20).headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg onload="alert(1)"/>',
        HTML,
    ],
)
def test_what_a_browser_would_run_is_no_photo(client, companion, item, data):
    for filename in ("lamp.svg", "lamp.jpg"):
        answer = client.upload(data, item, filename=filename)
        assert answer.status_code == 422
        assert answer.json()["type"] in ("/problems/not-a-photo", "/problems/type-not-taken")
    assert companion.sql("SELECT 1 FROM store_itemimage WHERE item_id = ?", item) == []
