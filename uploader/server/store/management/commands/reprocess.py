"""Makes the styles of live images anew after the declared ones have changed."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from uploader.domain.styles import Style
from uploader.server.processing.reprocess import Progress, Reprocess, stale
from uploader.server.room import is_full, passes
from uploader.server.store.management.command import StoreCommand
from uploader.server.store.models import Item, ItemImage

_PAUSE = 5.0
"""Seconds between two lines of progress."""
_SHOWN = 20
"""Failures that are named one by one."""
_INTERRUPTED = 130


class Command(StoreCommand):
    """``reprocess``; may be interrupted, and goes on where it was when it is run again."""

    help = "Make the styles of live images anew where they aren't as declared now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which styles of which item, and how many at once."""
        names = [style.name for style in settings.STORE_STYLES]
        parser.add_argument("--style", choices=names, action="append", default=[])
        parser.add_argument("--item", metavar="SKU", default="", help="of one item alone")
        parser.add_argument("--dry-run", action="store_true", help="only tell how many there are")
        parser.add_argument("-c", "--threads", type=int, default=2, help="images at once")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Look for stale images and make them, telling how far it is."""
        sku = options["item"]
        if sku and not Item.objects.filter(sku=sku).exists():
            raise CommandError(f"There is no item with the SKU {sku}.")
        styles = [s for s in settings.STORE_STYLES if s.name in options["style"]]
        image_ids = stale(sku, styles)
        self.stdout.write(f"{len(image_ids):,} of {_live(sku):,} live images aren't up to date.")
        if image_ids and not options["dry_run"]:
            self._run(image_ids, styles, max(1, min(options["threads"], 64)))

    def _run(self, image_ids: list[int], styles: list[Style], threads: int) -> None:
        work = Reprocess(image_ids, styles, threads=threads)
        telling = _Telling(self)
        try:
            work.run(telling.report)
        except KeyboardInterrupt:
            telling.line(work.progress)
            self.stderr.write("Interrupted. Run it again to go on.")
            raise SystemExit(_INTERRUPTED) from None
        except Exception as error:
            if not passes(error):
                raise
            telling.line(work.progress)
            why = "The disk is full. Make room and" if is_full(error) else f"{error}. Later,"
            raise CommandError(f"{why} run it again to go on.") from error
        telling.line(work.progress)
        self._tell_failures(work.progress)

    def _tell_failures(self, progress: Progress) -> None:
        for image_id, why in list(progress.failed.items())[:_SHOWN]:
            image = ItemImage.objects.select_related("item").get(pk=image_id)
            self.stderr.write(f"Image {image_id} of {image.item.label}: {why}")
        if progress.failed:
            raise CommandError(f"{len(progress.failed):,} images keep the styles that they have.")


class _Telling:
    """Writes a line of progress now and then."""

    def __init__(self, command: StoreCommand) -> None:
        self._command = command
        self._began = self._told = time.monotonic()

    def report(self, progress: Progress) -> None:
        """Write a line, unless the last one is young."""
        if time.monotonic() - self._told >= _PAUSE:
            self.line(progress)

    def line(self, progress: Progress) -> None:
        """Write how many are done, how quickly, and how long the rest will take."""
        self._told = time.monotonic()
        rate = progress.made / max(self._told - self._began, 0.001)
        left = progress.total - progress.done
        rest = f", {_span(left / rate)} left" if rate and left else ""
        failed = f", {len(progress.failed):,} failed" if progress.failed else ""
        self._command.stdout.write(
            f"{progress.done:,} of {progress.total:,}, {rate:.1f} a second{rest}{failed}"
        )
        self._command.stdout.flush()


def _live(sku: str) -> int:
    live = ItemImage.objects.filter(state="live")
    return (live.filter(item__sku=sku) if sku else live).count()


def _span(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s"
