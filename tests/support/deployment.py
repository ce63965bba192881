"""The commands of docs/deployment.md, read from the page, and run with a sandbox's places."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "deployment.md"
BIN = Path(sys.executable).parent

_BLOCK = re.compile(r"(?:<!-- (?P<marks>[^>]*) -->\n)?```sh\n(?P<lines>.*?)```", re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """Commands below a heading. `marks` says whether, and how, they are tried."""

    heading: str
    marks: str
    lines: str


def blocks() -> list[Block]:
    """Give all of the page's commands, in its order."""
    text = PAGE.read_text()
    return [
        Block(_HEADING.findall(text[: found.start()])[-1], found["marks"] or "", found["lines"])
        for found in _BLOCK.finditer(text)
    ]


def block(heading: str, marks: str = "tried") -> str:
    """Give the commands below a heading that are tried so; there have to be some."""
    found = [one.lines for one in blocks() if (one.heading, one.marks) == (heading, marks)]
    assert found, f"no commands below {heading!r} are marked {marks!r}"
    return "".join(found)


@dataclass
class Sandbox:
    """A folder that stands for the machine; `places` for the page's own."""

    folder: Path
    variables: dict[str, str]

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def moved(self, text: str) -> str:
        """Put the sandbox's places for the machine's."""
        for place, ours in (
            ("/etc/store-uploader", self.folder / "etc"),
            ("/etc/nginx/conf.d", self.folder / "nginx.d"),
            ("/etc/letsencrypt/live/shop.example", self.folder / "tls"),
            ("/opt/store-uploader/bin", BIN),
            ("/var/lib/store-uploader", self.data),
        ):
            text = text.replace(place, str(ours))
        return text

    @property
    def environment(self) -> dict[str, str]:
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}{os.pathsep}/usr/sbin"
        return {**os.environ, "PATH": path, **self.variables}

    def run(self, commands: str, where: Path | None = None, **variables: str) -> str:
        """Run commands with the sandbox's places; give what they say. They have to succeed."""
        more: Mapping[str, str] = {**self.environment, **variables}
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.moved(commands)],
            cwd=where or self.folder, env=more, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr
