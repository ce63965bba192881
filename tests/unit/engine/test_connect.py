from __future__ import annotations

import pytest

from uploader.domain.errors import (
    BusyError,
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    RejectedError,
    SignInNeededError,
)
from uploader.engine.connect import Link, LinkState, Standing


@pytest.fixture
def told() -> list[LinkState]:
    return []


@pytest.fixture
def link(clock, told) -> Link:
    link = Link(clock, told.append, chance=lambda: 0.0)
    link.signed_in()
    return link


def test_it_begins_signed_out(clock) -> None:
    link = Link(clock)
    assert (link.state.standing, link.online, link.due()) == (Standing.SIGNED_OUT, False, None)
    link.signed_in()
    assert link.online


def test_a_lost_store_is_probed_ever_more_rarely(link, store, clock) -> None:
    store.faults["probe"] = [OfflineError("Gone") for _ in range(8)]
    link.trouble(OfflineError("No network", "Check the cable."))
    assert (link.state.title, link.state.detail) == ("No network", "Check the cable.")
    since, waits = link.state.since, []
    for _ in range(7):
        waits.append(link.due())
        clock.now += link.due()
        assert link.probe(store) is False
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert link.state.since == since
    store.faults["probe"].clear()
    assert link.probe(store)
    assert (link.due(), link.state.title) == (None, "")


def test_several_workers_tell_of_one_loss(link, told) -> None:
    told.clear()
    for _ in range(4):
        link.trouble(OfflineError("Gone"))
    assert len(told) == 1
    assert link.due() == 2


def test_a_store_that_only_answers_probes_is_not_asked_ever_faster(link, store) -> None:
    waits = []
    for _ in range(3):
        link.trouble(OfflineError("Gone"))
        waits.append(link.due())
        link.probe(store)
    link.succeeded()
    link.trouble(OfflineError("Gone"))
    assert [*waits, link.due()] == [2, 4, 8, 2]


def test_try_now(link, told) -> None:
    link.try_now()
    link.trouble(OfflineError("Gone"))
    link.try_now()
    assert link.due() == 0
    assert told[-1].next_try == link.state.next_try
    assert [state.standing for state in told] == [
        Standing.ONLINE, Standing.OFFLINE, Standing.OFFLINE,
    ]  # fmt: skip


@pytest.mark.parametrize("error", [SignInNeededError("Out", "Sign in."), NotAnAdminError("No")])
def test_a_lost_sign_in_asks_the_person(link, error, store) -> None:
    link.trouble(error)
    assert (link.state.standing, link.state.title) == (Standing.SIGNED_OUT, error.title)
    # Trouble that comes later from other workers, and probes, change nothing about it.
    link.trouble(OfflineError("Gone"))
    assert link.probe(store) is False
    assert link.state.standing is Standing.SIGNED_OUT
    link.signed_in()
    assert link.online


def test_the_person_signs_out(link) -> None:
    link.signed_out()
    assert link.state.standing is Standing.SIGNED_OUT


@pytest.mark.parametrize(
    ("answer", "online"),
    [
        (BusyError("Busy"), True),
        (NoStoreHereError("A hotel's page"), False),
        (RejectedError("What"), False),
    ],
)
def test_what_a_probe_may_answer(link, store, answer, online) -> None:
    link.trouble(OfflineError("Gone"))
    store.faults["probe"] = [answer]
    link.try_now()
    assert link.probe(store) is online


def test_online_is_told_once(link, store, told) -> None:
    link.probe(store)
    link.probe(store)
    assert len(told) == 1


def test_probes_are_spread_but_never_far(clock, store) -> None:
    link = Link(clock, chance=lambda: 1.0)
    link.signed_in()
    link.trouble(OfflineError("Gone"))
    assert link.due() == 1.5


def test_a_loss_that_is_told_after_the_store_came_back_is_no_news(link, store) -> None:
    era = link.era
    link.trouble(OfflineError("Gone"), era)
    link.try_now()
    assert link.probe(store)
    link.trouble(OfflineError("Gone"), era)
    link.trouble(SignInNeededError("Out"), era)
    assert link.online
    link.trouble(OfflineError("Gone"), link.era)
    assert not link.online


def test_while_offline_only_probes_put_the_next_one_off(link, store, clock) -> None:
    link.trouble(OfflineError("Gone"))
    clock.now += 2
    link.trouble(OfflineError("Gone, says a late one"))
    assert link.due() == 0


def test_a_wish_during_a_probe_is_heard_after_it(link, store) -> None:
    store.faults["probe"] = [
        lambda: (link.try_now(), store._call("again")),
        OfflineError("Gone"),
    ]
    store.faults["again"] = [OfflineError("Gone")]
    link.trouble(OfflineError("Gone"))
    assert link.probe(store) is False
    assert link.due() == 0
    assert link.probe(store) is False
    assert link.due() > 0


def test_a_success_while_offline_is_looked_into_at_once(link, store) -> None:
    link.trouble(OfflineError("Gone"))
    link.succeeded()
    assert link.due() == 0
    assert not link.online


def test_the_network_is_back(link, store) -> None:
    for _ in range(5):
        link.trouble(OfflineError("Gone"))
        link.probe(store)
    link.trouble(OfflineError("Gone"))
    link.try_now(afresh=True)
    store.faults["probe"] = [OfflineError("No address yet")]
    assert (link.due(), link.probe(store)) == (0, False)
    assert link.due() == 2


def test_a_store_that_flaps_is_asked_ever_more_rarely(link, store, clock) -> None:
    asked = 0
    end = clock.now + 3600
    while clock.now < end:
        link.trouble(OfflineError("Gone"), link.era)
        clock.now += link.due()
        asked += 1
        link.probe(store)
    assert asked < 70


def test_a_probe_of_the_account_before_says_nothing_about_this_one(link, store) -> None:
    link.trouble(OfflineError("Gone"))

    def another_signs_in() -> None:
        link.signed_in()
        raise OfflineError("The connection was cut")

    store.faults["probe"] = [another_signs_in]
    assert link.probe(store)


def test_a_clock_that_is_set_takes_the_next_try_along(link, clock, told) -> None:
    link.trouble(OfflineError("Gone"))
    for by in (86_400, -86_400, -86_400):
        clock.now += by
        link.moved(by)
        assert link.due() == 2
    assert told[-1].since == clock.now


def test_a_store_that_names_a_time_is_not_asked_before_it(link) -> None:
    link.away(BusyError("Busy", retry_after=90))
    assert link.due() == 90
    link.try_now()
    assert link.due() == 0
    link.asking()
    for _ in range(3):
        link.away(BusyError("Busy", retry_after=5))
    # Nor more often than one that is away.
    assert link.due() > 5
