"""The OpenAPI description: what ninja can't know of the routes, added to what it does."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from uploader.server.api.problem_types import TYPES, ProblemType
from uploader.server.problems import KIND
from uploader.server.uploads import headers

Json = dict[str, Any]

_SECURITY: Json = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token that `POST /api/v1/sign-in` gave.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "An admin's browser; what changes something needs `X-CSRFToken` too.",
    },
}
_PUBLIC = frozenset({"greet", "sign_in"})
_BODY_METHODS = frozenset({"post", "patch", "put"})
_PROBLEM_HEADERS: Json = {
    "Allow": {"schema": {"type": "string"}},
    "WWW-Authenticate": {"schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 0}},
    "Upload-Offset": {"description": "The right one.", "schema": {"type": "integer"}},
    "Tus-Version": {"schema": {"const": headers.VERSION}},
}


class StoreAPI(NinjaAPI):
    """The contract's API, whose description is complete."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Call a route by its function."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 - ninja's
        """Give the description, with problems, headers and security."""
        schema = super().get_openapi_schema(**options)
        schema["components"]["securitySchemes"] = _SECURITY
        schema["components"]["schemas"]["Problem"] = _problem_schema()
        schema["security"] = [{name: []} for name in _SECURITY]
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _complete(operation, method)
        return schema

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:  # noqa: ANN401 - ninja's
        """Answer with a problem; tus wants its version in every answer."""
        answer = super().on_exception(request, exc)
        if request.path.startswith("/api/v1/uploads"):
            answer.headers.setdefault("Tus-Resumable", headers.VERSION)
        return answer


def _complete(operation: Json, method: str) -> None:
    name = operation["operationId"]
    if name in _PUBLIC:
        operation["security"] = []
    problems: dict[int, list[ProblemType]] = {}
    for kind in TYPES:
        if kind.fits(name, method):
            problems.setdefault(kind.status, []).append(kind)
    for status, kinds in problems.items():
        operation["responses"][status] = _response(status, kinds, bare=method == "head")


def _response(status: int, kinds: list[ProblemType], *, bare: bool) -> Json:
    """Describe one status, which several problems may have. `bare`: it has no body."""
    always = set(kinds[0].headers).intersection(*(kind.headers for kind in kinds))
    named = sorted({name for kind in kinds for name in kind.headers})
    shape: Json = {
        "allOf": [{"$ref": "#/components/schemas/Problem"}],
        "properties": {
            "type": {"enum": [f"/problems/{kind.type}" for kind in kinds]},
            "status": {"const": status},
        },
    }
    return {
        "description": "; ".join(f"`{kind.type}`: {kind.when}" for kind in kinds) + ".",
        **({} if bare else {"content": {KIND: {"schema": shape}}}),
        **(
            {"headers": {n: {**_PROBLEM_HEADERS[n], "required": n in always} for n in named}}
            if named
            else {}
        ),
    }


def _problem_schema() -> Json:
    """Describe the body that every error has (RFC 9457)."""
    text = {"type": "string"}
    error = {"type": "object", "properties": {"field": text, "detail": text}}
    return {
        "title": "Problem",
        "type": "object",
        "description": "Why not (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": text,
            "errors": {"type": "array", "items": error},
        },
    }
