"""Staying in touch with the store: greeting, signing in and out, probing while it is away."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from uploader.background.profiles import Profile, Profiles
from uploader.background.service import Service
from uploader.background.signals import DeskSignals
from uploader.background.values import Connection, Notice
from uploader.background.values import Link as LinkName
from uploader.domain.cancel import CancelToken
from uploader.domain.errors import (
    CancelledError,
    NoStoreHereError,
    NotAnAdminError,
    OfflineError,
    SignInNeededError,
    StoreError,
    WrongCredentialsError,
)
from uploader.domain.stores import Account, Credentials
from uploader.engine import words
from uploader.engine.bandwidth import Bucket
from uploader.engine.compare import compare_with_preview
from uploader.engine.connect import Link, LinkState, Standing
from uploader.engine.keychain import Keychain
from uploader.engine.outcome import SIGN_IN_TROUBLE
from uploader.engine.settle import Clock
from uploader.engine.upload import StandIn, as_it_is
from uploader.engine.verify import Compare
from uploader.outbox import Outbox, OutboxError
from uploader.stores.protocol import Store

log = logging.getLogger(__name__)

_LINKS = {
    Standing.ONLINE: LinkName.ONLINE,
    Standing.OFFLINE: LinkName.OFFLINE,
    Standing.SIGNED_OUT: LinkName.SIGNED_OUT,
}

# Which field the person corrects, by the type of the error.
_FIELDS: tuple[tuple[type[StoreError], str], ...] = (
    (WrongCredentialsError, "password"),
    (NotAnAdminError, "email"),
    (NoStoreHereError, "address"),
    (OfflineError, "address"),
)


class Contact:
    """Holds the service in use. All methods may block: call them from workers.

    `on_change` is called after every change of how things stand, `on_service` when another
    store (or account) has taken the old one's place, `on_no_service` when none has. `profile`
    names the profile to go on with; empty: the one used last.
    """

    def __init__(
        self,
        outbox: Outbox,
        keychain: Keychain,
        connect: Callable[[str], Store],
        signals: DeskSignals,
        *,
        profile: str = "",
        on_change: Callable[[], None],
        on_service: Callable[[Service], None],
        on_no_service: Callable[[], None] = lambda: None,
        clock: Clock = time.time,
        compare: Compare = compare_with_preview,
        bucket: Bucket | None = None,
        stand_in: StandIn = as_it_is,
    ) -> None:
        self._compare = compare
        self.profiles = Profiles(outbox)
        self.link = Link(clock, self._on_link)
        self.service: Service | None = None
        self._clock = clock
        self._outbox = outbox
        self._keychain = keychain
        self._connect = connect
        self._bucket, self._stand_in = bucket, stand_in
        self._signals = signals
        self._on_change = on_change
        self._on_service = on_service
        self._on_no_service = on_no_service
        self._chosen = profile
        self._asking: set[Store] = set()
        self._tokens: dict[str, str] = {}
        """Of this session, by profile: a store that is left for another stays signed in."""
        self._ended = False

    @property
    def profile_name(self) -> str:
        """The profile whose photos are on the list; empty before the first sign-in."""
        if self.service is not None:
            return self.service.profile.name
        profile = self.profiles.current(self._chosen)
        return profile.name if profile else ""

    def resume(self) -> None:
        """At the start: go on with the profile, if the keychain has its key."""
        profile = self.profiles.current(self._chosen)
        if profile is None:
            name = self._chosen
            missing = Connection(title=words.NO_PROFILE.format(name=name)) if name else Connection()
            self._tell(missing)
            return
        # Served first: what is known of the store doesn't wait for a keychain to be unlocked.
        service = self._serve(profile, self._connect(profile.address), Credentials(profile.email))
        token = self._tokens.get(profile.name) or self._keychain.load(profile.keychain_name)
        service.credentials = Credentials(profile.email, "", token)
        if token:
            self._tell(self._connection(LinkName.CONNECTING))
            self.try_sign_in()
        else:
            self.link.signed_out(*words.NO_KEY)

    def greet(self, address: str) -> None:
        """Ask whether there is a store; the answer is a signal."""
        try:
            with self._reaching(address) as store:
                name = store.greet()
                store.close()
        except StoreError as error:
            self._signals.greeting_failed.emit(address, error.title, error.detail)
        else:
            self._signals.greeted.emit(address, name)

    def sign_in(
        self,
        address: str,
        credentials: Credentials,
        *,
        stay: bool,
        name: str = "",
        cancel: CancelToken | None = None,
    ) -> None:
        """Sign in; on success that store is the one in use. `name` names the profile.

        What was in use stays in use where it fails. Without an address, to the one of the
        profile called `name`. `cancel` gives it up; nothing answers then.
        """
        cancel = cancel or CancelToken()
        if not address:
            known = self.profiles.named(name)
            if known is None:
                self._signals.sign_in_failed.emit("address", words.NO_PROFILE.format(name=name), "")
                return
            address = known.address
            credentials = replace(credentials, email=credentials.email or known.email)
        try:
            with self._reaching(address) as store:
                with cancel.interrupting(store.close):
                    account = store.sign_in(credentials)
                if cancel.cancelled:
                    store.sign_out()
                cancel.check()
                profile = self._profile(address, account, name)
        except CancelledError:
            return
        except (StoreError, OutboxError) as error:
            if not cancel.cancelled:
                self._sign_in_failed(error)
            return
        self._tokens[profile.name] = account.token
        self._serve(profile, store, Credentials(account.email, "", account.token))
        self._signed_in(account)
        self._signals.sign_in_succeeded.emit(account)
        # Last: a keychain that asks to be unlocked holds nothing up.
        self._keep_token(profile, account.token if stay else "")

    def try_sign_in(self) -> None:
        """Sign in with the key of an earlier time; offline it is tried again by probing."""
        service = self.service
        if service is None:
            return
        credentials = service.credentials
        try:
            account = service.store.sign_in(credentials)
        except StoreError as error:
            log.info("signing in with the kept key failed: %s", type(error).__name__)
            if service is not self.service or service.credentials is not credentials:
                # Somebody signed in or out meanwhile: that it was cut is no news.
                return
            if isinstance(error, SIGN_IN_TROUBLE):
                self._tokens.pop(service.profile.name, None)
                self.link.trouble(error)
            else:
                self.link.away(error)
            return
        if service is not self.service:
            return
        if service.credentials is credentials:
            self._signed_in(account)
        # Looked at once more: signing out comes before this or after all of it.
        if service.credentials is not credentials:
            self._leave(service)

    def probe(self) -> None:
        """While offline: see whether the store is back."""
        service = self.service
        if service is None:
            return
        if service.signed_in:
            self.link.probe(service.store)
        else:
            self.link.asking()
            self.try_sign_in()

    def trouble(self, error: StoreError, service: Service, era: int | None = None) -> None:
        """Take note of what concerns the whole store, unless it is no longer in use.

        `era` is the link's when the work began: see `Link.trouble`.
        """
        if service is self.service:
            self.link.trouble(error, era)

    def sign_out(self) -> None:
        """Revoke and forget the key. The profile and its photos stay."""
        service = self.service
        if service is None:
            return
        self._keychain.forget(service.profile.keychain_name)
        self._tokens.pop(service.profile.name, None)
        self._leave(service)

    def _leave(self, service: Service) -> None:
        """Revoke a service's sign-in, also one that is under way: see `try_sign_in`."""
        service.credentials = Credentials(service.profile.email)
        service.store.sign_out()
        service.signed_in = False
        if service is self.service:
            self.link.signed_out()

    # ---- other stores
    def switch(self, name: str) -> None:
        """Go on with another profile, signed in if its key is known."""
        profile = self.profiles.named(name)
        if profile is None or profile.forgotten:
            return
        self.profiles.use(profile)
        self._chosen = ""
        self.link.changes_store()
        self.resume()

    def reconnect(self) -> None:
        """Reach the store anew, as the way to it has changed."""
        service = self.service
        if service is None:
            return
        self.link.changes_store()
        profile = service.profile
        self._serve(profile, self._connect(profile.address), service.credentials)
        if not service.credentials.token:
            self.link.signed_out()
            return
        self._tell(self._connection(LinkName.CONNECTING))
        self.try_sign_in()

    def renamed(self) -> None:
        """Call the store in use as its profile says now."""
        service = self.service
        profile = self.profiles.named(service.profile.name) if service else None
        if service is not None and profile is not None:
            service.profile = profile
            self._tell(self._connection(_LINKS[self.link.state.standing], self.link.state))

    def let_go(self, profile: Profile) -> None:
        """Revoke a profile's key, if the store can be reached, and remove it in any case."""
        token = self._tokens.pop(profile.name, "") or self._keychain.load(profile.keychain_name)
        self._keychain.forget(profile.keychain_name)
        if self.service is not None and self.service.profile.name == profile.name:
            self._leave(self.service)
            return
        if not token:
            return
        try:
            with self._reaching(profile.address) as store:
                store.sign_in(Credentials(profile.email, "", token))
                store.sign_out()
                store.close()
        except StoreError as error:
            log.info("a sign-in key wasn't revoked: %s", type(error).__name__)

    def go_on_elsewhere(self, name: str) -> None:
        """Leave the profile called `name`, if it is in use, for another or for none."""
        if self.service is None or self.service.profile.name != name:
            return
        others = self.profiles.shown()
        if others:
            self.switch(others[-1].name)
            return
        self.service.end()
        self.service = None
        self._chosen = ""
        self.link.signed_out()
        self._on_no_service()

    def end(self) -> None:
        """Cut everything; nothing more is said."""
        self._ended = True
        for store in tuple(self._asking):
            store.close()
        if self.service is not None:
            self.service.end()

    # ---- parts
    @contextlib.contextmanager
    def _reaching(self, address: str) -> Iterator[Store]:
        """Make a store that isn't in use yet; closed on an error, and when all ends."""
        store = self._connect(address)
        self._asking.add(store)
        try:
            # Looked at after it was noted: `end` comes before the one or after the other.
            if self._ended:
                store.close()
            yield store
        except BaseException:
            store.close()
            raise
        finally:
            self._asking.discard(store)

    def _profile(self, address: str, account: Account, name: str) -> Profile:
        known = self.profiles.of_account(address, account.email)
        label = known.label if name in {"", known.name} else ""
        profile = Profile(name or known.name, address, account.email, account.store_name, label)
        self.profiles.use(profile)
        return profile

    def _keep_token(self, profile: Profile, token: str) -> None:
        if not token:
            self._keychain.forget(profile.keychain_name)
        elif not self._keychain.save(profile.keychain_name, token) and self._keychain.usable():
            self._signals.noticed.emit(Notice(*words.NOT_KEPT))

    def _serve(self, profile: Profile, store: Store, credentials: Credentials) -> Service:
        if self.service is not None:
            self.service.end()
        self.service = service = Service.of(
            profile,
            store,
            credentials,
            self._outbox,
            clock=self._clock,
            compare=self._compare,
            bucket=self._bucket,
            stand_in=self._stand_in,
        )
        self._on_service(service)
        return service

    def _signed_in(self, account: Account) -> None:
        if self.service is None:
            return
        self.service.signed_in = True
        self.service.capabilities = self.service.store.capabilities
        self._signals.capabilities_changed.emit(self.service.capabilities)
        self._signals.signed_in.emit(account)
        self.link.signed_in()
        self._on_link(self.link.state)

    def _sign_in_failed(self, error: StoreError | OutboxError) -> None:
        field = next((name for kind, name in _FIELDS if isinstance(error, kind)), "")
        if isinstance(error, SignInNeededError):
            field = "password"
        self._signals.sign_in_failed.emit(field, error.title, error.detail)

    def _on_link(self, state: LinkState) -> None:
        self._tell(self._connection(_LINKS[state.standing], state))
        self._on_change()

    def _connection(self, link: LinkName, state: LinkState | None = None) -> Connection:
        profile = self.service.profile if self.service else None
        state = state or LinkState()
        return Connection(
            link=link,
            store_name=profile.title if profile else "",
            email=profile.email if profile else "",
            address=profile.address if profile else "",
            since=state.since,
            next_try=state.next_try,
            title=state.title,
            detail=state.detail,
        )

    def _tell(self, connection: Connection) -> None:
        self._signals.connection_changed.emit(connection)
