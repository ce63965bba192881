"""What both previews of a 12-megapixel photo cost: ours beside others, in CPU seconds a photo.

    python benchmarks/previews.py [--photos 24] [--rounds 3]

Others run as they do in a shop: ImageMagick once per style with Paperclip's own arguments,
vipsthumbnail once per style. `djpeg -scale 1/8` only decodes: nothing can cost less. Rounds
are interleaved, so that a busy machine disturbs all alike. The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from _paperclip import CONVERT, crops, run
from _photos import SIZE, write_photos
from PIL import Image

from uploader.domain.styles import DEFAULT_STYLES
from uploader.imaging.compare import mean_difference
from uploader.imaging.render import render

TARGETS = {"imagemagick_at_least": 10.0, "djpeg_at_most": 1.5, "difference_at_most": 3.0}


def ours(path: Path, _out: Path) -> None:
    for rendered in render(path, DEFAULT_STYLES).values():
        rendered.rgba()


def vipsthumbnail(path: Path, out: Path) -> None:
    run("vipsthumbnail", path, "-s", "100x100>", "-o", out / "vt.jpg")
    run("vipsthumbnail", path, "-s", "200x200", "-m", "centre", "-o", out / "vs.jpg")


def djpeg(path: Path, _out: Path) -> None:
    run("djpeg", "-scale", "1/8", path)


PEERS: dict[str, Callable[[Path, Path], None]] = {
    "ours": ours,
    "imagemagick": crops,
    "vipsthumbnail": vipsthumbnail,
    "djpeg": djpeg,
}
PROGRAMS = {"imagemagick": CONVERT, "vipsthumbnail": "vipsthumbnail", "djpeg": "djpeg"}


def cpu_seconds() -> float:
    """User and system time of this process and of the children it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure(photos: list[Path], out: Path, rounds: int) -> dict[str, float]:
    """Median over the rounds of the CPU seconds that each peer spends per photo."""
    missing = [name for name, program in PROGRAMS.items() if not shutil.which(program)]
    peers = {name: work for name, work in PEERS.items() if name not in missing}
    for name in missing:
        print(f"{PROGRAMS[name]} is not installed: left out")
    spent: dict[str, list[float]] = {name: [] for name in peers}
    for turn in range(rounds):
        totals = dict.fromkeys(peers, 0.0)
        for number, photo in enumerate(photos):
            order = list(peers.items())
            shift = (turn + number) % len(order)
            for name, work in order[shift:] + order[:shift]:
                before = cpu_seconds()
                work(photo, out)
                totals[name] += cpu_seconds() - before
        for name, total in totals.items():
            spent[name].append(total / len(photos))
    return {name: statistics.median(values) for name, values in spent.items()}


def differences(photos: list[Path], out: Path) -> dict[str, float]:
    """Mean absolute difference to ImageMagick's pixels, the worst photo of each style."""
    worst = dict.fromkeys((style.name for style in DEFAULT_STYLES), 0.0)
    for photo in photos:
        crops(photo, out, ".png")
        for name, rendered in render(photo, DEFAULT_STYLES).items():
            with Image.open(out / f"{name}.png") as theirs:
                worst[name] = max(worst[name], mean_difference(rendered.image, theirs))
    return worst


def report(seconds: dict[str, float], difference: dict[str, float], mean_bytes: float) -> None:
    mine = seconds["ours"]
    print(f"{'':16}{'CPU ms a photo':>16}{'to ours':>10}")
    for name, value in seconds.items():
        print(f"{name:16}{value * 1000:16.1f}{value / mine:9.2f}×")
    for name, value in difference.items():
        print(f"{name}: at most {value:.2f} of 255 from ImageMagick's pixels")
    summary = {
        "benchmark": "previews",
        "mean_bytes": round(mean_bytes),
        "cpu_seconds": {name: round(value, 4) for name, value in seconds.items()},
        "ratio_to_ours": {name: round(value / mine, 2) for name, value in seconds.items()},
        "ours_to_djpeg": round(mine / seconds["djpeg"], 2) if "djpeg" in seconds else None,
        "difference": {name: round(value, 2) for name, value in difference.items()},
        "targets": TARGETS,
    }
    print(json.dumps(summary))


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU seconds for both previews of a photo.")
    parser.add_argument("--photos", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        photos = write_photos(folder, arguments.photos)
        mean_bytes = statistics.mean(path.stat().st_size for path in photos)
        print(f"{len(photos)} photos of {SIZE[0]} × {SIZE[1]}, {mean_bytes / 1e6:.1f} MB each")
        ours(photos[0], folder)  # imports and tables: once a session, not once a photo
        seconds = measure(photos, folder, arguments.rounds)
        compared = shutil.which(CONVERT) is not None
        report(seconds, differences(photos[:6], folder) if compared else {}, mean_bytes)


if __name__ == "__main__":
    main()
