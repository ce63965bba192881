"""The API: its routes, its description, and every error as a problem."""

from __future__ import annotations

import logging

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from uploader.server.api import catalogue, devices, editing, sign_in
from uploader.server.api.description import StoreAPI
from uploader.server.api.page import Page
from uploader.server.problems import ProblemError, bad_request, not_found, problem, server_error
from uploader.server.trouble import passing
from uploader.server.uploads import routes as uploads

log = logging.getLogger(__name__)

api = StoreAPI(
    title="Store contract",
    version="1",
    description="What a store offers so that Store Uploader can work with it.",
    docs=Page(),
    docs_url="/docs",
)
api.add_router("/v1/sign-in", sign_in.router)
api.add_router("/v1/devices", devices.router)
api.add_router("/v1/images", editing.router)  # and all of api.images
api.add_router("/v1/uploads", uploads.router)
api.add_router("/v1", catalogue.router)


@api.exception_handler(ProblemError)
def _problem(_request: HttpRequest, error: ProblemError) -> HttpResponse:
    return error.response()


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return not_found()


@api.exception_handler(SuspiciousOperation)
def _suspicious(request: HttpRequest, _error: Exception) -> HttpResponse:
    return bad_request(request)


@api.exception_handler(HttpError)
def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    # The framework's own words are no sentences, and may quote what was sent.
    detail = "The request can't be understood."
    return problem(error.status_code, "bad-request", "Not understood", detail)


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in e["loc"]), "detail": str(e["msg"])}
        for e in error.errors
    ]
    named = ", ".join(e["field"].rpartition(".")[2] for e in errors)
    return problem(422, "bad-request", "Not understood", f"Check {named}.", errors=errors)


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    if answer := passing(error):
        return answer
    log.error("%s %s", request.method, request.path, exc_info=error)
    return server_error(request)
