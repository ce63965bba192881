"""Reads a manifest. It is signed by then; held within bounds all the same."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from uploader.domain.updates import MalformedError, Manifest, Package, System
from uploader.domain.versions import Version
from uploader.engine.updates import words
from uploader.engine.updates.address import usable

PRODUCT = "store-uploader"
MOST_NOTES, LONGEST_NOTE = 12, 400
MOST_PACKAGES = 24
LARGEST_PACKAGE = 2_000_000_000
"""Bytes."""
LONGEST_VALID_DAYS = 400
HIGHEST_SERIAL = 10**12

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,119}")
_SUM = re.compile(r"[0-9a-f]{64}")
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


def read_manifest(body: bytes) -> Manifest:
    """Read a manifest's bytes: JSON in UTF-8. Raises MalformedError.

    Names that it doesn't know are for newer programs and are passed over.
    """
    try:
        return _manifest(json.loads(body.decode("utf-8"), object_pairs_hook=_once))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise MalformedError(*words.MALFORMED) from error


def written(moment: float) -> str:
    """Write seconds since the epoch as manifests have them."""
    return datetime.fromtimestamp(moment, UTC).strftime(_MOMENT)


def _manifest(fields: dict[str, Any]) -> Manifest:
    _demand(fields["product"] == PRODUCT)
    version = _text(fields["version"], 40)
    Version.parse(version)
    issued, expires = _moment(fields["issued"]), _moment(fields["expires"])
    _demand(issued < expires <= issued + LONGEST_VALID_DAYS * 86_400)
    notes, packages = fields.get("notes", []), fields.get("packages", [])
    _demand(isinstance(notes, list) and len(notes) <= MOST_NOTES)
    _demand(isinstance(packages, list) and len(packages) <= MOST_PACKAGES)
    known = [package for package in packages if package["system"] in set(System)]
    return Manifest(
        version=version,
        serial=_number(fields["serial"], HIGHEST_SERIAL),
        issued=issued,
        expires=expires,
        page=usable(_text(fields["page"], 500)),
        notes=tuple(_text(note, LONGEST_NOTE) for note in notes),
        packages=tuple(_package(package) for package in known),
    )


def _package(fields: dict[str, Any]) -> Package:
    name, sha256 = _text(fields["name"], 120), _text(fields["sha256"], 64)
    _demand(bool(_NAME.fullmatch(name) and _SUM.fullmatch(sha256)))
    return Package(System(fields["system"]), name, _number(fields["size"], LARGEST_PACKAGE), sha256)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse names that stand twice: two readers could understand two things."""
    _demand(len({name for name, _ in pairs}) == len(pairs))
    return dict(pairs)


def _text(value: Any, longest: int) -> str:  # noqa: ANN401 - whatever stands there
    # Printable: no line breaks, nothing that turns the direction of what follows.
    _demand(isinstance(value, str) and 0 < len(value) <= longest and value.isprintable())
    return str(value)


def _number(value: Any, highest: int) -> int:  # noqa: ANN401 - whatever stands there
    _demand(isinstance(value, int) and not isinstance(value, bool) and 0 < value <= highest)
    return int(value)


def _moment(value: Any) -> float:  # noqa: ANN401 - whatever stands there
    return datetime.strptime(_text(value, 20), _MOMENT).replace(tzinfo=UTC).timestamp()


def _demand(fulfilled: bool) -> None:
    if not fulfilled:
        raise ValueError("not a manifest")
