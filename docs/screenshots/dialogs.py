"""The windows in which a batch is prepared: settings, matching, words for many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import gui_fakes
from PySide6.QtTest import QTest
from studio import Studio

from uploader.domain.matching import Matcher
from uploader.domain.states import State
from uploader.domain.trial import Setup, try_out
from uploader.ui.picture_acts import PictureActs
from uploader.ui.triage.dialog import TriageDialog

PAGES = ("uploading", "bandwidth", "starting", "appearance", "network")
NAMES = (
    "HP-1180_2.jpg",
    "HP-2041_lamp-terra.jpg",
    "dining chair oak (3).jpg",
    "harbour-mug.jpg",
    "harbour-mug_2.jpg",
    "frying-pan-28-cm.jpg",
    "IMG_4471.jpg",
    "IMG_4472.jpg",
    "HP-6009 front.jpg",
)


def settings(studio: Studio) -> None:
    """Each page of the settings."""
    window = studio.open()
    for scheme in studio.schemes():
        window.settings_window.open()
        dialog = window.settings_window.dialog
        for name in PAGES:
            dialog.show_page(getattr(dialog, name))
            studio.shoot(f"settings-{name}-{scheme}", dialog)
        dialog.close()


def rules(studio: Studio) -> None:
    """The rules of matching, and what they would do."""
    window = studio.open()
    items = [photo.item for photo in studio.photos[:11] if photo.item]
    matcher = Matcher((*items, *studio.photos[6].candidates))
    photos = [
        replace(gui_fakes.make_photo(number, item=None), path=Path("/photos") / name)
        for number, name in enumerate(NAMES, 1)
    ]
    studio.desk.try_matching = lambda setup: studio.desk.matching_tried.emit(
        try_out(photos, setup, Matcher(matcher.index, setup.rules, setup.names))
    )
    for scheme in studio.schemes():
        window.matching.open_rules()
        dialog = window.matching.rules
        studio.desk.matching_told.emit(Setup())
        QTest.qWait(800)
        studio.shoot(f"rules-{scheme}", dialog)
        dialog.close()


def triage(studio: Studio) -> None:
    """From one photo without an item to the next."""
    window = studio.open()
    studio.desk.changed.emit([replace(studio.photos[8], item=None)])
    for scheme in studio.schemes():
        window.matching.open_triage()
        dialog = next(w for w in studio.app.topLevelWidgets() if isinstance(w, TriageDialog))
        # The offscreen screen is smaller than the window, which would be remembered so.
        dialog.resize(1080, 640)
        QTest.qWait(300)
        studio.shoot(f"triage-{scheme}", dialog)
        dialog.close()
        QTest.qWait(50)


def new_items(studio: Studio) -> None:
    """New items for many photos, with titles from their names."""
    window = studio.open()
    names = ("salt-cellar_1.jpg", "salt-cellar_2.jpg", "oil-bottle.jpg", "bread knife 24 cm.jpg")
    photos = [
        gui_fakes.make_photo(number, name=name, item=None) for number, name in enumerate(names, 1)
    ]
    for scheme in studio.schemes():
        window.matching.open_new_items(photos)
        studio.shoot(f"new-items-{scheme}", window.matching.new_items)
        window.matching.new_items.close()


def alt_texts(studio: Studio) -> None:
    """Alt texts of many photos, from a template."""
    window = studio.open()
    acts = window.findChild(PictureActs)
    ready = [photo for photo in studio.photos[:11] if photo.state is State.READY and photo.item]
    for scheme in studio.schemes():
        acts.write_texts(ready)
        dialog = acts.dialog
        dialog.template.setText("{title}, {number}")
        dialog.template.deselect()
        studio.shoot(f"alt-texts-{scheme}", dialog)
        dialog.close()


SCENES = (settings, rules, triage, new_items, alt_texts)
