from __future__ import annotations

import fcntl

import pytest

from uploader.server.problems import ProblemError
from uploader.server.uploads.arriving import locked


@pytest.fixture
def upload(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b"half")
    return path


def test_a_request_waits_for_the_one_before_it(upload):
    rests = []
    with upload.open("r+b") as before:
        fcntl.flock(before, fcntl.LOCK_EX)

        def rest(seconds):
            rests.append(seconds)
            if len(rests) == 3:
                fcntl.flock(before, fcntl.LOCK_UN)

        with locked(upload, rest=rest) as file:
            assert file.read() == b"half"
    assert len(rests) == 3


def test_who_holds_it_for_too_long_is_busy(upload):
    with locked(upload), pytest.raises(ProblemError) as caught, locked(upload, patience=0.0):
        pass
    assert (caught.value.status, caught.value.headers) == (423, {"Retry-After": "1"})


def test_what_the_one_before_has_completed_is_gone(upload):
    with upload.open("r+b") as before:
        fcntl.flock(before, fcntl.LOCK_EX)

        def rest(seconds):
            upload.unlink(missing_ok=True)
            fcntl.flock(before, fcntl.LOCK_UN)

        with pytest.raises(ProblemError) as caught, locked(upload, rest=rest):
            pass
    assert caught.value.status == 404
