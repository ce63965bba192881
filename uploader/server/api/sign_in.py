"""Greeting, signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from uploader.server.access import tokens
from uploader.server.access.gate import token_of
from uploader.server.access.passwords import admin_by_password
from uploader.server.api.schemas import AccountOut, Greeting, SignedIn, SignInForm
from uploader.server.api.shown import moment

router = Router(tags=["sign-in"])

CONTRACT = "store-uploader/1"


@router.get("", response=Greeting)
def greet(request: HttpRequest) -> Greeting:  # noqa: ARG001 - ninja's name
    """Tell that a store is here, and which."""
    return Greeting(contract=CONTRACT, name=settings.STORE_NAME)


@router.post("", response={201: SignedIn})
def sign_in(request: HttpRequest, form: SignInForm) -> Status[SignedIn]:
    """Give an admin's device a token."""
    user = admin_by_password(request, form.email, form.password)
    text, token = tokens.issue(user, form.device)
    account = AccountOut(email=user.email, name=user.name)
    return Status(201, SignedIn(token=text, expires_at=moment(token.expires_at), account=account))


@router.delete("", response={204: None})
def sign_out(request: HttpRequest) -> HttpResponse:
    """Revoke the token that asks."""
    if token := token_of(request):
        tokens.revoke(token)
    return HttpResponse(status=204)
