"""Is there a newer version? Asked by the person, answered each way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from uploader.domain.updates import Finding, Manifest, Package, System, UpdateNews
from uploader.ui import numbers
from uploader.ui.phrasebook import say
from uploader.ui.text import translate
from uploader.ui.widgets.buttons import push_button
from uploader.ui.widgets.labels import label

WIDTH = 480


class UpdatesDialog(QDialog):
    """Opens without blocking, and says what it is told by `show_news`.

    Signals: `page_wanted(QUrl)`; `skipped(str)` a version; `asked()` once more.
    """

    page_wanted = Signal(QUrl)
    skipped = Signal(str)
    asked = Signal()

    def __init__(self, system: System, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._system = system
        self._manifest: Manifest | None = None
        self.setWindowTitle(translate("Updates", "Updates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading, self.text = label("", "heading"), label("")
        self.notes, self.files = label(""), label("", "secondary")
        self.new = label(translate("Updates", "What is new"), "label")
        self.here = label(translate("Updates", "For this system"), "label")
        self.copy = push_button(translate("Updates", "Copy the SHA-256 sums"), "link")
        self.copy.clicked.connect(self._copy_sums)
        self._build()
        self.show_asking()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(4)
        for part in (self.heading, self.text, self.new, self.notes, self.here, self.files):
            part.setWordWrap(True)
            column.addWidget(part)
            if part in (self.text, self.notes):
                column.addSpacing(12)
        # Names of files are for comparing: they can be selected.
        self.files.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(20)
        self.skip = push_button(translate("Updates", "Skip this version"))
        self.again = push_button(translate("Updates", "Try again"))
        self.away = push_button("")
        self.page = push_button(translate("Updates", "Open the download page"), "accent")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self._buttons = (self.skip, self.again, self.away, self.page)
        for button in self._buttons:
            row.addWidget(button)
        column.addLayout(row)
        self.skip.clicked.connect(self._skip)
        self.again.clicked.connect(self.asked)
        self.away.clicked.connect(self.reject)
        self.page.clicked.connect(self._open_page)

    def show_asking(self) -> None:
        """Say that the answer is on its way."""
        words = translate("Updates", "Looking for a newer version…")
        self._show(words, translate("Updates", "This takes a few seconds at most."))
        self.away.setFocus()
        self._fit()

    def show_news(self, news: UpdateNews) -> None:
        """Say what came of it."""
        if news.finding is Finding.NEWER and news.manifest is not None:
            self._show_newer(news, news.manifest)
        elif news.finding is Finding.NEWEST:
            running = translate("Updates", "You have version {version}.", version=news.running)
            self._show(translate("Updates", "This is the newest version"), running)
        else:
            self._show(say(news.title), say(news.detail), again=True)
        self._fit()

    def _show_newer(self, news: UpdateNews, manifest: Manifest) -> None:
        title = translate("Updates", "Version {version} is out", version=manifest.version)
        running = translate("Updates", "You have version {version}.", version=news.running)
        if news.skipped:
            running += " " + translate("Updates", "You have skipped the newer one.")
        self._show(title, running, manifest)
        self.skip.setVisible(not news.skipped)
        self.away.setText(translate("Updates", "Later"))
        self.page.setDefault(True)
        self.page.setFocus()

    def _show(
        self, title: str, text: str, manifest: Manifest | None = None, *, again: bool = False
    ) -> None:
        self._manifest = manifest
        self.heading.setText(title)
        self.text.setText(text)
        notes = manifest.notes if manifest else ()
        # Words of the people who make the program: not ours to translate.
        self.notes.setText("\n".join(f"•\u2002{note}" for note in notes))
        files = self._packages()
        self.files.setText("\n".join(f"{file.name}, {numbers.size(file.size)}" for file in files))
        for parts, shown in (
            ((self.new, self.notes), bool(notes)),
            ((self.here, self.files, self.copy), bool(files)),
            ((self.skip, self.page), manifest is not None),
            ((self.again,), again),
        ):
            for part in parts:
                part.setVisible(shown)
        self.away.setText(translate("Updates", "Close"))
        self.setAccessibleDescription(f"{title}. {text}")

    def _fit(self) -> None:
        """Be as large as what is said, and as wide as the buttons in any language."""
        layout = self.layout()
        assert layout is not None
        for button in self._buttons:
            # Its style may have come after its place in the row was measured.
            button.ensurePolished()
            button.updateGeometry()
        layout.activate()
        width = max(WIDTH, layout.totalMinimumSize().width())
        self.setFixedSize(width, layout.totalHeightForWidth(width))

    def _packages(self) -> tuple[Package, ...]:
        return self._manifest.packages_for(self._system) if self._manifest else ()

    def _copy_sums(self) -> None:
        """Copy them as sha256sum writes and checks them."""
        lines = [f"{file.sha256}  {file.name}\n" for file in self._packages()]
        QGuiApplication.clipboard().setText("".join(lines))

    def _open_page(self) -> None:
        if self._manifest is not None:
            self.page_wanted.emit(QUrl(self._manifest.page))
        self.accept()

    def _skip(self) -> None:
        if self._manifest is not None:
            self.skipped.emit(self._manifest.version)
        self.accept()
