"""The tus 1.0 server: creation, creation-with-upload, checksum, expiration, termination."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from uploader.domain.styles import CENTRE
from uploader.server.operations.context import note
from uploader.server.problems import ProblemError
from uploader.server.references import Reference
from uploader.server.store.models import Item, Upload, User
from uploader.server.uploads import arriving, description, headers, quota
from uploader.server.uploads.complete import (
    Completed,
    check_active,
    complete,
    discard,
    no_such_item,
    repeated,
    replaced_by,
)
from uploader.server.uploads.metadata import Metadata, MetadataError, parse, written

router = Router(tags=["uploads"])

_ALLOWED = "DELETE, HEAD, PATCH"


@router.api_operation(["OPTIONS"], "", response={204: None}, openapi_extra=description.DESCRIBE)
def describe(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - ninja's name
    """Tell what this tus server can do."""
    return _answer(
        204,
        {
            "Tus-Version": headers.VERSION,
            "Tus-Extension": headers.EXTENSIONS,
            "Tus-Max-Size": str(settings.STORE_LIMITS.max_bytes),
            "Tus-Checksum-Algorithm": ",".join(headers.ALGORITHMS),
        },
    )


@router.post("", response={201: None}, openapi_extra=description.CREATE)
def create(request: HttpRequest) -> HttpResponse:
    """Begin an upload, or tell where the one of this reference stands."""
    headers.check_version(request)
    length = _length(request)
    try:
        metadata = parse(request.headers.get("Upload-Metadata", ""))
    except MetadataError as error:
        raise ProblemError(422, "bad-metadata", "Not understood", str(error)) from None
    note(reference=metadata.reference)
    upload, created = _find_or_begin(cast(User, request.user), metadata, length)
    done = repeated(upload) if upload.image else None
    if created and headers.has_bytes(request):
        done = _receive(request, upload, 0)
    elif done is None and upload.offset == upload.length:
        done = _finish(upload)
    place = request.build_absolute_uri(f"/api/v1/uploads/{upload.id}")
    return _state(201, upload, done, {"Location": place})


@router.api_operation(
    ["HEAD"], "/{uuid:upload_id}", response={200: None}, openapi_extra=description.OFFSET
)
def offset(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Tell how much of an upload is here."""
    headers.check_version(request)
    upload = _own(request, upload_id)
    done = repeated(upload) if upload.image else None
    more = {"Upload-Length": str(upload.length), "Upload-Metadata": _said(upload)}
    return _state(200, upload, done, more)


