"""Images of a store that is being kept in order: their words and places, and taking them away."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from uploader.domain.styles import Focus
from uploader.server.api.images import router
from uploader.server.api.schemas import ImageIn, ImageOut
from uploader.server.api.shown import image_out
from uploader.server.processing.jobs import enqueue_on_commit
from uploader.server.processing.places import delete, locked_family, move
from uploader.server.store.models import ImageState, ItemImage

__all__ = ["router"]


@router.patch("/{int:image_id}", response=ImageOut)
def edit_image(request: HttpRequest, image_id: int, form: ImageIn) -> ImageOut:
    """Change an image's alternative text, its place among its item's, or its focus point.

    With another focus its styles are made anew: it is `processing` until then, and shown with
    the styles that it has.
    """
    with transaction.atomic():
        family = locked_family(_present(image_id))
        image = family.get(image_id)
        if image is None or image.state == ImageState.REMOVED:
            raise Http404
        if form.position is not None:
            move(image, form.position, family)
        _reword(image, form.alt)
        _refocus(image, form.focus)
    return image_out(ItemImage.objects.get(pk=image_id), request)


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


def _refocus(image: ItemImage, focus: tuple[float, float] | None) -> None:
    if focus is None or Focus(*focus) == image.focus:
        return
    image.focus_x, image.focus_y = focus
    image.queue()
    image.save()
    enqueue_on_commit(image)
