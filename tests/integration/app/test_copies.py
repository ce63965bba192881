"""Photos whose files go before they are sent, with a real store."""

from __future__ import annotations

import errno

from uploader.background.copying import Copying
from uploader.domain.cancel import CancelToken
from uploader.domain.preferences import Copies as Wanted
from uploader.domain.preferences import Preferences
from uploader.domain.states import State
from uploader.engine.copies import Copies


def files(folder):
    """Name the whole copies; one that is still being made has another name."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if path.suffix != ".part")


def test_a_photo_whose_file_has_gone_goes_live_from_its_copy(companion, person, photos, tmp_path):
    copies = tmp_path / "copies"
    person.desk.change_preferences(lambda _: Preferences(copies=Wanted.ALWAYS))
    person.sign_in(companion)
    [gone, there] = photos(2)
    person.add(gone, there)
    person.until(lambda: len(files(copies)) == 2)
    gone.unlink()
    person.send_all("Lamp")
    person.until(lambda: len(person.of(State.LIVE)) == 2)
    # Live, nobody needs them any more.
    person.until(lambda: files(copies) == [])


def test_copies_go_with_the_photos_and_are_made_only_where_wanted(person, photos, tmp_path):
    copies = tmp_path / "copies"
    person.desk.change_preferences(lambda _: Preferences(copies=Wanted.NEVER))
    [one, two] = photos(2)
    person.add(one)
    # Until it has been looked at to the end: from then on nothing changes about it.
    person.until(lambda: person.desk.photos()[0].facts.judged)
    person.desk.change_preferences(lambda _: Preferences(copies=Wanted.ALWAYS))
    person.add(two)
    person.until(lambda: len(files(copies)) == 1)
    person.desk.remove([photo.id for photo in person.desk.photos()])
    person.until(lambda: files(copies) == [])


def test_the_start_tidies_up(make_desk, photos, tmp_path):
    person = make_desk(tmp_path)
    person.desk.change_preferences(lambda _: Preferences(copies=Wanted.ALWAYS))
    person.add(*photos(1))
    copies = tmp_path / "copies"
    person.until(lambda: len(files(copies)) == 1)
    [kept] = files(copies)
    person.desk.close()
    (copies / "99999.jpg").write_bytes(b"of a photo that nobody knows")
    make_desk(tmp_path)
    person.until(lambda: files(copies) == [kept])


def test_a_full_disk_is_said_once(person, photos, tmp_path, monkeypatch):
    def full(self, photo, cancel: CancelToken):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Copies, "keep", full)
    tried = []
    monkeypatch.setattr(Copying, "_say", _counting(Copying._say, tried))
    person.desk.change_preferences(lambda _: Preferences(copies=Wanted.ALWAYS))
    person.add(*photos(3))
    person.until(lambda: len(tried) >= 3)
    person.until(lambda: person.said)
    assert person.said.count("No room for copies") == 1


def _counting(say, tried):
    def counted(self, error):
        tried.append(error)
        say(self, error)

    return counted
