"""An admin's own signed-in devices: which there are, and signing them out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from uploader.server.access import tokens
from uploader.server.access.gate import admin_of, token_of
from uploader.server.api.schemas import DeviceOut, Devices
from uploader.server.api.shown import moment

router = Router(tags=["sign-in"])


@router.get("", response=Devices)
def devices(request: HttpRequest) -> Devices:
    """List the devices that are signed in, the newest first."""
    asking = token_of(request)
    shown = [
        DeviceOut(
            id=token.name,
            name=token.device,
            created_at=moment(token.created_at),
            last_used_at=moment(token.last_used_at),
            expires_at=moment(token.expires_at),
            current=token == asking,
        )
        for token in admin_of(request).devices
    ]
    return Devices(devices=shown)


@router.delete("", response={204: None})
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """Sign out all devices and browsers but the one that asks."""
    tokens.revoke_others(request, token_of(request))
    return HttpResponse(status=204)


@router.delete("/{device_id}", response={204: None})
def sign_out_device(request: HttpRequest, device_id: str) -> HttpResponse:
    """Sign out one device; it may be the one that asks."""
    if not tokens.revoke_one(admin_of(request), device_id):
        raise Http404
    return HttpResponse(status=204)
