"""The check before a batch goes out, with real files and a real store."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image, ImageDraw

from uploader.domain.preflight import BatchCheck, Concern
from uploader.domain.states import State


def checked(person, ask=None) -> BatchCheck:
    with person.qtbot.waitSignal(person.desk.batch_checked, timeout=20_000) as told:
        (ask or person.desk.check_batch)()
    return told.args[0]


def concerns(check: BatchCheck) -> list[tuple[int, Concern]]:
    return [(remark.photo_id, remark.concern) for remark in check.remarks]


def drawn(path: Path, box=(140, 120, 780, 680), size=(1600, 800)) -> Path:
    picture = Image.new("RGB", size, "#e8e4dc")
    ImageDraw.Draw(picture).rectangle(box, fill="#a04028")
    picture.save(path, quality=92)
    return path


def test_a_cut_product_is_centred_and_goes_out_whole(person, companion, tmp_path):
    companion.item("Serving tray", "BC-1")
    person.sign_in(companion)
    [photo] = person.add(drawn(tmp_path / "BC-1.jpg"))
    person.until(lambda: person.desk.photo(photo.id).facts.judged)
    check = checked(person)
    assert concerns(check) == [(photo.id, Concern.CUT)]
    assert check.remarks[0].mendable
    person.desk.centre_on_products([photo.id])
    assert checked(person).remarks == ()
    person.desk.upload([photo.id])
    person.until(lambda: person.of(State.LIVE))
    assert person.of(State.LIVE)[0].matches


def test_what_was_sent_is_known_also_when_it_left_the_list(person, companion, photos, tmp_path):
    companion.item("Twice candle", "BC-2")
    person.sign_in(companion)
    [path] = photos(1, name="BC-2.jpg")
    person.add(path)
    person.desk.upload()
    person.until(lambda: person.of(State.LIVE))
    copy = Path(shutil.copy(path, tmp_path / "BC-2 copy.jpg"))
    person.add(copy)
    check = checked(person)
    [again] = check.of(Concern.COPY)
    assert (again.words, again.sent) == ("BC-2.jpg", True)
    with person.qtbot.waitSignal(person.desk.removed, timeout=20_000):
        person.desk.remove([person.of(State.LIVE)[0].id])
    [again] = checked(person).of(Concern.COPY)
    assert (again.words, again.sent) == ("BC-2.jpg", True)


def sent_before(make_desk, companion, paths, folder) -> None:
    """Have somebody else put photos into the store."""
    other = make_desk(folder)
    other.sign_in(companion)
    other.add(*paths)
    other.desk.upload()
    other.until(lambda: len(other.of(State.LIVE)) == len(paths))


def shown(companion, title: str) -> list[tuple[str, str]]:
    """Give the pictures of an item in their order: number, and whose place each has."""
    rows = companion.sql(
        "SELECT m.id, m.replaces_id FROM store_itemimage m JOIN store_item i ON i.id = m.item_id "
        "WHERE title = ? AND state = 'live' ORDER BY position, m.id",
        title,
    )
    return [(str(number), str(replaces or "")) for number, replaces in rows]


def test_replace_takes_the_places_of_what_the_item_has(
    person, make_desk, companion, photos, tmp_path
):
    companion.item("Replaced candle", "BC-3")
    sent_before(make_desk, companion, photos(2, name="BC-3 a{n}.jpg"), tmp_path / "other")
    # In the order in which they arrived.
    old = [number for number, _ in shown(companion, "Replaced candle")]
    person.sign_in(companion)
    ids = [photo.id for photo in person.add(*photos(3, side=340, name="BC-3 b{n}.jpg"))]
    person.desk.set_positions(dict.fromkeys(ids))
    assert [remark.count for remark in checked(person).of(Concern.TAKEN)] == [2, 2, 2]
    check = checked(person, lambda: person.desk.replace_in_items(ids))
    assert [remark.settled for remark in check.of(Concern.TAKEN)] == [True, True, False]
    person.until(lambda: [person.desk.photo(i).replaces for i in ids] == [*old, ""])
    person.desk.upload(ids)
    person.until(lambda: len(person.of(State.LIVE)) == 3)
    assert [replaces for _, replaces in shown(companion, "Replaced candle")] == [*old, ""]


def test_add_takes_a_replacement_back(person, make_desk, companion, photos, tmp_path):
    companion.item("Added candle", "BC-4")
    sent_before(make_desk, companion, photos(1, name="BC-4 a.jpg"), tmp_path / "other")
    person.sign_in(companion)
    [photo] = person.add(*photos(1, side=340, name="BC-4 b.jpg"))
    checked(person, lambda: person.desk.replace_in_items([photo.id]))
    person.until(lambda: person.desk.photo(photo.id).replaces)
    check = checked(person, lambda: person.desk.add_to_items([photo.id]))
    assert not check.of(Concern.TAKEN)[0].settled
    person.until(lambda: not person.desk.photo(photo.id).replaces)


def test_without_the_store_nothing_is_replaced(person, companion, photos):
    companion.item("Away candle", "BC-5")
    person.sign_in(companion)
    [photo] = person.add(*photos(1, name="BC-5.jpg"))
    person.desk.sign_out()
    checked(person, lambda: person.desk.replace_in_items([photo.id]))
    assert person.desk.photo(photo.id).replaces == ""
    assert "The store can’t be asked for its pictures now" in person.said


def test_the_setting_outlasts_a_restart(make_desk, tmp_path):
    first = make_desk(tmp_path)
    with first.qtbot.waitSignal(first.desk.checks_batch_changed, timeout=20_000) as told:
        first.desk.set_checks_batch(False)
    assert told.args == [False]
    first.desk.close()
    again: list[bool] = []
    from uploader.background.desk import Desk
    from uploader.background.settings import Settings

    desk = Desk(Settings(tmp_path, keychain=False, profile="test", resume=False))
    desk.checks_batch_changed.connect(again.append)
    with first.qtbot.waitSignal(desk.opened, timeout=30_000):
        desk.start()
    desk.close()
    assert again == [False]
