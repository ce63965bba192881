"""``make package-macos``: Store Uploader.app, and the disk image to drag it out of. On a Mac only.

Signed for this Mac alone unless STORE_UPLOADER_CODESIGN names an identity in the keychain, such as
“Developer ID Application: …”; then macOS elsewhere starts it after Apple has notarised the image
(``xcrun notarytool submit --wait``, ``xcrun stapler staple``).
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from installer import icons
from installer.freeze.build import freeze
from installer.project import BUILD, DIST, NAME, TITLE, version
from installer.release import describe
from installer.standin import x265

HERE = Path(__file__).parent
_RUNTIME = ("--options", "runtime", "--timestamp")


def main() -> None:
    """Freeze, complete, sign and pack. Raises CalledProcessError where a tool of Apple's fails."""
    if platform.system() != "Darwin":
        sys.exit("make package-macos needs a Mac: it packs what the system that it runs on has")
    icons.draw(BUILD / "icons")
    app = freeze().parent / f"{TITLE}.app"
    x265.replace(app)
    describe.frozen(app, app / "Contents" / "Resources" / "licences", "macos")
    sign(app)
    print(pack(app))


def sign(app: Path) -> None:
    """Sign the program with everything in it: the stand-in broke PyInstaller's seal."""
    identity = os.environ.get("STORE_UPLOADER_CODESIGN", "-")
    hardened = _RUNTIME if identity != "-" else ()
    command = ["codesign", "--force", "--deep", "--sign", identity, *hardened, str(app)]
    subprocess.run(command, check=True)
    subprocess.run(["codesign", "--verify", "--deep", "--strict", str(app)], check=True)


def pack(app: Path) -> Path:
    """Make the disk image, and give it."""
    machine = platform.machine()
    image = DIST / f"{NAME}-{version()}-macos-{machine}.dmg"
    DIST.mkdir(exist_ok=True)
    image.unlink(missing_ok=True)
    dmgbuild = shutil.which("dmgbuild", path=str(Path(sys.executable).parent)) or "dmgbuild"
    settings = ["-s", str(HERE / "settings.py"), "-D", f"app={app}"]
    subprocess.run([dmgbuild, *settings, f"{TITLE} {version()}", str(image)], check=True)
    return image


if __name__ == "__main__":
    main()
