"""Signing in with a browser, for the administration and the monitor."""

from __future__ import annotations

from typing import NoReturn

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_protect

from uploader.server.access.passwords import admin_by_password
from uploader.server.problems import ProblemError


@method_decorator(csrf_protect, name="dispatch")
class SignIn(View):
    """A form with e-mail and password; where to afterwards is always the monitor."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return self._form(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Start a session, or show the form with the reason why not."""
        email, password = request.POST.get("email", ""), request.POST.get("password", "")
        try:
            user = admin_by_password(request, email, password)
        except ProblemError as error:
            return self._form(request, error)
        login(request, user)
        return HttpResponseRedirect("/jobs/")

    def _form(self, request: HttpRequest, error: ProblemError | None = None) -> HttpResponse:
        context = {"store": settings.STORE_NAME, "error": error}
        answer = render(
            request, "store/sign_in.html", context, status=error.status if error else 200
        )
        for name, value in (error.headers if error else {}).items():
            answer[name] = value
        return answer


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session (the gate has checked that the form was ours)."""
    if request.method == "POST":
        logout(request)
    return HttpResponseRedirect("/sign-in")


def raising_not_found(_request: HttpRequest, *_: object) -> NoReturn:
    """Take Django's own sign-in page away: there is one way in, and it is throttled."""
    raise Http404
