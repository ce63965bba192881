"""``store-uploader push`` as a script calls it, against a real store."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uploader.domain.names import title_from


class Script:
    """Calls the program on a data folder of its own, where no keychain is to be had."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "outbox"
        self._home = folder / "home"

    def push(self, *arguments: object, password: str = "") -> tuple[int, dict[str, Any], str]:
        """Give the exit code, the JSON of the last line (empty without one), and stderr."""
        environment = {**os.environ, "HOME": str(self._home), "PYTHON_KEYRING_BACKEND":
                       "keyring.backends.fail.Keyring"}  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "uploader", "push", *map(str, arguments),
             "--json", "--data", str(self.data)],
            input=password + "\n", env=environment,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        lines = done.stdout.splitlines()
        return done.returncode, json.loads(lines[-1]) if lines else {}, done.stderr


@pytest.fixture
def script(tmp_path: Path) -> Script:
    return Script(tmp_path)


@pytest.fixture
def new(companion: Any) -> list[object]:
    """Give the arguments that make a profile."""
    return ["--profile", "night", "--address", companion.url, "--email", companion.admin[0],
            "--password-stdin"]  # fmt: skip


@pytest.fixture
def images(companion: Any) -> Callable[[str], int]:
    def count(title: str) -> int:
        query = "SELECT count(*) FROM store_itemimage m JOIN store_item i ON i.id = item_id "
        return int(companion.sql(query + "WHERE i.title = ?", title)[0][0])

    return count


def counts(summary: dict[str, Any]) -> tuple[int, ...]:
    return tuple(summary[key] for key in ("photos", "live", "refused", "failed"))


def test_a_new_profile_sends_all_and_a_second_run_nothing_twice(
    script, new, companion, photos, images
):
    password = companion.admin[1]
    sent = photos(4, name="Push-{n}.jpg")
    later = sent[3].rename(sent[3].with_suffix(".later"))
    code, summary, said = script.push(sent[0].parent, *new, password=password)
    # What isn't a photo by name isn't counted.
    assert (code, counts(summary), said) == (0, (3, 3, 0, 0), "")
    assert images(title_from(sent[0])) == 3

    # By the profile's name alone; nothing keeps the password here, so it is given again.
    later.rename(sent[3])
    code, summary, _ = script.push(
        sent[0].parent, "--profile", "night", "--password-stdin", password=password
    )
    assert (code, counts(summary)) == (0, (4, 4, 0, 0))
    assert images(title_from(sent[0])) == 4


def test_what_was_named_and_is_no_photo_is_said(script, new, companion, photos, tmp_path):
    [photo] = photos(1, name="named-{n}.jfif")
    page = tmp_path / "photo.download"
    page.write_text("<html>Sign in to see this photo")
    code, summary, said = script.push(photo.parent, page, *new, password=companion.admin[1])
    assert (code, counts(summary)) == (1, (1, 1, 0, 0))
    assert said == f"{page}: This is not a photo.\n"


def test_without_keychain_and_password_a_known_profile_is_not_signed_in(
    script, new, companion, photos
):
    [photo] = photos(1, name="kept-{n}.jpg")
    assert script.push(photo, *new, password=companion.admin[1])[0] == 0
    code, summary, said = script.push(photo, "--profile", "night")
    assert (code, counts(summary)) == (2, (1, 1, 0, 0))
    assert said.startswith("Not signed in.")


def test_what_fits_no_item_or_several_is_left_out(script, new, companion, photos, images):
    companion.item("Rope mat, round", "PU-7")
    companion.item("Twin jug, blue", "PU-8A")
    companion.item("Twin jug, sand", "PU-8B")
    folder = photos(1, name="PU-7.jpg")[0].parent
    photos(2, name="twin-jug-{n}.jpg")
    (folder / "twin-jug-1.jpg").rename(folder / "nothing-like-it.jpg")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no more")
    code, summary, said = script.push(folder, *new, "--matched-only", password=companion.admin[1])
    assert (code, counts(summary)) == (1, (4, 1, 1, 2))
    assert images("Rope mat, round") == 1
    assert "twin-jug-0.jpg: More than one item fits its name: PU-8A, PU-8B." in said
    assert "nothing-like-it.jpg: No item fits its name." in said
    assert "broken.jpg: " in said
    assert images("nothing like it") + images("Nothing like it") == 0


def test_a_wrong_password_is_told_and_nothing_is_sent(script, new, photos):
    code, summary, said = script.push(*photos(1), *new, password="wrong")
    assert (code, counts(summary)) == (2, (0, 0, 0, 0))
    assert said.count("\n") == 1
    assert "wrong" not in said.lower().replace("wrong e-mail or password", "")
    assert said.strip().endswith(".")


def test_a_store_that_is_away_is_told(script, photos):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
    code, summary, said = script.push(
        *photos(1), "--profile", "night", "--address", address, "--email", "ines@shop.example",
        "--password-stdin", password="x",
    )  # fmt: skip
    assert (code, counts(summary)) == (2, (0, 0, 0, 0))
    assert "127.0.0.1" in said


@pytest.mark.parametrize("password", [True, False])
def test_an_unknown_profile_is_told(script, photos, password):
    more = ["--password-stdin"] if password else []
    code, _, said = script.push(*photos(1), "--profile", "nobody", *more, password="x")
    assert code == 2
    assert said.strip() == "No store is known as nobody. Sign in to it once."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--address", "shop.example"], "A new profile needs both --address and --email."),
        (["--email", "ines@shop.example"], "A new profile needs both --address and --email."),
        (
            ["--address", "shop.example", "--email", "ines@shop.example"],
            "Give the account's password on standard input, with --password-stdin.",
        ),
    ],
)
def test_half_a_profile_is_told(script, photos, arguments, sentence):
    code, summary, said = script.push(*photos(1), "--profile", "night", *arguments)
    assert (code, summary, said.strip()) == (2, {}, sentence)


def test_a_folder_that_is_not_there_is_told(script, tmp_path):
    code, summary, said = script.push(tmp_path / "gone", "--profile", "night")
    assert (code, summary) == (2, {})
    assert said.strip() == f"{tmp_path / 'gone'} doesn't exist."
