"""People, the tokens of their devices, and failed attempts to sign in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from uploader.server.store.models.fields import Flag, MaybeMoment, Moment, Number, Text


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Find whoever signs in as `username`, an e-mail address."""
        return self.get(email=(username or "").strip().lower())

    def keep(self, email: str, password: str, *, name: str = "", admin: bool) -> tuple[User, bool]:
        """Make an account, or give the existing one this password and role."""
        user, created = self.get_or_create(email=email.strip().lower())
        user.name = name or user.name
        user.is_staff = user.is_superuser = admin
        user.is_active = True
        user.set_password(password)
        user.save()
        return user, created


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[misc]
    """Somebody with an account. `is_staff` are the store's admins, everybody else customers."""

    id: int
    email: Text = models.EmailField(unique=True)
    name: Text = models.CharField(max_length=200, blank=True)
    is_staff: Flag = models.BooleanField("admin", default=False)
    is_active: Flag = models.BooleanField(default=True)
    date_joined: Moment = models.DateTimeField(default=timezone.now)
    generation: Number = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """Sign-ins of an earlier one have ended: a new password, a lost role, or by the person."""

    _was_admin = False
    _password: str | None

    objects: ClassVar[UserManager] = UserManager()
    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    @property
    def devices(self) -> models.QuerySet[Token]:
        """The tokens with which its devices get in, the newest first."""
        now = timezone.now()
        mine = Token.objects.filter(user=self, generation=self.generation)
        return mine.filter(revoked_at=None, expires_at__gt=now).order_by("-pk")

    @property
    def is_admin(self) -> bool:
        """Whether this account may upload and see jobs now."""
        return self.is_active and self.is_staff

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **options: Any,  # noqa: ANN401 - Django's
    ) -> User:
        """Remember the role that the row had, to notice its loss."""
        user = super().from_db(db, field_names, values, **options)
        if {"is_active", "is_staff"} <= set(field_names):
            user._was_admin = user.is_admin
        return user

    def save(
        self,
        *args: Any,  # noqa: ANN401 - Django's
        update_fields: Iterable[str] | None = None,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        """Keep e-mails in one case; end all sign-ins with a new password or a lost role."""
        self.email = self.email.strip().lower()
        # Django notes the text of a password that a person gave, until it is saved; not when
        # it only hashes the same one anew.
        if self._password is not None or (self._was_admin and not self.is_admin):
            self.generation += 1
            update_fields = None if update_fields is None else {*update_fields, "generation"}
        super().save(*args, update_fields=update_fields, **kwargs)
        self._was_admin = self.is_admin

    def end_sign_ins(self) -> None:
        """Sign out all devices and browsers."""
        self.generation += 1
        self.save(update_fields=["generation"])

    def get_session_auth_hash(self) -> str:
        """Give what a session must hold to be this account's (Django compares it)."""
        return self._sealed(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Give the same for secret keys that were replaced."""
        yield from map(self._sealed, super().get_session_auth_fallback_hash())

    def _sealed(self, password_hash: str) -> str:
        told = f"{self.generation}:{password_hash}"
        return salted_hmac("store.sessions", told, algorithm="sha256").hexdigest()


class Token(models.Model):
    """A device's sign-in. Only the hash of the token is kept."""

    id: int
    user: models.ForeignKey[User, User] = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="tokens"
    )
    digest: Text = models.CharField(max_length=64, unique=True, editable=False)
    device: Text = models.CharField(max_length=200, blank=True)
    created_at: Moment = models.DateTimeField(default=timezone.now)
    expires_at: Moment = models.DateTimeField()
    revoked_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    last_used_at: MaybeMoment = models.DateTimeField(null=True, blank=True)
    """To within some minutes."""
    generation: Number = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    """Its account's, when the password was looked at."""

    def __str__(self) -> str:
        return f"{self.device or 'a device'} of {self.user}"

    @property
    def usable(self) -> bool:
        """Whether it is neither expired nor revoked, nor ended with all of its account."""
        current = self.generation == self.user.generation
        return current and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def name(self) -> str:
        """What a list calls it: a part of its hash, which nobody guesses."""
        return self.digest[:16]


class Attempt(models.Model):
    """How often signing in failed of late, for one account, address, or both."""

    key: Text = models.CharField(max_length=64, primary_key=True)
    count: Number = models.PositiveIntegerField(default=0)
    since: Moment = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"
