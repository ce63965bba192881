"""Files that change, vanish or can't be read while they wait or are sent; the others go on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from drill import LARGE, SMALL, Drill
from proxy import Stall
from table import Table
from test_network import check_words

from uploader.domain.findings import FindingKind
from uploader.domain.states import State
from uploader.engine import words

WAITING = "the file of a photo that waits"
SENDING = "the file, between two pieces of it"


def change(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-2000:-1000] = bytes(1000)
    path.write_bytes(data)


def change_unnoticed(path: Path) -> None:
    """Change it as if nothing had been: same size, same time."""
    known = path.stat()
    change(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def take_medium(path: Path) -> None:
    """Take the folder away, as a card that is pulled out does."""
    path.parent.rename(path.parent.with_suffix(".out"))


FAULTS = [
    ("changed", change, FindingKind.CHANGED, words.FILE_CHANGED),
    ("changed, with the same size and time", change_unnoticed, FindingKind.CHANGED,
     words.FILE_CHANGED),
    ("truncated", truncate, FindingKind.CHANGED, words.FILE_CHANGED),
    ("deleted", Path.unlink, FindingKind.MISSING, words.FILE_MISSING),
    ("a folder in its place", replace_by_folder, None, ""),
    ("its medium is gone", take_medium, FindingKind.MISSING, words.FILE_MISSING),
]  # fmt: skip
CASES = pytest.mark.parametrize(("name", "harm", "kind", "sentence"), FAULTS)


@pytest.fixture
def card(drill: Drill) -> Iterator[Path]:
    """A folder of its own for the photo to be harmed, brought back for whoever comes next."""
    folder = drill.folder.parent / f"card {len(drill.wanted)}"
    folder.mkdir()
    yield folder


def moved(drill: Drill, folder: Path, size: int) -> Path:
    """Make a photo that lies in `folder`."""
    path = drill.write(size)
    return path.rename(folder / path.name)


def check_refused(
    drill: Drill, table: Table, photo: int, kind: FindingKind | None, sentence: str,
    name: str, where: str,
) -> None:  # fmt: skip
    """The photo was refused with the right sentence, and nothing of it is in the store."""
    drill.until(lambda: drill.state(photo) is State.REFUSED)
    refusal = drill.person.desk._crew.outbox.photo(photo).refusal
    assert refusal is not None
    if kind is not None:
        assert (refusal.kind, refusal.sentence) == (kind, sentence)
    drill.until_words(photo, refusal.sentence)
    sight = drill.witness.sight(photo)
    check_words(sight)
    table.add(name, where, 1, "not sent; the others live, once", sight)


@CASES
def test_a_file_that_fails_while_it_waits(
    drill: Drill, table: Table, card: Path, name: str, harm: Callable[[Path], None],
    kind: FindingKind | None, sentence: str,
) -> None:  # fmt: skip
    path = moved(drill, card, SMALL)
    harmed, *others = ids = drill.add(path, drill.write(), drill.write())
    harm(path)
    drill.send(ids)
    check_refused(drill, table, harmed, kind, sentence, name, WAITING)
    drill.ends(path, State.REFUSED)
    drill.until_there(*others)
    drill.exactly_once()


@CASES
def test_a_file_that_fails_while_it_is_sent(
    drill: Drill, table: Table, card: Path, name: str, harm: Callable[[Path], None],
    kind: FindingKind | None, sentence: str,
) -> None:  # fmt: skip
    path = moved(drill, card, 14_000_000)
    harmed, *others = ids = drill.add(path, drill.write(), drill.write())
    # The second piece hangs, twice as long as the first, so that a third is still to be read.
    drill.script("PATCH", "/uploads/", Stall(), nth=2)
    drill.send(ids)
    drill.until(lambda: drill.way.inflicted)
    harm(path)
    drill.way.away = True
    drill.way.away = False
    check_refused(drill, table, harmed, kind, sentence, name, SENDING)
    drill.ends(path, State.REFUSED)
    drill.until_there(*others)
    drill.exactly_once()


@pytest.fixture
def broken_medium(tmp_path: Path) -> Iterator[Path]:
    """Mount a small file system from a file; truncating that file makes reading fail with EIO."""
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    image, place = tmp_path / "card.img", tmp_path / "card"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(32_000_000)
    for command in (
        ["mkfs.ext4", "-q", str(image)],
        ["mount", "-o", "loop", str(image), str(place)],
    ):
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"{command[0]} doesn't work here: {error}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True, timeout=60)


def test_a_medium_that_can_no_longer_be_read(
    drill: Drill, table: Table, broken_medium: Path
) -> None:
    path = moved_to(drill, broken_medium)
    harmed, *others = ids = drill.add(path, drill.write(), drill.write())
    subprocess.run(["sync"], check=True, timeout=60)
    os.truncate(broken_medium.with_suffix(".img"), 100_000)
    Path("/proc/sys/vm/drop_caches").write_text("3")
    drill.send(ids)
    check_refused(
        drill, table, harmed, FindingKind.UNREADABLE, words.FILE_UNREADABLE,
        "an error of the medium (EIO)", WAITING,
    )  # fmt: skip
    drill.ends(path, State.REFUSED)
    drill.until_there(*others)
    drill.exactly_once()


def moved_to(drill: Drill, folder: Path) -> Path:
    """Make a large photo on another file system."""
    path = folder / "photo-on-card.jpg"
    path.write_bytes(drill.write(LARGE).read_bytes())
    return path
