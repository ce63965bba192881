"""Upload-Metadata, read strictly where it matters and kindly where it doesn't."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.styles import Focus
from uploader.server.uploads.metadata import FARTHEST, Metadata, MetadataError, parse

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def header(**values: str | bytes) -> str:
    raw = {k: v.encode() if isinstance(v, str) else v for k, v in values.items()}
    return ",".join(f"{key} {base64.b64encode(value).decode()}" for key, value in raw.items())


def test_everything_that_can_be_said():
    said = parse(
        header(
            reference=UUID.upper(), item="12", sha256="AB" * 32,
            filename="急須.jpg", alt=" A teapot ", focus="0.25,1",
        )
    )  # fmt: skip
    assert said == Metadata(
        UUID, 12, "", "ab" * 32, "急須.jpg", "A teapot", Focus(0.25, 1.0), focused=True
    )


def test_what_is_to_be_done_with_it():
    said = parse(header(reference=UUID, item="1", rotate="270", pad="true", position="3"))
    assert (said.edits, said.position) == (Edits(270, pad=True), 3)
    plain = parse(header(reference=UUID, item="1", rotate="0", pad="false"))
    assert (plain.edits, plain.position) == (UNEDITED, None)
    assert parse(header(reference=UUID, item="1", position="9" * 18)).position == FARTHEST


def test_what_it_replaces_is_an_images_number():
    assert parse(header(reference=UUID, item="1", replaces="81")).replaces == 81
    assert parse(header(reference=UUID, item="1", replaces="x")).replaces == 0
    assert parse(header(reference=UUID, item="1")).replaces is None


def test_as_little_as_can_be_said():
    assert parse(header(reference=UUID, item_title=" Teapot ")) == Metadata(UUID, None, "Teapot")


def test_spaces_between_pairs_and_keys_without_a_value_are_fine():
    assert parse(f"{header(reference=UUID)} , {header(item='1')},is_confidential").item == 1


def test_a_name_that_is_no_text_is_still_a_name():
    assert parse(header(reference=UUID, item="1", filename=b"\xff\xfe.jpg")).filename == "��.jpg"


def test_a_name_is_cut_to_what_fits():
    assert len(parse(header(reference=UUID, item="1", filename="x" * 300)).filename) == 255


@pytest.mark.parametrize("item", ["0", "01", "-1", "x", "9" * 19, "１"])
def test_what_cannot_be_an_items_number_is_no_item(item):
    assert parse(header(reference=UUID, item=item)).item == 0


@pytest.mark.parametrize(
    ("given_header", "word"),
    [
        ("", "item"),
        (header(item="1"), "reference"),
        (header(reference="1", item="1"), "reference"),
        (header(reference=UUID), "item"),
        (header(reference=UUID, item="1", item_title="A"), "item"),
        (header(reference=UUID, item="1") + "," + header(item="2"), "twice"),
        (header(reference=UUID, item="1", sha256="g" * 64), "sha256"),
        (header(reference=UUID, item="1", focus="0.5"), "focus"),
        (header(reference=UUID, item="1", focus="0.5,1.1"), "focus"),
        (header(reference=UUID, item="1", focus="nan,0.5"), "focus"),
        (header(reference=UUID, item="1", rotate="45"), "turned"),
        (header(reference=UUID, item="1", rotate="-90"), "turned"),
        (header(reference=UUID, item="1", pad="yes"), "pad"),
        (header(reference=UUID, item="1", position="0"), "position"),
        (header(reference=UUID, item="1", position="1.5"), "position"),
        ("reference !!!", "base64"),
        ("reference é", "base64"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(given_header, word):
    with pytest.raises(MetadataError, match=word) as raised:
        parse(given_header)
    assert str(raised.value).endswith(".")


@given(st.text())
def test_no_header_breaks_it(text):
    with pytest.raises(MetadataError):
        parse(text)
