"""The tus routes for the OpenAPI description: headers in, headers out, bodies of bytes."""

from __future__ import annotations

from typing import Any

from uploader.server.uploads import headers

Json = dict[str, Any]

_COUNT: Json = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
_DATE: Json = {"type": "string", "description": "An HTTP date."}
_PAIR = r"[!-+\--~]+( +[A-Za-z0-9+/=]*)?"
_VERSION: Json = {"const": headers.VERSION}
_DIGEST: Json = {
    "type": "string",
    "pattern": r"^(sha1 [A-Za-z0-9+/]{27}=|sha256 [A-Za-z0-9+/]{43}=)$",
}


def _asked(name: str, schema: Json, description: str = "", *, required: bool = True) -> Json:
    told = {"description": description} if description else {}
    return {"in": "header", "name": name, "required": required, "schema": schema, **told}


def _told(*, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()) -> Json:
    """Describe the headers of a success; every one has the version."""
    known = {
        "Tus-Resumable": _VERSION,
        "Location": {"type": "string", "format": "uri"},
        "Upload-Offset": _COUNT,
        "Upload-Length": _COUNT,
        "Upload-Metadata": {"type": "string"},
        "Upload-Expires": _DATE,
        "Store-Image": {"type": "string", "description": "Once complete: the image's id."},
        "Store-Outcome": {"enum": ["created", "repeated", "already"]},
        "Store-Cursor": {"type": "string", "pattern": "^[0-9]+$"},
        "Tus-Version": _VERSION,
        "Tus-Extension": {"type": "string"},
        "Tus-Max-Size": _COUNT,
        "Tus-Checksum-Algorithm": {"type": "string"},
    }
    names = ("Tus-Resumable", *required, *optional)
    return {n: {"schema": known[n], "required": n not in optional} for n in names}


_TUS = _asked("Tus-Resumable", _VERSION)
_CHECKSUM = _asked(
    "Upload-Checksum", _DIGEST, "Of this request's body: an algorithm and base64.", required=False
)
_METADATA = _asked(
    "Upload-Metadata",
    {"type": "string", "pattern": f"^{_PAIR}(,{_PAIR})*$"},
    "Keys and base64 values: `reference`, and `item` or `item_title`; optional are `sha256`, "
    "`filename`, `alt`, `focus`, `rotate`, `pad`, `position`, `replaces` (an image's id).",
)
_BODY: Json = {"content": {headers.BYTES: {"schema": {"type": "string", "format": "binary"}}}}
_OUTCOME = ("Upload-Expires", "Store-Image", "Store-Outcome", "Store-Cursor")

DESCRIBE: Json = {
    "responses": {
        204: {
            "headers": _told(
                required=("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm")
            )
        }
    }
}
CREATE: Json = {
    "parameters": [
        _TUS,
        _asked("Upload-Length", {**_COUNT, "minimum": 1}, "Bytes of the whole file."),
        _METADATA,
        _CHECKSUM,
    ],
    "requestBody": {**_BODY, "required": False},
    "responses": {
        201: {"headers": _told(required=("Location", "Upload-Offset"), optional=_OUTCOME)}
    },
}
OFFSET: Json = {
    "parameters": [_TUS],
    "responses": {
        200: {
            "headers": _told(
                required=("Upload-Offset", "Upload-Length", "Upload-Metadata"), optional=_OUTCOME
            )
        }
    },
}
RECEIVE: Json = {
    "parameters": [
        _TUS,
        _asked("Upload-Offset", _COUNT, "Where the part begins, in bytes."),
        _CHECKSUM,
    ],
    "requestBody": {**_BODY, "required": True},
    "responses": {204: {"headers": _told(required=("Upload-Offset",), optional=_OUTCOME)}},
}
OVERRIDE: Json = {
    "parameters": [
        _TUS,
        _asked("X-HTTP-Method-Override", {"enum": ["PATCH", "DELETE"]}),
        _asked("Upload-Offset", {"type": "string"}, "As for PATCH.", required=False),
        _asked("Upload-Checksum", {"type": "string"}, "As for PATCH.", required=False),
    ],
    "requestBody": {**_BODY, "required": False},
    "responses": {204: {"headers": _told(optional=("Upload-Offset", *_OUTCOME))}},
}
DROP: Json = {"parameters": [_TUS], "responses": {204: {"headers": _told()}}}
