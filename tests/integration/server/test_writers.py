"""Two requests for one upload: the second waits for the first, and goes on from its end."""

from __future__ import annotations

import contextlib
import fcntl
import threading
import uuid
from pathlib import Path

import pytest

DEADLINE = 30.0


class Held:
    """An upload's file, held as by another request; `waited_for` once the server wants it."""

    def __init__(self, companion, place):
        self._name = uuid.UUID(place.rpartition("/")[2]).hex
        self.path = companion.data / "uploads" / self._name
        self._server = companion.process.pid
        self.file = self.path.open("r+b")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def waited_for(self):
        links = []
        for link in Path(f"/proc/{self._server}/fd").iterdir():
            with contextlib.suppress(OSError):
                links.append(link.readlink().name)
        return self._name in links

    def let_go(self):
        fcntl.flock(self.file, fcntl.LOCK_UN)


@pytest.fixture
def hold(companion):
    made = []

    def make(place):
        made.append(Held(companion, place))
        return made[-1]

    yield make
    for held in made:
        held.file.close()


def answered(call):
    """Run a request in a thread; the returned function waits for its answer."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(call()))
    thread.start()

    def wait():
        thread.join(DEADLINE)
        return answers[0]

    return wait


def test_a_part_is_taken_once_the_request_before_it_has_ended(
    client, item, photo, hold, eventually
):
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    held = hold(place)
    wait = answered(lambda: client.part(place, 100, data[100:]))
    eventually(held.waited_for, "the server waits for the file")
    held.let_go()
    assert wait().headers["Store-Outcome"] == "created"


def test_who_waited_learns_where_the_other_one_stopped(
    companion, client, item, photo, hold, eventually
):
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    held = hold(place)
    wait = answered(lambda: client.part(place, 100, data[100:]))
    eventually(held.waited_for, "the server waits for the file")
    companion.sql("UPDATE store_upload SET offset = 150 WHERE id = ?", held.path.name)
    held.let_go()
    assert (wait().status_code, wait().headers["Upload-Offset"]) == (409, "150")


@pytest.mark.parametrize("method", ["part", "DELETE"])
def test_who_waited_for_the_last_part_is_told_that_it_has_arrived(
    companion, client, item, photo, hold, eventually, method
):
    data, reference = photo(), str(uuid.uuid4())
    place = client.create(data, item, body=data[:100], reference=reference).headers["Location"]
    held = hold(place)
    ask = {
        "part": lambda: client.part(place, 100, data[100:]),
        "DELETE": lambda: client.tus("DELETE", place),
    }[method]
    wait = answered(ask)
    eventually(held.waited_for, "the server waits for the file")
    done = client.upload(photo(), item).headers["Store-Image"]
    finished = "UPDATE store_upload SET image_id = ?, offset = length WHERE id = ?"
    companion.sql(finished, done, held.path.name)
    held.path.unlink()
    held.let_go()
    assert wait().status_code == 409
    assert client.create(data, item, reference=reference).headers["Store-Image"] == done


def test_a_file_that_is_held_for_ever_is_said_to_be_busy(client, item, photo, hold):
    data = photo()
    place = client.create(data, item, body=data[:100]).headers["Location"]
    held = hold(place)
    for answer in (client.part(place, 100, data[100:]), client.tus("DELETE", place)):
        assert (answer.status_code, answer.headers["Retry-After"]) == (423, "1")
    held.let_go()
    assert client.part(place, 100, data[100:]).headers["Store-Outcome"] == "created"
