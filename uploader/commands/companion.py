"""Starts the companion server for the demo, as a process of its own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ADMIN = "ines@harbourpine.shop"
STORE = "Harbour & Pine"
_READY = "Serving on "


class CompanionError(Exception):
    """The companion didn't start; the message says why."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A running store: its address and an admin's sign-in, made for this run."""

    address: str
    email: str
    password: str = field(repr=False)


@contextmanager
def companion(data: Path, workers: int = 2, **variables: str) -> Iterator[Companion]:
    """Run the companion with sample items on a free loopback port; end it afterwards.

    It ends by itself when this process dies, however it dies: it watches its standard input.
    `variables` are more of its environment.
    """
    password = secrets.token_urlsafe(18)
    data.mkdir(parents=True, exist_ok=True)
    _manage(data, "createadmin", ADMIN, "--password-stdin", stdin=password)
    _manage(data, "seed")
    command = _command(
        data,
        "serve", "--with-worker", "-c", str(workers), "--port", "0", "--until-stdin-closes",
    )  # fmt: skip
    with (data / "server.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**_environment(data), **variables},
            text=True,
        )
    try:
        yield Companion(_address(process, data), ADMIN, password)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def _command(data: Path, *arguments: str) -> list[str]:
    # By module, so that it is this very program's server and not another one on the PATH.
    program = [sys.executable, "-m", "uploader.server.cli"]
    return [*program, arguments[0], *arguments[1:], "--data", str(data)]


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "STORE_DATA": str(data), "STORE_NAME": STORE}


def _manage(data: Path, *arguments: str, stdin: str = "") -> None:
    result = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "uploader.server.cli", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        env=_environment(data),
        check=False,
    )
    if result.returncode != 0:
        raise CompanionError(f"The demo store couldn't be set up.\n{result.stderr.strip()}")


def _address(process: subprocess.Popen[str], data: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(_READY):
            return line.removeprefix(_READY).strip()
    raise CompanionError(f"The demo store didn't start; {data / 'server.log'} says why.")
