"""An admin's own page: the devices that are signed in, and signing them out."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from uploader.server.access import tokens
from uploader.server.access.gate import admin_of, token_of
from uploader.server.problems import not_found

PLACE = "/jobs/account/"


class Account(View):
    """A list with a button for each device, and one for all of them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the devices."""
        admin = admin_of(request)
        context = {"store": settings.STORE_NAME, "admin": admin, "devices": admin.devices}
        return render(request, "store/account.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Sign out one device, or everything but this browser."""
        if "everywhere" in request.POST:
            tokens.revoke_others(request, token_of(request))
        elif not tokens.revoke_one(admin_of(request), request.POST.get("device", "")):
            return not_found()
        return HttpResponseRedirect(PLACE)
