"""Which stores the person has signed in to; secrets are in the keychain alone."""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import asdict, dataclass
from dataclasses import fields as fields_of
from functools import lru_cache
from typing import Protocol

log = logging.getLogger(__name__)


class Settings(Protocol):
    """Where settings are kept (the outbox file)."""

    def get_setting(self, key: str, default: str = "") -> str:
        """Give a setting, or the default where it was never set."""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A store and an account, under a name that photos refer to."""

    name: str
    address: str
    email: str
    store_name: str = ""
    label: str = ""
    """What the person calls it."""
    forgotten: str = ""
    """Not empty: it isn't shown; photos that aren't done still go by its name."""

    @property
    def title(self) -> str:
        """Its name, for people."""
        return self.label or self.store_name or self.address

    @property
    def keychain_name(self) -> str:
        """What its sign-in key is kept under. One key for each account at each address."""
        return f"{self.email} at {self.address}"


class Profiles:
    """Profiles by name, and the one in use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> list[Profile]:
        """List the profiles, in the order in which they were made."""
        return read_profiles(self._settings.get_setting("profiles"))

    def shown(self) -> list[Profile]:
        """List those that the person hasn't had forgotten."""
        return [profile for profile in self.all() if not profile.forgotten]

    def named(self, name: str) -> Profile | None:
        """Give the profile of that name."""
        return next((profile for profile in self.all() if profile.name == name), None)

    def current(self, name: str = "") -> Profile | None:
        """Give the profile called `name`, or the one that was used last."""
        found = self.named(name or self._settings.get_setting("profile"))
        return None if found is None or found.forgotten else found

    def of_account(self, address: str, email: str) -> Profile:
        """Give the profile of an account, or a new one named after it."""
        for profile in self.all():
            if (profile.address, profile.email) == (address, email):
                return profile
        return Profile(f"{email} at {address}", address, email)

    def use(self, profile: Profile) -> None:
        """Make it the current one and keep it, in place of an older one of its name."""
        self.put(profile)
        self._settings.set_setting("profile", profile.name)

    def put(self, profile: Profile) -> None:
        """Keep it, in the place of an older one of its name; a new one comes last."""
        known = {each.name: each for each in self.all()}
        known[profile.name] = profile
        self._keep(list(known.values()))

    def drop(self, name: str) -> None:
        """Remove it from the list."""
        self._keep([each for each in self.all() if each.name != name])

    def _keep(self, profiles: list[Profile]) -> None:
        self._settings.set_setting("profiles", json.dumps([asdict(each) for each in profiles]))


def read_profiles(stored: str) -> list[Profile]:
    """Read the profiles as a setting keeps them; those that make no sense are left out.

    A damaged one is made anew by signing in: under the same name, to which its photos belong.
    """
    return list(_read(stored))


@lru_cache(maxsize=2)
def _read(stored: str) -> tuple[Profile, ...]:
    """Read, and complain, once: it is asked for all the time."""
    try:
        listed = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list):
        log.warning("the list of stores can't be read")
        return ()
    found = (_profile(fields) for fields in listed)
    return tuple(profile for profile in found if profile is not None)


def _profile(fields: object) -> Profile | None:
    if isinstance(fields, dict) and all(isinstance(value, str) for value in fields.values()):
        # What a later version may have added is left out too.
        known = {each.name: fields[each.name] for each in fields_of(Profile) if each.name in fields}
        with contextlib.suppress(TypeError):
            return Profile(**known)
    log.warning("a store in the list can't be read")
    return None


def store_names(stored: str) -> dict[str, str]:
    """Give the stores' names by profile, from the same setting."""
    return {profile.name: profile.store_name for profile in read_profiles(stored)}
