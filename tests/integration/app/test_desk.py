"""The whole way behind the window: files, outbox, engine and a real store with its worker."""

from __future__ import annotations

import contextlib
import http.server
import os
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest
import requests
import trustme
from desk_person import Person

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.background.values import Link
from uploader.domain.findings import FindingKind
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.domain.stores import Item

LIVE = (State.LIVE, State.ALREADY)


def images_of(store, title: str) -> int:
    return store.sql(
        "SELECT count(*) FROM store_itemimage JOIN store_item i ON i.id = item_id WHERE title = ?",
        title,
    )[0][0]


def test_photos_become_live_and_match_their_previews(person, companion, photos):
    companion.item("Fig candle", "DT-1")
    person.sign_in(companion)
    paths = photos(2, name="DT-1_{n}.jpg")
    added = person.add(*paths)
    assert [photo.state for photo in added] == [State.READY] * 2
    assert {photo.item.sku for photo in added} == {"DT-1"}
    person.desk.upload()
    person.until(lambda: len(person.of(State.LIVE)) == 2)
    assert all(photo.matches for photo in person.of(State.LIVE))
    assert images_of(companion, "Fig candle") == 2


def test_the_timeline_tells_the_way(person, companion, photos):
    companion.item("Told candle", "DT-2")
    person.sign_in(companion)
    [photo] = person.add(*photos(1, name="DT-2.jpg"))
    person.desk.upload([photo.id])
    person.until(lambda: person.of(State.LIVE))
    with person.qtbot.waitSignal(person.desk.timeline, timeout=10_000) as told:
        person.desk.request_timeline(photo.id)
    texts = [event.text for event in reversed(told.args[1])]
    assert texts[0] == "Added; item found by its SKU"
    assert "Sending began" in texts
    assert texts[-1] == "Live. Both crops match their previews"


def test_what_is_said_of_many_photos_is_what_the_store_shows(person, companion, photos):
    companion.item("Turned candle", "DT-77")
    person.sign_in(companion)
    added = person.add(*photos(3, name="DT-77_{n}.jpg"))
    ids = [photo.id for photo in added]
    person.desk.rotate(ids, 1)
    person.desk.set_pad(ids[:1], True)
    person.desk.set_positions({ids[0]: 3, ids[1]: 1, ids[2]: 2})
    person.desk.write_alts(ids, "{title}, picture {number}", False)
    person.desk.upload()
    person.until(lambda: len(person.of(State.LIVE)) == 3)
    # Compared with the previews, turned and padded.
    assert all(photo.matches for photo in person.of(State.LIVE))
    rows = companion.sql(
        "SELECT position, rotate, pad, alt, filename FROM store_itemimage i"
        " JOIN store_item ON store_item.id = item_id WHERE sku = 'DT-77' ORDER BY position"
    )
    names = [added[n].name for n in (1, 2, 0)]
    assert rows == [
        (1, 90, 0, "Turned candle, picture 1", names[0]),
        (2, 90, 0, "Turned candle, picture 2", names[1]),
        (3, 90, 1, "Turned candle, picture 3", names[2]),
    ]


def test_nothing_is_sent_before_upload_is_pressed(person, companion, photos):
    companion.item("Quiet candle", "DT-3")
    person.sign_in(companion)
    person.add(*photos(1, name="DT-3.jpg"))
    assert [p.state for p in person.desk.photos()] == [State.READY]
    assert images_of(companion, "Quiet candle") == 0


def test_a_change_that_is_told_late_brings_no_removed_photo_back(person, photos):
    one, two = photos(2)
    [gone] = person.add(one)
    outbox, announcer = person.desk._crew.outbox, person.desk._crew.outbox._announcer
    assert announcer._delivering.acquire(timeout=20)
    try:
        # As when a thread has stored a change and is held up before it tells of it.
        outbox.change(gone.id, "Sending began")
        with person.qtbot.waitSignal(person.desk.removed, timeout=20_000):
            person.desk.remove([gone.id])
        person.until(lambda: not outbox.some([gone.id]))
    finally:
        announcer._delivering.release()
    announcer.deliver()
    assert [photo.path for photo in person.add(two)] == [two]


