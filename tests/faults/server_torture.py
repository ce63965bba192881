"""Kills workers, Redis with its data and PostgreSQL while photos are uploaded to a real store.

Clients retry as the contract says. In the end every photo must be live, and there once.
``server_torture.py UPLOADS WORKERS REDIS POSTGRES [SEED]`` prints one JSON object.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import requests
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))

import services
import store_process

CLIENTS = 4
LONGEST = 600.0
"""Seconds in which the last photo has to be live, counted from the last upload."""
_BYTES = "application/offset+octet-stream"
_TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class Result:
    """What came of it. `lost`, `doubled`, `failed` and `stuck` have to be 0."""

    uploads: int
    worker_kills: int
    redis_kills: int
    postgres_kills: int
    seed: int
    live: int = 0
    lost: int = 0
    doubled: int = 0
    failed: int = 0
    stuck: int = 0
    repeated_requests: int = 0
    answers_503: int = 0
    answers_500: int = 0
    extra_runs: int = 0
    most_attempts: int = 0
    seconds: float = 0.0

    @property
    def well(self) -> bool:
        """Whether every photo is live, once."""
        bad = self.lost + self.doubled + self.failed + self.stuck + self.answers_500
        return self.live == self.uploads and not bad


@dataclass
class Drill:
    """A store, its services, and who uploads to it."""

    store: store_process.Companion
    postgres: services.Service
    redis: services.Service
    result: Result
    chance: random.Random
    token: str = ""
    accepted: set[str] = field(default_factory=set)
    said: list[int] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Upload all, kill meanwhile, wait for the end, and count."""
        self.token = self._sign_in()
        references = [str(uuid.UUID(int=self.chance.getrandbits(128))) for _ in range(self._wanted)]
        killer = threading.Thread(target=self._kill_all, name="killer")
        killer.start()
        try:
            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(self._upload, enumerate(references)))
        finally:
            killer.join()
        until = time.monotonic() + LONGEST
        while self._rows("state = 'processing'") and time.monotonic() < until:
            threading.Event().wait(0.2)
        self._count(references)

    @property
    def _wanted(self) -> int:
        return self.result.uploads

    def _sign_in(self) -> str:
        email, password = self.store.admin
        form = {"email": email, "password": password, "device": "drill"}
        answer = requests.post(f"{self.store.url}/api/v1/sign-in", json=form, timeout=30)
        return str(answer.json()["token"])

    def _upload(self, numbered: tuple[int, str]) -> None:
        number, reference = numbered
        photo = _photo(number, self.result.seed)
        metadata = {"reference": reference, "item_title": f"Item {number % 50}"}
        place = ""
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.token}"
            while True:
                try:
                    answer, place = self._step(session, place, photo, metadata)
                except requests.RequestException:
                    self.result.repeated_requests += 1
                    place = ""
                    threading.Event().wait(0.1)
                    continue
                if "Store-Image" in answer.headers:
                    break
                self._heed(answer)
        self.accepted.add(reference)

    def _step(
        self, session: requests.Session, place: str, photo: bytes, metadata: dict[str, str]
    ) -> tuple[requests.Response, str]:
        """Begin, or go on where the store says that it stands."""
        if not place:
            head = {**_TUS, "Upload-Length": str(len(photo)), "Upload-Metadata": _written(metadata)}
            place = f"{self.store.url}/api/v1/uploads"
            answer = session.post(place, headers=head, timeout=60)
            return answer, answer.headers.get("Location", "")
        answer = session.head(place, headers=_TUS, timeout=60)
        if not answer.ok or "Store-Image" in answer.headers:
            return answer, place if answer.status_code == 503 else ""
        at = int(answer.headers["Upload-Offset"])
        head = {**_TUS, "Upload-Offset": str(at), "Content-Type": _BYTES}
        answer = session.patch(place, data=photo[at:], headers=head, timeout=60)
        return answer, place if answer.ok or answer.status_code in (409, 423, 503) else ""

    def _heed(self, answer: requests.Response) -> None:
        if answer.ok:
            return
        self.said.append(answer.status_code)
        self.result.repeated_requests += 1
        # The contract's pause, cut short: there is much to do.
        threading.Event().wait(min(0.5, float(answer.headers.get("Retry-After", "0.2"))))

    def _kill_all(self) -> None:
        """Spread the kills over the uploads, in an order that the seed decides."""
        kills = (
            [self._kill_worker] * self.result.worker_kills
            + [self._kill_redis] * self.result.redis_kills
            + [self._kill_postgres] * self.result.postgres_kills
        )
        self.chance.shuffle(kills)
        for n, kill in enumerate(kills):
            due = (n + 0.5) * self._wanted / (len(kills) + 1)
            until = time.monotonic() + LONGEST
            while len(self.accepted) < due and time.monotonic() < until:
                threading.Event().wait(0.02)
            threading.Event().wait(self.chance.uniform(0, 0.2))
            kill()

    def _kill_worker(self) -> None:
        while True:
            pids = [pid for pid in self.store.worker_pids() if store_process.alive(pid)]
            if pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.chance.choice(pids), signal.SIGKILL)
                    return
            threading.Event().wait(0.05)

    def _kill_redis(self) -> None:
        self.redis.kill()
        threading.Event().wait(self.chance.uniform(0, 1))
        self.redis.start()

    def _kill_postgres(self) -> None:
        self.postgres.kill()
        threading.Event().wait(self.chance.uniform(0, 1))
        self.postgres.start()

    def _rows(self, where: str) -> int:
        return int(self.store.sql(f"SELECT count(*) FROM store_itemimage WHERE {where}")[0][0])

    def _count(self, references: list[str]) -> None:
        result = self.result
        rows = self.store.sql("SELECT reference, state, styles, sha256 FROM store_itemimage")
        result.live = sum(
            state == "live" and self._is_whole(styles) for _, state, styles, _ in rows
        )
        result.failed = self._rows("state = 'failed'")
        result.stuck = self._rows("state = 'processing'")
        result.lost = len(set(references) - {row[0] for row in rows})
        result.doubled = len(rows) - len({row[3] for row in rows})
        runs, most = self.store.sql("SELECT sum(runs), max(attempts) FROM store_itemimage")[0]
        result.extra_runs, result.most_attempts = int(runs) - len(rows), int(most)
        result.answers_503 = self.said.count(503)
        result.answers_500 = self.said.count(500)

    def _is_whole(self, styles: Any) -> bool:
        """Whether all styles are there, and pictures to their last byte."""
        names = styles if isinstance(styles, dict) else json.loads(styles)
        for name in names.values():
            with Image.open(self.store.data / "media" / name) as picture:
                picture.load()
        return len(names) == 2


