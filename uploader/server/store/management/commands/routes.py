"""Lists every address of the server, for whoever wants to know; ``--write`` renews a page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from uploader.server.access.addresses import HEAD, addresses, table


class Command(BaseCommand):
    """``routes``; with ``--json`` for programs, with an address that leads to each."""

    help = "List every address, and who may ask it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the form."""
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--write", type=Path, help="put the table in place of this page's")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Write the list."""
        listed = addresses()
        if options["json"]:
            fields = [{"route": a.route, "example": a.example, "public": a.public} for a in listed]
            self.stdout.write(json.dumps(fields))
        elif page := options["write"]:
            before, _, _ = page.read_text().partition(HEAD)
            page.write_text(before + table(listed))
        else:
            self.stdout.write(table(listed), ending="")