def test_photos_that_fit_several_items_wait_for_the_person(person, companion, photos):
    companion.item("Twin cup, blue", "DT-4A")
    companion.item("Twin cup, sand", "DT-4B")
    person.sign_in(companion)
    [photo] = person.add(*photos(1, name="twin-cup.jpg"))
    assert photo.item is None
    assert {item.sku for item in photo.candidates} == {"DT-4A", "DT-4B"}
    person.desk.upload()
    person.desk.choose_item([photo.id], photo.candidates[0])
    person.until(lambda: person.desk.photo(photo.id).item is not None)
    assert person.desk.photo(photo.id).state is State.READY, "it had no item when all were sent"
    person.desk.upload([photo.id])
    person.until(lambda: person.of(State.LIVE))


def test_photos_added_before_signing_in_find_their_items_later(person, companion, photos):
    companion.item("Late candle", "DT-5")
    [photo] = person.add(*photos(1, name="DT-5.jpg"))
    assert photo.item is None
    person.sign_in(companion)
    person.until(lambda: person.desk.photos()[0].item is not None)
    person.desk.upload()
    person.until(lambda: person.of(State.LIVE))


def test_the_same_file_is_listed_once(person, companion, photos):
    person.sign_in(companion)
    paths = photos(3)
    person.add(*paths)
    person.add(paths[0].parent)
    assert len(person.desk.photos()) == 3
    assert person.said == ["3 photos are in the list already."]


def test_a_folder_of_many_files_and_few_photos(person, companion, photos, tmp_path):
    person.sign_in(companion)
    folder = photos(12)[0].parent
    for n in range(500):
        (folder / f"note-{n}.txt").touch()
    person.add(folder)
    assert len(person.of(State.READY)) == 12
    assert person.said == ["500 files aren’t photos and stay out."]


@pytest.mark.parametrize("change", ["changed", "missing"])
def test_a_file_that_changes_or_vanishes_is_never_sent(person, companion, photos, change):
    person.sign_in(companion)
    paths = photos(3)
    person.add(*paths)
    if change == "changed":
        paths[1].write_bytes(paths[1].read_bytes()[:-100] + bytes(100))
    else:
        paths[1].unlink()
    person.send_all(f"With one {change}")
    person.until(lambda: len(person.of(*LIVE)) == 2 and person.of(State.REFUSED))
    [refused] = person.of(State.REFUSED)
    assert refused.path == paths[1]
    assert refused.refusal.kind is FindingKind(change)
    assert images_of(companion, f"With one {change}") == 2


def test_a_replaced_file_is_looked_at_and_sent(person, companion, photos, tmp_path):
    person.sign_in(companion)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    [photo] = person.add(broken)
    assert photo.state is State.REFUSED
    person.desk.replace_file(photo.id, photos(1)[0])
    person.until(lambda: person.of(State.READY))
    person.send_all("Replaced")
    person.until(lambda: person.of(State.LIVE))


def test_pause_keeps_photos_and_resume_sends_them(person, companion, photos):
    person.sign_in(companion)
    person.add(*photos(4))
    person.desk.pause()
    person.send_all("Paused")
    person.until(lambda: len(person.of(State.WAITING)) == 4)
    person.desk.resume()
    person.until(lambda: len(person.of(*LIVE)) == 4)
    assert images_of(companion, "Paused") == 4


def test_cancelled_photos_are_not_sent(person, companion, photos):
    person.sign_in(companion)
    added = person.add(*photos(2))
    person.desk.pause()
    person.send_all("Half cancelled")
    person.until(lambda: len(person.of(State.WAITING)) == 2)
    person.desk.cancel([added[0].id])
    person.until(lambda: person.of(State.CANCELLED))
    person.desk.resume()
    person.until(lambda: person.of(*LIVE))
    assert images_of(companion, "Half cancelled") == 1


def test_removed_photos_leave_the_list(person, companion, photos):
    person.sign_in(companion)
    added = person.add(*photos(2))
    with person.qtbot.waitSignal(person.desk.removed, timeout=10_000) as removed:
        person.desk.remove([added[0].id])
    assert removed.args == [[added[0].id]]
    assert [photo.id for photo in person.desk.photos()] == [added[1].id]


