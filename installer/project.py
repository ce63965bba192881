"""What the packages say of the project, and where things are in its tree."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VERSION_FILE = ROOT / "uploader" / "__init__.py"
VERSION_LINE = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
BUILD = ROOT / "build"
"""What is made on the way. May be deleted at any time."""
DIST = ROOT / "dist"
"""What is given to people."""

NAME = "store-uploader"
TITLE = "Store Uploader"
APP_ID = "io.github.store_uploader.StoreUploader"
"""By which desktops know it (freedesktop.org's AppStream and Desktop Entry specifications)."""
SUMMARY = "Put product photos into your store"
HOMEPAGE = "https://store-uploader.github.io"
"""Not reserved yet: whoever publishes the program sets their own address here, and nowhere else."""
MAINTAINER = "The Store Uploader authors <authors@store-uploader.github.io>"
"""The address too is the publisher's to set."""


@cache
def pyproject() -> dict[str, Any]:
    """Give what pyproject.toml says."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def version() -> str:
    """Give the version that the packages have, from the one place that has it."""
    return version_in(VERSION_FILE)


def version_in(file: Path) -> str:
    """Give the version that a file has. Raises ValueError where it has none."""
    said = VERSION_LINE.search(file.read_text("utf-8"))
    if said is None:
        raise ValueError(f"{file} has no line {VERSION_LINE.pattern}")
    return said[1]


@cache
def epoch() -> int:
    """Give the commit's time, in seconds since 1970: the time of everything that is packed.

    Raises CalledProcessError outside of a checkout.
    """
    said = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(said.stdout)
