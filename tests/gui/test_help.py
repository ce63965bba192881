"""The help window, F1, and the menu that leads to all that helps."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTextEdit

from uploader.domain.preflight import BatchCheck
from uploader.ui import resources
from uploader.ui.dialogs.about import AboutDialog
from uploader.ui.dialogs.diagnostics import DiagnosticsDialog
from uploader.ui.dialogs.guide import GuideDialog
from uploader.ui.dialogs.shortcuts import ShortcutsDialog
from uploader.ui.dialogs.sign_in import SignInDialog
from uploader.ui.guide.dress import COLUMN, native_keys
from uploader.ui.guide.pages import START, read_pages, search, slug
from uploader.ui.guide.shelf import Shelf
from uploader.ui.guide.trail import Place, Trail
from uploader.ui.helper import PLACES


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "guide"
    made.mkdir()
    (made / START).write_text(
        "# The book\n\nBegin with [the café](cafe.md#warm-drinks), or [gone](gone.md).\n\n"
        "![A picture](pictures/p.png)\n\nOutside: [site](https://shop.example/).\n",
        "utf-8",
    )
    rows = "\n".join(f"Line {n} about nothing.\n" for n in range(80))
    (made / "cafe.md").write_text(
        f"# Café\n\nOf *Upload* and `Ctrl+O`.\n\n{rows}\n## Warm drinks\n\nTea, crème brûlée.\n\n"
        f"| Keys | Do |\n|---|---|\n| `F2` | choose |\n\n{rows}",
        "utf-8",
    )
    (made / "pictures").mkdir()
    picture = QImage(1600, 800, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    assert picture.save(str(made / "pictures" / "p.png"))
    picture.fill(Qt.GlobalColor.blue)
    assert picture.save(str(made / "pictures" / "p-dark.png"))
    return made


@pytest.fixture
def opened():
    return []


@pytest.fixture
def make_dialog(qtbot, theme, settings, folder, opened):
    shelves, first = [], Place()

    def make(place=first, where=folder):
        shelf = Shelf(None, where)
        shelves.append(shelf)
        made = GuideDialog(
            shelf,
            theme,
            settings,
            place,
            open_url=lambda url: opened.append(url.toString()) or True,
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        with qtbot.waitSignal(shelf.read):
            made.show()
        return made

    yield make
    for shelf in shelves:
        shelf.close()


def text_of(dialog):
    return dialog.view.toPlainText()


# ---- pages
def test_pages_come_in_the_order_of_the_first_one(folder):
    assert [page.title for page in read_pages(folder)] == ["The book", "Café"]


def test_sections_are_found_without_accents_and_case(folder):
    [hit] = search(read_pages(folder), "CREME tea")
    assert (hit.section.page, hit.section.anchor) == ("cafe.md", "warm-drinks")
    assert "crème brûlée" in hit.around


def test_headings_come_first(folder):
    hits = search(read_pages(folder), "cafe")
    assert [hit.section.heading for hit in hits] == ["Café", "The book"]


@pytest.mark.parametrize("query", ["", "  ", "zeppelin"])
def test_what_is_not_there_is_not_found(folder, query):
    assert search(read_pages(folder), query) == []


def test_anchors_are_made_as_elsewhere():
    assert slug("What you’ll see, first") == "what-youll-see-first"


def test_keys_are_written_as_the_system_does():
    assert "Ctrl+O" in native_keys("Press `Ctrl+O`.")
    assert native_keys("The style `thumb` stays.") == "The style `thumb` stays."


# ---- the trail
def test_back_and_forward():
    trail = Trail(Place("a"))
    trail.go(Place("b"))
    trail.go(Place("c"))
    assert trail.back() == Place("b")
    assert trail.forward() == Place("c")
    trail.back()
    trail.back()
    assert not trail.can_go_back
    trail.go(Place("d"))
    assert not trail.can_go_forward
    assert trail.back() == Place("a")


# ---- the window
def test_it_opens_at_the_first_page_with_its_picture(make_dialog, qtbot):
    dialog = make_dialog()
    assert text_of(dialog).startswith("The book")
    assert [e.words for e in dialog.contents.entries.entries] == ["The book", "Café"]
    kind = 2  # QTextDocument.ResourceType.ImageResource
    qtbot.waitUntil(
        lambda: dialog.view.document().resource(kind, "pictures/p.png").pixelColor(5, 5).red() > 250
    )
    ratio = dialog.devicePixelRatioF()
    image = dialog.view.document().resource(kind, "pictures/p.png")
    assert image.width() == round(COLUMN * ratio)


def test_in_the_dark_it_shows_the_dark_picture(make_dialog, theme, qtbot):
    theme.set_scheme("dark")
    dialog = make_dialog()
    qtbot.waitUntil(
        lambda: dialog.view.document().resource(2, "pictures/p.png").pixelColor(5, 5).blue() > 250
    )


def test_another_theme_is_followed_where_one_reads(make_dialog, theme, qtbot):
    dialog = make_dialog(Place("cafe.md", "warm-drinks"))
    place = dialog.view.verticalScrollBar().value()
    assert place > 0
    theme.set_scheme("dark")
    assert dialog.view.verticalScrollBar().value() == place


def test_links_lead_to_headings_and_back_again(make_dialog):
    dialog = make_dialog()
    dialog.view.followed.emit("cafe.md#warm-drinks")
    assert text_of(dialog).startswith("Café")
    assert dialog.view.verticalScrollBar().value() > 500
    assert dialog.contents.currentIndex().data() == "Café"
    dialog.back.click()
    assert text_of(dialog).startswith("The book")
    assert not dialog.back.isEnabled()
    dialog.forward.click()
    assert text_of(dialog).startswith("Café")


def test_other_links_go_to_the_browser_or_nowhere(make_dialog, opened):
    dialog = make_dialog()
    for link in ("https://shop.example/", "file:///etc/passwd", "gone.md", "javascript:x"):
        dialog.view.followed.emit(link)
    assert opened == ["https://shop.example/"]
    assert text_of(dialog).startswith("The book")


def test_searching_lists_what_fits_and_marks_it(make_dialog, qtbot):
    dialog = make_dialog()
    qtbot.keyClicks(dialog.search, "tea")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert [e.words for e in dialog.contents.entries.entries] == ["Warm drinks"]
    assert text_of(dialog).startswith("Café")
    marked = [s.cursor.selectedText() for s in QTextEdit.extraSelections(dialog.view)]
    assert marked == ["Tea"]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.contents.entries.rowCount() == 2)
    assert QTextEdit.extraSelections(dialog.view) == []


def test_nothing_found_is_said(make_dialog, qtbot):
    dialog = make_dialog()
    dialog.search.setText("zeppelin")
    qtbot.waitUntil(dialog.nothing.isVisible)
    assert dialog.nothing.text() == "Nothing found"


def test_from_the_field_one_goes_down_into_the_list(make_dialog, qtbot):
    dialog = make_dialog()
    dialog.search.setFocus()
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.contents, Qt.Key.Key_Down)
    assert text_of(dialog).startswith("Café")


def test_without_a_guide_it_says_so(make_dialog, tmp_path):
    dialog = make_dialog(where=tmp_path / "nowhere")
    assert dialog.nothing.isVisible()
    assert "can’t be read" in dialog.nothing.text()


def test_no_page_reads_a_file_by_itself(make_dialog):
    dialog = make_dialog()
    blank = dialog.view.loadResource(2, "file:///etc/hostname")
    assert blank.size() == QSize(COLUMN, 1)
    assert dialog.view.loadResource(3, "file:///etc/hostname") is None


# ---- from the window
def dialogs(kind):
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


@pytest.fixture
def helper(window, monkeypatch, qtbot):
    # The offscreen platform warns that it can't raise windows.
    monkeypatch.setattr(QDialog, "raise_", lambda _self: None)
    yield window.helper
    window.helper.close()
    for dialog in dialogs(QDialog):
        dialog.close()


def shown(helper, qtbot):
    # Its pages are read in a worker.
    qtbot.waitUntil(
        lambda: helper.dialog is not None and bool(text_of(helper.dialog)), timeout=20_000
    )
    return text_of(helper.dialog).split("\n")[0]


def test_f1_opens_the_guide_once(helper, window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert shown(helper, qtbot) == "The guide"
    assert "Ctrl+O" in text_of(helper.dialog)
    first = helper.dialog
    helper.guide("keyboard.md")
    assert helper.dialog is first
    assert shown(helper, qtbot) == "Everything by keyboard"
    first.close()
    assert helper.dialog is None


def test_f1_in_a_dialog_opens_the_page_on_it(helper, window, qtbot):
    window.ask_sign_in()
    [dialog] = dialogs(SignInDialog)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert shown(helper, qtbot) == "Getting started"
    # It stands beside, although the dialog is modal.
    qtbot.keyClicks(helper.dialog.search, "x")
    assert helper.dialog.search.text() == "x"


def test_the_guide_can_be_used_beside_the_check_of_a_batch(helper, window, desk, qtbot):
    desk.check = BatchCheck(going=(1,))
    window.check.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window.check.dialog)
    qtbot.keyClick(window.check.dialog, Qt.Key.Key_F1)
    assert shown(helper, qtbot) == "Checking before it goes out"
    # As the system brings it: what a modal dialog blocks hears nothing.
    search = helper.dialog.search
    where = search.mapTo(helper.dialog, search.rect().center())
    QTest.mouseClick(helper.dialog.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
    assert helper.dialog.focusWidget() is search


def test_where_the_list_cannot_be_opened_it_opens_at_what_is_wrong(helper, window, desk, qtbot):
    desk.failed.emit("The disk is full", "Make some room.")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert shown(helper, qtbot) == "When something is wrong"


def test_the_guide_goes_with_the_window(helper, window, qtbot):
    helper.guide()
    assert dialogs(GuideDialog)
    window.close()
    assert dialogs(GuideDialog) == []


def test_the_menu_leads_to_everything(helper, window, qtbot):
    menu = helper.menu(window, lambda: None, lambda: None)
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert words == [
        "Guide", "Keyboard shortcuts", "First steps", "Copy diagnostics…", "Show the log folder",
        "Check for updates…", "About Store Uploader",
    ]  # fmt: skip
    for place, kind in ((0, GuideDialog), (1, ShortcutsDialog), (3, DiagnosticsDialog),
                        (6, AboutDialog)):  # fmt: skip
        menu.actions()[place].trigger()
        assert dialogs(kind)


def test_packages_lead_to_the_licences_of_what_is_in_them(qtbot, tmp_path, monkeypatch, opened):
    monkeypatch.setattr(resources, "ROOT", tmp_path / "_internal" / "resources")
    without = AboutDialog()
    qtbot.addWidget(without)
    assert [button.text() for button in without.findChildren(QPushButton)] == ["Close"]
    index = tmp_path / "licences" / "README.txt"
    index.parent.mkdir()
    index.touch()
    about = AboutDialog(open_url=lambda url: opened.append(url.toLocalFile()) or True)
    qtbot.addWidget(about)
    about.show()
    button = next(b for b in about.findChildren(QPushButton) if b.text() == "Licences")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [str(index)]


def test_the_shortcuts_have_one_of_their_own(helper, window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    assert dialogs(ShortcutsDialog)


def test_the_log_folder_is_opened_or_named(helper, window, settings, opened):
    folder = Path(settings.fileName()).parent
    helper._open_url = lambda url: opened.append(url.toLocalFile()) or True
    helper.show_log()
    assert opened == [str(folder)]
    helper._open_url = lambda _url: False
    helper.show_log()
    assert "can’t be opened" in window.notice.text.text()


def test_all_places_are_in_the_guide():
    from uploader.ui.resources import guide

    pages = {page.name: page for page in read_pages(guide())}
    for link in PLACES.values():
        place = Place.of(link)
        anchors = {section.anchor for section in pages[place.page].sections}
        assert place.anchor in anchors, link


def test_every_window_of_the_program_has_its_place():
    root = Path(__file__).parents[2] / "uploader" / "ui"
    made = {
        node.name
        for path in root.glob("**/*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "QDialog" for base in node.bases)
    }
    assert made - {"GuideDialog"} == set(PLACES)


# ---- diagnostics
@pytest.fixture
def diagnostics(window, desk, theme, settings, qtbot):
    made = DiagnosticsDialog(desk, theme, settings, window)
    made.show()
    yield made
    made.close()


def test_the_text_is_shown_before_it_is_copied(diagnostics, desk, qtbot):
    assert not diagnostics.copy.isEnabled()
    desk.diagnosed.emit("Python 3", False)
    assert diagnostics.text.toPlainText() == "Python 3"
    assert diagnostics.text.isReadOnly()
    diagnostics.copy.click()
    assert QGuiApplication.clipboard().text() == "Python 3"
    assert "Copied" in diagnostics.said.text()


def test_names_are_asked_for_anew_and_an_old_answer_is_left(diagnostics, desk, qtbot):
    desk.diagnosed.emit("without", False)
    diagnostics.names.setChecked(True)
    assert not diagnostics.copy.isEnabled()
    desk.diagnosed.emit("without", False)
    assert not diagnostics.copy.isEnabled()
    desk.diagnosed.emit("with", True)
    assert diagnostics.text.toPlainText() == "with"
    assert [names for names, *_ in desk.named("request_diagnostics")] == [False, True]
