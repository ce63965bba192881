"""What the person sets is a change of what is set, whatever the window knows of it by then."""

from __future__ import annotations

from dataclasses import replace

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.domain.preferences import Copies, Preferences


def test_two_changes_in_a_row_both_stay(person):
    person.desk.change_preferences(lambda now: replace(now, at_once=True))
    person.desk.change_preferences(lambda now: replace(now, uploads=2))
    person.until(lambda: person.desk.preferences == Preferences(at_once=True, uploads=2))


def test_a_change_before_the_list_is_open_keeps_the_rest(make_desk, tmp_path, qtbot):
    first = make_desk(tmp_path / "data")
    first.desk.change_preferences(lambda now: replace(now, copies=Copies.ALWAYS))
    first.until(lambda: first.desk.preferences.copies is Copies.ALWAYS)
    first.desk.close()
    desk = Desk(Settings(data=tmp_path / "data"))
    desk.change_preferences(lambda now: replace(now, at_once=True))
    desk.start()
    wanted = Preferences(at_once=True, copies=Copies.ALWAYS)
    qtbot.waitUntil(lambda: desk.preferences == wanted, timeout=20_000)
    desk.close()
