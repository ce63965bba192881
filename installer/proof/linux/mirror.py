"""Where this machine gets its Debian packages, as its own apt is set up: nothing of it is ours."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from installer.proof.report import ProofError

_SETTING = re.compile(r'^Acquire::(?:\w+::)*(?:Proxy|CaInfo|Verify-Peer|Verify-Host)[^ ]* ".*";$')
"""What of apt's settings a system needs to reach the same mirror."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """A mirror's address, and lines for ``apt.conf.d`` that it is reached by."""

    address: str
    settings: str
    proxy: str


def mirror() -> Mirror:
    """Ask apt. Raises `ProofError` where it has no mirror of Debian's."""
    listed = _ask("apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
                  "Label: Debian")  # fmt: skip
    if not listed:
        raise ProofError("apt knows no mirror of Debian’s on this machine.")
    lines = _ask("apt-config", "dump")
    settings = "".join(f"{line}\n" for line in lines if _SETTING.match(line))
    proxy = _ask("apt-config", "dump", "--format", "%v%n", "Acquire::http::Proxy")
    return Mirror(listed[0], settings, proxy[0] if proxy else "")


def _ask(*command: str) -> list[str]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if line]
