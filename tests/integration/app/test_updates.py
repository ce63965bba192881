"""A desk that asks whether a newer version is out, and a server that notes who asks."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from manifest_server import serving
from signing import DAY, KEY, OTHER, channel_text, signed
from store_process import until

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.domain.preferences import Preferences, Updates
from uploader.domain.updates import Finding
from uploader.engine.updates.reading import written


def current(*keys, **changes):
    """A manifest signed today."""
    now = time.time()
    times = {"issued": written(now - 60), "expires": written(now + 9 * DAY)}
    return (200, {}, signed(*keys, **{**times, **changes}))


@pytest.fixture
def server():
    with serving() as made:
        made.answers["/m"] = current()
        yield made


@pytest.fixture
def channel(tmp_path, server):
    file = tmp_path / "channel.txt"
    file.write_text(channel_text(f"{server.url}/m", KEY), "utf-8")
    return file


@pytest.fixture
def person(make_desk, tmp_path, channel):
    return make_desk(tmp_path / "data", channel=channel)


class Told:
    """The answers, in turn."""

    def __init__(self, person):
        self.person, self.news = person, []
        person.desk.update_told.connect(self.news.append)

    def ask(self):
        count = len(self.news)
        self.person.desk.ask_for_updates()
        self.person.until(lambda: len(self.news) > count)
        return self.news[-1]

    def look(self):
        """What the timer does; waits until the worker is through."""
        updates = self.person.desk._updates
        updates.look()
        done = []
        updates._errands.run(lambda: done.append(1))
        self.person.until(lambda: done)
        self.person.qtbot.wait(1)
        return self.news[-1] if self.news else None


@pytest.fixture
def told(person):
    return Told(person)


def test_a_newer_version_is_told(told, server):
    news = told.ask()
    assert (news.finding, news.manifest.version, news.wanted) == (Finding.NEWER, "9.0", True)
    assert [path for path, _ in server.asked] == ["/m"]


def test_the_newest_one_is_told(told, server):
    server.answers["/m"] = current(version="0.0.1")
    assert told.ask().finding is Finding.NEWEST


def test_it_looks_by_itself_once_a_day(told, server, person, tmp_path):
    assert told.look().finding is Finding.NEWER
    assert not told.news[-1].wanted
    told.look()
    told.look()
    assert len(server.asked) == 1
    kept = json.loads((tmp_path / "data" / "updates.json").read_text())
    assert DAY <= kept["next_ask"] - kept["asked"] <= 1.2 * DAY
    # A day later.
    updates = person.desk._updates
    updates._memory.keep(replace(updates._memory.recall(), next_ask=time.time() - 1))
    told.look()
    assert len(server.asked) == 2


def test_off_means_that_nobody_is_asked(told, server, person):
    with person.qtbot.waitSignal(person.desk.preferences_changed):
        person.desk.change_preferences(lambda _: Preferences(updates=Updates(look=False)))
    assert told.look() is None
    assert server.asked == []
    # Unless the person asks.
    assert told.ask().finding is Finding.NEWER
    assert len(server.asked) == 1


def test_off_is_kept(make_desk, tmp_path, channel, server):
    first = make_desk(tmp_path / "data", channel=channel)
    with first.qtbot.waitSignal(first.desk.preferences_changed):
        first.desk.change_preferences(lambda _: Preferences(updates=Updates(look=False)))
    first.desk.close()
    told = Told(make_desk(tmp_path / "data", channel=channel))
    assert told.look() is None
    assert server.asked == []


def test_scripts_never_look(tmp_path, channel, server, qtbot, make_desk):
    person = make_desk(tmp_path / "data", channel=channel, heeds_person=False)
    assert not person.desk._updates._timer.isActive()
    assert server.asked == []


def test_it_waits_with_the_first_look(person):
    person.until(person.desk._updates._timer.isActive)
    assert person.desk._updates._timer.interval() >= 60_000


def test_a_build_without_a_key_asks_nobody(make_desk, tmp_path, server):
    file = tmp_path / "channel.txt"
    file.write_text(f"address = {server.url}/m\n")
    person = make_desk(tmp_path / "data", channel=file)
    person.until(lambda: person.desk.update_standing.address)
    told = Told(person)
    assert not person.desk.update_standing.can_ask
    assert told.look() is None
    news = told.ask()
    assert (news.finding, news.title) == (Finding.UNKNOWN,
                                          "This build doesn’t look for newer versions")  # fmt: skip
    assert server.asked == []


def test_another_address_may_be_set(told, server, person):
    server.answers["/other"] = current(version="9.9")
    with person.qtbot.waitSignal(person.desk.preferences_changed):
        other = Updates(address=f"{server.url}/other")
        person.desk.change_preferences(lambda _: Preferences(updates=other))
    assert told.ask().manifest.version == "9.9"
    assert [path for path, _ in server.asked] == ["/other"]


def test_what_was_skipped_is_told_only_when_asked(told, person):
    person.desk.skip_version("9.0")
    assert told.ask().skipped


def test_it_is_skipped_over_a_restart(make_desk, tmp_path, channel, server):
    first = make_desk(tmp_path / "data", channel=channel)
    first.desk.skip_version("9.0")
    told = Told(first)
    told.ask()
    first.desk.close()
    told = Told(make_desk(tmp_path / "data", channel=channel))
    assert told.ask().skipped
    server.answers["/m"] = current(version="9.1", serial=8)
    assert not told.ask().skipped


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ((200, {"Content-Type": "text/html"}, b"<!doctype html><title>Sign in</title>"),
         "Something else answers"),
        ((200, {}, b"x" * 70_000), "Something else answers"),
        ((302, {"Location": "http://login.example/"}, b""), "The answer can’t be trusted"),
        ((503, {}, b""), "There is no answer"),
        (current(OTHER), "The answer can’t be trusted"),
        (current(expires=written(time.time() - 1)), "The answer is out of date"),
        (current(issued=written(time.time() + 3 * DAY)), "The answer is from the future"),
        (current(product="another"), "The answer isn’t understood"),
    ],
)  # fmt: skip
def test_what_does_not_count_is_said_and_changes_nothing(told, server, answer, title, tmp_path):
    server.answers["/m"] = answer
    news = told.ask()
    assert (news.finding, news.title) == (Finding.UNKNOWN, title)
    kept = json.loads((tmp_path / "data" / "updates.json").read_text())
    assert (kept["serial"], kept["issued"]) == (0, 0)
    # Sooner than in a day, and not at once.
    assert 3600 < kept["next_ask"] - kept["asked"] < DAY


def test_an_old_manifest_is_refused_also_after_a_restart(make_desk, tmp_path, channel, server):
    server.answers["/m"] = current(serial=20)
    first = Told(make_desk(tmp_path / "data", channel=channel))
    assert first.ask().finding is Finding.NEWER
    first.person.desk.close()
    server.answers["/m"] = current(serial=19)
    told = Told(make_desk(tmp_path / "data", channel=channel))
    assert told.ask().title == "The answer is an old one"
    server.answers["/m"] = current(serial=21)
    assert told.ask().finding is Finding.NEWER


def test_long_silence_is_told_once(told, server, person):
    """Who holds the news back (or a team that is gone) mustn't look like good news."""
    told.ask()
    updates = person.desk._updates
    server.answers["/m"] = current(expires=written(time.time() - 1))

    def days_later(days):
        before = updates._memory.recall()
        long_ago = before.answered - days * DAY
        updates._memory.keep(replace(before, next_ask=time.time() - 1, answered=long_ago))
        told.look()
        person.until(lambda: len(server.asked) > asked)

    asked = len(server.asked)
    days_later(59)
    assert person.said == []
    asked = len(server.asked)
    days_later(2)
    person.until(lambda: person.said)
    asked = len(server.asked)
    days_later(1)
    assert person.said == ["It isn’t known whether a newer version is out"]


