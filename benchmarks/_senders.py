"""Who sends the photos of `upload.py`: the app's own background, and curl.

As a program it is the app: the job as JSON on standard input, what it took as JSON on standard
output. Other programs run while it sends; nothing of theirs is in its memory or its time.
"""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _store import Store

PATIENCE_MS = 240_000
TITLE = "Benchmark"


@dataclass(frozen=True)
class Sent:
    """How one batch went: seconds from the start to the last answer, memory in MB."""

    seconds: float
    memory_before: float = 0.0
    memory_peak: float = 0.0


def ours(store: Store, url: str, folder: Path, data: Path, uploads: int) -> Sent:
    """Send all photos of `folder` with the app, in a process of its own."""
    job = {
        "url": url, "email": store.email, "password": store.password,
        "folder": str(folder), "data": str(data), "uploads": uploads,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, __file__], input=json.dumps(job), stdout=subprocess.PIPE, text=True,
        check=True,
    )  # fmt: skip
    return Sent(**json.loads(done.stdout.splitlines()[-1]))


def curl(store: Store, url: str, folder: Path, data: Path, uploads: int) -> Sent:
    """Send them with curl: one POST each, as tus' creation-with-upload wants it."""
    data.mkdir()
    token = store.token()
    transfers = [_transfer(url, token, path) for path in sorted(folder.iterdir())]
    config = data / "curl.config"
    config.write_text("next\n".join(transfers))
    command = [
        "curl", "--parallel", "--parallel-immediate", "--parallel-max", str(uploads),
        "--no-progress-meter", "--config", str(config),
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    seconds = time.monotonic() - began
    assert done.stdout.split() == ["201"] * len(transfers), done.stdout
    return Sent(seconds)


def _transfer(url: str, token: str, path: Path) -> str:
    """One photo in a configuration of curl. It sends without waiting for a 100 Continue."""
    content = path.read_bytes()
    meta = {
        "reference": str(uuid.uuid4()),
        "item_title": TITLE,
        "sha256": hashlib.sha256(content).hexdigest(),
        "filename": path.name,
    }
    headers = {
        "Authorization": f"Bearer {token}",
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(content)),
        "Upload-Metadata": ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in meta.items()
        ),
        "Content-Type": "application/offset+octet-stream",
        "Accept": "application/json",
        "Expect": "",
    }
    lines = [f'header = "{name}: {value}"' for name, value in headers.items()]
    lines += [
        f'url = "{url}/api/v1/uploads"', 'request = "POST"', f'upload-file = "{path}"',
        'output = "/dev/null"', r'write-out = "%{http_code}\n"',
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def resident() -> float:
    """MB of memory that this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


class App:
    """A person without a window: signs in, adds a folder, presses Upload, waits for the end."""

    def __init__(self, job: dict[str, Any]) -> None:
        from PySide6.QtCore import QCoreApplication, QTimer

        from uploader.background.desk import Desk
        from uploader.background.settings import Settings
        from uploader.domain.stores import Credentials

        self.qt = QCoreApplication([])
        self.folder = Path(job["folder"])
        self.count = sum(1 for _ in self.folder.iterdir())
        self.chosen = False
        self.began = 0.0
        self.before = self.peak = 0.0
        settings = Settings(
            Path(job["data"]), uploads=job["uploads"], keychain=False, profile="bench", resume=False
        )
        self.desk = desk = Desk(settings)
        credentials = Credentials(job["email"], job["password"])
        desk.opened.connect(lambda: desk.sign_in(job["url"], credentials, False, "bench"))
        desk.catalogue_loaded.connect(lambda _: desk.add([self.folder]))
        desk.changed.connect(self.look)
        desk.failed.connect(lambda *said: self.qt.exit(f"{said}" != ""))
        self.memory = QTimer()
        self.memory.timeout.connect(self.measure)
        QTimer.singleShot(PATIENCE_MS, lambda: self.qt.exit(1))
        QTimer.singleShot(0, desk.start)

    def look(self, _changed: list[Any]) -> None:
        from uploader.domain.states import State
        from uploader.domain.stores import Item

        photos = self.desk.photos()
        arrived = {State.PROCESSING, State.LIVE, State.ALREADY}
        ready = [photo for photo in photos if photo.state is State.READY]
        if not self.chosen and len(ready) == self.count:
            self.chosen = True
            self.desk.choose_item([photo.id for photo in ready], Item("", TITLE))
        elif not self.began and sum(photo.item is not None for photo in ready) == self.count:
            self.before = resident()
            self.memory.start(20)
            self.began = time.time()
            self.desk.upload()
        elif self.began and sum(p.state in arrived for p in photos) == self.count:
            self.qt.exit(0)

    def measure(self) -> None:
        self.peak = max(self.peak, resident())

    def run(self) -> Sent:
        failed = self.qt.exec()
        self.measure()
        photos = self.desk.photos()
        self.desk.close()
        assert not failed, [(p.name, p.state, p.problem) for p in photos]
        # The outbox's own note of each arrival: the window hears of it a little later.
        ended = max(photo.state_since for photo in photos)
        return Sent(ended - self.began, self.before, self.peak)


def main() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sent = App(json.load(sys.stdin)).run()
    print(json.dumps(sent.__dict__))


if __name__ == "__main__":
    main()
