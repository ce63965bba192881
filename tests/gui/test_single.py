"""One window for each data folder: a second start is heard by the first, a stranger is not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog, QWidget

from uploader import app as app_module
from uploader.app import App
from uploader.ui.single import message as messages
from uploader.ui.single import reception as receptions
from uploader.ui.single import second
from uploader.ui.single.front import bring_forward
from uploader.ui.single.message import LIMIT, TAKEN, Message, decode, split
from uploader.ui.single.place import Place
from uploader.ui.single.reception import Reception

ODD = os.fsdecode(b"/photos/\xff not text.jpg")
PATHS = tuple(map(Path, ["/photos/a b.jpg", "/photos/two\nlines.jpg", "/日本/語.jpg", ODD]))


@pytest.fixture
def runtime(monkeypatch):
    """A short folder for sockets: their paths are bounded."""
    with tempfile.TemporaryDirectory(prefix="su-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def place(runtime, tmp_path):
    made = Place(tmp_path)
    yield made
    made.leave()


@pytest.fixture
def reception(qapp, place):
    """A first start that listens, and what it heard."""
    assert place.take()
    made = Reception()
    made.heard = []
    made.asked.connect(made.heard.append)
    assert made.open(place.address)
    yield made
    made.close()


@pytest.fixture
def call(place):
    """Connect as a stranger would."""
    made = []

    def connect(words: bytes = b"") -> QLocalSocket:
        made.append(stranger := QLocalSocket())
        stranger.connectToServer(place.address)
        assert stranger.waitForConnected(5000)
        stranger.write(words)
        return stranger

    yield connect
    for stranger in made:
        stranger.abort()


def gone(stranger):
    return stranger.state() is QLocalSocket.LocalSocketState.UnconnectedState


# ---- the line
def test_any_file_name_survives_the_line():
    told = Message(PATHS, "token-1")
    line = told.encode()
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert decode(line) == told


def test_who_is_asked_to_leave_isnt_asked_to_come_forward():
    assert decode(Message(leave=True).encode()) == Message(leave=True)
    # As versions say it that know nothing of leaving.
    assert decode(b'{"paths": [], "token": ""}\n') == Message()


@pytest.mark.parametrize(
    "line",
    [
        b"", b"\n", b"rubbish\n", b"\xff\xfe\n", b"[" * 100_000, b"9" * 10_000, b"null\n", b"[]\n",
        b"{}\n", b'{"paths": "/a", "token": ""}\n', b'{"paths": [1], "token": ""}\n',
        b'{"paths": ["a.jpg"], "token": ""}\n', b'{"paths": [""], "token": ""}\n',
        b'{"paths": ["/a\\u0000b"], "token": ""}\n', b'{"paths": ["/\\ud800"], "token": ""}\n',
        b'{"paths": [], "token": null}\n', b'{"paths": [], "token": "a\\u0000"}\n',
        json.dumps({"paths": ["/" + "a" * 40_000], "token": ""}).encode(),
        json.dumps({"paths": [], "token": "a" * 1000}).encode(),
        b'{"paths": [], "token": "", "leave": "yes"}\n',
    ],
)  # fmt: skip
def test_what_no_start_of_ours_would_say_means_nothing(line):
    assert decode(line) is None


def test_more_than_a_line_holds_is_said_in_several(monkeypatch):
    monkeypatch.setattr(messages, "LIMIT", 200)
    paths = tuple(Path(f"/photos/{n:03}.jpg") for n in range(50))
    parts = split(Message(paths))
    assert all(len(part.encode()) <= 200 for part in parts)
    assert tuple(path for part in parts for path in part.paths) == paths


# ---- the place
def test_a_folder_has_one_place(place, tmp_path):
    other = Place(tmp_path)
    assert place.take()
    assert place.held
    assert not other.take()
    assert not other.held
    place.leave()
    assert other.take()
    other.leave()


def test_another_folder_is_another_place(place, tmp_path):
    other = Place(tmp_path / "other")
    (tmp_path / "other").mkdir()
    assert place.take()
    assert other.take()
    assert other.address != place.address
    other.leave()


def test_the_socket_is_where_nobody_else_can_go(runtime, tmp_path, monkeypatch):
    assert Path(Place(tmp_path).address).parent == runtime
    runtime.chmod(0o755)
    ours = Path(Place(tmp_path).address).parent
    assert ours != runtime
    assert ours.stat().st_mode & 0o077 == 0
    # A link that somebody laid in its place leads nowhere.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"store-uploader-{os.getuid()}").symlink_to(runtime)
    data = tmp_path / "data"
    assert Path(Place(data).address).parent == data


def test_a_folder_that_takes_no_lock_is_opened_all_the_same(runtime, tmp_path):
    place = Place(tmp_path / "not made")
    assert place.take()
    assert not place.held


# ---- being heard
CHILD = """
import json, sys
from pathlib import Path
from uploader.ui.single import second
from uploader.ui.single.place import Place
second.ANSWER_MS = 30_000
data, *paths = json.loads(sys.stdin.readline())
print(second.hand_over(Place(Path(data)), [Path(path) for path in paths]).name)
"""


def handed_over(qtbot, data, paths):
    """Hand over from another process; give the name of its standing."""
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as start:
        start.stdin.write(json.dumps([str(data), *map(str, paths)]) + "\n")
        start.stdin.flush()
        # Here the first start hears it meanwhile.
        qtbot.waitUntil(lambda: start.poll() is not None, timeout=60_000)
        return start.stdout.read().strip()


def test_a_second_start_hands_over(qtbot, reception, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "from-the-desktop")
    standing = handed_over(qtbot, tmp_path, [*PATHS, Path("here.jpg")])
    assert standing == "HANDED_OVER"
    assert reception.heard == [Message((*PATHS, tmp_path / "here.jpg"), "from-the-desktop")]


def test_ten_thousand_files_are_handed_over(qtbot, reception, tmp_path):
    paths = [Path(f"/photos of the autumn collection/{n:05}/photo.jpg") for n in range(10_000)]
    assert handed_over(qtbot, tmp_path, paths) == "HANDED_OVER"
    assert [path for heard in reception.heard for path in heard.paths] == paths


def test_without_files_it_only_asks_to_come_forward(qtbot, reception, tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    assert handed_over(qtbot, tmp_path, []) == "HANDED_OVER"
    assert reception.heard == [Message()]


def test_what_a_killed_start_left_behind_is_cleared(qtbot, place, tmp_path):
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(place.address)
    assert Path(place.address).exists()
    assert second._tell(place.address, [Message()]) is second._Answer.NOBODY
    reception = Reception()
    assert place.take()
    assert reception.open(place.address)
    assert handed_over(qtbot, tmp_path, []) == "HANDED_OVER"
    reception.close()
    assert not Path(place.address).exists()


def test_a_start_takes_the_place_of_one_that_goes(qtbot, place, tmp_path):
    assert place.take()
    other = Place(tmp_path)
    found = []
    start = threading.Thread(target=lambda: found.append(second.hand_over(other, [])))
    start.start()
    place.leave()
    start.join()
    assert found == [second.Standing.FIRST]
    assert other.held
    other.leave()


def test_one_that_is_frozen_is_not_waited_for(place, tmp_path, monkeypatch):
    monkeypatch.setattr(second, "ANSWER_MS", 100)
    assert place.take()
    with socket.socket(socket.AF_UNIX) as frozen:
        frozen.bind(place.address)
        frozen.listen()
        assert second.hand_over(Place(tmp_path), PATHS) is second.Standing.UNHEARD
        # Not even with more than fits on the way.
        many = [Path(f"/photos/{n}.jpg") for n in range(20_000)]
        assert second.hand_over(Place(tmp_path), many) is second.Standing.UNHEARD


def test_one_that_cannot_be_found_is_not_sought_for_ever(place, tmp_path, monkeypatch):
    monkeypatch.setattr(second, "FINDING_MS", 100)
    assert place.take()
    assert second.hand_over(Place(tmp_path), []) is second.Standing.UNHEARD


def test_the_window_takes_the_files_once_even_if_it_opened_at_a_second_try(
    qtbot, place, window, desk, tmp_path
):
    assert place.take()
    running = App(None, desk, None, None, window, None)
    for _ in ("failed", "opened"):
        app_module._receive(running, place)
    window.showMinimized()
    assert handed_over(qtbot, tmp_path, PATHS) == "HANDED_OVER"
    assert desk.named("add") == [(PATHS,)]
    assert not window.isMinimized()
    window.closing.emit()
    assert second._tell(place.address, [Message()]) is second._Answer.NOBODY


# ---- ending
def closing(data):
    """Have ``store-uploader close`` run, as an installer does."""
    words = [sys.executable, "-m", "uploader", "close", "--data", str(data)]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True)


def test_the_program_is_closed_also_with_a_dialog_open(qtbot, place, window, desk, tmp_path):
    assert place.take()
    app_module._receive(App(None, desk, None, None, window, None), place)
    window.closing.connect(place.leave)
    desk.opened.emit()
    dialog = QDialog(window, modal=True)
    qtbot.addWidget(dialog)
    dialog.open()
    with closing(tmp_path) as installer:
        qtbot.waitUntil(lambda: installer.poll() is not None, timeout=60_000)
        assert (installer.returncode, installer.stderr.read()) == (0, "")
    assert not window.isVisible()
    assert not dialog.isVisible()


def test_one_that_does_not_end_is_said_to_run(qtbot, reception, tmp_path, monkeypatch):
    monkeypatch.setattr(second, "LEAVING_MS", 200)
    answers = []
    asking = threading.Thread(target=lambda: answers.append(second.ask_to_leave(Place(tmp_path))))
    asking.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    asking.join()
    assert answers == [False]
    # Said once, as it was understood.
    assert reception.heard == [Message(leave=True)]


def test_where_nothing_runs_there_is_nothing_to_close_and_nothing_is_made(tmp_path):
    with closing(tmp_path / "never used") as installer:
        assert installer.wait(60) == 0
    assert list(tmp_path.iterdir()) == []
    with closing(tmp_path) as installer:
        assert installer.wait(60) == 0


# ---- strangers
@pytest.mark.parametrize("words", [b"rubbish\n", b'{"paths": ["relative.jpg"], "token": ""}\n'])
def test_rubbish_does_nothing(qtbot, reception, call, words):
    stranger = call(words)
    qtbot.waitUntil(lambda: gone(stranger))
    assert reception.heard == []
    assert stranger.readAll().data() == b""


def test_a_line_without_end_is_cut(qtbot, reception, call):
    stranger = call(b"x" * (LIMIT + 100))
    qtbot.waitUntil(lambda: gone(stranger))
    assert reception.heard == []


def test_half_a_line_and_then_nothing_is_cut(qtbot, reception, call, monkeypatch):
    monkeypatch.setattr(receptions, "LINE_MS", 50)
    stranger = call(Message(PATHS).encode()[:-10])
    qtbot.waitUntil(lambda: gone(stranger))
    assert reception.heard == []


def test_who_says_it_and_never_hangs_up_is_heard_once(qtbot, reception, call, monkeypatch):
    monkeypatch.setattr(receptions, "LINE_MS", 50)
    stranger = call(Message(PATHS).encode() * 3)
    qtbot.waitUntil(lambda: gone(stranger))
    assert reception.heard == [Message(PATHS)]
    assert stranger.readAll().data() == TAKEN


def test_a_crowd_keeps_nobody_out_for_long(qtbot, reception, call, tmp_path, monkeypatch):
    monkeypatch.setattr(receptions, "LINE_MS", 50)
    for _ in range(receptions.AT_ONCE + 4):
        call()
    assert handed_over(qtbot, tmp_path, PATHS) == "HANDED_OVER"
    assert len(reception._callers) <= receptions.AT_ONCE


def test_closing_cuts_who_is_there(qtbot, reception, call):
    stranger = call()
    qtbot.waitUntil(lambda: bool(reception._callers))
    reception.close()
    qtbot.waitUntil(lambda: gone(stranger))
    assert reception._callers == set()


def test_where_nothing_can_be_heard_the_window_goes_on(qapp, tmp_path):
    reception = Reception()
    assert not reception.open(str(tmp_path / "no such folder" / "socket"))
    reception.close()


# ---- coming forward
def test_a_minimised_window_comes_back(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window, "token")
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
