"""Every problem that the store answers with: its type, when, and what a client does then.

The OpenAPI description is made from this table, and docs/contract.md has it in words.
"""

from __future__ import annotations

from dataclasses import dataclass

SAFE = frozenset({"get", "head", "options"})
_BYTES = frozenset({"create", "receive", "override"})
_OWN = frozenset({"offset", "receive", "terminate", "override"})
_WRITING = frozenset({"create", "receive", "terminate", "override", "withdraw"})
_UPLOADS = _WRITING | {"offset"}
_ASKING = frozenset({"edit_image", "images", "items", "make_item", "sign_in", "withdraw"})
_SIGN_IN = frozenset({"sign_in"})
_PUBLIC = frozenset({"greet", "sign_in"})


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One case. `type` is the last part of the type's reference; `when` ends in no full stop.

    `operations`: the routes that say it; none: all of them. `headers` always come with it,
    `told` are fields of its own.
    """

    status: int
    type: str
    when: str
    operations: frozenset[str] = frozenset()
    headers: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    public: bool = False
    """Whether it also comes from routes that need no sign-in."""
    unsafe: bool = False
    """Whether only requests that change something are answered so."""

    def fits(self, operation: str, method: str) -> bool:
        """Tell whether a route may answer with it."""
        if self.unsafe and method in SAFE:
            return False
        if self.operations:
            return operation in self.operations
        return self.public or operation not in _PUBLIC


TYPES = (
    ProblemType(400, "bad-request", "the request can't be understood", public=True),
    ProblemType(400, "bad-header", "a header that must be a number or a checksum isn't", _BYTES),
    ProblemType(400, "too-long", "the body has more bytes than are missing", _BYTES),
    ProblemType(401, "wrong-credentials", "e-mail and password don't fit", _SIGN_IN),
    ProblemType(
        401,
        "signed-out",
        "the token was ours and has expired or been revoked",
        headers=("WWW-Authenticate",),
    ),
    ProblemType(403, "not-an-admin", "the password is right, the account no admin's", _SIGN_IN),
    ProblemType(403, "forbidden", "a browser's session without its CSRF token", unsafe=True),
    ProblemType(404, "not-found", "no such thing, or not for whoever asks"),
    ProblemType(
        405, "not-allowed", "no such method here", frozenset({"override"}), headers=("Allow",)
    ),
    ProblemType(409, "wrong-offset", "the part begins elsewhere", _BYTES, ("Upload-Offset",)),
    ProblemType(
        409,
        "upload-finished",
        "it is an image and stays",
        frozenset({"terminate", "override", "withdraw"}),
    ),
    ProblemType(409, "sku-taken", "another item has the SKU", frozenset({"make_item"})),
    ProblemType(410, "expired", "nothing arrived for too long", _OWN),
    ProblemType(412, "tus-version", "Tus-Resumable isn't 1.0.0", _UPLOADS, ("Tus-Version",)),
    ProblemType(413, "too-many-bytes", "the photo is larger than the store takes", _BYTES),
    ProblemType(
        415,
        "bad-header",
        "the body isn't application/offset+octet-stream",
        frozenset({"receive", "override"}),
    ),
    ProblemType(422, "bad-request", "a field makes no sense", _ASKING, told=("errors",)),
    ProblemType(422, "bad-item", "title or SKU are empty or too long", frozenset({"make_item"})),
    ProblemType(
        422,
        "bad-metadata",
        "Upload-Metadata can't be read, or the reference is another photo's",
        frozenset({"create"}),
    ),
    ProblemType(422, "no-such-item", "its item isn't there (any more)", _BYTES),
    ProblemType(422, "no-such-image", "what it replaces isn't there (any more)", _BYTES),
    ProblemType(422, "item-not-active", "its item is archived", _BYTES),
    ProblemType(422, "not-a-photo", "the content is no picture, or empty", _BYTES),
    ProblemType(422, "type-not-taken", "a kind of picture that the store doesn't take", _BYTES),
    ProblemType(422, "too-many-pixels", "more pixels than the store takes", _BYTES),
    ProblemType(422, "truncated", "the picture ends before its content does", _BYTES),
    ProblemType(422, "damaged", "the picture can't be decoded", _BYTES),
    ProblemType(423, "upload-busy", "another request writes it", _WRITING, ("Retry-After",)),
    ProblemType(
        429, "too-many-attempts", "signing in failed too often", _SIGN_IN, ("Retry-After",)
    ),
    ProblemType(
        429,
        "too-many-uploads",
        "too much is begun and not finished",
        frozenset({"create"}),
        ("Retry-After",),
    ),
    ProblemType(460, "checksum-mismatch", "what arrived isn't what was sent", _BYTES),
    ProblemType(500, "server-error", "a fault of the store", public=True),
    ProblemType(
        503, "busy", "the store is busy for a moment", headers=("Retry-After",), public=True
    ),
    ProblemType(507, "store-full", "there is no room", public=True),
)
