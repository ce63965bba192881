"""What the person has set, as the outbox keeps it: small, readable, and never a secret."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from typing import Any

from uploader.background.profiles import Settings
from uploader.domain.bandwidth import DAY, Bandwidth, Span
from uploader.domain.preferences import (
    MOST_UPLOADS,
    Copies,
    Network,
    Preferences,
    ProxyUse,
    Updates,
)

log = logging.getLogger(__name__)

_KEY = "preferences"
_FASTEST = 100_000.0
"""Mbit/s; more is a slip."""
_MOST_SPANS = 24


def read(settings: Settings) -> Preferences:
    """Give what was set; what makes no sense is as if it had never been."""
    stored = settings.get_setting(_KEY)
    try:
        return _preferences(json.loads(stored or "{}"))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, OverflowError):
        log.warning("the settings can't be read")
        return Preferences()


def write(settings: Settings, preferences: Preferences) -> None:
    """Keep what was set."""
    settings.set_setting(_KEY, json.dumps(asdict(preferences)))


def _preferences(fields: dict[str, Any]) -> Preferences:
    known = Preferences()
    network = fields.get("network", {})
    bandwidth = fields.get("bandwidth", {})
    updates = fields.get("updates", {})
    return Preferences(
        uploads=min(MOST_UPLOADS, max(1, int(fields.get("uploads", known.uploads)))),
        at_once=bool(fields.get("at_once", known.at_once)),
        copies=Copies(fields.get("copies", known.copies)),
        bandwidth=Bandwidth(
            _limit(bandwidth.get("limit", 0)),
            tuple(_span(span) for span in bandwidth.get("spans", ()))[:_MOST_SPANS],
        ),
        network=Network(
            ProxyUse(network.get("use", known.network.use)),
            str(network.get("proxy", "")),
            str(network.get("certificates", "")),
        ),
        updates=Updates(bool(updates.get("look", True)), str(updates.get("address", ""))),
    )


def _span(fields: dict[str, Any]) -> Span:
    return Span(int(fields["start"]) % DAY, int(fields["end"]) % DAY, _limit(fields["limit"]))


def _limit(value: Any) -> float:  # noqa: ANN401 - whatever stands there
    return min(_FASTEST, max(0.0, float(value)))
