"""Makes the styles of live images anew where they were made by another declaration.

The images stay live all the while, with the styles that they have. Each is changed in one
transaction once all its new files are stored, so this may be ended at any time, and begun
again: what is up to date is left alone. Several at once do no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction

from uploader.domain.styles import Style
from uploader.imaging.render import RenderError
from uploader.server.declared import recipes
from uploader.server.processing import files
from uploader.server.processing.styles import Made, make
from uploader.server.room import passes
from uploader.server.store.models import ImageState, ItemImage

log = logging.getLogger(__name__)

_AHEAD = 2
"""Images given to each thread: one to work on, and the next."""


@dataclass(slots=True)
class Progress:
    """How far it is: images in all, made anew, found up to date by now, and failed."""

    total: int
    made: int = 0
    passed: int = 0
    failed: dict[int, str] = field(default_factory=dict)
    """Image → why; it keeps the styles that it has."""

    @property
    def done(self) -> int:
        """How many need no more work."""
        return self.made + self.passed + len(self.failed)


Report = Callable[[Progress], None]


def stale(sku: str = "", styles: Sequence[Style] = ()) -> list[int]:
    """Give the live images with a style that isn't as declared, the oldest first.

    Of one item, and looking at some styles alone, where that is wanted.
    """
    live = ItemImage.objects.filter(state=ImageState.LIVE).order_by("pk")
    live = live.filter(item__sku=sku) if sku else live
    rows = live.only("pk", "made", "rotate", "pad").iterator(chunk_size=2000)
    return [image.pk for image in rows if _wanted(image, styles)]


class Reprocess:
    """Makes the styles of given images anew: all that are declared, or some of them.

    Rendering and storing runs in `threads`; rows are changed by the caller's thread alone.
    """

    def __init__(
        self, image_ids: Sequence[int], styles: Sequence[Style] = (), *, threads: int = 2
    ) -> None:
        self.progress = Progress(len(image_ids))
        self._queue = iter(image_ids)
        self._styles = styles
        self._threads = threads
        self._running: dict[Future[Made], ItemImage] = {}

    def run(self, report: Report) -> Progress:
        """Go through all of them; report after each that was worked on.

        Raises what the disk says when it is full. However it ends, what was stored for
        nothing is dropped again.
        """
        with ThreadPoolExecutor(self._threads, "reprocess") as pool:
            try:
                while self._fill(pool):
                    for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                        # First of all: what is shown from here on isn't to be called off.
                        self._count(self._running.pop(future), future)
                        report(self.progress)
            finally:
                self._call_off()
        return self.progress

    def _fill(self, pool: ThreadPoolExecutor) -> bool:
        """Keep the threads busy; tell whether there is anything to wait for."""
        while len(self._running) < self._threads * _AHEAD:
            image_id = next(self._queue, None)
            if image_id is None:
                break
            image = _begin(image_id, self._styles)
            if image is None:
                self.progress.passed += 1
            else:
                declared = settings.STORE_STYLES
                wanted = [s for s in declared if not self._styles or s in self._styles]
                self._running[pool.submit(make, image, wanted)] = image
        return bool(self._running)

    def _count(self, image: ItemImage, future: Future[Made]) -> None:
        try:
            made = future.result()
        except RenderError as error:
            self.progress.failed[image.pk] = error.finding.sentence
        except Exception as error:
            if passes(error):
                raise
            if not ItemImage.objects.filter(pk=image.pk, state=ImageState.LIVE).exists():
                self.progress.passed += 1  # deleted or replaced meanwhile, with its original
                return
            log.warning("image %s keeps its styles: %s", image.pk, error)
            self.progress.failed[image.pk] = str(error) or type(error).__name__
        else:
            if _finish(image, made, self._styles):
                self.progress.made += 1
            else:
                files.drop(made.names)
                self.progress.passed += 1

    def _call_off(self) -> None:
        """Drop what is still on its way, once the threads have come to its end."""
        for future in self._running:
            future.cancel()
        for future in wait(self._running).done:
            if not future.cancelled() and future.exception() is None:
                files.drop(future.result().names)


@transaction.atomic
def _begin(image_id: int, styles: Sequence[Style]) -> ItemImage | None:
    """Take an address for the new files; None where the image needs none any more."""
    image = _locked(image_id)
    if image is None or not _wanted(image, styles):
        return None
    # No change that anybody is to be told of.
    image.runs += 1
    image.save(update_fields=["runs"])
    return image


@transaction.atomic
def _finish(image: ItemImage, made: Made, styles: Sequence[Style]) -> bool:
    """Show the new styles, unless the image is another one by now, or has them already."""
    present = _locked(image.pk)
    if present is None or not present.is_seen_as(image) or not _wanted(present, styles):
        return False
    made.put_into(present, beside=[style.name for style in settings.STORE_STYLES])
    present.changed()
    present.save(update_fields=["styles", "made", "cursor"])
    return True


def _wanted(image: ItemImage, styles: Sequence[Style]) -> bool:
    """Whether any of these styles, or of all, was made by another recipe than the declared."""
    made, declared = image.made, recipes(settings.STORE_STYLES, image.edits)
    if not styles:
        return made != declared
    return any(made.get(style.name) != declared[style.name] for style in styles)


def _locked(image_id: int) -> ItemImage | None:
    live = ItemImage.objects.filter(pk=image_id, state=ImageState.LIVE)
    return live.select_for_update().first()
