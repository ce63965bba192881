"""Text that every database keeps."""

from __future__ import annotations

import pytest

from uploader.server.words import plain


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Blaue Tasse – 青い", "Blaue Tasse – 青い"),
        ("a\0b", "ab"),
        ("\0", ""),
        ("half \ud800 of one", "half ? of one"),
        ("😀", "😀"),
    ],
)
def test_what_no_database_keeps_is_taken_out(said, kept):
    assert plain(said) == kept
