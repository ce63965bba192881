"""Collects the licence texts of all that a package contains, with an index that people can read.

``python -m installer.release.licences --site-packages DIR --interpreter DIR --output DIR``.
With `--bundle`, the native libraries that are really in it are listed too, and one that nobody has
looked up stops the build, as does a distribution without a licence text.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.project import ROOT
from installer.release import native, notice
from installer.release.parts import TARGETS, Distribution, distributions, program

TEXTS = Path(__file__).with_name("texts")

OWN_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "qt-third-party.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
"""Distributions whose wheels have no licence text, and which of ours are theirs."""

MORE_TEXTS = {
    "certifi": ("MPL-2.0.txt",),
    "pillow-heif": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "cryptography": ("Apache-2.0.txt",),
}
"""Distributions whose texts only name a licence, or contain libraries under another one."""

_EVERY = ("Apache-2.0.txt", "GPL-3.0.txt", "python-libraries.txt")  # the interpreter’s libraries


class NoTextError(Exception):
    """Something would be passed on without its licence. Says what."""


@dataclass(frozen=True)
class Entry:
    """A line of the index: a part, its licence, its address, and the files with its texts."""

    name: str
    version: str
    licence: str
    home: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where a package's parts are read from.

    `interpreter` is the folder or file with Python's own LICENSE.txt; `python` its version, such
    as ``3.11.2``; `bundle` the folder that is going to be packed, where it is there already.
    """

    site_packages: Path
    interpreter: Path
    python: str
    target: str
    bundle: Path | None = None

    def distributions(self) -> list[Distribution]:
        """List the distributions. Raises `parts.MissingPartError`."""
        minor = ".".join(self.python.split(".")[:2])
        return distributions(self.site_packages, self.target, minor)


def collect(source: Source, output: Path) -> list[Entry]:
    """Write the folder `output` anew: a text for everything, and README.txt as its index.

    Raises `NoTextError`, `native.UnknownLibraryError` and `parts.MissingPartError`.
    """
    found = source.distributions()
    inside = native.libraries(source.bundle) if source.bundle else []
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    entries = [_program(output), _python(source, output)]
    entries += [_distribution(each, output) for each in found]
    common = {text for each in found for text in _ours(each)} | set(_EVERY)
    common |= {text for _, library in inside for text in library.texts}
    for name in sorted(common):
        _copy(TEXTS / name, output / name)
    words = notice.readme(program()[1], entries, inside, source.target)
    (output / "README.txt").write_text(words, "utf-8", newline="\n")
    return entries


def _program(output: Path) -> Entry:
    _copy(ROOT / "LICENSE", output / "store-uploader.txt")
    return Entry("Store Uploader", program()[1], "MIT", "", ("store-uploader.txt",))


def _python(source: Source, output: Path) -> Entry:
    """Take Python's own text, from its installation, a Debian package's, or an embeddable one."""
    interpreter, short = source.interpreter, ".".join(source.python.split(".")[:2])
    places = (
        interpreter,
        interpreter / "LICENSE.txt",
        interpreter / "lib" / f"python{short}" / "LICENSE.txt",
        interpreter / "share" / "doc" / f"python{short}" / "copyright",
        interpreter / "share" / "doc" / f"libpython{short}-stdlib" / "copyright",
    )
    text = next((place for place in places if place.is_file()), None)
    if text is None:
        raise NoTextError(f"Python’s own licence isn’t in {interpreter}")
    _copy(text, output / "python.txt")
    files = ("python.txt", "python-libraries.txt")
    return Entry("Python", source.python, "PSF-2.0", "https://github.com/python/cpython", files)


def _distribution(part: Distribution, output: Path) -> Entry:
    ours = _ours(part)
    if not part.texts and not ours:
        raise NoTextError(f"{part.name} {part.version} has no licence text; see OWN_TEXTS")
    files = []
    for text in part.texts:
        name = f"{part.key}/{_place(text, part.folder)}"
        _copy(text, output / name)
        files.append(name)
    return Entry(part.name, part.version, part.licence, part.home, (*files, *ours))


def _ours(part: Distribution) -> tuple[str, ...]:
    missing = OWN_TEXTS.get(part.key, ()) if not part.texts else ()
    return (*missing, *MORE_TEXTS.get(part.key, ()))


def _place(text: Path, folder: Path) -> str:
    return text.relative_to(folder).as_posix().removeprefix("licenses/")


def _copy(text: Path, to: Path) -> None:
    """Copy as text with line ends alike, so that it is the same wherever it was built."""
    to.parent.mkdir(parents=True, exist_ok=True)
    words = text.read_text("utf-8", errors="replace")
    to.write_text(words, "utf-8", newline="\n")


def _arguments(words: Iterable[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site-packages", type=Path, required=True)
    parser.add_argument("--interpreter", type=Path, default=Path(sys.base_prefix))
    parser.add_argument("--python", default=".".join(map(str, sys.version_info[:3])))
    parser.add_argument("--target", choices=TARGETS, default="linux")
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    return parser.parse_args(list(words))


def files_of(entries: Iterable[Entry]) -> Iterator[str]:
    """Give every file that the index names."""
    for entry in entries:
        yield from entry.files


def main() -> None:
    """Collect, and say how many parts there are."""
    said = _arguments(sys.argv[1:])
    source = Source(said.site_packages, said.interpreter, said.python, said.target, said.bundle)
    entries = collect(source, said.output)
    print(f"Licence texts of {len(entries)} parts: {said.output}")


if __name__ == "__main__":
    main()
