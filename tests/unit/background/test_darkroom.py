"""The process that decodes: it does what the program would, and may die without taking it along."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from background_processes import gone
from PIL import Image, ImageDraw

from uploader.background.darkroom import process
from uploader.background.darkroom.client import Darkroom, DarkroomError, Here
from uploader.background.darkroom.jobs import NONSENSE, Develop, Examine, Seek, Shrink
from uploader.background.darkroom.looks import comparing, examining, seeking
from uploader.background.darkroom.wire import Frame, WireError
from uploader.domain.cancel import CancelToken
from uploader.domain.edits import UNEDITED, Edits
from uploader.domain.errors import CancelledError
from uploader.domain.findings import FindingKind, Limits
from uploader.domain.photos import Fingerprint
from uploader.domain.styles import CENTRE, DEFAULT_STYLES, Focus, Style
from uploader.engine.examine import examine
from uploader.engine.source import FileTroubleError
from uploader.engine.verify import NotAPictureError
from uploader.imaging import refusals
from uploader.imaging.render import render
from uploader.imaging.subject import find_subject


@dataclass
class Dies:
    """A job over which the process ends, `times` times at most; notes that it was begun."""

    notes: Path
    times: int = 99

    def do(self, _shelf):
        begun = len(list(self.notes.iterdir()))
        (self.notes / str(begun)).touch()
        if begun < self.times:
            os.kill(os.getpid(), signal.SIGKILL)
        return Frame({"survived": True})

    def read(self, frame):
        return frame.head["survived"]


@dataclass
class Lasts:
    """A job that lasts until somebody ends the process; its FIFO tells that it has begun."""

    fifo: Path

    def do(self, _shelf):
        self.fifo.write_text("begun")
        threading.Event().wait()

    def read(self, frame):
        raise AssertionError


@pytest.fixture
def notes(tmp_path, monkeypatch):
    # The process finds this module's jobs as it finds the program's.
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


@pytest.fixture
def lasting(tmp_path, notes):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    return Lasts(fifo)


def job_of(photo):
    return Develop(photo, DEFAULT_STYLES, Limits())


def test_pixels_are_those_of_the_renderer(darkroom, photo) -> None:
    one = photo()
    for focus, edits in ((CENTRE, UNEDITED), (Focus(0.1, 0.9), Edits(90, pad=True))):
        bitmaps = darkroom.do(job_of(replace(one, focus=focus, edits=edits)))
        rendered = render(one.path, DEFAULT_STYLES, focus=focus, edits=edits)
        assert {name: b.rgba for name, b in bitmaps.items()} == {
            name: r.rgba() for name, r in rendered.items()
        }


def test_a_file_that_is_gone_has_no_preview(darkroom, photo) -> None:
    one = photo()
    one.path.unlink()
    assert darkroom.do(job_of(one)) == {}


def test_the_look_is_the_engines(darkroom, photo, tmp_path) -> None:
    look, limits = examining(darkroom), Limits()
    text = tmp_path / "text.jpg"
    text.write_text("no photo")
    for path in (photo().path, text):
        for clean in (True, False):
            assert look(path, limits, clean=clean) == examine(path, limits, clean=clean)


def test_trouble_with_the_file_is_told(darkroom, photo, monkeypatch) -> None:
    job = Examine(photo().path, Limits(), clean=True)
    with pytest.raises(FileTroubleError) as trouble:
        job.read(Frame({"trouble": FindingKind.CHANGED.value}))
    assert trouble.value.kind is FindingKind.CHANGED


def test_the_comparison_is_the_engines(darkroom, photo) -> None:
    one, other = photo(1), photo(2)
    compare = comparing(darkroom)
    styles = {s.name: s for s in DEFAULT_STYLES}

    def made(source):
        rendered = render(source.path, DEFAULT_STYLES)
        return {styles[name]: r.encode().data for name, r in rendered.items()}

    assert compare(one, made(one)) is True
    assert compare(one, made(other)) is False
    assert compare(replace(one, fingerprint=Fingerprint(1, 1, "")), made(one)) is None
    with pytest.raises(NotAPictureError) as broken:
        compare(one, {styles["square"]: b"no picture"})
    assert broken.value.style == "square"


def test_the_next_job_finds_a_new_process(darkroom, photo) -> None:
    darkroom.warm()
    before = darkroom.pid
    os.kill(before, signal.SIGKILL)
    assert set(darkroom.do(job_of(photo()))) == {"thumb", "square"}
    assert darkroom.pid != before


def test_an_end_in_mid_work_costs_nothing_where_the_photo_isnt_to_blame(darkroom, notes) -> None:
    assert darkroom.do(Dies(notes, times=1)) is True
    assert len(list(notes.iterdir())) == 2


def test_a_photo_over_which_the_decoder_dies_costs_itself_alone(darkroom, photo, notes) -> None:
    with pytest.raises(DarkroomError):
        darkroom.do(Dies(notes))
    assert len(list(notes.iterdir())) == 2, "it is tried twice, and never in the program"
    assert set(darkroom.do(job_of(photo()))) == {"thumb", "square"}


def test_such_a_photo_is_refused_with_a_sentence(darkroom, photo, notes, monkeypatch) -> None:
    monkeypatch.setattr("uploader.background.darkroom.jobs.Examine", lambda *_, **__: Dies(notes))
    found = examining(darkroom)(photo().path, Limits(), clean=True)
    assert found.inspection.refusal == refusals.DECODER_DIES
    assert found.look is None


@pytest.mark.parametrize(
    "answers",
    [
        "out.write(b'no frame at all, but a library that chats')",
        "out.write(b'SUdr' + (1 << 31).to_bytes(4, 'big'))",
        "wire.write(out, Frame({'bitmaps': [['thumb', 9, 9]]}, (b'short',)))",
        "wire.write(out, Frame({'bitmaps': 5}))",
        "wire.write(out, Frame({'something': 'else'}))",
        "out.write(b'SU')",
    ],
)
def test_garbage_in_place_of_an_answer(photo, tmp_path, answers) -> None:
    script = tmp_path / "rambling.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import sys
            from uploader.background.darkroom import wire
            from uploader.background.darkroom.wire import Frame
            out = sys.stdout.buffer
            wire.write(out, Frame({{"ready": True}}))
            wire.read(sys.stdin.buffer)
            {answers}
            out.flush()
            """
        )
    )
    darkroom = Darkroom(command=[sys.executable, str(script)])
    try:
        with pytest.raises(DarkroomError):
            darkroom.do(job_of(photo()))
    finally:
        darkroom.close()