def test_a_picture_from_the_clipboard_is_kept_and_sent(person, companion, photos, tmp_path):
    person.sign_in(companion)
    png = tmp_path / "made.png"
    from PIL import Image

    Image.effect_noise((300, 200), 70).save(png)
    person.desk.add_picture(png.read_bytes)
    person.until(lambda: person.of(State.READY))
    [photo] = person.desk.photos()
    assert photo.path.parent == tmp_path / "pictures"
    person.send_all("Pasted")
    person.until(lambda: person.of(State.LIVE))


def test_quitting_in_the_middle_and_starting_again(make_desk, companion, photos, tmp_path):
    first = make_desk(tmp_path)
    first.sign_in(companion)
    first.add(*photos(8, side=900))
    first.send_all("Quit once")
    first.until(lambda: first.of(State.PROCESSING, *LIVE))
    first.desk.close()
    second = make_desk(tmp_path)
    assert len(second.desk.photos()) == 8
    second.sign_in(companion)
    second.until(lambda: len(second.of(*LIVE)) == 8)
    assert images_of(companion, "Quit once") == 8


def test_a_second_start_on_the_same_outbox_is_told_so(person, qtbot, tmp_path):
    from uploader.background.desk import Desk
    from uploader.background.settings import Settings

    second = Desk(Settings(tmp_path, keychain=False))
    with qtbot.waitSignal(second.failed, timeout=10_000) as failed:
        second.start()
    assert failed.args[0] == "Store Uploader is running already"
    second.close()


def test_the_store_goes_and_comes_back(make_desk, companion_of, photos, tmp_path):
    with companion_of(tmp_path / "store") as store:
        person = make_desk(tmp_path)
        person.sign_in(store)
        person.add(*photos(3))
        port = int(store.url.rsplit(":", 1)[1])
        store.stop()
        person.send_all("Away and back")
        person.until(lambda: person.desk.connection.link is Link.OFFLINE)
        person.until(lambda: len(person.of(State.WAITING)) == 3)
        assert {photo.attempts for photo in person.desk.photos()} == {0}
        store.start(port)
        person.desk.try_now()
        person.until(lambda: len(person.of(*LIVE)) == 3)
        assert images_of(store, "Away and back") == 3
        person.desk.close()


def test_a_sign_in_that_ends_in_the_middle_asks_and_goes_on(person, companion, photos):
    person.sign_in(companion)
    person.add(*photos(2))
    person.desk.pause()
    person.send_all("Signed out once")
    person.until(lambda: len(person.of(State.WAITING)) == 2)
    newest = "(SELECT max(id) FROM store_token)"
    companion.sql(f"UPDATE store_token SET revoked_at = '2026-01-01 00:00:00' WHERE id = {newest}")
    person.desk.resume()
    person.until(lambda: person.desk.connection.link is Link.SIGNED_OUT)
    assert person.desk.connection.title
    assert not person.of(State.REJECTED, State.FAILED)
    person.sign_in(companion)
    person.until(lambda: len(person.of(*LIVE)) == 2)
    assert images_of(companion, "Signed out once") == 2


