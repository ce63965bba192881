"""The history as CSV: read back whole, harmless in a spreadsheet, complete or not there."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from uploader.domain.history import HistoryLine
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Item
from uploader.engine.history_csv import HEADER, write_csv


def _line(number: int = 1, **more: object) -> HistoryLine:
    known = {"path": Path("/photos/lamp.jpg"), "outcome": State.LIVE, "sent_at": 1_795_469_263.0}
    return HistoryLine(number, f"r{number}", "shop", **{**known, **more})  # type: ignore[arg-type]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    target = tmp_path / "history.csv"
    line = _line(
        path=Path('/fo"lder/Größe, XL\n2.jpg'), item=Item("1", "Lampe; „Léa“", "HP-1"), bytes=5000,
        sha256="ab", ended_at=1_795_469_275.0, remote_id="81", page="https://shop.example/81",
        problem=Problem("No", "Because,\r\n\"so\""),
    )  # fmt: skip
    assert write_csv(target, [line, _line(2, outcome=State.PROCESSING)], {"shop": "Harbour"}) == 2
    first, second = _read(target)
    assert tuple(first) == HEADER
    assert first == {
        "Sent": first["Sent"], "Ended": first["Ended"], "Store": "Harbour",
        "Item": "Lampe; „Léa“", "SKU": "HP-1", "File": "Größe, XL\n2.jpg", "Folder": '/fo"lder',
        "Bytes": "5000", "SHA-256": "ab", "Outcome": "live", "Reason": "No",
        "Detail": 'Because,\r\n"so"', "Store number": "81", "Page": "https://shop.example/81",
        "Reference": "r1",
    }  # fmt: skip
    moment = datetime.fromisoformat(first["Ended"])
    assert moment.tzinfo is not None
    assert moment.timestamp() == line.ended_at
    assert (second["Outcome"], second["Ended"], second["Item"]) == ("processing", "", "")
    # The mark by which Excel knows UTF-8, and lines that end as RFC 4180 has them.
    assert target.read_bytes().startswith(b"\xef\xbb\xbfSent,Ended,")
    assert target.read_bytes().endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", " =", "\ufeff="])
def test_no_cell_is_a_formula(tmp_path: Path, start: str) -> None:
    evil = f"{start}cmd|' calc'!A0"
    line = _line(
        path=Path(f"/{evil}.jpg"), item=Item("1", evil, evil), remote_id=evil, page=evil,
        problem=Problem(evil, evil),
    )  # fmt: skip
    write_csv(tmp_path / "a.csv", [line], {"shop": evil})
    [row] = _read(tmp_path / "a.csv")
    harmless = [cell for name, cell in row.items() if evil in cell]
    assert len(harmless) == 8
    assert all(cell.startswith("'") for cell in harmless)


@pytest.mark.parametrize(("separator", "other"), [(",", ";"), (",", "\t"), (";", ","), (";", "\t")])
def test_no_cell_becomes_a_formula_where_another_separator_is_expected(
    tmp_path: Path, separator: str, other: str
) -> None:
    evil = f'Lamp{other}=1+1 and{other}"@SUM(1){other}""-2 or\n+3\r\n=4'
    line = _line(item=Item("1", evil, "HP-1"), problem=Problem("No", evil))
    target = tmp_path / "a.csv"
    write_csv(target, [line], {}, separator)
    text = target.read_text("utf-8-sig")
    # As a reader takes it apart that cares for quotes, or for none.
    cells = [cell for row in csv.reader(text.splitlines(), delimiter=other) for cell in row]
    cells += [cell.strip('"') for row in text.splitlines() for cell in row.split(other)]
    assert len(cells) > 20
    assert [cell for cell in cells if cell.lstrip('"').startswith(("=", "+", "-", "@"))] == []


def test_what_separates_is_not_changed_within_a_cell(tmp_path: Path) -> None:
    title = "Stuhl, -20 % (a,-b); rot - neu, 3 = 2 + 1"
    write_csv(tmp_path / "a.csv", [_line(item=Item("1", title, "HP,-1"))], {})
    assert _read(tmp_path / "a.csv")[0]["Item"] == title
    assert _read(tmp_path / "a.csv")[0]["SKU"] == "HP,-1"


def test_a_semicolon_between_cells(tmp_path: Path) -> None:
    line = _line(item=Item("1", "Lampe; „Léa“, rot", "HP-1"))
    write_csv(tmp_path / "a.csv", [line], {}, ";")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file, delimiter=";", strict=True)
    assert (tuple(row), row["Item"]) == (HEADER, "Lampe; „Léa“, rot")


def test_half_a_letter_is_written(tmp_path: Path) -> None:
    # A store that cuts a title in the midst of an emoji sends one.
    write_csv(tmp_path / "a.csv", [_line(item=Item("1", "Lamp \ud83d", "HP-1"))], {})
    assert _read(tmp_path / "a.csv")[0]["Item"] == "Lamp ?"


def test_a_photo_that_left_early_is_told_as_such(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [_line(outcome=State.PROCESSING, ended_at=1.0)], {})
    [row] = _read(tmp_path / "a.csv")
    assert (row["Outcome"], row["Store"]) == ("left the list", "shop")


def test_a_name_that_is_no_text_is_written(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", [_line(path=Path(os.fsdecode(b"/p/\xff\xfe.jpg")))], {})
    assert _read(tmp_path / "a.csv")[0]["File"] == "??.jpg"


def test_no_lines_are_a_header(tmp_path: Path) -> None:
    assert write_csv(tmp_path / "a.csv", [], {}) == 0
    assert _read(tmp_path / "a.csv") == []


def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "history.csv"
    target.write_text("before")

    def lines() -> Iterator[HistoryLine]:
        yield _line()
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_csv(target, lines(), {})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("history.csv", "before")
    ]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_csv(tmp_path / "nowhere" / "history.csv", [_line()], {})
