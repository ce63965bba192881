"""The page that shows the API's description: Swagger's, with scripts from here."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI, Swagger


class Page(Swagger):
    """Swagger's page, also where ninja is no app of Django's.

    Without being one, ninja would take its scripts from a foreign host.
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - ninja's
        """Answer with the page; `kwargs` are those of the API's address."""
        settings = json.dumps({**self.settings, "url": self.get_openapi_url(api, kwargs)})
        return render(request, self.template, {"swagger_settings": settings, "api": api})
