"""Troubles of the database and the disk that pass, as answers that say so."""

from __future__ import annotations

from django.http import HttpResponse

from uploader.server.problems import problem
from uploader.server.room import StorageAwayError, is_database_away, is_full, is_in_anothers_way
from uploader.server.uploads.arriving import full


def passing(error: Exception) -> HttpResponse | None:
    """Give the answer to a request that met a trouble which passes; None for other errors."""
    if is_full(error):
        return full().response()
    if isinstance(error, StorageAwayError):
        return problem(
            503,
            "busy",
            "The store can't keep pictures just now",
            "What has arrived stays. Try again in a while.",
            {"Retry-After": "10"},
        )
    if is_database_away(error):
        return problem(
            503,
            "busy",
            "The store can't look into its books just now",
            "What has arrived stays. Try again in a while.",
            {"Retry-After": "5"},
        )
    if is_in_anothers_way(error):
        return problem(503, "busy", "The store is busy", "Try again.", {"Retry-After": "2"})
    return None
