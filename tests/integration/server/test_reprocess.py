"""Styles made anew after another declaration: interrupted, killed, twice at once."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
import requests
from PIL import Image

from uploader.domain.styles import Focus, Style
from uploader.imaging.render import render

OLD = {"thumb": "100x100>", "square": "200x200#"}
NEW = {"thumb": "60x60#", "square": "200x200#", "large": "400x300>"}


def styles(declared: dict[str, str]) -> list[Style]:
    return [Style(name, geometry) for name, geometry in declared.items()]


@pytest.fixture(scope="module")
def slow() -> bytes:
    """A picture that takes a while to read."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize((2400, 2000)).convert("RGB").save(
        out, "PNG", compress_level=1
    )
    return out.getvalue()


@pytest.fixture(scope="module")
def shop(companion_of, tmp_path_factory):
    """A store whose styles each test declares for its commands alone."""
    with companion_of(tmp_path_factory.mktemp("shop"), workers=0) as store:
        yield store


@pytest.fixture
def pictures(shop, client_of, slow):
    """Eight live images of items of their own, made by the old declaration."""
    shop.environment["STORE_STYLES"] = json.dumps(OLD)
    mark = uuid.uuid4().hex[:8]
    with client_of(shop.url, shop.admin) as client:
        items = [shop.item(f"Lamp {mark} {n}", f"{mark}-{n}") for n in range(8)]
        made = [client.upload(slow, item).headers["Store-Image"] for item in items]
        shop.manage("db_worker", "--batch", "--queue-name", "*", "--no-startup-delay")
        yield Pictures(shop, client, made, mark)
        for image_id in made:
            client.delete(f"/api/v1/images/{image_id}")


class Pictures:
    def __init__(self, store: Any, client: Any, ids: list[str], mark: str) -> None:
        self.store, self.client, self.ids, self.mark = store, client, ids, mark

    def all(self) -> list[dict[str, Any]]:
        return [self.client.image(image_id) for image_id in self.ids]

    def anew(self) -> int:
        """Count those that have the new styles."""
        return sum("large" in image["urls"] for image in self.all())

    def check(self) -> None:
        """See that all are live, and that nothing that they name is missing or broken."""
        for image in self.all():
            assert image["state"] == "live"
            for name, url in image["urls"].items():
                answer = requests.get(url, timeout=20)
                assert answer.status_code == 200, (name, url)
                Image.open(io.BytesIO(answer.content)).load()

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        self.store.environment["STORE_STYLES"] = json.dumps(NEW)
        return subprocess.Popen(
            [
                sys.executable, "-m", "uploader.server.cli", "reprocess", *arguments,
                "--data", str(self.store.data),
            ],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=self.store._environment(),
        )  # fmt: skip

    def run(self, *arguments: str) -> tuple[int, str]:
        process = self.begin(*arguments)
        out, err = process.communicate(timeout=120)
        return process.returncode, out + err


def test_what_a_worker_of_the_version_before_made_unturned_is_made_anew(pictures):
    one, *_ = pictures.ids
    pictures.store.sql("UPDATE store_itemimage SET rotate = 90 WHERE id = ?", one)
    pictures.store.environment["STORE_STYLES"] = json.dumps(OLD)
    said = pictures.store.manage("reprocess", "--dry-run")
    assert "1 of 8 live images" in said
    pictures.store.manage("reprocess")
    thumb = requests.get(pictures.client.image(one)["urls"]["thumb"], timeout=20).content
    with Image.open(io.BytesIO(thumb)) as turned:
        assert turned.width < turned.height
    assert "0 of 8 live images" in pictures.store.manage("reprocess", "--dry-run")


def test_live_images_get_the_styles_that_are_declared_now(pictures, slow):
    before = pictures.all()
    code, said = pictures.run("--dry-run")
    assert (code, said) == (0, "8 of 8 live images aren't up to date.\n")
    assert pictures.all() == before
    code, said = pictures.run()
    assert code == 0, said
    assert "8 of 8, " in said
    expected = render(slow, styles(NEW))
    for old, new in zip(before, pictures.all(), strict=True):
        assert new["state"] == "live"
        assert new["urls"].keys() == {"original", *NEW}
        assert new["urls"]["original"] == old["urls"]["original"]
        # Clients hear of it, and no address changed its content.
        assert int(new["cursor"]) > int(old["cursor"])
        assert new["urls"]["thumb"] != old["urls"]["thumb"]
        assert new["attempts"] == old["attempts"]
        assert requests.get(old["urls"]["thumb"], timeout=20).status_code == 200
    for name in NEW:
        served = requests.get(pictures.all()[0]["urls"][name], timeout=20)
        assert served.content == expected[name].encode().data
    done = pictures.all()
    assert pictures.run() == (0, "0 of 8 live images aren't up to date.\n")
    assert pictures.all() == done


