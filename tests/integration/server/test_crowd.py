"""Admins who upload, replace, move, refocus and delete at once, with two workers in between."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import requests

ADMINS, STEPS = 4, 15


class Admin:
    """One admin, who does now this, now that to one item's images."""

    def __init__(self, client: Any, item: str, chance: random.Random, photos: list[bytes]) -> None:
        self.client, self.item, self.chance, self.photos = client, item, chance, photos
        self.answers: Counter[tuple[str, int]] = Counter()

    def present(self) -> list[str]:
        changes = self.client.get("/api/v1/images?changed_since=0").json()
        return [image["id"] for image in changes["images"] if not image["removed"]]

    def step(self) -> None:
        ids = self.present()
        if len(ids) < 3:
            return self.upload()
        path = f"/api/v1/images/{self.chance.choice(ids)}"
        x, y = self.chance.random(), self.chance.random()
        deeds = {
            "upload": self.upload,
            "replace": lambda: self.upload(replaces=self.chance.choice(ids)),
            "move": lambda: self.ask("PATCH", path, json={"position": self.chance.randint(1, 6)}),
            "refocus": lambda: self.ask("PATCH", path, json={"focus": [x, y]}),
            "delete": lambda: self.ask("DELETE", path),
        }
        deeds[self.chance.choice(list(deeds))]()
        return None

    def upload(self, **metadata: str) -> None:
        data = self.chance.choice(self.photos) + self.chance.randbytes(8)
        answer = self.client.upload(data, self.item, **metadata)
        self.answers["POST", answer.status_code] += 1

    def ask(self, method: str, path: str, **body: Any) -> None:
        self.answers[method, self.client.request(method, path, **body).status_code] += 1


def test_nobody_is_turned_away_and_everything_fits_in_the_end(
    companion_of, client_of, tmp_path, photo, eventually
):
    with (
        companion_of(tmp_path, workers=2) as store,
        client_of(store.url, store.admin) as client,
        ThreadPoolExecutor(ADMINS) as pool,
    ):
        item, photos = store.item("Lamp"), [photo(240, 160) for _ in range(4)]

        def work(seed: int) -> Counter[tuple[str, int]]:
            with client_of(store.url, token=client.token) as own:
                admin = Admin(own, item, random.Random(seed), photos)
                for _ in range(STEPS):
                    admin.step()
            return admin.answers

        answers = sum(pool.map(work, range(ADMINS)), Counter())
        # 404 and 422: another admin was quicker.
        assert {status for _, status in answers} <= {200, 201, 204, 404, 422}, answers

        def images() -> list[dict[str, Any]]:
            told = client.get("/api/v1/images?changed_since=0").json()
            assert not told["more"]
            return [image for image in told["images"] if not image["removed"]]

        eventually(lambda: all(i["state"] == "live" for i in images()), "the end", 60)
        shown = images()
        assert len({image["position"] for image in shown}) == len(shown)
        for image in shown:
            for url in image["urls"].values():
                assert requests.get(url, timeout=20).status_code == 200
        assert "ERROR" not in store.log
