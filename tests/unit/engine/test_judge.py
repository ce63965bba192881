"""The product is looked for once, and what was found stays with the photo's facts."""

from dataclasses import replace

from uploader.domain.findings import Limits
from uploader.domain.states import State
from uploader.domain.subjects import Box
from uploader.engine.judge import asks, judge, keep
from uploader.imaging.refusals import MISSING
from uploader.imaging.render import RenderError

HERE = Box(0.1, 0.2, 0.5, 0.75)


def ready(make, outbox, **more):
    from uploader.domain.findings import Facts, Format

    photo = make(State.READY)
    return outbox.change(photo.id, facts=Facts(Format.JPEG, 240, 160, 1, **more))


def test_what_is_found_stays_with_the_facts(make, outbox) -> None:
    photo = ready(make, outbox)
    assert asks(photo)
    facts = judge(photo, Limits(), lambda path, limits: HERE)
    kept = keep(outbox, {photo.id: facts})
    assert [(p.facts.judged, p.facts.subject) for p in kept] == [(True, HERE)]
    again = outbox.photo(photo.id)
    assert again.facts.subject == HERE
    assert again.reference == photo.reference
    assert not asks(again)


def test_where_it_cannot_be_told_nobody_looks_twice(make, outbox) -> None:
    photo = ready(make, outbox)
    keep(outbox, {photo.id: judge(photo, Limits(), lambda path, limits: None)})
    found = outbox.photo(photo.id)
    assert (found.facts.judged, found.facts.subject, asks(found)) == (True, None, False)


def test_a_file_that_fails_is_judged_too(make, outbox) -> None:
    def gone(path, limits):
        raise RenderError(MISSING, None)

    def broken(path, limits):
        raise ZeroDivisionError

    photo = ready(make, outbox)
    for find in (gone, broken):
        facts = judge(photo, Limits(), find)
        assert (facts.judged, facts.subject) == (True, None)


def test_a_real_file_is_judged(make, outbox) -> None:
    photo = ready(make, outbox)
    assert judge(photo, Limits()).judged


def test_another_file_meanwhile_is_not_judged_by_the_old_one(make, outbox) -> None:
    photo = ready(make, outbox)
    facts = judge(photo, Limits(), lambda path, limits: HERE)
    outbox.change(photo.id, facts=replace(photo.facts, width=999))
    assert keep(outbox, {photo.id: facts}) == []
    assert asks(outbox.photo(photo.id))


def test_what_is_on_its_way_is_left_alone(make, outbox) -> None:
    photo = ready(make, outbox)
    facts = judge(photo, Limits(), lambda path, limits: HERE)
    outbox.move(photo.id, State.WAITING)
    assert keep(outbox, {photo.id: facts}) == []
