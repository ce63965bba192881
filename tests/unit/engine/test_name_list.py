"""A list of names comes in whatever spreadsheet wrote it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploader.engine.name_list import parse_list, read_list

ROWS = (("IMG_1.jpg", "TOY-50"), ("Müsli, groß", "HP-1022"), ("a “b”.png", "X 1"))


def table(separator: str, *, header: bool = False) -> str:
    lines = [*([("File name", "SKU")] if header else []), *ROWS]
    return "\r\n".join(separator.join(f'"{cell}"' for cell in line) for line in lines)


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be",
                                      "cp1252"])  # fmt: skip
def test_it_is_read_however_it_was_written(encoding, separator, header):
    read = parse_list("names.csv", table(separator, header=header).encode(encoding))
    assert read.names.rows == ROWS
    assert read.names.source == "names.csv"
    assert read.problems == ()


def test_columns_stand_under_their_headings():
    data = b"SKU;Price;Photo\nTOY-50;3,50;IMG_1.jpg\n"
    assert parse_list("", data).names.rows == (("IMG_1.jpg", "TOY-50"),)
    assert parse_list("", b"Artikelnummer,whatever\nTOY-50,a.jpg\n").names.rows == (
        ("a.jpg", "TOY-50"),
    )


def test_excels_line_about_the_separator_counts_as_a_line():
    read = parse_list("", b"sep=;\na.jpg;A\nb.jpg\n")
    assert read.names.rows == (("a.jpg", "A"),)
    assert read.problems == ("Line 3 has no SKU.",)


def test_a_semicolon_list_may_have_commas_in_its_names():
    data = b"a, b.jpg;A\nc, d.jpg;B\n"
    assert parse_list("", data).names.rows == (("a, b.jpg", "A"), ("c, d.jpg", "B"))


def test_what_cant_be_read_is_told_with_its_line_and_nothing_else_is_lost():
    data = b'a.jpg,A\n\n,B\nc.jpg,\n"d.jpg"x,D\ne.jpg,E\n'
    read = parse_list("", data)
    assert read.names.rows == (("a.jpg", "A"), ("e.jpg", "E"))
    assert read.problems == (
        "Line 3 has no file name.",
        "Line 4 has no SKU.",
        "Line 5 has a quotation mark in the wrong place.",
    )


def test_a_quotation_mark_that_is_never_closed_takes_one_line():
    read = parse_list("", b'a.jpg,A\n"b.jpg,B\nc.jpg,C\nd.jpg,D\n')
    assert read.names.rows == (("a.jpg", "A"), ("c.jpg", "C"), ("d.jpg", "D"))
    assert read.problems == ("Line 2 has a quotation mark in the wrong place.",)


def test_a_cell_may_go_over_lines():
    read = parse_list("", b'file,text,sku\na.jpg,"one\ntwo",A\nb.jpg,x\n')
    assert read.names.rows == (("a.jpg", "A"),)
    assert read.problems == ("Line 4 has no SKU.",)


def test_many_problems_are_counted():
    read = parse_list("", b"a.jpg\n" * 8)
    assert len(read.problems) == 6
    assert read.problems[-1] == "3 more lines can’t be used."


def test_an_empty_one_says_what_it_needs(tmp_path):
    path = tmp_path / "names.csv"
    path.write_bytes(codecs.BOM_UTF8)
    assert read_list(path).problems[0].startswith("There are no names in names.csv.")
    assert read_list(tmp_path / "none.csv").problems[0].startswith("none.csv can’t be read.")


_CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
).filter(lambda text: "sep=" not in text)


@given(st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=20), st.sampled_from(",;\t"))
def test_nothing_is_lost(rows, separator):
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    text = "".join(f"{quoted(name)}{separator}{quoted(sku)}\n" for name, sku in rows)
    read = parse_list("", f"file name{separator}sku\n{text}".encode())
    assert read.names.rows == tuple(rows)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data):
    parse_list("names.csv", data)
