"""Ways to the windows about items: menus, the keyboard, a link beside the chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QMenu, QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.background.values import Connection
from uploader.domain.photos import Photo
from uploader.ui import abilities
from uploader.ui.item_pictures import ItemPictures
from uploader.ui.models.photos import PhotosModel
from uploader.ui.text import translate
from uploader.ui.theme import Theme
from uploader.ui.triage.opener import TriageOpener

if TYPE_CHECKING:
    from uploader.ui.matching.dialog import MatchingDialog
    from uploader.ui.matching.new_items import NewItemsDialog


class Matching(QObject):
    """`rules` and `new_items` are the open windows, or None; `triage` opens the third one."""

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        previews: Previews,
        theme: Theme,
        *,
        settings: QSettings,
        pictures: ItemPictures,
        model: PhotosModel,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._theme = window, desk, theme
        self._settings, self._model = settings, model
        self.rules: MatchingDialog | None = None
        self.new_items: NewItemsDialog | None = None
        self.triage = TriageOpener(
            window, desk, previews, theme, settings=settings, pictures=pictures, model=model
        )

    # Imported where they are opened: the main window must not wait for what few starts open.
    def open_rules(self) -> None:
        """Show the rules, and what they would do."""
        from uploader.ui.matching.dialog import MatchingDialog  # noqa: PLC0415

        self.rules = MatchingDialog(self._desk, self._theme, self._settings, self._window)
        self.rules.finished.connect(self._closed)
        self.rules.open()

    def open_triage(self) -> None:
        """Ask for one item after the other."""
        self.triage.open()

    def open_new_items(self, photos: Sequence[Photo]) -> None:
        """Make new items for these photos, as far as they can still get one."""
        from uploader.ui.matching.new_items import NewItemsDialog  # noqa: PLC0415

        if wanted := [photo for photo in photos if abilities.can_choose_item(photo)]:
            self.new_items = NewItemsDialog(self._desk, self._theme, wanted, self._window)
            self.new_items.finished.connect(self._closed)
            self.new_items.open()

    def _closed(self) -> None:
        self.rules = self.new_items = None

    def add_rules_to(self, menu: QMenu, connection: Connection) -> None:
        """Put the way to a known store's rules at the end of a menu that is filled anew."""
        if not connection.address:
            return
        menu.addSeparator()
        menu.addAction(translate("StoreMenu", "Matching…")).triggered.connect(self.open_rules)

    def add_to(self, menu: QMenu) -> None:
        """Put the commands into a menu, enabled as there are photos for them."""
        find = menu.addAction(translate("MoreMenu", "Find items one by one…"))
        find.triggered.connect(self.open_triage)
        again = menu.addAction(translate("MoreMenu", "Match again"))
        again.triggered.connect(self._desk.match_again)
        menu.addAction(translate("MoreMenu", "Matching…")).triggered.connect(self.open_rules)

        def allow() -> None:
            for action in (find, again):
                action.setEnabled(self._model.ledger.asking > 0)

        menu.aboutToShow.connect(allow)
