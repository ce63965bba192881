"""Reading a catalogue from a store that has no time for it."""

from __future__ import annotations

from types import SimpleNamespace

from uploader.background.stock import Stock
from uploader.domain.errors import BusyError
from uploader.domain.stores import Page


def test_a_busy_store_is_not_asked_before_its_time(hall, qtbot, monkeypatch):
    service, waits = hall.contact.service, []
    answers = [BusyError("Busy", retry_after=90), Page(())]

    def items(*_args):
        answer = answers.pop(0)
        if isinstance(answer, BusyError):
            raise answer
        return answer

    hall.store.items = items
    monkeypatch.setattr(service.cancel, "wait", waits.append)
    quiet = SimpleNamespace(catalogue_loaded=SimpleNamespace(emit=lambda _count: None))
    stock = Stock(
        hall.outbox, SimpleNamespace(save=lambda *_: None), quiet,
        heed=lambda _: False, on_trouble=lambda *_: None,
    )  # fmt: skip
    stock.refresh(service)
    qtbot.waitUntil(lambda: service.catalogue_read is not None)
    assert stock.close(20_000)
    [wait] = waits
    assert 90 <= wait <= 95
