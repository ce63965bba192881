"""The main window in one state after another, each with a function of its own."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import gui_fakes
from items import pictured, with_pictures
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtTest import QTest
from studio import EVENING, Studio

from uploader.background.values import Connection, Link, Notice, StoreEntry
from uploader.domain.photos import Problem
from uploader.domain.states import State
from uploader.outbox.words import DAMAGED
from uploader.ui.models.groups import Group
from uploader.ui.offers import read_offer
from uploader.ui.widgets.item_editor import ItemEditor

STORES = (
    StoreEntry(
        "shop",
        "Harbour & Pine",
        "ines@harbourpine.shop",
        "https://harbourpine.shop",
        current=True,
    ),
    StoreEntry("fair", "Autumn fair", "ines@fair.example", "https://fair.example", waiting=3),
)


def main(studio: Studio) -> None:
    """A batch in progress."""
    studio.open()
    studio.pick(5)
    studio.both("main")


def empty(studio: Studio) -> None:
    """Before the first photo."""
    studio.open(batch=False)
    studio.both("empty")


def first_steps(studio: Studio) -> None:
    """The very first start: what to do, step by step; and with the store connected."""
    studio.open(batch=False, first=True)
    studio.both("first")
    studio.desk.connection_changed.emit(gui_fakes.ONLINE)
    studio.both("first-connected")


def counts(studio: Studio) -> None:
    """One photo, fifty, and five thousand of which the last are on the screen."""
    studio.open(count=1)
    studio.both("one")
    studio.open(count=50)
    studio.pick(4)
    studio.both("fifty")
    window = studio.open(count=5000)
    window.list.scrollToBottom()
    studio.pick(4996)
    studio.both("thousands")


def matching(studio: Studio) -> None:
    """Two items fit a file name."""
    window = studio.open()
    pictured(studio)
    studio.desk.changed.emit(
        [
            with_pictures(studio.photos[6]),
            replace(studio.photos[9], item=None),
            replace(studio.photos[10], item=None),
        ]
    )
    window.chips.choose(Group.ATTENTION)
    studio.pick(2)
    window.list.edit_item(7)
    editor = window.list.findChild(ItemEditor)
    QTest.qWait(30)
    editor.popup.move_by(1)
    studio.both("matching")


def offline(studio: Studio) -> None:
    """The network is gone."""
    window = studio.open()
    window.toolbar.inspector.click()
    studio.desk.changed.emit(
        [
            replace(studio.photos[4], state=State.WAITING, sent=5_300_000),
            replace(studio.photos[5], state=State.UNCERTAIN, problem=None, not_before=0),
        ]
    )
    studio.pick(4)
    gone = replace(
        gui_fakes.ONLINE,
        link=Link.OFFLINE,
        since=EVENING + 230,
        title="No way to the store",
        detail="harbourpine.shop can’t be found. Check the network and the address.",
    )
    for scheme in studio.schemes():
        studio.desk.connection_changed.emit(replace(gone, next_try=time.time() + 9.4))
        studio.shoot(f"offline-{scheme}")


def signed_out(studio: Studio) -> None:
    """The sign-in ended while photos were being sent."""
    studio.open().work.show_inspector(False)
    studio.desk.connection_changed.emit(
        replace(
            gui_fakes.ONLINE,
            link=Link.SIGNED_OUT,
            title="You are signed out",
            detail="Sign in again; the photos wait and go on by themselves.",
        )
    )
    studio.desk.changed.emit(
        [
            replace(studio.photos[4], state=State.WAITING, sent=5_300_000),
            replace(studio.photos[5], not_before=0),
        ]
    )
    studio.pick(4)
    studio.both("signed-out")


def waiting(studio: Studio) -> None:
    """Each way to wait, and what was taken back."""
    window = studio.open()
    window.work.show_inspector(False)
    now, photos = time.time(), studio.photos
    busy = Problem("Busy", "Harbour & Pine asks for a little patience.")
    waits = replace(photos[6], state=State.WAITING, item=photos[6].candidates[0])
    studio.desk.changed.emit(
        [
            replace(photos[1], state=State.CANCELLED),
            replace(photos[3], state=State.UNCERTAIN, not_before=now + 8.4),
            replace(waits, not_before=now + 300, problem=busy),
            replace(photos[8], state=State.WAITING),
        ]
    )
    studio.pick(1)
    studio.both("waiting")


def damaged(studio: Studio) -> None:
    """The list of photos was damaged, and what became of it."""
    studio.open().work.show_inspector(True)
    said = DAMAGED.format(count=312, name="outbox.damaged-1.sqlite3")
    studio.desk.noticed.emit(Notice(said, stays=True, folder=Path("/photos")))
    studio.pick(5)
    studio.both("damaged")


def failed(studio: Studio) -> None:
    """The list of photos can't be opened."""
    studio.open(batch=False)
    studio.desk.connection_changed.emit(Connection())
    studio.desk.failed.emit(
        "The disk is full",
        "The list of photos needs a little room. Make some, then try again; nothing is lost.",
    )
    studio.both("failed")


def small(studio: Studio) -> None:
    """A small window."""
    window = studio.open(size=(960, 540))
    studio.pick(5)
    window.list.verticalScrollBar().setValue(72)
    studio.both("small-window")


def dragging(studio: Studio) -> None:
    """Files over the window."""
    window = studio.open()
    studio.pick(5)
    mime = QMimeData()
    names = [f"a{n}.jpg" for n in range(24)] + ["Autumn", "a.txt", "b.pdf", "c.mov"]
    mime.setUrls([QUrl.fromLocalFile(f"/photos/{name}") for name in names])
    window.drops.overlay.show_offer(read_offer(mime))
    studio.both("dragover")


def menus(studio: Studio) -> None:
    """What is behind the dots and behind the store's name."""
    window = studio.open()
    studio.desk.stores = list(STORES)
    for name, button in (("menu", window.toolbar.more), ("menu-store", window.toolbar.store)):
        menu = button.menu()
        for scheme in studio.schemes():
            menu.popup(window.mapToGlobal(window.rect().center()))
            studio.shoot(f"{name}-{scheme}", menu)
            menu.close()


SCENES = (
    *(main, empty, first_steps, counts, matching, offline, signed_out),
    *(waiting, damaged, failed, small, dragging, menus),
)
