"""PySide's own Python, compiled.

Shiboken carries a few thousand lines as text inside of its library, and would compile them at
each start: an eighth of the way to the first window. Before it unpacks them it looks for
`files.dir` beside itself, where SBK_EMBED=0 makes it lay them out. Here that is an archive of the
compiled modules, which Python reads as it does a folder. One file, as Debian's packages hold no
loose compiled ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile, ZipInfo

NAME = "files.dir"
PACKAGE = "shibokensupport"


def lay_out(inside: Path) -> Path:
    """Write the archive beside the Shiboken that lies in `inside`, and give its path.

    Raises CalledProcessError where Shiboken can't be loaded, and FileNotFoundError where it lays
    nothing out any more.
    """
    made = inside / "shiboken6" / NAME
    with tempfile.TemporaryDirectory() as folder:
        modules = _laid_out(Path(folder))
        # By paths in the archive, without times: two builds make the same.
        options = ("-q", "-b", "--invalidation-mode", "unchecked-hash", "-s", str(modules))
        subprocess.run(
            [sys.executable, "-m", "compileall", *options, str(modules / PACKAGE)],
            env={**os.environ, "PYTHONHASHSEED": "0"},
            check=True,
        )
        with ZipFile(made, "w") as archive:
            for module in sorted((modules / PACKAGE).rglob("*.pyc")):
                name = module.relative_to(modules).as_posix()
                archive.writestr(ZipInfo(name), module.read_bytes())
    return made


def _laid_out(folder: Path) -> Path:
    """Have Shiboken lay its modules out in a copy of itself; the installed one stays as it is."""
    spec = find_spec("shiboken6")
    assert spec is not None
    assert spec.submodule_search_locations
    copy = folder / "shiboken6"
    shutil.copytree(spec.submodule_search_locations[0], copy)
    subprocess.run(
        [sys.executable, "-c", "from shiboken6 import Shiboken"],
        # It loads what it lays out: no compiled files that name this folder.
        env={
            **os.environ,
            "PYTHONPATH": str(folder), "SBK_EMBED": "0", "PYTHONDONTWRITEBYTECODE": "1",
        },
        check=True,
    )  # fmt: skip
    modules = copy / NAME
    if not (modules / PACKAGE / "signature" / "loader.py").is_file():
        raise FileNotFoundError(f"Shiboken lays nothing out in {NAME} any more")
    return modules
