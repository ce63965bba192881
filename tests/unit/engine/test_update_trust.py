"""What counts of an answer: signed by us, unchanged, not an old one, not out of date."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signing import DAY, KEY, NOW, OTHER, PAGE, body, channel_text, fields, public, signed

from uploader.domain.cancel import CancelToken
from uploader.domain.updates import (
    Channel,
    ExpiredError,
    Finding,
    MalformedError,
    Memory,
    ReplayedError,
    StrangeAnswerError,
    System,
    TooEarlyError,
    UnaskedError,
    UnsignedError,
    UpdateError,
    judge,
)
from uploader.engine.updates.asking import ask
from uploader.engine.updates.channel import parse_channel, read_channel
from uploader.engine.updates.envelope import LIMIT, open_envelope, seal, signed_bytes
from uploader.engine.updates.reading import written

ADDRESS = "https://store-uploader.example/manifest"
CHANNEL = Channel(ADDRESS, (public(KEY),))


class Answers:
    """Stands in for the network; counts how often it is asked."""

    def __init__(self, answer):
        self.answer, self.asked = answer, 0

    def fetch(self, address, cancel):
        assert address == ADDRESS
        self.asked += 1
        return self.answer


def asked(answer, memory=None, channel=CHANNEL, now=NOW):
    return ask(channel, memory or Memory(), Answers(answer), now, CancelToken())


def test_what_we_signed_counts():
    manifest = asked(signed())
    assert (manifest.version, manifest.page) == ("9.0", PAGE)
    [package] = manifest.packages_for(System.LINUX)
    assert (package.size, package.sha256) == (41_000_000, "ab" * 32)
    assert manifest.packages_for(System.WINDOWS) == ()
    assert judge(manifest, "8.0") is Finding.NEWER
    assert judge(manifest, "9.0.0") is Finding.NEWEST
    assert judge(manifest, "9.1") is Finding.NEWEST


@pytest.mark.parametrize("name", sorted(fields()))
def test_each_field_is_under_the_signature(name):
    """Whatever is changed after signing, nothing of it counts."""
    changed = {
        **fields(),
        name: {"notes": ["Another."], "packages": [], "serial": 8}.get(name, "x"),
    }
    raw = signed()
    forged = raw.replace(open_envelope(raw).body, json.dumps(changed).encode())
    assert forged != raw
    with pytest.raises(UnsignedError):
        asked(forged)


def test_a_single_bit_is_too_much():
    raw = signed()
    begin = raw.index(b"{")
    for place in range(begin, len(raw), 7):
        bent = bytearray(raw)
        bent[place] ^= 1
        with pytest.raises(UnsignedError):
            asked(bytes(bent))


@pytest.mark.parametrize("change", [lambda b: b + b"\n", lambda b: b[:-1], lambda b: b" " + b,
                                    lambda b: b.replace(b", ", b","), lambda b: b""])  # fmt: skip
def test_the_exact_bytes_are_signed(change):
    envelope = open_envelope(signed())
    with pytest.raises(UnsignedError):
        asked(seal(change(envelope.body), envelope.signatures))


def test_a_bent_signature_does_not_count():
    envelope = open_envelope(signed())
    bent = bytes([envelope.signatures[0][0] ^ 1]) + envelope.signatures[0][1:]
    with pytest.raises(UnsignedError):
        asked(seal(envelope.body, [bent]))


def test_another_key_does_not_count():
    with pytest.raises(UnsignedError):
        asked(signed(OTHER))


def test_a_signature_made_for_something_else_does_not_count():
    made = body()
    with pytest.raises(UnsignedError):
        asked(seal(made, [KEY.sign(made)]))


def test_one_of_two_keys_is_enough_on_either_side():
    """While a new key takes over: old builds know the old one, new builds both."""
    both = Channel(ADDRESS, (public(OTHER), public(KEY)))
    assert asked(signed(KEY), channel=both).serial == 7
    assert asked(signed(OTHER), channel=both).serial == 7
    assert asked(signed(OTHER, KEY)).serial == 7


@pytest.mark.parametrize("channel", [Channel(), Channel(ADDRESS), Channel("", (public(KEY),))])
def test_without_key_or_address_nobody_is_asked(channel):
    answers = Answers(signed())
    with pytest.raises(UnaskedError, match="doesn’t look for newer"):
        ask(channel, Memory(), answers, NOW, CancelToken())
    assert answers.asked == 0


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\n\n", b"<!doctype html>\n\n<title>Sign in</title>", b"\x00" * 400,
        b"store-uploader-manifest 2\nsignature: AA==\n\n{}",
        b"store-uploader-manifest 1\n\n{}",
        b"store-uploader-manifest 1\nsignature: !!\n\n{}",
        b"store-uploader-manifest 1\nsignature: AAAA\n\n{}",
        b"store-uploader-manifest 1\n" + b"signature: AAAA\n" * 5 + b"\n{}",
        signed().replace(b"signature: ", b"sig: "),
        signed().replace(b"\n", b"\r\n"),
        signed() + b" " * LIMIT,
        body(),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_a_stranger(raw):
    with pytest.raises(StrangeAnswerError):
        asked(raw)


def test_wherever_it_is_cut_off_it_does_not_count():
    raw = signed()
    for end in range(0, len(raw), 5):
        with pytest.raises((StrangeAnswerError, UnsignedError)):
            asked(raw[:end])


@given(st.binary(max_size=300))
def test_whatever_comes_is_an_error_of_ours(raw):
    with pytest.raises(UpdateError):
        asked(raw)


# ---- old, and out of date
def test_an_earlier_one_is_refused():
    memory = Memory().seen(asked(signed(serial=7)), NOW)
    assert asked(signed(serial=7), memory).serial == 7
    assert asked(signed(serial=8), memory).serial == 8
    with pytest.raises(ReplayedError):
        asked(signed(serial=6), memory)
    with pytest.raises(ReplayedError):
        asked(signed(serial=8, issued=written(NOW - 2 * DAY)), memory)


def test_what_was_seen_is_never_forgotten_by_an_equal_one():
    memory = Memory(serial=9, issued=NOW, answered=NOW)
    assert memory.seen(asked(signed()), NOW) == memory


def test_out_of_date_is_refused():
    assert asked(signed(), now=NOW + 59 * DAY).version == "9.0"
    with pytest.raises(ExpiredError):
        asked(signed(), now=NOW + 60 * DAY)


def test_a_clock_set_back_does_not_make_it_count():
    memory = Memory(serial=7, issued=NOW + 70 * DAY)
    with pytest.raises((ExpiredError, ReplayedError)):
        asked(signed(), memory, now=NOW)
    late = signed(issued=written(NOW), expires=written(NOW + DAY))
    with pytest.raises((ExpiredError, ReplayedError)):
        asked(late, Memory(issued=NOW + 2 * DAY), now=NOW)


def test_what_comes_from_the_future_is_refused():
    ahead = {"issued": written(NOW + 2 * DAY), "expires": written(NOW + 3 * DAY)}
    with pytest.raises(TooEarlyError):
        asked(signed(**ahead))
    assert asked(signed(issued=written(NOW + 0.5 * DAY))).serial == 7


# ---- signed, and wrong all the same
@pytest.mark.parametrize(
    "changes",
    [
        {"product": "another"}, {"product": None},
        {"version": None}, {"version": "latest"}, {"version": 9}, {"version": "9" * 50},
        {"serial": None}, {"serial": 0}, {"serial": -1}, {"serial": 1.5}, {"serial": True},
        {"serial": "7"}, {"serial": 10**13}, {"serial": 10**4400},
        {"issued": "yesterday"}, {"issued": None}, {"issued": 5},
        {"expires": written(NOW - 2 * DAY)},
        {"expires": written(NOW + 500 * DAY)}, {"expires": "9999-99-99T00:00:00Z"},
        {"page": None}, {"page": "http://store-uploader.example/"}, {"page": "javascript:alert(1)"},
        {"page": "file:///etc/passwd"}, {"page": "https://"}, {"page": "https://a b/"},
        {"page": "https://user:pw@host/"}, {"page": "https://x/" + "a" * 600}, {"page": "//x/"},
        {"page": "https://x:port/"}, {"page": "https://bücher.example/"}, {"page": 7},
        {"notes": "one"}, {"notes": ["x"] * 20}, {"notes": ["x" * 500]}, {"notes": [""]},
        {"notes": ["two\nlines"]}, {"notes": ["turned \u202e round"]}, {"notes": [7]},
        {"packages": {}}, {"packages": [7]}, {"packages": [{}]},
        {"packages": [{"system": "linux"}]},
        {"packages": [{**fields()["packages"][0], "name": "../x.deb"}]},
        {"packages": [{**fields()["packages"][0], "sha256": "AB" * 32}]},
        {"packages": [{**fields()["packages"][0], "size": 0}]},
        {"packages": [{**fields()["packages"][0], "size": 10**12}]},
        {"packages": fields()["packages"] * 25},
    ],
)  # fmt: skip
def test_what_is_signed_is_held_within_bounds(changes, monkeypatch):
    made = _dumped(changes, monkeypatch)
    with pytest.raises(MalformedError):
        asked(seal(made, [KEY.sign(signed_bytes(made))]))


def _dumped(changes, monkeypatch):
    import sys

    # Python itself refuses to write numbers that long.
    sys.set_int_max_str_digits(0)
    try:
        return body(**changes)
    finally:
        sys.set_int_max_str_digits(4300)


@pytest.mark.parametrize(
    "made", [b"", b"[]", b"null", b"7", b"{}", b"\xff", b"{" * 5000, b"[" * 60_000, b"NaN"]
)
def test_what_is_no_manifest_at_all(made):
    with pytest.raises(MalformedError):
        asked(seal(made, [KEY.sign(signed_bytes(made))]))


def test_a_name_that_stands_twice_is_refused():
    made = body().replace(b'"serial": 7', b'"serial": 7, "serial": 9')
    with pytest.raises(MalformedError):
        asked(seal(made, [KEY.sign(signed_bytes(made))]))


def test_what_is_for_newer_programs_is_passed_over():
    new = [*fields()["packages"], {"system": "haiku", "kind": 3}]
    manifest = asked(signed(packages=new, severity="low"))
    assert [package.name for package in manifest.packages] == ["store-uploader_9.0_amd64.deb"]


# ---- what a build was told
def test_a_channel_is_read(tmp_path):
    file = tmp_path / "channel.txt"
    file.write_text("# A team's own.\n\n" + channel_text(ADDRESS, KEY, OTHER), "utf-8")
    assert read_channel(file) == Channel(ADDRESS, (public(KEY), public(OTHER)))


def test_what_this_tree_says_can_be_read():
    from uploader.ui.resources import resource

    parse_channel(resource("updates", "channel.txt").read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    ["key = AAAA", "key = !", "key", "colour = red", "address = http://store-uploader.example/",
     channel_text(ADDRESS, KEY, KEY, KEY), f"address = {ADDRESS}\n" * 2, "address ="],
)  # fmt: skip
def test_nonsense_asks_nobody(text, tmp_path):
    file = tmp_path / "channel.txt"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r".+"):
        parse_channel(text)
    assert read_channel(file) == Channel()


def test_no_file_asks_nobody(tmp_path):
    assert read_channel(None) == read_channel(tmp_path / "none.txt") == Channel()
    assert read_channel(tmp_path) == Channel()
