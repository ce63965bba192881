"""Where the program's own files are: in a source tree, an installed package or a bundle."""

from __future__ import annotations

import sys
from pathlib import Path


def _root() -> Path:
    """Find the folder that holds `icons`, `style` and the other resources."""
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's folder, only when frozen
    if bundle is not None:
        return Path(bundle) / "resources"
    beside = Path(__file__).resolve().parents[2] / "resources"
    installed = Path(sys.prefix) / "share" / "store-uploader"
    return beside if (beside / "icons").is_dir() else installed


ROOT = _root()


def resource(*parts: str) -> Path:
    """Give the path of a resource: ``resource("icons", "live.svg")``."""
    return ROOT.joinpath(*parts)


def guide() -> Path:
    """Give the folder of the user's guide: beside the developers' pages, or among the resources."""
    beside = ROOT.parent / "docs" / "guide"
    return beside if beside.is_dir() else ROOT / "guide"


def licences() -> Path | None:
    """Give the index of the licences of everything in a package; None where it isn't one."""
    # Beside or around the folder with the libraries; inside an .app among its resources.
    folders = (ROOT.parent, ROOT.parents[1], ROOT.parents[1] / "Resources")
    found = (folder / "licences" / "README.txt" for folder in folders)
    return next((file for file in found if file.is_file()), None)
