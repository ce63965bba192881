"""When the last byte has arrived: look at the content, and make it an image of its item."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import QuerySet

from uploader.domain.findings import Facts, Finding, FindingKind
from uploader.imaging.inspect import inspect
from uploader.imaging.kinds import usual_suffix
from uploader.server.problems import ProblemError
from uploader.server.processing import files
from uploader.server.processing.jobs import enqueue_on_commit
from uploader.server.processing.places import place_for
from uploader.server.room import is_in_anothers_way
from uploader.server.store.models import ImageState, Item, ItemImage, Upload
from uploader.server.uploads.arriving import gone, sha256_of


@dataclass(frozen=True, slots=True)
class Completed:
    """What became of an upload: `created`, `repeated` or `already`, and since when it is told."""

    image_id: int
    outcome: str
    cursor: int

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the contract."""
        return {
            "Store-Image": str(self.image_id),
            "Store-Outcome": self.outcome,
            "Store-Cursor": str(self.cursor),
        }


_TITLES = {
    FindingKind.TYPE_NOT_TAKEN: "This kind of picture isn't taken",
    FindingKind.TOO_MANY_BYTES: "Too many bytes",
    FindingKind.TOO_MANY_PIXELS: "Too many pixels",
    FindingKind.TRUNCATED: "The photo is cut off",
    FindingKind.DAMAGED: "The photo is damaged",
}


def complete(upload: Upload, file: BinaryIO) -> Completed:
    """Turn a whole upload into an image, or drop it and say why.

    Call it holding the file's lock. Raises ProblemError: 460, 413, 422; the upload is gone
    then, so that the same reference may start anew.
    """
    try:
        sha256 = sha256_of(file)
        if upload.sha256 and upload.sha256 != sha256:
            raise ProblemError(
                460, "checksum-mismatch", "Changed on the way", "The photo has to be sent again."
            )
        facts = _facts(file, upload.filename)
        done = _accept(upload, facts, sha256)
    except ProblemError:
        discard(upload)
        raise
    upload.path.unlink(missing_ok=True)
    return done


def repeated(upload: Upload) -> Completed:
    """Tell what a finished upload became, to whoever sends its reference again."""
    image = upload.image
    assert image is not None, "only finished uploads are repeated"
    return Completed(image.pk, "repeated", image.cursor)


def discard(upload: Upload) -> bool:
    """Forget an unfinished upload and its bytes; tell whether it was one."""
    forgotten, _ = Upload.objects.filter(pk=upload.pk, image=None).delete()
    upload.path.unlink(missing_ok=True)
    return bool(forgotten)


def _facts(file: BinaryIO, filename: str) -> Facts:
    """Look at the content. The client's name of it is no reason to refuse it."""
    inspection = inspect(file, settings.STORE_LIMITS, name=Path(filename.strip() or "photo").name)
    if inspection.refusal is not None:
        raise _refused(inspection.refusal)
    assert inspection.facts is not None, "what isn't refused has its facts"
    return inspection.facts


def _refused(finding: Finding) -> ProblemError:
    known = finding.kind in _TITLES
    name = finding.kind.value if known else "not-a-photo"
    title = _TITLES.get(finding.kind, "This is not a photo")
    status = 413 if finding.kind is FindingKind.TOO_MANY_BYTES else 422
    return ProblemError(status, name, title, finding.sentence)


def _accept(upload: Upload, facts: Facts, sha256: str) -> Completed:
    """Store the original and make its row; the job is enqueued once both are durable."""
    public = upload.public
    # Not to be guessed from the addresses of the styles: an original tells where it was taken.
    original = f"{public.hex}/{secrets.token_hex(16)}/original{usual_suffix(facts.format)}"
    _check(upload)
    try:
        files.keep_file(original, upload.path)
    except FileNotFoundError:
        if upload.path.exists():
            raise
        # Dropped meanwhile, as withdrawn: nothing is wrong with the store.
        raise gone() from None
    try:
        done = _record(upload, facts, sha256, public, original)
    except BaseException as error:
        if _is_undone(error):
            files.drop([original])
        raise
    if done.outcome != "created":
        files.drop([original])
    return done


