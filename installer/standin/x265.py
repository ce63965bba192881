"""Puts the stand-in where a bundle has x265: ``python -m installer.standin.x265 FOLDER``.

The wheels of pillow-heif link libheif to x265, which is under the GPL; a package with it would be
under the GPL as a whole. See `x265.c` for why nothing is missed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("x265.c")
_HASH = r"(?:-[0-9a-f]{8,})?"
_NAME = re.compile(rf"libx265{_HASH}(?:\.so\.|[-.])(\d+){_HASH}(?:\.dll|\.dylib)?")
_GCC = ("-shared", "-Os", "-s", "-nostdlib", "-fno-ident", "-fvisibility=hidden")
# A base address of its own: ld would make one of the name of the folder that it writes to.
_BASE = ("-Wl,--no-insert-timestamp", "-Wl,--image-base,0x2e0000000", "-Wl,-e,0")
_WINDOWS = ("x86_64-w64-mingw32-gcc", *_GCC, *_BASE)
_LINUX = ("gcc", *_GCC, "-fPIC", "-Wl,--build-id=none")
_MAC = ("cc", "-dynamiclib", "-Os", "-fvisibility=hidden")


class NoEncoderError(Exception):
    """There is no x265 in the folder: libheif is linked in another way than is known here."""


def replace(folder: Path) -> list[Path]:
    """Put the stand-in over every x265 below `folder`; give their paths.

    Raises `NoEncoderError` where there is none, and CalledProcessError where compiling fails.
    """
    found = sorted(path for path in folder.rglob("libx265*") if path.is_file())
    if not found:
        raise NoEncoderError(f"There is no x265 in {folder}; libheif is linked in another way")
    for path in found:
        compile_as(path)
    return found


def compile_as(path: Path) -> None:
    """Compile the stand-in as the library that `path` names, over what lies there."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise NoEncoderError(f"{path}: no number of x265’s interface is in this name")
    path.unlink(missing_ok=True)
    command = [*_compiler(path, named[1]), f"-DX265_API={named[1]}", "-o", str(path), str(SOURCE)]
    subprocess.run(command, check=True)


def _compiler(path: Path, number: str) -> list[str]:
    if path.suffix == ".dll":
        return list(_WINDOWS)
    if path.suffix == ".dylib":
        # What is linked to the original asks for at least its version.
        versions = ["-compatibility_version", number, "-current_version", number]
        return [*_MAC, "-install_name", f"@rpath/{path.name}", *versions]
    return [*_LINUX, f"-Wl,-soname,{path.name}"]


def main() -> None:
    """Replace what is below the folder that is named, and say what."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    for path in replace(parser.parse_args().folder):
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
