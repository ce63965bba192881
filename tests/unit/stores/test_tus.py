from __future__ import annotations

import math

import pytest

from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    AmbiguousError,
    BlockedError,
    BusyError,
    CancelledError,
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    RejectedError,
    UntrustedError,
)
from uploader.domain.stores import Item, RemoteState
from uploader.domain.styles import Focus
from uploader.stores import tus
from uploader.stores.transport import Answer
from uploader.stores.tus import Upload, metadata

LARGE = bytes(range(256)) * 13  # 3328 bytes: four pieces of the store fixture


def send(store, photo, source, report=lambda sent: None, cancel=None):
    return store.upload(photo, source, report, cancel or CancelToken())


def methods(script):
    return [asked.method for asked in script.asked]


def test_a_small_photo_takes_one_request(signed_in, shop, photo, source):
    sent = photo(alt="Eine Lampe", focus=Focus(0.25, 0.5))
    remote = send(signed_in, sent, source(b"x" * 1000))
    assert methods(shop.script) == ["POST"]
    assert bytes(shop.uploads[sent.reference]) == b"x" * 1000
    assert (remote.id, remote.state, remote.poll_address) == ("81", RemoteState.PROCESSING, "7")
    assert remote.reference == sent.reference
    assert shop.meta[sent.reference] == {
        "reference": sent.reference,
        "item": "12",
        "sha256": "ab" * 32,
        "filename": "lamp.jpg",
        "alt": "Eine Lampe",
        "focus": "0.2500,0.5000",
    }


def test_an_item_to_be_made_is_named_by_its_title(signed_in, shop, photo, source):
    sent = photo(item=Item("", "Neue Lampe"))
    send(signed_in, sent, source(b"x"))
    assert shop.meta[sent.reference]["item_title"] == "Neue Lampe"
    assert "item" not in shop.meta[sent.reference]


def test_a_large_photo_goes_in_pieces_read_once(signed_in, shop, photo, source):
    sent, large, heard = photo(), source(LARGE), []
    send(signed_in, sent, large, heard.append)
    assert methods(shop.script) == ["POST", "PATCH", "PATCH", "PATCH", "PATCH"]
    assert max(len(asked.body) for asked in shop.script.asked) == 1000
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert large.opened == [0]
    assert heard == sorted(heard)
    assert heard[-1] == len(LARGE)


@pytest.fixture
def growing(signed_in, monkeypatch):
    """Pieces that grow from 400 bytes to 1000, however slow this machine is."""
    monkeypatch.setattr(tus, "PIECE", 400)
    monkeypatch.setattr(tus, "LARGEST", 1000)
    monkeypatch.setattr(tus, "QUICK", math.inf)
    signed_in._piece = None
    return signed_in


def pieces(script):
    return [len(asked.body) for asked in script.asked if asked.method == "PATCH"]


def test_pieces_that_go_quickly_grow(growing, shop, photo, source):
    sent = photo()
    send(growing, sent, source(LARGE))
    assert pieces(shop.script) == [400, 800, 1000, 1000, 128]
    assert bytes(shop.uploads[sent.reference]) == LARGE


def test_pieces_that_take_long_stay_small(growing, shop, photo, source, monkeypatch):
    monkeypatch.setattr(tus, "QUICK", 0.0)
    send(growing, photo(), source(LARGE[:1300]))
    assert pieces(shop.script) == [400, 400, 400, 100]


def test_after_an_interruption_pieces_are_small_again(growing, shop, photo, source, says):
    sent, seen = photo(), []

    def third_is_lost(asked):
        seen.append(asked.method)
        lost = asked.method == "PATCH" and seen.count("PATCH") == 3
        return says(409, headers={"Upload-Offset": "0"}) if lost else None

    shop.first = third_is_lost
    send(growing, sent, source(LARGE))
    assert pieces(shop.script)[:4] == [400, 800, 1000, 400]
    assert bytes(shop.uploads[sent.reference]) == LARGE


def test_goes_on_from_what_the_store_has(signed_in, shop, photo, source):
    sent, large = photo(), source(LARGE)
    shop.uploads[sent.reference] = bytearray(LARGE[:1500])
    shop.lengths[sent.reference] = len(LARGE)
    heard = []
    send(signed_in, sent, large, heard.append)
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert large.opened == [1500]
    assert heard[0] == 1500


def test_a_repeated_reference_of_a_finished_photo_sends_nothing(signed_in, shop, photo, source):
    sent = photo()
    send(signed_in, sent, source(LARGE))
    shop.script.asked.clear()
    send(signed_in, sent, source(LARGE))
    assert methods(shop.script) == ["POST"]
    assert shop.script.asked[0].body == b""


