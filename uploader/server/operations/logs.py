"""The log's form: a line for people, or a JSON object for programs; never a secret in either."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from uploader.server.operations.context import noted

FORMS = ("text", "json")
EXTRA = "store"
"""The attribute of a record whose fields belong on the line."""


class Json(JsonFormatter):
    """One object a line, of named fields alone: what libraries attach to records stays out."""

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Fill in the fields in their order."""
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(
            timespec="milliseconds"
        )
        log_data["level"] = record.levelname
        log_data["logger"] = record.name
        log_data["message"] = record.getMessage()
        log_data.update(noted())
        log_data.update(getattr(record, EXTRA, {}))
        for name in ("exc_info", "stack_info"):
            if name in message_dict:
                log_data[name] = message_dict[name]


def configuration(form: str, level: str) -> dict[str, Any]:
    """Give logging's configuration. Raises ValueError for another form than text or json."""
    if form not in FORMS:
        raise ValueError(f"STORE_LOG_FORMAT must be {' or '.join(FORMS)}, not {form!r}.")
    ours = {"handlers": ["stderr"], "level": "INFO", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
            "json": {"()": Json},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            # What strangers get wrong isn't worth a line each.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "CRITICAL"},
            "waitress.queue": {"level": "ERROR"},
            # These would write in forms of their own, the second one addresses in full.
            "gunicorn.error": ours,
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "rq.worker": {**ours, "level": "WARNING"},
        },
    }
