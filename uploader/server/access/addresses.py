"""The list of all addresses, read from the table by which requests find their views."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

from uploader.server.access.gate import public_methods

_ALL = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
HEAD = "| address | everybody | admins only |"
_UUID = "00000000-0000-4000-8000-000000000000"
_PARAMETER = re.compile(r"<(?:\w+:)?\w+>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True, slots=True)
class Address:
    """One route. `methods` are those that it knows; none where its view decides by itself."""

    route: str
    methods: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """Give an address that leads to it."""
        return _PARAMETER.sub(lambda found: _UUID if "uuid" in found[0] else "1", self.route)

    @property
    def public(self) -> tuple[str, ...]:
        """Give the methods with which everybody may ask."""
        open_to_all = public_methods(self.example)
        return tuple(method for method in _ALL if method in open_to_all)


def addresses() -> list[Address]:
    """Give all routes, in alphabetical order, and the static files, which have no route."""
    known: dict[str, set[str]] = {"/static/<path:name>": {"GET", "HEAD"}}
    for route, view in _walk(get_resolver().url_patterns, "/"):
        known.setdefault(route, set()).update(_methods(view))
    return [
        Address(route, tuple(method for method in _ALL if method in methods))
        for route, methods in sorted(known.items())
    ]


def table(shown: Iterable[Address]) -> str:
    """Write them as a table in Markdown."""
    rows = [HEAD, "|---|---|---|"]
    for address in shown:
        others = [method for method in address.methods if method not in address.public]
        admins = ", ".join(others) or ("" if address.methods else "any")
        rows.append(f"| `{address.route}` | {', '.join(address.public)} | {admins} |")
    return "\n".join(rows) + "\n"


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str
) -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in patterns:
        here = before + _readable(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, here)
        else:
            yield here, entry.callback


def _readable(pattern: str) -> str:
    """Write a regular expression's parameters as those of a path."""
    path = _GROUP.sub(lambda found: f"<path:{found['name']}>", pattern)
    return re.sub(r"[\^$\\]|\\Z", "", path)


def _methods(view: Callable[..., Any]) -> set[str]:
    """Tell what a view of ninja's or a class of Django's knows."""
    routed = inspect.getclosurevars(view).nonlocals.get("self") if _is_ninjas(view) else None
    if isinstance(routed, PathView):
        return {method for operation in routed.operations for method in operation.methods}
    page = getattr(view, "view_class", None)
    # The program's own: Django's would list what they only refuse.
    if page is None or not page.__module__.startswith("uploader."):
        return set()
    named = {method for method in _ALL if method != "OPTIONS" and hasattr(page, method.lower())}
    return named | ({"HEAD"} if "GET" in named else set())


def _is_ninjas(view: Callable[..., Any]) -> bool:
    return inspect.isfunction(view) and view.__module__ == PathView.__module__