@pytest.mark.parametrize("outcome", ["already", "repeated"])
def test_a_picture_that_was_there_is_asked_where_it_stands(
    *, signed_in, shop, photo, source, outcome
):
    shop.outcome = outcome
    shop.images = [{"id": "81", "reference": "older", "state": "live", "cursor": "5"}]
    remote = send(signed_in, photo(), source(b"x"))
    assert remote.state is RemoteState.LIVE
    assert remote.already is (outcome == "already")


def test_a_picture_of_which_nothing_can_be_learnt_is_uncertain(signed_in, shop, photo, source):
    shop.outcome = "already"
    with pytest.raises(AmbiguousError):
        send(signed_in, photo(), source(b"x"))


def test_a_completing_answer_without_its_fields_is_uncertain(
    *, signed_in, shop, photo, source, says
):
    shop.first = lambda asked: says(201, headers={"Location": "/u", "Upload-Offset": "1"})
    with pytest.raises(AmbiguousError):
        send(signed_in, photo(), source(b"x"))


def once(shop, method, said, number=1):
    """Have the store answer the n-th request of a method with `said`."""
    shop.first = lambda asked: (
        said if asked.method == method and len(shop.script.of(method)) == number else None
    )


def test_a_cut_in_the_middle_goes_on_by_itself(signed_in, shop, photo, source):
    once(shop, "PATCH", "drop", 2)
    sent, large = photo(), source(LARGE)
    send(signed_in, sent, large)
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert large.opened == [0, 1000]


def test_a_lost_answer_in_the_middle_sends_nothing_twice(signed_in, shop, photo, source):
    def first(asked):
        if asked.method == "PATCH" and len(shop.script.of("PATCH")) == 2:
            shop.uploads[sent.reference] += asked.body
            return "drop"
        return None

    shop.first = first
    sent = photo()
    send(signed_in, sent, source(LARGE))
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert len(shop.script.of("PATCH")) == 4


def test_the_lost_answer_of_the_last_piece_is_uncertain(signed_in, shop, photo, source):
    once(shop, "PATCH", "drop", 4)
    with pytest.raises(AmbiguousError):
        send(signed_in, photo(), source(LARGE))


def test_the_lost_answer_of_a_small_photo_is_uncertain(signed_in, shop, photo, source):
    once(shop, "POST", "drop")
    with pytest.raises(AmbiguousError):
        send(signed_in, photo(), source(b"x"))


def test_a_photo_in_one_request_that_is_cut_goes_on_by_itself(signed_in, shop, photo, source):
    signed_in._piece = 50_000_000
    large = source(bytes(50_000_000))
    shop.script.read_at_most, shop.script.cut_once = 100_000, True
    sent = photo()
    send(signed_in, sent, large)
    assert bytes(shop.uploads[sent.reference]) == large.content
    assert shop.script.read_at_most is None


def test_a_network_that_cuts_every_photo_is_offline(signed_in, shop, photo, source):
    signed_in._piece = 50_000_000
    shop.script.read_at_most, shop.script.cut = 100_000, True
    with pytest.raises(OfflineError):
        send(signed_in, photo(), source(bytes(50_000_000)))


@pytest.mark.parametrize("content", [b"x", LARGE])
def test_a_store_that_is_suddenly_another_is_left_at_once(source, content):
    """Somebody between us and the store shows a certificate of his own."""
    asked = []

    def send(method, url, *, headers, data=None, cancel, completing=False):
        asked.append(method)
        if data is not None:
            data.read(1)
            raise UntrustedError("Another", "Nothing was sent.")
        headers = {"Location": "/uploads/1", "Upload-Offset": "0"}
        return Answer(201, headers, b"", url)

    upload = Upload(
        send, "https://x/uploads", meta={}, size=len(content), cancel=CancelToken(), piece=1000
    )
    with pytest.raises(UntrustedError):
        upload.run(source(content), lambda sent: None)
    assert asked == (["POST"] if len(content) == 1 else ["POST", "PATCH"])


def test_a_store_that_is_down_is_asked_once(signed_in, shop, photo, source):
    shop.script.close()
    with pytest.raises(OfflineError):
        send(signed_in, photo(), source(b"x"))


def test_a_store_that_never_gets_further_is_given_up(signed_in, shop, photo, source):
    shop.first = lambda asked: "drop" if asked.method == "PATCH" else None
    with pytest.raises(OfflineError):
        send(signed_in, photo(), source(LARGE))
    assert len(shop.script.of("PATCH")) == 4