@router.patch("/{uuid:upload_id}", response={204: None}, openapi_extra=description.RECEIVE)
def receive(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take the next part of an upload; the last one makes it an image."""
    headers.check_version(request)
    if not headers.has_bytes(request):
        raise ProblemError(415, "bad-header", "Not understood", f"Send {headers.BYTES}.")
    at = headers.count(request, "Upload-Offset")
    upload = _own(request, upload_id)
    if upload.image:
        _check_offset(at, upload)
        return _state(204, upload, repeated(upload))
    return _state(204, upload, _receive(request, upload, at))


@router.post("/{uuid:upload_id}", response={204: None}, openapi_extra=description.OVERRIDE)
def override(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Take a PATCH or DELETE from who can only send POST (tus: X-HTTP-Method-Override)."""
    meant = request.headers.get("X-HTTP-Method-Override", "").upper()
    if meant == "PATCH":
        return receive(request, upload_id)
    if meant == "DELETE":
        return terminate(request, upload_id)
    raise ProblemError(
        405, "not-allowed", "Not possible", "This address can't do that.", {"Allow": _ALLOWED}
    )


@router.delete("/{uuid:upload_id}", response={204: None}, openapi_extra=description.DROP)
def terminate(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Drop an unfinished upload. A finished one is an image and stays."""
    headers.check_version(request)
    _drop(_own(request, upload_id))
    return _answer(204)


@router.delete("", response={204: None}, openapi_extra=description.DROP)
def withdraw(request: HttpRequest, reference: Reference) -> HttpResponse:
    """Drop the unfinished upload of a reference; none is fine.

    For who no longer knows its address: asking for that by a repeated creation would complete
    what has arrived whole.
    """
    headers.check_version(request)
    mine = Upload.objects.filter(owner_id=request.user.pk, reference=reference)
    if upload := mine.select_related("image").first():
        try:
            _drop(upload)
        except ProblemError as problem:
            if problem.status != 404:  # another request was first
                raise
    return _answer(204)


def _drop(upload: Upload) -> None:
    if upload.image:
        raise _arrived()
    try:
        with _alone(upload):
            if upload.image:
                raise _arrived()
            discard(upload)
    except ProblemError as problem:
        if problem.status != 404:
            raise
        # Its bytes are lost, or with another host: there is its row to forget.
        if not discard(upload):
            _refresh(upload)
            raise _arrived() from None


def _length(request: HttpRequest) -> int:
    length = headers.count(request, "Upload-Length")
    most = settings.STORE_LIMITS.max_bytes
    if length > most:
        raise ProblemError(
            413,
            "too-many-bytes",
            "Too many bytes",
            f"The photo is larger than the {most / 1_000_000:g} MB that the store takes.",
        )
    if length == 0:
        raise ProblemError(422, "not-a-photo", "This is not a photo", "The file is empty.")
    return length


def _find_or_begin(owner: User, metadata: Metadata, length: int) -> tuple[Upload, bool]:
    """Give the upload of this reference, made where there is none or its time is over."""
    if not settings.STORE_IDEMPOTENT:
        metadata = replace(metadata, reference=str(uuid4()))
    try:
        return _found_or_begun(owner, metadata, length)
    except IntegrityError:
        # PostgreSQL lets two requests look at once: the other one was first, and is there now.
        return _found_or_begun(owner, metadata, length)


def _found_or_begun(owner: User, metadata: Metadata, length: int) -> tuple[Upload, bool]:
    with transaction.atomic():
        mine = Upload.objects.filter(owner=owner, reference=metadata.reference)
        # The upload's row alone: PostgreSQL locks no row that may not be there.
        upload = mine.select_for_update(of=("self",)).select_related("image").first()
        if upload and not upload.image and (upload.expired or not upload.path.exists()):
            discard(upload)
            upload = None
        if upload:
            return _same(upload, length), False
        quota.check(owner, length)
        upload = _begun(owner, metadata, length)
        arriving.create(upload.path, length, settings.STORE_FREE_BYTES)
        try:
            upload.save(force_insert=True)
        except BaseException:
            upload.path.unlink(missing_ok=True)
            raise
    return upload, True


def _same(upload: Upload, length: int) -> Upload:
    if upload.length != length:
        raise ProblemError(
            422, "bad-metadata", "Another photo", "This reference belongs to another photo."
        )
    return upload


def _begun(owner: User, metadata: Metadata, length: int) -> Upload:
    item = None
    if metadata.item is not None:
        item = Item.objects.filter(pk=metadata.item).first()
        if item is None:
            raise no_such_item()
        check_active(item)
    named = item or Item.objects.filter(title=metadata.item_title).first()
    replaced = replaced_by(metadata.replaces, named)
    # What isn't said of a new picture is as it was with the old one.
    focus = replaced.focus if replaced and not metadata.focused else metadata.focus
    return Upload(
        owner=owner,
        reference=metadata.reference,
        item=item,
        item_title=metadata.item_title,
        sha256=metadata.sha256,
        filename=metadata.filename,
        alt=metadata.alt or (replaced.alt if replaced else ""),
        focus_x=focus.x,
        focus_y=focus.y,
        rotate=metadata.edits.rotate,
        pad=metadata.edits.pad,
        position=metadata.position,
        replaces=metadata.replaces,
        length=length,
        expires_at=timezone.now() + settings.STORE_UPLOAD_LIFE,
    )


def _own(request: HttpRequest, upload_id: UUID) -> Upload:
    uploads = Upload.objects.select_related("image", "item", "owner")
    upload = uploads.filter(pk=upload_id, owner_id=request.user.pk).first()
    if upload is None:
        raise arriving.gone()
    note(reference=upload.reference)
    if upload.expired:
        raise ProblemError(410, "expired", "Too late", "What had arrived was dropped. Begin anew.")
    return upload


def _receive(request: HttpRequest, upload: Upload, at: int) -> Completed | None:
    """Write a part under the file's lock; only what is synced to disk counts."""
    checksum = headers.checksum(request)
    with _alone(upload) as file:
        _check_offset(at, upload)
        if upload.image:
            return repeated(upload)
        length = headers.count(request, "Content-Length")
        if at + length > upload.length:
            raise ProblemError(
                400, "too-long", "More than announced", "The part is longer than what is missing."
            )
        arrived = arriving.append(file, at, request, length, checksum)
        upload.offset = at + arrived
        upload.expires_at = timezone.now() + settings.STORE_UPLOAD_LIFE
        kept = Upload.objects.filter(pk=upload.pk)
        if not kept.update(offset=upload.offset, expires_at=upload.expires_at):
            raise arriving.gone()
        return complete(upload, file) if upload.offset == upload.length else None


def _finish(upload: Upload) -> Completed:
    """Complete an upload whose last byte came in a request that was cut before its answer."""
    with _alone(upload) as file:
        return repeated(upload) if upload.image else complete(upload, file)


@contextlib.contextmanager
def _alone(upload: Upload) -> Iterator[BinaryIO]:
    """Hold the file, with the row as it is now: the request waited for may have completed it.

    Look at `upload.image` first. Raises ProblemError 404 where the upload is gone, 423 where
    another request holds it for too long.
    """
    with contextlib.ExitStack() as held:
        try:
            file = held.enter_context(arriving.locked(upload.path))
        except ProblemError as problem:
            _refresh(upload)
            if problem.status != 404 or upload.image is None:
                raise
            # Complete: its bytes are the image's now, and there is nothing to write to.
            file = held.enter_context(io.BytesIO())
        else:
            _refresh(upload)
        yield file


def _refresh(upload: Upload) -> None:
    """Read the row again under the file's lock. Raises ProblemError 404 where it is gone."""
    # With what is looked at later: it may be deleted by then.
    whole = Upload.objects.select_related("image", "owner")
    try:
        upload.refresh_from_db(from_queryset=whole)
    except Upload.DoesNotExist:
        raise arriving.gone() from None


def _arrived() -> ProblemError:
    return ProblemError(409, "upload-finished", "It has arrived", "It can't be taken back.")


def _check_offset(at: int, upload: Upload) -> None:
    if at != upload.offset:
        raise ProblemError(
            409,
            "wrong-offset",
            "Out of step",
            f"The store has {upload.offset} bytes of it.",
            {"Upload-Offset": str(upload.offset)},
        )


def _state(
    status: int, upload: Upload, done: Completed | None, more: dict[str, str] | None = None
) -> HttpResponse:
    """Say how far an upload is: finished, or until when it is kept."""
    finished = done is not None or upload.image is not None
    told = {"Upload-Offset": str(upload.length if finished else upload.offset)}
    if done:
        note(image=done.image_id)
        told |= done.headers
    elif not finished:
        told["Upload-Expires"] = headers.http_date(upload.expires_at)
    return _answer(status, {**told, **(more or {})})


def _said(upload: Upload) -> str:
    """Repeat what the client said when it began (tus: HEAD gives the metadata back)."""
    centred = (upload.focus_x, upload.focus_y) == (CENTRE.x, CENTRE.y)
    return written(
        {
            "reference": upload.reference,
            "item": "" if upload.item_title or not upload.item else str(upload.item.pk),
            "item_title": upload.item_title,
            "sha256": upload.sha256,
            "filename": upload.filename,
            "alt": upload.alt,
            "focus": "" if centred else f"{upload.focus_x:g},{upload.focus_y:g}",
            "replaces": "" if upload.replaces is None else str(upload.replaces),
            "rotate": str(upload.rotate) if upload.rotate else "",
            "pad": "true" if upload.pad else "",
            "position": "" if upload.position is None else str(upload.position),
        }
    )


def _answer(status: int, more: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(status=status, headers=more)
    answer["Tus-Resumable"] = headers.VERSION
    answer["Cache-Control"] = "no-store"
    return answer
