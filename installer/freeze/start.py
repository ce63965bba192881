"""Where the frozen program begins."""

from __future__ import annotations

import os
import sys

if sys.platform == "linux":
    # PyInstaller's own start let the loader look into the bundle. The loader has read that; a
    # browser or a file manager that we start must find its own libraries, not ours.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before

from uploader.cli import main

sys.exit(main())