def test_a_store_that_takes_less_than_it_was_sent(signed_in, shop, photo, source):
    shop.accept = 600
    sent = photo()
    send(signed_in, sent, source(LARGE))
    assert bytes(shop.uploads[sent.reference]) == LARGE


@pytest.mark.parametrize("status", [404, 409, 410])
def test_a_store_that_lost_track_is_asked_where_it_stands(
    *, signed_in, shop, photo, source, says, status
):
    def first(asked):
        if asked.method == "PATCH" and len(shop.script.of("PATCH")) == 3:
            del shop.uploads[sent.reference]
            return says(status, {})
        return None

    shop.first = first
    sent, large = photo(), source(LARGE)
    send(signed_in, sent, large)
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert large.opened == [0, 0]


@pytest.mark.parametrize("status", [404, 409])
def test_a_store_that_loses_track_for_ever_is_given_up(
    *, signed_in, shop, photo, source, says, status
):
    shop.first = lambda asked: says(status, {}) if asked.method == "PATCH" else None
    with pytest.raises(BusyError):
        send(signed_in, photo(), source(LARGE))


def test_an_upload_that_is_held_by_another_request_is_waited_for(
    *, signed_in, shop, photo, source, says
):
    once(shop, "PATCH", says(423, {}, {"Retry-After": "0"}), 2)
    sent, large = photo(), source(LARGE)
    send(signed_in, sent, large)
    assert bytes(shop.uploads[sent.reference]) == LARGE
    assert large.opened == [0, 1000]


@pytest.mark.parametrize("content", [b"x", LARGE])
def test_a_creation_that_is_held_by_another_request_is_asked_again(
    *, signed_in, shop, photo, source, says, content
):
    once(shop, "POST", says(423, {}, {"Retry-After": "0"}))
    sent = photo()
    send(signed_in, sent, source(content))
    assert bytes(shop.uploads[sent.reference]) == content


def test_an_upload_that_is_held_for_ever_is_given_up(*, signed_in, shop, photo, source, says):
    held = says(423, {}, {"Retry-After": "0"})
    shop.first = lambda asked: held if asked.method == "PATCH" else None
    with pytest.raises(BusyError):
        send(signed_in, photo(), source(LARGE))
    assert len(shop.script.of("PATCH")) == 4


def test_cancel_ends_the_wait_for_another_request(
    *, signed_in, shop, photo, source, says, finishes
):
    cancel = CancelToken()

    def first(asked):
        if asked.method != "PATCH":
            return None
        cancel.cancel()
        return says(423, {})

    shop.first = first
    wait = finishes(lambda: send(signed_in, photo(), source(LARGE), cancel=cancel))
    with pytest.raises(CancelledError):
        wait()


def test_an_answer_without_a_place_makes_no_sense(*, signed_in, shop, photo, source, says):
    shop.first = lambda asked: says(201, headers={"Upload-Offset": "nonsense"})
    with pytest.raises(BusyError, match="no sense"):
        send(signed_in, photo(), source(LARGE))


def test_the_token_goes_to_no_other_host(*, signed_in, shop, photo, source, says):
    sent = photo()

    def first(asked):
        if asked.method == "POST":
            shop.answer_to = shop._create(asked)
            place = f"http://other.invalid/api/v1/uploads/{sent.reference}"
            return says(201, headers={"Location": place, "Upload-Offset": "0"})
        return None

    shop.first = first
    send(signed_in, sent, source(LARGE))
    assert bytes(shop.uploads[sent.reference]) == LARGE


@pytest.mark.parametrize(
    ("status", "fields", "kind"),
    [
        (413, {"type": "/problems/too-many-bytes", "title": "Too large"}, RejectedError),
        (422, {"type": "/problems/no-such-item", "title": "No item"}, RejectedError),
        (460, {}, BusyError),
        (500, {}, AmbiguousError),
        (502, {}, AmbiguousError),
        (503, {}, BusyError),
        (503, None, AmbiguousError),
        (507, {}, BusyError),
    ],
)
@pytest.mark.parametrize("content", [b"x", LARGE])
def test_refusals_of_the_completing_request(
    *, signed_in, shop, photo, source, says, status, fields, kind, content
):
    last = ("POST", 1) if len(content) == 1 else ("PATCH", 4)
    once(shop, last[0], says(status, fields), last[1])
    with pytest.raises(kind):
        send(signed_in, photo(), source(content))


@pytest.mark.parametrize("content", [b"x", LARGE])
def test_an_admin_no_more(*, signed_in, shop, photo, source, says, content):
    shop.first = lambda asked: None if "sign-in" in asked.path else says(404, {})
    with pytest.raises(NotAnAdminError):
        send(signed_in, photo(), source(content))


