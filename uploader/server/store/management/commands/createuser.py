"""Makes an account, or gives one a new password and role."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any, ClassVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email

from uploader.server.store.management.command import StoreCommand
from uploader.server.store.models import User


class Command(StoreCommand):
    """``createuser EMAIL --customer``; an existing account gets the password and role."""

    help = "Make an account, or give an existing one a new password and role."
    role: ClassVar[bool | None] = None
    """The role, where the command's name says it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the e-mail, the name, and where the password comes from."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--password-stdin", action="store_true", help="read one line of it")
        if self.role is None:
            roles = parser.add_mutually_exclusive_group(required=True)
            roles.add_argument("--admin", action="store_true", dest="admin")
            roles.add_argument("--customer", action="store_false", dest="admin")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Make or change the account."""
        admin = options["admin"] if self.role is None else self.role
        password = _password(options["password_stdin"])
        try:
            validate_email(options["email"])
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user, created = User.objects.keep(
            options["email"], password, name=options["name"], admin=admin
        )
        role = "an admin" if admin else "a customer"
        self.stdout.write(f"{user.email} is {role} {'now' if created else 'with a new password'}.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Again: "):
            raise CommandError("The two passwords differ.")
    if not password:
        raise CommandError("A password can't be empty.")
    return password