def test_one_style_of_one_item(pictures):
    before = pictures.all()
    code, said = pictures.run("--style", "large", "--item", f"{pictures.mark}-3")
    assert code == 0, said
    assert "1 of 1 live images" in said
    after = pictures.all()
    assert [image["urls"] for image in after if image["id"] != pictures.ids[3]] == [
        image["urls"] for image in before if image["id"] != pictures.ids[3]
    ]
    kept = {name: url for name, url in after[3]["urls"].items() if name != "large"}
    assert kept == before[3]["urls"]
    pictures.check()
    # The others of its styles are still to be made, and are.
    assert "8 of 8 live images aren't" in pictures.run("--dry-run")[1]
    code, said = pictures.run("--item", "nothing")
    assert (code, "no item with the SKU nothing" in said) == (1, True)


def test_killed_and_killed_again_it_comes_to_its_end(pictures, eventually):
    def more_than(done: int, process: subprocess.Popen[str]) -> bool:
        return pictures.anew() > done or process.poll() is not None

    for _ in range(3):
        done = pictures.anew()
        process = pictures.begin("-c", "1")
        eventually(partial(more_than, done, process), "one more")
        process.kill()
        process.communicate()
        pictures.check()
    assert pictures.anew() > 0
    code, said = pictures.run()
    assert code == 0, said
    assert pictures.anew() == 8
    pictures.check()


def test_interrupted_it_says_so_and_leaves_nothing_behind(pictures, eventually):
    process = pictures.begin("-c", "1")
    eventually(lambda: pictures.anew() > 0 or process.poll() is not None, "the first")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    left = 8 - pictures.anew()
    if left:  # else it was quicker than the signal
        assert process.returncode == 130, err
        assert "Interrupted. Run it again to go on." in err
    pictures.check()
    media = pictures.store.data / "media"
    dropped = {name for (name,) in pictures.store.sql("SELECT name FROM store_droppedfile")}
    for original, made in pictures.store.sql(
        "SELECT original, styles FROM store_itemimage WHERE state = 'live'"
    ):
        named = {original, *json.loads(made).values()}
        files = (media / original).parent.parent.rglob("*")
        there = {str(path.relative_to(media)) for path in files if path.is_file()}
        assert named <= there <= named | dropped
    code, said = pictures.run()
    assert (code, f"{left} of 8 live images" in said) == (0, True), said


def test_two_at_once_and_a_focus_that_moves_do_no_harm(pictures, slow):
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(pictures.run) for _ in range(2)]
        moved = pictures.client.patch(
            f"/api/v1/images/{pictures.ids[0]}", json={"focus": [0.1, 0.9]}
        )
        assert (moved.status_code, moved.json()["state"]) == (200, "processing")
        assert [future.result()[0] for future in running] == [0, 0]
    shown = pictures.client.image(pictures.ids[0])
    assert shown["urls"].keys() > {"original"}
    pictures.store.manage("db_worker", "--batch", "--queue-name", "*", "--no-startup-delay")
    pictures.check()
    assert pictures.anew() == 8
    expected = render(slow, styles(NEW), focus=Focus(0.1, 0.9))
    thumb = requests.get(pictures.client.image(pictures.ids[0])["urls"]["thumb"], timeout=20)
    assert thumb.content == expected["thumb"].encode().data


def test_one_that_cannot_be_made_keeps_what_it_has(pictures):
    (stored,) = pictures.store.sql(
        "SELECT original FROM store_itemimage WHERE id = ?", pictures.ids[2]
    )[0]
    original = pictures.store.data / "media" / stored
    original.write_bytes(original.read_bytes()[:3000])
    before = pictures.all()[2]
    code, said = pictures.run()
    assert code == 1
    assert f"Image {pictures.ids[2]} of {pictures.mark}-2: " in said
    assert "1 images keep the styles that they have." in said
    assert pictures.all()[2] == before
    assert pictures.anew() == 7


def test_a_declaration_that_makes_no_sense_is_refused(shop):
    environment = {**shop._environment(), "STORE_STYLES": '{"thumb": "big"}'}
    done = subprocess.run(
        [sys.executable, "-m", "uploader.server.cli", "check", "--data", str(shop.data)],
        capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "STORE_STYLES: the geometry of thumb" in done.stderr
