"""The system's keychain: the only place where a sign-in token is ever stored."""

from __future__ import annotations

import logging

log = logging.getLogger(__name__)

SERVICE = "Store Uploader"

# keyring's own names of back-ends that keep nothing, or keep it where anybody can read it.
_UNFIT = ("fail", "null", "plaintext", "keyrings.alt")


class Keychain:
    """Tokens by store and account. Every call may block (the system may ask to unlock it).

    Call from a worker. No method raises: a keychain that fails is as good as none, and the
    person stays signed in until the program ends.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled

    def usable(self) -> bool:
        """Tell whether the system has a keychain that keeps secrets."""
        if not self._enabled:
            return False
        # Imported late: keyring costs 150 ms that the first paint doesn't have.
        import keyring  # noqa: PLC0415

        try:
            backend = keyring.get_keyring()
            name = f"{type(backend).__module__}.{type(backend).__qualname__}".lower()
            parts = getattr(backend, "backends", [backend])
        except Exception:
            log.exception("no keychain: looking for one failed")
            return False
        return bool(parts) and not any(unfit in name for unfit in _UNFIT)

    def name(self) -> str:
        """Give the usable keychain's name, for whoever looks after the program; else nothing."""
        import keyring  # noqa: PLC0415

        if not self.usable():
            return ""
        backend = keyring.get_keyring()
        # Of several it is the first that keeps what is given.
        return str(next(iter(getattr(backend, "backends", [])), backend).name)

    def load(self, profile: str) -> str:
        """Give the token of a profile, empty without one."""
        import keyring  # noqa: PLC0415

        if not self.usable():
            return ""
        try:
            return keyring.get_password(SERVICE, profile) or ""
        except Exception as error:
            log.warning("the keychain gave no sign-in key: %s", type(error).__name__)
            return ""

    def save(self, profile: str, token: str) -> bool:
        """Keep a token; tell whether it is kept."""
        import keyring  # noqa: PLC0415

        if not self.usable():
            return False
        try:
            keyring.set_password(SERVICE, profile, token)
        except Exception as error:
            log.warning("the keychain kept no sign-in key: %s", type(error).__name__)
            return False
        return True

    def forget(self, profile: str) -> None:
        """Remove a token; none to remove is fine."""
        import keyring  # noqa: PLC0415

        if not self.usable():
            return
        try:
            if keyring.get_password(SERVICE, profile):
                keyring.delete_password(SERVICE, profile)
        except Exception as error:
            log.warning("the keychain kept an old sign-in key: %s", type(error).__name__)
