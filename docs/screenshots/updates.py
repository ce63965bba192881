"""A newer version is out: the line in the window, and what the menu answers."""

from __future__ import annotations

from dataclasses import replace

from studio import Studio

from uploader.domain.updates import Finding, Manifest, Package, System, UpdateNews
from uploader.engine.updates import words
from uploader.ui.updates.dialog import UpdatesDialog

NEW = Manifest(
    "0.2.0",
    serial=2,
    issued=1_795_469_263,
    expires=1_803_245_263,
    page="https://store-uploader.example/download",
    notes=("Photos go out twice as fast.", "The history can be printed."),
    packages=(
        Package(System.LINUX, "store-uploader_0.2.0_amd64.deb", 40_900_000, "ab" * 32),
        Package(System.LINUX, "store-uploader-0.2.0-1.x86_64.rpm", 41_500_000, "cd" * 32),
        Package(System.LINUX, "store-uploader-0.2.0-linux-x86_64.tar.xz", 39_200_000, "ef" * 32),
    ),
)
NEWS = UpdateNews(Finding.NEWER, "0.1.0", manifest=NEW)


def update(studio: Studio) -> None:
    """The line above the bottom bar."""
    studio.open()
    studio.pick(5)
    studio.desk.update_told.emit(NEWS)
    studio.both("update")


def update_answer(studio: Studio) -> None:
    """What *Check for updates…* answers: a newer version, the newest one already, no answer."""
    window = studio.open()
    title, detail = words.NOBODY
    unknown = replace(
        NEWS,
        finding=Finding.UNKNOWN,
        title=title,
        detail=detail.format(host="store-uploader.example"),
    )
    for scheme in studio.schemes():
        dialog = UpdatesDialog(System.LINUX, window)
        dialog.show()
        for name, news in (
            ("answer", NEWS),
            ("newest", replace(NEWS, finding=Finding.NEWEST)),
            ("unknown", unknown),
        ):
            dialog.show_news(news)
            studio.shoot(f"update-{name}-{scheme}", dialog)
        dialog.close()


SCENES = (update, update_answer)