def test_where_no_process_can_be_had_pictures_are_decoded_here(photo, tmp_path) -> None:
    for command in ([str(tmp_path / "nothing")], [sys.executable, "-c", "print('hello')"]):
        darkroom = Darkroom(command=command)
        try:
            one = photo()
            assert darkroom.do(job_of(one)) == Here().do(job_of(one))
        finally:
            darkroom.close()


def test_a_bug_in_a_job_is_told_and_ends_nothing(darkroom, photo) -> None:
    darkroom.warm()
    before = darkroom.pid
    with pytest.raises(RuntimeError, match="AttributeError"):
        darkroom.do(Examine(None, Limits(), clean=True))
    assert darkroom.pid == before


def test_cancelling_ends_the_job_at_once(darkroom, lasting) -> None:
    cancel, heard = CancelToken(), []

    def work():
        try:
            darkroom.do(lasting, cancel=cancel)
        except CancelledError:
            heard.append("cancelled")

    thread = threading.Thread(target=work)
    thread.start()
    assert lasting.fifo.read_text() == "begun"
    cancel.cancel()
    thread.join(20)
    assert heard == ["cancelled"]


def test_closing_ends_the_job_and_the_process(darkroom, lasting) -> None:
    heard = []

    def work():
        try:
            darkroom.do(lasting)
        except CancelledError:
            heard.append("closed")

    thread = threading.Thread(target=work)
    thread.start()
    assert lasting.fifo.read_text() == "begun"
    pid = darkroom.pid
    darkroom.close()
    thread.join(20)
    assert heard == ["closed"]
    assert gone(pid)
    with pytest.raises(CancelledError):
        darkroom.do(lasting)


