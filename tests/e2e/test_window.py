"""The window on a real screen, worked with the keyboard as a person does."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from PIL import Image

PHOTOS = 4


@pytest.fixture
def keys(screen, eventually):
    """Press keys in the program's window, once it is there."""
    assert shutil.which("xdotool"), "xdotool is missing: run `make setup`"

    def tool(*words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env=screen, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.stdout

    def press(key: str) -> None:
        search = ("search", "--onlyvisible", "--name", "Store Uploader")
        window = eventually(lambda: tool(*search).split(), "a window")[-1]
        # There is no window manager on this screen that would give it the keyboard.
        tool("windowfocus", "--sync", window, "key", key)

    return press


def picture(environment, file):
    """Photograph the whole screen."""
    subprocess.run(["import-im6.q16", "-window", "root", str(file)], env=environment, check=True)
    with Image.open(file) as shot:
        return {colour: n for n, colour in shot.convert("RGB").getcolors(1 << 24)}


def test_photos_go_live_and_the_window_closes_by_keyboard(
    demo, screen, keys, make_photos, eventually, tmp_path
):
    make_photos(demo.photos, PHOTOS, side=200)
    for n, photo in enumerate(sorted(demo.photos.iterdir())):
        photo.rename(demo.photos / f"HP-1042_{n}.jpg")  # a SKU of the demo store: it finds its item
    demo.data.mkdir()
    with (tmp_path / "said").open("w") as said:
        demo.process = process = subprocess.Popen(
            [
                sys.executable, "-m", "uploader", "demo",
                "--data", str(demo.data), "--photos", str(demo.photos),
            ],
            env=screen, stdin=subprocess.DEVNULL, stdout=said, stderr=said, text=True,
        )  # fmt: skip
    eventually(lambda: demo.states() == {"ready": PHOTOS}, "photos that are ready")
    # The file may know it before the window does: a person presses again, where nothing happens.
    eventually(lambda: keys("ctrl+Return") or demo.states() != {"ready": PHOTOS}, "an upload")
    eventually(lambda: demo.states() == {"live": PHOTOS}, "live photos")
    colours = eventually(lambda: green(picture(screen, tmp_path / "screen.png")), "the green")
    assert len(colours) > 100
    keys("ctrl+q")
    assert process.wait(timeout=30) == 0, (tmp_path / "said").read_text()
    demo.process = None
    assert [state for _, _, state in demo.in_store()] == ["live"] * PHOTOS


def green(colours):
    """Give the colours where enough of them is the green of "Live"."""
    return colours if colours.get((0x1A, 0x7A, 0x3C), 0) > 100 else None
