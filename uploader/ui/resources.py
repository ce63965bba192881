"""Where the program's own files are: in a source tree, an installed package or a bundle."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    """Find the folder that holds `icons`, `style` and the other resources."""
    package = Path(__file__).resolve().parent.parent
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's folder, only when frozen
    if bundle is not None:
        return Path(bundle) / "resources"
    beside = package.parent / "resources"
    return beside if beside.is_dir() else package / "resources"


ROOT = _root()


def resource(*parts: str) -> Path:
    """Give the path of a resource: ``resource("icons", "live.svg")``."""
    return ROOT.joinpath(*parts)
