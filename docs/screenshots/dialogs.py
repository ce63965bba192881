"""The windows in which a batch is prepared: settings, words for many."""

from __future__ import annotations

from scenes import STORES
from studio import Studio

from uploader.domain.states import State
from uploader.ui.dialogs.stores import ForgetDialog, RenameDialog
from uploader.ui.picture_acts import PictureActs

PAGES = ("uploading", "bandwidth", "starting", "appearance", "network", "updates")


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


def stores(studio: Studio) -> None:
    """Renaming a store and forgetting it."""
    window = studio.open()
    for scheme in studio.schemes():
        for name, kind in (("rename", RenameDialog), ("forget", ForgetDialog)):
            dialog = kind(studio.desk, STORES[1], window)
            dialog.show()
            studio.shoot(f"store-{name}-{scheme}", dialog)
            dialog.close()


SCENES = (settings, alt_texts, stores)