def _is_undone(error: BaseException) -> bool:
    """Whether a transaction that ended so has certainly left no row.

    A disk that fails at the commit leaves that open: the row may be there all the same, and an
    original that it names is the only one. What no row names, the sweeper drops in its time.
    """
    full = isinstance(error, OperationalError) and "full" in str(error).lower()
    return isinstance(error, ProblemError) or full or is_in_anothers_way(error)


def _check(upload: Upload) -> None:
    """Refuse what can't be accepted before anything is copied."""
    # By its number: the row of an upload names an item that an admin may have deleted meanwhile.
    wanted = {"title": upload.item_title} if upload.item_title else {"pk": upload.item_id}
    item = Item.objects.filter(**wanted).first()
    if item is not None:
        check_active(item)
    elif not upload.item_title:
        raise no_such_item()
    replaced_by(upload.replaces, item)


@transaction.atomic
def _record(
    upload: Upload, facts: Facts, sha256: str, public: uuid.UUID, original: str
) -> Completed:
    item = _item(upload)
    # Locked before a cursor is taken, as everywhere: the new row refers to it.
    replaced = replaced_by(upload.replaces, item, ItemImage.objects.select_for_update())
    present = _present(item, sha256)
    image = present or _image(
        upload, item, replaced, facts, sha256=sha256, public=public, original=original
    )
    # The reference stands on record with its image, also where that was there before.
    kept = Upload.objects.filter(pk=upload.pk, image=None)
    if not kept.update(image=image, offset=upload.length, sha256=sha256, item=item):
        # Dropped meanwhile: an image whose reference is on no record could come a second time.
        raise gone()
    if present is None:
        enqueue_on_commit(image)
    return Completed(image.pk, "already" if present else "created", image.cursor)


def _present(item: Item, sha256: str) -> ItemImage | None:
    """Give the picture of the same content that the item has, where the store looks for it."""
    same = ItemImage.objects.present().filter(item=item, sha256=sha256).order_by("position", "id")
    return same.first() if settings.STORE_IDEMPOTENT else None


def _image(
    upload: Upload,
    item: Item,
    replaced: ItemImage | None,
    facts: Facts,
    *,
    sha256: str,
    public: uuid.UUID,
    original: str,
) -> ItemImage:
    wish = replaced.wish if replaced else upload.position
    image = ItemImage(
        item=item,
        owner=upload.owner,
        reference=upload.reference,
        public=public,
        position=replaced.position if replaced else place_for(item, wish),
        wish=wish,
        replaces=replaced,
        alt=upload.alt,
        focus_x=upload.focus_x,
        focus_y=upload.focus_y,
        rotate=upload.rotate,
        pad=upload.pad,
        original=original,
        filename=upload.filename,
        sha256=sha256,
        bytes=upload.length,
        width=facts.width,
        height=facts.height,
    )
    image.changed()
    image.save(force_insert=True)
    return image


def _item(upload: Upload) -> Item:
    """Find the item, locked so that its pictures keep their order; make it where asked to."""
    items = Item.objects.select_for_update()
    if upload.item_title:
        item, _ = items.get_or_create(title=upload.item_title)
    else:
        found = items.filter(pk=upload.item_id).first()
        if found is None:
            raise no_such_item()
        item = found
    check_active(item)
    return item


def replaced_by(
    image_id: int | None, item: Item | None, images: QuerySet[ItemImage] | None = None
) -> ItemImage | None:
    """Give the image of an item that an upload replaces, None where it replaces none.

    Raises ProblemError where that image isn't in the store (any more), or is another item's.
    """
    if image_id is None:
        return None
    images = ItemImage.objects.all() if images is None else images
    image = images.filter(pk=image_id).exclude(state=ImageState.REMOVED).first()
    if image is None or item is None or image.item_id != item.pk:
        raise ProblemError(
            422,
            "no-such-image",
            "No such picture",
            "The picture that it replaces is no longer in the store. Send it as a new one.",
        )
    return image


def check_active(item: Item) -> None:
    """Raise ProblemError for an item that isn't sold any more."""
    if not item.active:
        raise ProblemError(
            422,
            "item-not-active",
            "Its item is archived",
            f"Its item, {item.label}, is archived.",
        )


def no_such_item() -> ProblemError:
    """Say that the item isn't there."""
    return ProblemError(
        422, "no-such-item", "No such item", "Its item is no longer in the store. Choose another."
    )
