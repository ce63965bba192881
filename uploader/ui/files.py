"""The dialogs that choose files. They never block: the answer comes by a call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from uploader.domain.endings import ENDINGS
from uploader.ui.text import translate

_LAST = "last-folder"
_SAVED = "saved-folder"


def choose_target(
    parent: QWidget, settings: QSettings, title: str, name: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask where to save a file called `name`; its ending says what kind it is."""
    dialog = QFileDialog(parent, title, str(Path(str(settings.value(_SAVED, ""))) / name))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))

    def take(target: str) -> None:
        settings.setValue(_SAVED, str(Path(target).parent))
        chosen(Path(target))

    dialog.fileSelected.connect(take)
    dialog.open()
    return dialog


def choose_table(
    parent: QWidget, settings: QSettings, title: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    """Ask for a table, beginning where the person was last."""
    tables = _kind(translate("Files", "Tables"), ".csv", ".tsv", ".txt")
    return _choose_one(parent, title, str(settings.value(_LAST, "")), tables, chosen)


def choose_certificates(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file of certificates; where it lies is no place of photos."""
    certificates = _kind(translate("Files", "Certificates"), ".pem", ".crt", ".cer")
    return _choose_one(parent, title, "", certificates, chosen)


def choose(
    parent: QWidget,
    settings: QSettings,
    title: str,
    mode: QFileDialog.FileMode,
    chosen: Callable[[list[Path]], None],
) -> QFileDialog:
    """Ask for files or a folder, beginning where the person was last."""
    dialog = QFileDialog(parent, title, str(settings.value(_LAST, "")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    if mode is QFileDialog.FileMode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    else:
        photos = _kind(translate("Files", "Photos"), *sorted(ENDINGS))
        dialog.setNameFilters([photos, _every()])

    def take(names: list[str]) -> None:
        paths = [Path(name) for name in names]
        if paths:
            settings.setValue(_LAST, str(paths[0].parent))
            chosen(paths)

    dialog.filesSelected.connect(take)
    dialog.open()
    return dialog


def _choose_one(
    parent: QWidget, title: str, folder: str, kind: str, chosen: Callable[[Path], None]
) -> QFileDialog:
    dialog = QFileDialog(parent, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([kind, _every()])
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def _kind(words: str, *endings: str) -> str:
    """Give a filter of names; some systems tell cases apart."""
    return f"{words} ({' '.join(f'*{ending} *{ending.upper()}' for ending in endings)})"


def _every() -> str:
    return f"{translate('Files', 'All files')} (*)"
