"""Signs accounts out everywhere: a lost laptop, a leaked token."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from uploader.server.store.management.command import StoreCommand
from uploader.server.store.models import User


class Command(StoreCommand):
    """``revoke-tokens EMAIL`` or ``revoke-tokens --all``; passwords stay as they are."""

    help = "Sign out all devices and browsers of one account, or of all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose."""
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("email", nargs="?")
        whose.add_argument("--all", action="store_true")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Sign out, and tell how many devices that were."""
        accounts = User.objects.all()
        if not options["all"]:
            accounts = accounts.filter(email=options["email"].strip().lower())
            if not accounts.exists():
                raise CommandError(f"There is no account {options['email']}.")
        devices = 0
        for user in accounts:
            devices += user.devices.count()
            user.end_sign_ins()
        named = "1 device" if devices == 1 else f"{devices} devices"
        self.stdout.write(f"{named} signed out, and all browsers.")
