"""Images of a store that is being kept in order: their words and places, and taking them away."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from uploader.domain.edits import Edits
from uploader.domain.styles import Focus
from uploader.imaging.canvas import carried
from uploader.imaging.geometry import Size
from uploader.server.api.images import router
from uploader.server.api.schemas import ImageIn, ImageOut
from uploader.server.api.shown import image_out
from uploader.server.processing.jobs import enqueue_on_commit
from uploader.server.processing.places import delete, locked_family, move
from uploader.server.store.models import ImageState, ItemImage

__all__ = ["router"]


@router.patch("/{int:image_id}", response=ImageOut)
def edit_image(request: HttpRequest, image_id: int, form: ImageIn) -> ImageOut:
    """Change an image's words, its place among its item's, its focus, or how it is turned.

    With another focus, turned or padded otherwise, its styles are made anew: it is `processing`
    until then, and shown with the styles that it has.
    """
    with transaction.atomic():
        family = locked_family(_present(image_id))
        image = family.get(image_id)
        if image is None or image.state == ImageState.REMOVED:
            raise Http404
        if form.position is not None:
            move(image, form.position, family)
        _reword(image, form.alt)
        _show_anew(image, form)
    return image_out(get_object_or_404(ItemImage, pk=image_id), request)


@router.delete("/{int:image_id}", response={204: None})
def delete_image(request: HttpRequest, image_id: int) -> HttpResponse:  # noqa: ARG001 - ninja's
    """Take an image out of the store, with its files. Once more is fine.

    Its reference stays on record: an upload that is repeated doesn't bring it back.
    """
    if not delete(image_id):
        raise Http404
    return HttpResponse(status=204)


def _present(image_id: int) -> ItemImage:
    found = ItemImage.objects.present().filter(pk=image_id).first()
    if found is None:
        raise Http404
    return found


def _reword(image: ItemImage, alt: str | None) -> None:
    if alt is not None and alt.strip() != image.alt:
        image.alt = alt.strip()
        image.changed()
        image.save(update_fields=["alt", "cursor"])


def _show_anew(image: ItemImage, form: ImageIn) -> None:
    """Set focus and edits; a focus that isn't said stays at the same point of the photo."""
    before, focus = image.edits, image.focus
    rotate = before.rotate if form.rotate is None else form.rotate
    edits = Edits(rotate, before.pad if form.pad is None else form.pad)
    if form.focus is not None:
        focus = Focus(*form.focus)
    elif edits != before:
        focus = carried(focus, Size(image.width, image.height), before, edits)
    if (focus, edits) == (image.focus, before):
        return
    image.focus_x, image.focus_y = focus.x, focus.y
    image.rotate, image.pad = edits.rotate, edits.pad
    image.queue()
    image.save()
    enqueue_on_commit(image)