def test_who_is_first_passes_by_those_that_wait(darkroom, photo, lasting) -> None:
    """While one job lasts, three wait; of these the one that is wanted in the window goes first."""
    order: list[str] = []
    waiting = threading.Semaphore(0)
    wait_for = darkroom._changed.wait_for

    def seen(condition):
        waiting.release()
        return wait_for(condition)

    darkroom._changed.wait_for = seen
    cancel = CancelToken()

    def work(name, **how):
        job = lasting if name == "lasting" else job_of(photos[name])
        try:
            darkroom.do(job, **how)
            order.append(name)
        except CancelledError:
            pass

    photos = {name: photo(n) for n, name in enumerate(("check", "second", "preview"))}
    threads = [threading.Thread(target=work, args=("lasting",), kwargs={"cancel": cancel})]
    threads[0].start()
    assert lasting.fifo.read_text() == "begun"
    assert waiting.acquire(timeout=20)
    for name in photos:
        thread = threading.Thread(target=work, args=(name,), kwargs={"first": name == "preview"})
        threads.append(thread)
        thread.start()
        assert waiting.acquire(timeout=20)
    cancel.cancel()
    for thread in threads:
        thread.join(20)
    assert order[0] == "preview"
    assert sorted(order) == ["check", "preview", "second"]


def test_a_program_that_is_killed_leaves_no_process(lasting, tmp_path) -> None:
    job = tmp_path / "job"
    job.write_bytes(pickle.dumps(lasting))
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent(
                f"""
                import pickle, threading
                from pathlib import Path
                from uploader.background.darkroom.client import Darkroom
                darkroom = Darkroom()
                darkroom.warm()
                print(darkroom.pid, flush=True)
                darkroom.do(pickle.loads(Path({str(job)!r}).read_bytes()))
                """
            ),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        pid = int(program.stdout.readline())
        assert lasting.fifo.read_text() == "begun", "it is killed in mid-work"
        program.kill()
    assert gone(pid)


def test_the_product_is_looked_for_there(darkroom, tmp_path):
    picture = Image.new("RGB", (300, 200), "#e8e4dc")
    ImageDraw.Draw(picture).rectangle((20, 40, 120, 160), fill="#a04028")
    picture.save(tmp_path / "board.png")
    find = seeking(darkroom)
    assert find(tmp_path / "board.png", Limits()) == find_subject(tmp_path / "board.png")
    assert find(tmp_path / "gone.png", Limits()) is None
    darkroom.close()
    with pytest.raises(CancelledError):
        find(tmp_path / "board.png", Limits())


@pytest.mark.parametrize("nonsense", [[0.5, 0.1, 0.2, 0.9], [0, 0, 1, 7], [1, 2], "box", {}])
def test_a_box_that_makes_no_sense_isnt_believed(nonsense, tmp_path):
    with pytest.raises((WireError, *NONSENSE)):
        Seek(tmp_path, Limits()).read(Frame({"subject": nonsense}))


def test_a_stores_picture_is_made_small_and_anything_else_is_none() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "teal").save(out, "PNG")
    style = Style("item", "144x144>")
    job = Shrink(out.getvalue(), style)
    small = job.read(job.do(None))
    assert small is not None
    assert (small.width, small.height, len(small.rgba)) == (144, 72, 144 * 72 * 4)
    nothing = Shrink(b"<html>", style)
    assert nothing.read(nothing.do(None)) is None
    with pytest.raises(WireError):
        job.read(Frame({"shape": [144, 72]}, (b"1234",)))


def test_frozen_it_is_the_program_itself_started_anew(monkeypatch):
    started = {}

    def start(command, **how):
        started.update(how, command=command)
        raise OSError

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(process.subprocess, "Popen", start)
    with pytest.raises(OSError):
        process.Process(Path("shelf"), ())
    assert started["command"] == [sys.executable, "darkroom", "shelf"]
    # Libraries of the bundle are found on a system that has none of its own.
    assert started["env"]["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    assert "PYTHONPATH" not in started["env"].keys() - os.environ.keys()
