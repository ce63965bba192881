"""The other windows: signing in, the history, help."""

from __future__ import annotations

from dataclasses import replace

import gui_fakes
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtTest import QTest
from studio import EVENING, Studio

from uploader.domain.history import HistoryPage, Outcome, outcome_of
from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.domain.states import State
from uploader.domain.styles import CENTRE
from uploader.ui.dialogs.about import AboutDialog
from uploader.ui.dialogs.diagnostics import DiagnosticsDialog
from uploader.ui.dialogs.shortcuts import ShortcutsDialog
from uploader.ui.dialogs.sign_in import SignInDialog

DIAGNOSTICS = """\
Store Uploader: diagnostics
Made 2026-11-23 19:42 UTC. Keys, addresses and the names of photos are left out.

Versions
  Store Uploader: 0.1.0
  Python: 3.13.5
  PySide6-Essentials: 6.11.3
  pillow: 12.0.0
  System: Debian GNU/Linux 13 (trixie), Linux 6.12.48, x86_64

Window
  platform: wayland
  screens: 1920 × 1200 at 2
  look: fusion, light

Stores
  known: 1
  store 1: https://…, used last

Photos
  list 1: ready 24, waiting 69, uploading 1, processing 6, live 207, failed 1

The log’s last 2 lines
2026-11-23 20:41:58,204 INFO uploader.engine.upload: photo 6: no answer
2026-11-23 20:42:08,911 WARNING uploader.engine.settle: photo 3: done, but … isn’t there
"""


def sign_in(studio: Studio) -> None:
    """Signing in, and what goes wrong with it."""
    window = studio.open(batch=False)
    for scheme in studio.schemes():
        dialog = SignInDialog(studio.desk, studio.theme, window)
        dialog.address.setText("harbourpine.shop")
        dialog.email.setText("ines@harbourpine.shop")
        dialog.password.setText("twelve chars")
        dialog.show()
        studio.desk.greeted.emit("https://harbourpine.shop", "Harbour & Pine")
        dialog.submit.setFocus()
        studio.shoot(f"signin-plain-{scheme}", dialog)
        studio.desk.sign_in_failed.emit(
            "email",
            "This account isn’t an administrator of the store",
            "Ask whoever runs Harbour & Pine to make it one, or sign in with another account.",
        )
        dialog.email.deselect()
        studio.shoot(f"signin-{scheme}", dialog)
        dialog.close()


def history(studio: Studio) -> None:
    """What was sent on an evening; as it looks in a real run, `real.py` has it."""
    studio.open()
    for scheme in studio.schemes():
        studio.window.history.open()
        dialog = studio.window.history.dialog
        dialog.resize(1000, 600)
        lines = [
            replace(line, item=studio.item_in_language(line.item))
            for line in gui_fakes.history_lines(EVENING)
        ]
        counts = dict.fromkeys(Outcome, 0) | {Outcome.ALL: len(lines)}
        for line in lines:
            counts[outcome_of(line.outcome)] += 1
        page = HistoryPage(dialog.model.query, tuple(lines), counts, None, False, 1)
        studio.desk.history.emit(page)
        dialog.table.selectRow(2)
        studio.shoot(f"evening-{scheme}", dialog)
        dialog.close()


def guide(studio: Studio) -> None:
    """The guide, and a search in it."""
    helper = studio.open().helper
    for scheme in studio.schemes():
        helper.guide()
        helper.dialog.resize(980, 700)
        QTest.qWait(500)
        studio.shoot(f"guide-{scheme}", helper.dialog)
        helper.dialog.search.setText("sku")
        QTest.qWait(300)
        helper.guide("matching.md")
        QTest.qWait(300)
        studio.shoot(f"guide-search-{scheme}", helper.dialog)
        helper.dialog.close()


def check(studio: Studio) -> None:
    """What there is to say before the batch goes out."""
    window, desk = studio.open(), studio.desk
    desk.capabilities = replace(desk.capabilities, replaces=True, lists_images=True, pads=True)
    desk.changed.emit([replace(p, state=State.READY, focus=CENTRE) for p in studio.photos[:6]])
    cut = (Remark(n, Concern.CUT, "square", mendable=n in (3, 5)) for n in (6, 1, 3, 5, 9))
    copy = Remark(12, Concern.COPY, "vase-celadon-tall.jpg")
    taken = (Remark(n, Concern.TAKEN, count=n % 2 + 1) for n in (10, 11))
    stays = (Remark(7, Concern.NO_ITEM, count=2), Remark(8, Concern.UNUSABLE))
    going = (*range(1, 7), *range(9, 30))
    desk.check = BatchCheck(going, (*cut, copy, *taken, *stays), private=9)
    window.toolbar.upload.click()
    dialog = window.check.dialog
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect
    dialog.list.selectionModel().setCurrentIndex(dialog.model.index(2), how)
    studio.both("check", dialog)
    dialog.reject()


def small_windows(studio: Studio) -> None:
    """What is copied for whoever helps, the shortcuts, and what this is."""
    window = studio.open()
    for scheme in studio.schemes():
        dialog = DiagnosticsDialog(studio.desk, studio.theme, window.settings, window)
        dialog.show()
        studio.desk.diagnosed.emit(DIAGNOSTICS, False)
        dialog.copy.setFocus()
        studio.shoot(f"diagnostics-{scheme}", dialog)
        dialog.close()
        for name, kind in (("about", AboutDialog), ("shortcuts", ShortcutsDialog)):
            dialog = kind(window)
            dialog.show()
            studio.shoot(f"{name}-{scheme}", dialog)
            dialog.close()


SCENES = (sign_in, check, history, guide, small_windows)
