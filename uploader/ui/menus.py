"""The window's menus: on rows, and behind the dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QActionGroup, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from uploader.background.desk import Desk
from uploader.domain.photos import Photo
from uploader.ui import abilities
from uploader.ui.picture_acts import PictureActs
from uploader.ui.text import translate
from uploader.ui.theme import Theme


def row_menu(
    parent: QWidget,
    desk: Desk,
    photos: Sequence[Photo],
    choose: Callable[[], None],
    replace: Callable[[Photo], None],
    *,
    new_items: Callable[[Sequence[Photo]], None],
    pictures: PictureActs,
) -> QMenu:
    """Make the menu on selected rows: what can be done with any of them."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def entry(text: str, can: Callable[[Photo], bool], act: Callable[[list[int]], None]) -> None:
        ids = [photo.id for photo in photos if can(photo)]
        action = menu.addAction(text)
        action.setEnabled(bool(ids))
        action.triggered.connect(lambda: act(ids))

    entry(translate("RowMenu", "Upload"), abilities.can_upload, desk.upload)
    entry(translate("RowMenu", "Retry now"), abilities.can_retry, desk.retry)
    entry(translate("RowMenu", "Cancel"), abilities.can_cancel, desk.cancel)
    entry(translate("RowMenu", "Send after all"), abilities.can_put_back, desk.put_back)
    menu.addSeparator()
    entry(translate("RowMenu", "Choose item…"), abilities.can_choose_item, lambda _ids: choose())
    if desk.capabilities.new_items:
        text = translate("RowMenu", "New items from names…")
        entry(text, abilities.can_choose_item, lambda _ids: new_items(photos))
    menu.addSeparator()
    pictures.fill(menu, photos)
    menu.addSeparator()
    one = photos[0] if len(photos) == 1 else None
    swap = menu.addAction(translate("RowMenu", "Replace file…"))
    swap.setEnabled(one is not None and abilities.can_replace(one))
    if one is not None:
        swap.triggered.connect(lambda: replace(one))
    copy = menu.addAction(translate("RowMenu", "Copy file path"))
    paths = "\n".join(str(photo.path) for photo in photos)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(paths))
    menu.addSeparator()
    entry(translate("RowMenu", "Remove from the list"), lambda _photo: True, desk.remove)
    return menu


def more_menu(
    parent: QWidget,
    theme: Theme,
    settings: QSettings,
    *,
    paste: Callable[[], None],
    finished: Callable[[], int],
    clear_finished: Callable[[], None],
    add_matching: Callable[[QMenu], None],
    show_history: Callable[[], None],
    check_batch: Callable[[], None],
    checks_batch: Callable[[], bool],
    set_checks_batch: Callable[[bool], None],
    help_menu: QMenu,
    show_settings: Callable[[], None],
    leave: Callable[[], None],
    removes_metadata: Callable[[], bool],
    set_removes_metadata: Callable[[bool], None],
) -> QMenu:
    """Make the menu behind the dots."""
    menu = QMenu(parent)
    menu.addAction(translate("MoreMenu", "Add from the clipboard")).triggered.connect(paste)
    clear = menu.addAction(translate("MoreMenu", "Clear finished"))
    clear.triggered.connect(clear_finished)
    menu.aboutToShow.connect(lambda: clear.setEnabled(finished() > 0))
    menu.addSeparator()
    add_matching(menu)
    menu.addSeparator()
    menu.addAction(translate("MoreMenu", "Check batch…")).triggered.connect(check_batch)
    menu.addAction(translate("MoreMenu", "History…")).triggered.connect(show_history)
    menu.addMenu(_appearance(menu, theme, settings))
    private = menu.addAction(translate("MoreMenu", "Remove location and camera data"))
    private.setCheckable(True)
    menu.aboutToShow.connect(lambda: private.setChecked(removes_metadata()))
    # Without a lambda PySide leaves the argument out where it can’t tell how many are taken.
    private.triggered.connect(lambda on: set_removes_metadata(bool(on)))
    checks = menu.addAction(translate("MoreMenu", "Check before uploading"))
    checks.setCheckable(True)
    menu.aboutToShow.connect(lambda: checks.setChecked(checks_batch()))
    checks.triggered.connect(lambda on: set_checks_batch(bool(on)))
    menu.addAction(translate("MoreMenu", "Settings…")).triggered.connect(show_settings)
    menu.addSeparator()
    menu.addMenu(help_menu)
    menu.addAction(translate("MoreMenu", "Quit")).triggered.connect(leave)
    return menu


def _appearance(parent: QMenu, theme: Theme, settings: QSettings) -> QMenu:
    """Make the menu that chooses light, dark, or what the system says."""
    menu, group = QMenu(translate("MoreMenu", "Appearance"), parent), QActionGroup(parent)

    def choose(scheme: str) -> None:
        theme.set_scheme(scheme)
        settings.setValue("scheme", scheme)

    chosen = str(settings.value("scheme", ""))
    for scheme, text in (
        ("", translate("MoreMenu", "As the system")),
        ("light", translate("MoreMenu", "Light")),
        ("dark", translate("MoreMenu", "Dark")),
    ):
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(scheme == chosen)
        action.triggered.connect(lambda _checked, scheme=scheme: choose(scheme))
        group.addAction(action)
    return menu
