"""Writes SHA256SUMS beside the packages: ``python -m installer.release.sums FOLDER``.

As `sha256sum` writes it, so that ``sha256sum --check SHA256SUMS`` checks it.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

NAME = "SHA256SUMS"
_OURS = "store-uploader"


def sums(folder: Path) -> str:
    """Give the sums of what is passed on from `folder`: what is named after the program."""
    files = sorted(path for path in folder.glob(f"{_OURS}*") if path.is_file())
    return "".join(f"{_digest(path)}  {path.name}\n" for path in files)


def write(folder: Path) -> Path:
    """Write the file anew. Raises FileNotFoundError where there is nothing to sum."""
    said = sums(folder)
    if not said:
        raise FileNotFoundError(f"No packages in {folder}")
    output = folder / NAME
    output.write_text(said, "utf-8", newline="\n")
    return output


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> None:
    """Write them, and show them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    print(write(parser.parse_args().folder).read_text("utf-8"), end="")


if __name__ == "__main__":
    main()
