"""Key pairs that sign manifests: Ed25519, the private half in a file that only its owner reads."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from installer.project import ROOT

PASSPHRASE = "STORE_UPLOADER_UPDATE_PASSPHRASE"
"""The environment variable with the private key's passphrase; without it, the key has none."""


class KeyRefusedError(Exception):
    """A key can't be made there, or can't be used. Says why."""


def make(file: Path) -> bytes:
    """Make a key pair; write the private one to a new file, and give the public one's 32 bytes.

    Raises `KeyRefusedError` inside the tree, and where there is a file already.
    """
    if file.resolve().is_relative_to(ROOT):
        raise KeyRefusedError("A private key never lies in the tree. Choose a folder outside of it")
    key, phrase = Ed25519PrivateKey.generate(), _passphrase()
    protected = serialization.BestAvailableEncryption(phrase) if phrase else None
    text = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        protected or serialization.NoEncryption(),
    )
    try:
        # Nobody else may read it, at no moment: it has these rights from its beginning.
        number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyRefusedError(f"{file} can’t be written: {error.strerror}") from error
    with open(number, "wb") as stream:  # noqa: PTH123 - a descriptor has no path
        stream.write(text)
    return key.public_key().public_bytes_raw()


def load(file: Path) -> Ed25519PrivateKey:
    """Read a private key. Raises `KeyRefusedError` also where others may read it."""
    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise KeyRefusedError(f"Others may read {file}: chmod 600, or better make a new one")
        key = serialization.load_pem_private_key(file.read_bytes(), _passphrase())
    except OSError as error:
        raise KeyRefusedError(f"{file} can’t be read: {error.strerror}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyRefusedError(f"{file} holds no key, or {PASSPHRASE} doesn’t open it") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefusedError(f"{file} holds another kind of key")
    return key


def _passphrase() -> bytes | None:
    return os.environ.get(PASSPHRASE, "").encode() or None
