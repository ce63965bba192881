"""The main job in one process tree: files in, live photos out, whatever happens in between."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "resources" / "samples"


def test_the_samples_become_live_and_the_window_shows_it(demo, tmp_path):
    demo.photos = SAMPLES
    shot = tmp_path / "new folder" / "window.png"
    demo.start("--screenshot", str(shot))
    code, summary, said = demo.finish()
    count = len(list(SAMPLES.iterdir()))
    assert (code, summary["live"], summary["photos"]) == (0, count, count), said
    assert said == ""
    with Image.open(shot) as window:
        assert window.width >= 1000
        # The green of "Live", as the palette has it.
        colours = {colour: n for n, colour in window.convert("RGB").getcolors(1 << 24)}
    assert colours.get((0x1A, 0x7A, 0x3C), 0) > 100


def test_bad_files_among_good_ones(demo, make_photos):
    make_photos(demo.photos, 3, side=200)
    good = demo.photos / "noise-000.jpg"
    content = good.read_bytes()
    (demo.photos / "empty.jpg").touch()
    (demo.photos / "text.jpg").write_text("not a photo at all")
    (demo.photos / "half.jpg").write_bytes(content[: len(content) // 2])
    os.mkfifo(demo.photos / "pipe.jpg")
    (demo.photos / "gone.jpg").symlink_to("nowhere.jpg")
    bad = 5
    for n, name in enumerate(
        ["日本語.jpg", 'it\'s "quoted".jpg', "a" * 251 + ".jpg", "two\nlines.jpg"]
    ):
        # Each its own content, so that each is a picture of its own in the store.
        (demo.photos / name).write_bytes(content + bytes([n]))
    notes = demo.photos / "notes"
    notes.mkdir()
    for n in range(300):
        (notes / f"{n}.txt").touch()
    demo.start()
    code, summary, said = demo.finish()
    assert code == 0, said
    assert summary["refused"] == bad
    assert summary["live"] == 7
    assert summary["photos"] == 12
    assert len(said.splitlines()) == bad, said
    assert {state for _, _, state in demo.in_store()} == {"live"}


@pytest.mark.parametrize("moment", ["uploading", "processing", "live"])
def test_killed_and_started_again_every_photo_arrives_once(demo, make_photos, eventually, moment):
    make_photos(demo.photos, 12)
    demo.start()
    eventually(lambda: demo.states().get(moment), f"a photo that is {moment}")
    demo.kill()
    if moment == "live":
        # The others start again beside what is still ending.
        eventually(lambda: not _processes_of(demo.data), "the end of the server and its workers")
    left = demo.states()
    demo.start()
    code, summary, said = demo.finish()
    assert (code, summary["live"], summary["photos"]) == (0, 12, 12), (left, said)
    stored = demo.in_store()
    assert len(stored) == 12
    assert len({reference for reference, _, _ in stored}) == 12
    assert len({sha for _, sha, _ in stored}) == 12


def test_a_run_on_the_same_folder_sends_nothing_twice(demo, make_photos):
    make_photos(demo.photos, 3, side=200)
    for _ in range(2):
        demo.start()
        code, summary, said = demo.finish()
        assert (code, summary["live"], summary["photos"]) == (0, 3, 3), said
    assert len(demo.in_store()) == 3


def _processes_of(data: Path) -> list[str]:
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal():
            try:
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if str(data) in command:
                found.append(command)
    return found


def test_a_folder_that_is_not_there(demo):
    shutil.rmtree(demo.photos, ignore_errors=True)
    process = demo.start()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "doesn't exist" in said
    demo.process = None