@pytest.fixture
def self_signed() -> Iterator[str]:
    """Something that answers TLS with a certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def answer() -> None:
        while not over.is_set():
            connection, _ = server.accept()
            with contextlib.suppress(OSError), connection:
                context.wrap_socket(connection, server_side=True).close()

    thread = threading.Thread(target=answer)
    thread.start()
    port = server.getsockname()[1]
    yield f"https://127.0.0.1:{port}"
    over.set()
    socket.create_connection(("127.0.0.1", port)).close()
    thread.join()
    server.close()


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A web server that is no store."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<h1>My blog</h1>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_five_ways_to_fail_at_signing_in(person, companion, elsewhere, self_signed):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        nobody = silent.getsockname()[1]
    _, password = companion.admin
    email = companion.admin[0]
    told = [
        person.refused_sign_in(companion.url, email, "wrong"),
        person.refused_sign_in(companion.url, *companion.customer),
        person.refused_sign_in(elsewhere, email, password),
        person.refused_sign_in(f"http://127.0.0.1:{nobody}", email, password),
        person.refused_sign_in(self_signed, email, password),
    ]
    assert [field for field, _, _ in told] == ["password", "email", *["address"] * 3]
    titles = [title for _, title, _ in told]
    assert len(set(titles)) == len(titles), titles
    assert all(detail.endswith(".") for _, _, detail in told), told
    assert not any(password in text for each in told for text in each)


def test_no_secret_is_left_in_the_data_folder(make_desk, companion, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    person = make_desk(data)
    tokens: list[str] = []
    person.desk.signed_in.connect(lambda account: tokens.append(account.token))
    person.sign_in(companion)
    person.desk.close()
    left = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert tokens[0]
    for secret in (tokens[0], companion.admin[1]):
        assert os.fsencode(secret) not in left


def test_items_are_found_while_typing(person, companion):
    companion.item("Walnut spoon", "DT-9")
    person.sign_in(companion)
    with person.qtbot.waitSignal(person.desk.items_found, timeout=10_000) as found:
        person.desk.find_items("spoon wal")
    assert [item.sku for item in found.args[1]] == ["DT-9"]


def test_an_archived_item_is_rejected_and_another_is_taken(person, companion, photos):
    old = companion.item("Archived bowl", "DT-10", active=False)
    person.sign_in(companion)
    [photo] = person.add(*photos(1))
    person.desk.choose_item([photo.id], Item(old, "Archived bowl", "DT-10", active=False))
    person.desk.upload([photo.id])
    person.until(lambda: person.of(State.REJECTED))
    [rejected] = person.of(State.REJECTED)
    assert "DT-10" in rejected.problem.detail
    person.desk.choose_item([photo.id], Item("", "Fresh bowl"))
    person.until(lambda: person.of(State.LIVE))
    assert images_of(companion, "Fresh bowl") == 1


def test_what_was_deleted_in_the_store_is_sent_anew_where_the_person_names_it(
    make_desk, companion_of, photos, tmp_path
):
    with companion_of(tmp_path / "store", workers=0) as store:
        store.item("Deleted bowl", "DT-11")
        person = make_desk(tmp_path)
        tokens: list[str] = []
        person.desk.signed_in.connect(lambda account: tokens.append(account.token))
        person.sign_in(store)
        [photo] = person.add(*photos(1, name="DT-11.jpg"))
        person.desk.upload()
        person.until(lambda: person.of(State.PROCESSING))
        [sent] = person.of(State.PROCESSING)
        address = f"{store.url}/api/v1/images/{sent.remote_id}"
        requests.delete(address, headers={"Authorization": f"Bearer {tokens[0]}"}, timeout=20)
        person.until(lambda: person.of(State.FAILED))
        person.desk.retry()
        person.until(lambda: "Send it again" in person.desk.photos()[0].problem.detail)
        assert images_of(store, "Deleted bowl") == 1
        person.desk.retry([photo.id])
        person.until(lambda: person.of(State.PROCESSING))
        [again] = person.of(State.PROCESSING)
        states = dict(store.sql("SELECT id, state FROM store_itemimage"))
        assert states == {int(sent.remote_id): "removed", int(again.remote_id): "processing"}


def test_a_window_that_is_late_misses_nothing_of_the_list(make_desk, photos, tmp_path):
    """What changes before it has taken the list's beginning in isn't what it began with."""
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(450):
        (folder / f"{n:03}.jpg").write_bytes(b"no photo")
    before = make_desk(tmp_path)
    before.add(folder)
    assert len(before.of(State.REFUSED)) == 450
    before.desk.close()
    desk = Desk(Settings(tmp_path, keychain=False, profile="test", resume=False))
    with contextlib.closing(desk):
        desk.start()
        # This thread, the window's, hears nothing meanwhile.
        desk._errands.finish()
        desk._crew._tellings.finish()
        outbox = desk._crew.outbox
        [first] = outbox.listed("", limit=1)
        outbox.advance(first, first.state, problem=Problem("It is new", "Since a moment ago."))
        late = Person(desk, before.qtbot)
        late.until(lambda: len(desk.photos()) == 450)
        late.until(lambda: desk.photo(first.id).problem is not None)
