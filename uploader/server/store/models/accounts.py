"""People, the tokens of their devices, and failed attempts to sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone

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

    objects: ClassVar[UserManager] = UserManager()
    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email

    @property
    def is_admin(self) -> bool:
        """Whether this account may upload and see jobs now."""
        return self.is_active and self.is_staff

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Keep e-mail addresses in one case, so that one person has one account."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)


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

    def __str__(self) -> str:
        return f"{self.device or 'a device'} of {self.user}"

    @property
    def usable(self) -> bool:
        """Whether it is neither expired nor revoked."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class Attempt(models.Model):
    """How often signing in failed of late, for one account, address, or both."""

    key: Text = models.CharField(max_length=64, primary_key=True)
    count: Number = models.PositiveIntegerField(default=0)
    since: Moment = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"
