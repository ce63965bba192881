"""Whether a manifest was signed by a key that this build trusts (Ed25519, RFC 8032)."""

from __future__ import annotations

from collections.abc import Sequence

from uploader.domain.updates import UnsignedError
from uploader.engine.updates import words
from uploader.engine.updates.envelope import Envelope, signed_bytes


def check_signature(envelope: Envelope, keys: Sequence[bytes]) -> bytes:
    """Give the manifest's bytes if one signature is by one of `keys`; else UnsignedError."""
    # Imported here: it takes a while, and most starts ask nobody.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    signed = signed_bytes(envelope.body)
    for key in keys:
        public = Ed25519PublicKey.from_public_bytes(key)
        for signature in envelope.signatures:
            try:
                public.verify(signature, signed)
            except InvalidSignature:
                continue
            return envelope.body
    raise UnsignedError(*words.UNSIGNED)