@pytest.mark.parametrize("content", [b"x", LARGE])
def test_a_store_that_is_put_in_place_anew_is_no_reason_to_sign_in(
    *, signed_in, shop, photo, source, says, content
):
    shop.first = lambda asked: says(404, raw=b"404 page not found")
    with pytest.raises(NoStoreHereError):
        send(signed_in, photo(), source(content))
    # There again when it is asked after.
    once(shop, "POST", says(404, raw=b"404 page not found"))
    shop.script.asked.clear()
    with pytest.raises(BlockedError):
        send(signed_in, photo(), source(content))


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/problem+json"])
@pytest.mark.parametrize(("method", "number"), [("POST", 1), ("PATCH", 1), ("PATCH", 4)])
def test_a_firewall_s_no_is_neither_the_store_s_nor_the_network_s(
    *, signed_in, shop, photo, source, says, kind, method, number
):
    once(shop, method, says(403, raw=b"{}", headers={"Content-Type": kind}), number)
    with pytest.raises(BlockedError):
        send(signed_in, photo(), source(LARGE))


def test_a_breakdown_before_the_end_is_only_busy(*, signed_in, shop, photo, source, says):
    once(shop, "PATCH", says(502), 2)
    with pytest.raises(BusyError):
        send(signed_in, photo(), source(LARGE))
    once(shop, "POST", says(500), 2)
    with pytest.raises(BusyError):
        send(signed_in, photo(), source(LARGE))


def test_an_empty_file_is_never_sent(signed_in, shop, photo, source):
    with pytest.raises(RejectedError):
        send(signed_in, photo(), source(b""))
    assert shop.script.asked == []


def test_cancel_ends_an_upload_without_an_answer(*, signed_in, shop, photo, source, finishes):
    shop.first = lambda asked: "stall" if asked.method == "PATCH" else None
    cancel = CancelToken()
    wait = finishes(lambda: send(signed_in, photo(), source(LARGE), cancel=cancel))
    assert shop.script.busy.wait(20)
    cancel.cancel()
    with pytest.raises(CancelledError):
        wait()


def test_where_no_delete_passes_nothing_can_be_dropped(signed_in, shop, photo, says):
    shop.first = lambda asked: says(403, raw=b"no") if asked.method == "DELETE" else None
    assert not signed_in.discard(photo())
    assert methods(shop.script) == ["DELETE"]


def test_discard_drops_what_is_half_there(signed_in, shop, photo):
    half = photo()
    shop.uploads[half.reference] = bytearray(b"half")
    shop.lengths[half.reference] = 10
    assert signed_in.discard(half) is False
    assert shop.uploads == {}
    # Never by a repeated creation, which would complete what is there whole.
    assert methods(shop.script) == ["DELETE"]


def test_discard_of_nothing_leaves_nothing(signed_in, shop, photo):
    signed_in.discard(photo())
    assert shop.uploads == {}
    shop.script.asked.clear()
    signed_in.discard(photo(fingerprint=None))
    assert shop.script.asked == []


def test_discard_leaves_a_finished_photo_alone(signed_in, shop, photo):
    done = photo()
    shop.uploads[done.reference] = bytearray(10)
    shop.lengths[done.reference] = 10
    assert signed_in.discard(done) is True, "it is a picture, and somebody has to say so"
    assert shop.uploads.keys() == {done.reference}


def test_discard_waits_for_the_request_that_was_given_up(*, signed_in, shop, photo, says):
    half = photo()
    shop.uploads[half.reference] = bytearray(b"half")
    shop.lengths[half.reference] = 10
    once(shop, "DELETE", says(423, {}, {"Retry-After": "0"}))
    signed_in.discard(half)
    assert shop.uploads == {}


@pytest.mark.parametrize(("status", "fine"), [(404, True), (410, True), (503, False)])
def test_discard_of_what_is_gone(*, signed_in, shop, photo, says, status, fine):
    once(shop, "DELETE", says(status, {}))
    if fine:
        signed_in.discard(photo())
    else:
        with pytest.raises(BusyError):
            signed_in.discard(photo())
    assert methods(shop.script) == ["DELETE"]


def test_metadata_survives_any_name():
    assert metadata({"a": "é\n", "b": "", "c": "\udcff"}) == "a w6kK,c Pw=="


@pytest.mark.parametrize("size", [10, 3328])
def test_a_network_s_own_page_is_no_answer_of_the_store(signed_in, shop, photo, source, says, size):
    shop.script.answer = lambda asked: says(200, raw=b"<h1>Welcome to our hotel</h1>")
    with pytest.raises(OfflineError, match="Something else answers"):
        send(signed_in, photo(), source(b"x" * size))
