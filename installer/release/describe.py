"""What goes along with a program that PyInstaller made: licence texts in it, its bill beside it."""

from __future__ import annotations

import platform
import sys
import sysconfig
from pathlib import Path

from installer.project import DIST, NAME, epoch, version
from installer.release import licences, sbom


def frozen(bundle: Path, texts: Path, target: str) -> None:
    """Collect the texts of everything in `bundle` into `texts`, and write the bill into `dist`.

    Run by the environment that the bundle was made from. `target` is the system's name in the
    bill's.
    """
    source = licences.Source(
        site_packages=Path(sysconfig.get_path("purelib")),
        interpreter=Path(sys.base_prefix),
        python=platform.python_version(),
        target=target,
        bundle=bundle,
    )
    licences.collect(source, texts)
    # What set the environment up had pip write down which files it took.
    sums = sbom.reported(Path(sys.prefix) / "wheels.json")
    sbom.write(sbom.bill(source, sums, epoch()), DIST / f"{NAME}-{version()}-{target}.cdx.json")
