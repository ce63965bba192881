"""What workers say comes out on the UI thread, and never at a receiver that has gone."""

from __future__ import annotations

import threading

from uploader.background.signals import DeskSignals


def from_a_worker(speak) -> None:
    thread = threading.Thread(target=speak)
    thread.start()
    thread.join()


def test_every_signal_has_a_voice(qtbot):
    desk = DeskSignals()
    voice = desk.voice()
    told = {
        "changed": ([1, "two"],),
        "items_found": ("mug", [object()]),
        "progressed": ({7: "a value under a number"},),
        "sign_in_failed": ("password", "title", "detail"),
        "added": (3,),
        "failed": ("title", "detail"),
    }
    for name, arguments in told.items():
        with qtbot.waitSignal(getattr(desk, name), timeout=5000) as heard:
            from_a_worker(lambda n=name, a=arguments: getattr(voice, n).emit(*a))
        assert tuple(heard.args) == arguments


def test_receivers_are_called_on_the_thread_of_the_window(qtbot):
    desk = DeskSignals()
    voice = desk.voice()
    threads: list[int] = []
    desk.noticed.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignal(desk.noticed, timeout=5000):
        from_a_worker(lambda: voice.noticed.emit("hello"))
    assert threads == [threading.get_ident()]


def test_a_receiver_that_left_meanwhile_hears_nothing(qtbot):
    desk = DeskSignals()
    voice = desk.voice()
    heard: list[object] = []

    def receiver(said: object) -> None:
        heard.append(said)

    desk.noticed.connect(receiver)
    from_a_worker(lambda: voice.noticed.emit("too late"))
    desk.noticed.disconnect(receiver)
    with qtbot.waitSignal(desk.added, timeout=5000):
        from_a_worker(lambda: voice.added.emit(1))
    assert heard == []
