"""The history behind the window: a real store, a real outbox, a real file."""

from __future__ import annotations

import csv
import errno
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests

from uploader.background import archive
from uploader.background.archive import not_saved
from uploader.cli import main
from uploader.domain.history import HistoryQuery, Outcome
from uploader.domain.states import State


def lines_of(person, text="", outcome=Outcome.ALL):
    with person.qtbot.waitSignal(person.desk.history, timeout=20_000) as told:
        person.desk.request_history(HistoryQuery(text, outcome))
    return told.args[0]


def rows_of(path: Path, separator: str = ","):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True, delimiter=separator))


@pytest.fixture
def sent(person, companion, photos):
    """A desk whose two photos are live, the lines of which it gives."""
    companion.item("History candle", "HI-1")
    person.sign_in(companion)
    person.add(*photos(2, name="HI-1_{n}.jpg"))
    person.desk.upload()
    person.until(lambda: len(person.of(State.LIVE, State.ALREADY)) == 2)
    return lines_of(person, "HI-1").lines


def system_with(decimal: str):
    """Give a system's locale as far as it is asked for."""
    locale = SimpleNamespace(decimalPoint=lambda: decimal)
    return SimpleNamespace(system=lambda: locale)


def browser_of(companion) -> requests.Session:
    """Sign an admin in as a browser does."""
    browser, address = requests.Session(), f"{companion.url}/sign-in"
    email, password = companion.admin
    page = browser.get(address, timeout=20)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    form = {"email": email, "password": password, "csrfmiddlewaretoken": token}
    assert browser.post(address, form, timeout=20).ok
    return browser


def test_what_was_sent_has_its_line_and_its_page(sent, companion):
    assert [line.outcome for line in sent] == [State.LIVE, State.LIVE]
    with browser_of(companion) as browser:
        assert [browser.get(line.page, timeout=20).status_code for line in sent] == [200, 200]
    for line in sent:
        [(reference, title)] = companion.sql(
            "SELECT reference, title FROM store_itemimage JOIN store_item i ON i.id = item_id "
            "WHERE store_itemimage.id = ?",
            line.remote_id,
        )
        assert reference.replace("-", "") == line.reference.replace("-", "")
        assert (title, line.item.title) == ("History candle", "History candle")
        assert line.page.startswith(companion.url)
        assert requests.get(line.page, timeout=20, allow_redirects=False).status_code == 404


def test_it_outlives_the_list(person, sent):
    person.desk.remove([photo.id for photo in person.desk.photos()])
    person.until(lambda: not person.desk.photos())
    page = lines_of(person, "history CANDLE")
    assert [line.reference for line in page.lines] == [line.reference for line in sent]
    assert page.counts[Outcome.LIVE] == 2
    assert lines_of(person, "history", Outcome.TROUBLE).lines == ()


def test_changes_are_told_from_where_one_stands(person, companion, photos, sent):
    page = lines_of(person)
    person.add(*photos(1, name="HI-1_again.png"))
    # The same picture for the same item: told apart from what was sent.
    [again] = person.of(State.READY)
    person.desk.upload([again.id])
    person.until(lambda: person.of(State.ALREADY, State.LIVE) and not person.of(State.WAITING))
    person.until(lambda: len(person.of(State.LIVE, State.ALREADY)) == 3)
    with person.qtbot.waitSignal(person.desk.history_changed, timeout=20_000) as told:
        person.desk.request_history_changes(HistoryQuery(), page.revision)
    assert {line.reference for line in told.args[0].lines} == {again.reference}


@pytest.mark.parametrize(("decimal", "separator"), [(".", ","), (",", ";")])
def test_exported_it_is_read_back(person, sent, tmp_path, monkeypatch, decimal, separator):
    # A spreadsheet where commas stand in numbers expects another separator.
    monkeypatch.setattr(archive, "QLocale", system_with(decimal))
    target = tmp_path / "history.csv"
    with person.qtbot.waitSignal(person.desk.history_exported, timeout=20_000) as told:
        person.desk.export_history(target, HistoryQuery("HI-1"))
    assert told.args[0].text == "Two lines were saved in history.csv."
    rows = rows_of(target, separator)
    assert [row["Reference"] for row in rows] == [line.reference for line in sent]
    assert {row["Outcome"] for row in rows} == {"live"}
    assert {row["Page"] for row in rows} == {line.page for line in sent}
    assert all(row["SHA-256"] == line.sha256 for row, line in zip(rows, sent, strict=True))


def test_a_damaged_line_is_told_and_checked_at_the_next_start(person, sent, tmp_path):
    outbox = person.desk._crew.outbox
    with outbox._transaction():
        outbox._db.execute("UPDATE history SET item = '{broken'")
    with person.qtbot.waitSignal(person.desk.history_exported, timeout=20_000) as told:
        person.desk.export_history(tmp_path / "history.csv", HistoryQuery())
    assert told.args[0].text == "The list of photos is damaged"
    assert not (tmp_path / "history.csv").exists()
    person.until(lambda: outbox.damaged)


def test_a_folder_that_is_not_there_is_told_kindly(person, sent, tmp_path):
    with person.qtbot.waitSignal(person.desk.history_exported, timeout=20_000) as told:
        person.desk.export_history(tmp_path / "gone" / "history.csv", HistoryQuery())
    assert told.args[0].text == "The history can’t be saved there"
    assert "choose another" in told.args[0].detail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_as_such(number):
    told = not_saved(OSError(number, "no room"))
    assert (told.text, told.detail.split(".")[0]) == (
        "The history wasn’t saved",
        "The disk is full",
    )


def test_the_command_writes_it_while_the_app_runs(person, sent, tmp_path):
    target = tmp_path / "from command.csv"
    command = [sys.executable, "-m", "uploader", "history", "--csv", str(target),
               "--data", str(tmp_path), "--profile", "test", "--search", "hi-1"]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Two lines were saved in from command.csv.\n"
    assert len(rows_of(target)) == 2
    assert rows_of(target)[0]["Store"] != "test"


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda _data: None, "Nothing has been sent from here yet."),
        (
            lambda data: sqlite3.connect(data / "outbox.sqlite3").execute("PRAGMA user_version=99"),
            "made by a newer version",
        ),
    ],
)
def test_without_a_history_the_command_says_so(tmp_path, prepare, words, capsys):
    prepare(tmp_path)
    target = tmp_path / "history.csv"
    assert main(["history", "--csv", str(target), "--data", str(tmp_path)]) == 2
    assert words in capsys.readouterr().err
    assert not target.exists()
