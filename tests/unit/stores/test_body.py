from __future__ import annotations

from io import BytesIO, RawIOBase

import pytest

from uploader.domain.errors import SourceError
from uploader.stores.body import Body


def test_gives_exactly_its_part_and_reports_what_has_left():
    heard = []
    body = Body(BytesIO(b"0123456789"), 100, 7, heard.append)
    assert len(body) == 7
    assert not body.begun
    assert body.read(4) == b"0123"
    assert body.begun
    assert heard == []
    assert not body.handed_over
    assert body.read(4) == b"456"
    assert heard == [104]
    assert body.handed_over
    assert body.read(4) == b""
    assert heard == [104, 107]


def test_reads_all_at_once():
    assert Body(BytesIO(b"0123456789"), 0, 7, lambda sent: None).read() == b"0123456"


def test_a_file_that_became_shorter_ends_before_the_last_byte():
    body = Body(BytesIO(b"012"), 0, 7, lambda sent: None)
    body.read(5)
    with pytest.raises(SourceError, match="shorter"):
        body.read(5)
    assert not body.handed_over


def test_a_disk_that_is_pulled_out_is_the_file_s_trouble():
    class Pulled(RawIOBase):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(SourceError, match="read any more"):
        Body(Pulled(), 0, 7, lambda sent: None).read(5)
