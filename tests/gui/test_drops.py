"""What is dropped, pasted and chosen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from uploader.ui.offers import read_offer


def files(*names):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(f"/photos/{name}") for name in names])
    return mime


def enter(window, mime):
    event = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, event)
    return event


def drop(window, mime):
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, event)


def picture():
    mime = QMimeData()
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    mime.setImageData(image)
    return mime


def test_the_overlay_counts_by_endings():
    names = [f"a{n}.JPG" for n in range(24)] + ["Autumn", "a.txt", "b.pdf", "c.mov"]
    offer = read_offer(files(*names))
    assert offer.title == "Drop to add 24 photos and 1 folder"
    assert offer.detail == (
        "3 other files aren’t photos and stay out. Nothing is sent until you press Upload."
    )


@pytest.mark.parametrize(
    ("mime", "title"),
    [(files("a.heic"), "Drop to add 1 photo"), (files("A", "B"), "Drop to add 2 folders"),
     (picture(), "Drop to add this picture")],
)  # fmt: skip
def test_titles(mime, title):
    assert read_offer(mime).title == title


def test_a_drop_is_added_and_the_overlay_goes(window, desk):
    mime = files("a.jpg", "Folder", "c.txt")
    assert enter(window, mime).isAccepted()
    assert window.drops.overlay.isVisible()
    drop(window, mime)
    assert not window.drops.overlay.isVisible()
    names = ("a.jpg", "Folder", "c.txt")
    assert desk.named("add") == [(tuple(Path("/photos") / name for name in names),)]


def test_leaving_hides_the_overlay(window):
    mime = files("a.jpg")
    enter(window, mime)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drops.overlay.isVisible()


def test_what_holds_no_photo_is_not_taken(window):
    mime = files("a.txt")
    enter(window, mime)
    assert not window.drops.overlay.isVisible()


def test_a_picture_from_a_browser_is_added(window, desk):
    mime = picture()
    enter(window, mime)
    drop(window, mime)
    make = desk.named("add_picture")[0][0]
    assert QImage.fromData(make(), "PNG").size().toTuple() == (3, 2)


def test_paste(window, desk):
    QGuiApplication.clipboard().setMimeData(files("x.png"))
    window.intake.paste()
    assert desk.named("add") == [((Path("/photos/x.png"),),)]
    QGuiApplication.clipboard().setMimeData(picture())
    window.intake.paste()
    assert len(desk.named("add_picture")) == 1


def test_pasting_nothing_says_so(window, desk, qtbot):
    desk.reset.emit([])
    QGuiApplication.clipboard().clear()
    window.intake.paste()
    assert "no photo" in window.notice.text.text()


def test_the_dialog_remembers_its_folder(window, desk, tmp_path):
    photo = tmp_path / "in" / "a.jpg"
    window.intake.choose_photos()
    dialog = window.findChild(QFileDialog)
    dialog.filesSelected.emit([str(photo)])
    dialog.close()
    assert desk.named("add") == [([photo],)]
    assert window.settings.value("last-folder") == str(photo.parent)
