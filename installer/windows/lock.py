"""Makes requirements/windows.txt anew: the wheels for Windows, each with its hash.

pip can download for another system, but it resolves for the one it runs on: it would leave out
what Windows alone needs (pywin32-ctypes) and ask for what Linux alone does. So the requirements
are followed here, by what the wheels themselves say. Versions are those of requirements/dev.txt,
with which everything is tested; what isn't in there is taken as new as there is.
"""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from installer.project import ROOT, pyproject
from installer.windows.pip import FOR_WINDOWS, WHEELS_LOCK, download

_WINDOWS = {
    "sys_platform": "win32", "platform_system": "Windows", "os_name": "nt",
    "platform_machine": "AMD64", "python_version": "3.13", "python_full_version": "3.13.2",
    "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "",
}  # fmt: skip
_HEAD = "# The wheels in the installer for Windows. `make lock-windows` makes this file.\n"


def main() -> None:
    """Write the lock."""
    tested = pins((ROOT / "requirements" / "dev.txt").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        wheels = _closure(tested, Path(folder))
        lines = [_line(name, wheel) for name, wheel in sorted(wheels.items())]
    WHEELS_LOCK.write_text(_HEAD + "".join(lines), "utf-8")


def pins(lock: str) -> dict[str, str]:
    """Read a lock: versions by name."""
    words = (line.split()[0] for line in lock.splitlines() if line[:1].isalnum())
    return dict(word.split("==") for word in words if "==" in word)


def wanted(requirements: list[str]) -> list[str]:
    """Name what of these is needed on Windows, in pip's spelling of names."""
    asked = map(Requirement, requirements)
    return [
        canonicalize_name(one.name)
        for one in asked
        if one.marker is None or one.marker.evaluate(dict(_WINDOWS))
    ]


def _closure(tested: dict[str, str], folder: Path) -> dict[str, Path]:
    missing, found = wanted(pyproject()["project"]["dependencies"]), dict[str, Path]()
    while missing:
        name = missing.pop()
        if name in found:
            continue
        place = folder / name
        download(place, *FOR_WINDOWS, f"{name}=={tested[name]}" if name in tested else name)
        (found[name],) = place.iterdir()
        missing += wanted(_requires(found[name]))
    return found


def _requires(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith(".dist-info/METADATA"))
        text = packed.read(name).decode("utf-8")
    return HeaderParser().parsestr(text).get_all("Requires-Dist") or []


def _line(name: str, wheel: Path) -> str:
    version = parse_wheel_filename(wheel.name)[1]
    code = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{code}\n"


if __name__ == "__main__":
    main()
