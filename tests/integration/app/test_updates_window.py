"""The real window, a real server: off means that nobody is asked, on brings the line."""

from __future__ import annotations

import time

import pytest
from manifest_server import serving
from signing import DAY, KEY, channel_text, signed

from uploader.engine.updates.reading import written

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def server():
    now = time.time()
    with serving() as made:
        times = {"issued": written(now - 60), "expires": written(now + 9 * DAY)}
        made.answers["/m"] = (200, {}, signed(**times))
        yield made


@pytest.fixture
def window(make_window, qtbot, tmp_path, server):
    channel = tmp_path / "channel.txt"
    channel.write_text(channel_text(f"{server.url}/m", KEY), "utf-8")
    made = make_window(channel=channel)
    with qtbot.waitSignal(made.desk.updates_stand, timeout=30_000):
        made.desk.start()
    return made


def looks(window, qtbot):
    """Let the timer's moment come, and the worker be through with it."""
    updates, done = window.desk._updates, []
    updates.look()
    updates._errands.run(lambda: done.append(1))
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)


def test_off_nobody_is_asked_and_on_the_line_comes(window, server, qtbot):
    assert server.asked == [], "not at the start"
    window.settings_window.open()
    dialog = window.settings_window.dialog
    dialog.show_page(dialog.updates)
    assert dialog.updates.look.isEnabled()
    with qtbot.waitSignal(window.desk.preferences_changed, timeout=20_000):
        dialog.updates.look.click()
    looks(window, qtbot)
    assert server.asked == []
    assert not window.updates.bar.isVisible()
    with qtbot.waitSignal(window.desk.preferences_changed, timeout=20_000):
        dialog.updates.look.click()
    dialog.close()
    looks(window, qtbot)
    qtbot.waitUntil(window.updates.bar.isVisible)
    assert len(server.asked) == 1
    # Skipped, it is quiet for good, but answers when it is asked.
    window.updates.bar.skip.click()
    window.updates.ask()
    qtbot.waitUntil(window.updates.dialog.page.isVisible, timeout=20_000)
    assert "You have skipped" in window.updates.dialog.text.text()
    assert not window.updates.bar.isVisible()
    window.updates.dialog.close()