def run(result: Result, folder: Path) -> Result:
    """Run one drill in `folder`; fill in what came of it, and give it."""
    began = time.monotonic()
    with services.running(services.Postgres) as postgres, services.running(services.Redis) as redis:
        variables = {
            "DATABASE_URL": postgres.url, "REDIS_URL": redis.url, "STORE_LEASE_SECONDS": "3",
        }  # fmt: skip
        with store_process.running(folder, workers=5, **variables) as store:
            Drill(store, postgres, redis, result, random.Random(result.seed)).run()
    result.seconds = round(time.monotonic() - began, 1)
    return result


def _photo(number: int, seed: int) -> bytes:
    chance = random.Random(f"{seed} {number}")
    picture = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3)).resize((1200, 900))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _written(metadata: dict[str, str]) -> str:
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in metadata.items())


def main() -> int:
    """Read the numbers; print what came of it; 0 where every photo is live, once."""
    numbers = [int(number) for number in sys.argv[1:]]
    uploads, workers, redis, postgres, seed = [*numbers, random.randrange(10_000)][:5]
    with tempfile.TemporaryDirectory() as folder:
        result = run(Result(uploads, workers, redis, postgres, seed), Path(folder))
        if not result.well:
            sys.stderr.write((Path(folder) / "server.log").read_text())
    sys.stdout.write(json.dumps(asdict(result)) + "\n")
    return 0 if result.well else 1


if __name__ == "__main__":
    sys.exit(main())
