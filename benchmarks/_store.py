"""The companion server for a benchmark: fresh each time, without workers unless asked for."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ADMIN = "ines@harbourpine.shop"
_SERVER = [sys.executable, "-m", "uploader.server.cli"]


@dataclass(frozen=True)
class Store:
    """A running store and its admin."""

    url: str
    data: Path
    email: str
    password: str

    def token(self) -> str:
        """Sign in, as a script would."""
        said = {"email": self.email, "password": self.password, "device": "benchmark"}
        request = urllib.request.Request(
            f"{self.url}/api/v1/sign-in",
            json.dumps(said).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            return str(json.load(answer)["token"])

    def stored(self) -> set[str]:
        """Give the SHA-256 of all that it has."""
        with contextlib.closing(sqlite3.connect(self.data / "store.sqlite3")) as database:
            rows = database.execute("SELECT sha256 FROM store_itemimage").fetchall()
        assert len(rows) == len(set(rows)), "the store has a photo twice"
        return {row[0] for row in rows}


class Stores:
    """Makes stores, each in a folder of its own below `folder`, all from one empty one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._empty = folder / "empty"
        self._password = secrets.token_urlsafe(18)
        self._made = 0
        command = [*_SERVER, "createadmin", ADMIN, "--password-stdin", "--data", str(self._empty)]
        subprocess.run(command, input=self._password, text=True, check=True, capture_output=True)

    @contextlib.contextmanager
    def fresh(self, workers: int = 0, **environment: str) -> Iterator[Store]:
        """Run an empty store, its variables as keywords; its files are gone afterwards."""
        self._made += 1
        data = self._folder / f"store-{self._made}"
        shutil.copytree(self._empty, data)
        several = ["--with-worker", "-c", str(workers)] if workers else []
        command = [*_SERVER, "serve", "--port", "0", "--until-stdin-closes", *several]
        with (self._folder / "server.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "--data", str(data)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                env={**os.environ, **environment},
            )  # fmt: skip
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("Serving on "), (self._folder / "server.log").read_text()
            yield Store(line.removeprefix("Serving on ").strip(), data, ADMIN, self._password)
        finally:
            process.terminate()
            try:
                process.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            shutil.rmtree(data)