def test_the_settings_know_when_it_was_answered(told, person):
    assert person.desk.update_standing.answered == 0
    told.ask()
    person.until(lambda: abs(person.desk.update_standing.answered - time.time()) < 600)


def test_offline_is_said(told, server):
    server.shutdown()
    server.server_close()
    assert told.ask().title == "Nobody answers"


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"serial": "x"}', '{"next_ask": NaN}',
                                  '{"asked": 1e999}', "\x00" * 90])  # fmt: skip
def test_a_memory_of_nonsense_is_none(make_desk, tmp_path, channel, kept):
    data = tmp_path / "data"
    data.mkdir()
    (data / "updates.json").write_text(kept)
    told = Told(make_desk(data, channel=channel))
    assert told.look().finding is Finding.NEWER


def test_a_memory_that_cannot_be_kept_costs_no_answer(make_desk, tmp_path, channel, server):
    data = tmp_path / "data"
    (data / "updates.json").mkdir(parents=True)
    told = Told(make_desk(data, channel=channel))
    assert told.look().finding is Finding.NEWER
    told.look()
    assert len(server.asked) == 1


def test_a_bug_is_no_silence(told, monkeypatch, log_watch):
    from uploader.engine.updates import asking

    def broken(*_args):
        raise RuntimeError("broken")

    monkeypatch.setattr(asking, "ask", broken)
    log_watch.expect("met a bug")
    assert told.ask().title == "Something went wrong here"


def test_it_asks_also_where_the_list_cannot_be_opened(tmp_path, channel, qtbot):
    """A newer version may be what can open it."""
    data = tmp_path / "data"
    (data / "outbox.sqlite3").mkdir(parents=True)
    (data / "outbox.sqlite3" / "x").write_text("")
    desk = Desk(Settings(data, keychain=False, resume=False, channel=channel))
    with qtbot.waitSignal(desk.update_told, timeout=20_000) as answered:
        desk.ask_for_updates()
    assert answered.args[0].finding is Finding.NEWER
    desk.close()


def test_closing_cuts_what_is_asked(make_desk, tmp_path, server, channel):
    import threading

    arrived, over = threading.Event(), threading.Event()

    def silent(_handler):
        arrived.set()
        over.wait(20)

    server.answers["/m"] = silent
    person = make_desk(tmp_path / "data", channel=channel)
    person.desk.ask_for_updates()
    until(arrived.is_set, "it is asked", 20)
    person.desk.close()
    assert not over.is_set()
    over.set()
