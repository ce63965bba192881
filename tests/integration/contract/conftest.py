"""The plain client of the server's tests."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_PLACE = Path(__file__).parents[1] / "server" / "conftest.py"
_SPEC = importlib.util.spec_from_file_location("plain_client", _PLACE)
assert _SPEC and _SPEC.loader
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)

client, client_of, photo, item = (
    _MODULE.client,
    _MODULE.client_of,
    _MODULE.photo,
    _MODULE.item,
)
