"""Requests by route, counted in each process; gunicorn's processes add theirs up in files."""

from __future__ import annotations

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
)
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The folder of those files. Has to be set before this module is imported (gunicorn_settings)."""

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
disable_created_metrics()  # type: ignore[no-untyped-call]
_OWN = CollectorRegistry()
_REQUESTS = Counter(
    "store_requests", "Requests answered.", ["method", "route", "status"], registry=_OWN
)
_SECONDS = Histogram(
    "store_request_seconds",
    "From a request's arrival to its answer.",
    ["method", "route"],
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request. Routes are templates, so there are only so many of them."""
    named = method if method in _METHODS else "other"
    _REQUESTS.labels(named, route, str(status)).inc()
    _SECONDS.labels(named, route).observe(seconds)


def counted() -> CollectorRegistry:
    """Give what this process has counted, or all of gunicorn's."""
    if not os.environ.get(SHARED):
        return _OWN
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
