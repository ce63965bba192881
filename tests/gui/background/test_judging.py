"""Ready photos are looked at for where the product is, when nothing more urgent is to be done."""

from uploader.background.judging import Judging
from uploader.domain.cancel import CancelToken
from uploader.domain.findings import Facts, Format, Limits
from uploader.domain.states import State
from uploader.domain.subjects import Box
from uploader.outbox import Outbox

HERE = Box(0.1, 0.2, 0.5, 0.75)


def drawn(folder):
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (300, 200), "#e8e4dc")
    ImageDraw.Draw(picture).rectangle((20, 40, 120, 160), fill="#a04028")
    picture.save(folder / "board.jpg")
    return folder / "board.jpg"


def test_a_checked_photo_is_judged(hall, qtbot, tmp_path):
    hall.work.start()
    [photo] = hall.outbox.add("shop", [drawn(tmp_path)], 1.0)

    def judged():
        facts = hall.outbox.photo(photo.id).facts
        return facts is not None and facts.judged

    qtbot.waitUntil(judged, timeout=10_000)
    found = hall.outbox.photo(photo.id)
    assert found.state is State.READY
    assert round(found.facts.subject.left, 1) == 0.1


def _ready(outbox, tmp_path, count):
    made = outbox.add("shop", [tmp_path / f"{n}.jpg" for n in range(count)], 1.0)
    for photo in made:
        outbox.move(photo.id, State.CHECKING)
    return [
        outbox.move(photo.id, State.READY, facts=Facts(Format.JPEG, 300, 200, 1)) for photo in made
    ]


def _judging(outbox, looked):
    def find(path, limits):
        looked.append(path.name)
        return HERE

    return Judging(outbox, lambda: "shop", Limits, CancelToken(), find)


def test_what_the_last_run_left_is_judged_once(tmp_path):
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    photos, looked = _ready(outbox, tmp_path, 20), []
    judging = _judging(outbox, looked)
    while judging.step():
        pass
    assert looked == [photo.name for photo in photos]
    assert {photo.facts.subject for photo in outbox.photos("shop")} == {HERE}
    assert not judging.heard(outbox.photos("shop"))
    outbox.close()


def test_checks_go_first(tmp_path):
    outbox = Outbox.open(tmp_path / "outbox.sqlite3").outbox
    looked = []
    judging = _judging(outbox, looked)
    assert judging.heard(_ready(outbox, tmp_path, 1))
    [added] = outbox.add("shop", [tmp_path / "later.jpg"], 2.0)
    assert not judging.step()
    assert looked == []
    outbox.move(added.id, State.CHECKING)
    refused = outbox.move(added.id, State.REFUSED)
    assert judging.heard([refused])  # so that its lane is woken
    assert judging.step()
    assert looked == ["0.jpg"]
    outbox.close()
