"""Makes an admin's account, or gives one a new password."""

from __future__ import annotations

from typing import ClassVar

from uploader.server.store.management.commands import createuser


class Command(createuser.Command):
    """``createadmin EMAIL``."""

    help = "Make an admin's account, or give an existing one a new password and this role."
    role: ClassVar[bool | None] = True
