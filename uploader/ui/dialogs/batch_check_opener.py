"""Looks over the batch before it goes out, and opens the check where there is something to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from uploader.background.desk import Desk
from uploader.background.previews import Previews
from uploader.domain.preflight import BatchCheck
from uploader.ui.theme import Theme

if TYPE_CHECKING:
    from uploader.ui.dialogs.batch_check import BatchCheckDialog


class BatchCheckOpener(QObject):
    """`send` uploads photos; `choose_items` leads to those that have no item; `closed` follows.

    Attributes: `wanted`, whether *Upload* looks first, as the desk last told it; `dialog`, the
    open one.
    """

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        previews: Previews,
        theme: Theme,
        *,
        send: Callable[[list[int]], None],
        choose_items: Callable[[], None],
        closed: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._previews, self._theme = window, desk, previews, theme
        self._send, self._choose_items, self._after = send, choose_items, closed
        self.dialog: BatchCheckDialog | None = None
        self.wanted = True
        self._asked = self._before_upload = False
        desk.checks_batch_changed.connect(self._on_wanted)
        desk.batch_checked.connect(self._on_checked)

    def upload(self) -> None:
        """Send what is ready, after a look at it."""
        if self.dialog is not None:
            self._show(self.dialog)
        elif self.wanted:
            self._asked = self._before_upload = True
            self._desk.check_batch()
        else:
            self._send([])

    def open(self) -> None:
        """Show the check, whether there is something to say or not."""
        if self.dialog is not None:
            self._show(self.dialog)
            return
        self._asked, self._before_upload = True, False
        self._desk.check_batch()

    def _on_wanted(self, wanted: bool) -> None:
        self.wanted = wanted

    def _on_checked(self, check: BatchCheck) -> None:
        if self.dialog is not None or not self._asked:
            return
        self._asked = False
        if self._before_upload and not check.asks:
            self._send(list(check.going))
            return
        # Imported here: the main window must not wait for what few starts open.
        from uploader.ui.dialogs.batch_check import BatchCheckDialog  # noqa: PLC0415

        self.dialog = dialog = BatchCheckDialog(
            self._desk, self._previews, self._theme, self._window
        )
        dialog.show_check(check)
        dialog.upload_wanted.connect(self._send)
        dialog.items_wanted.connect(self._choose_items)
        dialog.finished.connect(self._closed)
        # For the main window alone: F1 opens the guide, which has no parent and must be usable.
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._show(dialog)

    def _show(self, dialog: BatchCheckDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _closed(self) -> None:
        self.dialog = None
        self._after()
