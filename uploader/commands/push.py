"""``store-uploader push``: the same engine and outbox without a window, for scripts."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from uploader.background.desk import Desk
from uploader.background.settings import Settings
from uploader.commands.batch import Batch, Rules
from uploader.commands.run import run_batch
from uploader.commands.summary import Summary, explain
from uploader.domain.stores import Credentials
from uploader.journal import journal
from uploader.paths import data_dir

ALL_LIVE = 0
SOME_NOT = 1
NOT_BEGUN = 2


@dataclass(frozen=True, slots=True)
class Push:
    """What the command line asked for."""

    folders: list[Path]
    profile: str
    address: str = ""
    email: str = ""
    password_stdin: bool = False
    matched_only: bool = False
    json: bool = False
    data: Path | None = None


def push(options: Push) -> int:
    """Send folders; return 0 all live, 1 some not, 2 usage or sign-in."""
    if sentence := _usage(options):
        sys.stderr.write(sentence + "\n")
        return NOT_BEGUN
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else ""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    signs_in = bool(options.address) or options.password_stdin
    settings = Settings(
        data_dir(options.data),
        profile=options.profile,
        resume=not signs_in,
        keep_pause=False,
        heeds_person=False,
    )
    desk = Desk(settings)
    batch = Batch(desk, options.folders, Rules(new_items=not options.matched_only))
    if signs_in:
        credentials = Credentials(options.email, password)
        desk.opened.connect(
            lambda: desk.sign_in(
                options.address, credentials, stay=True, profile=options.profile
            )
        )  # fmt: skip
    with journal(settings.data):
        sentence = run_batch(app, desk, batch)
    desk.close()
    photos = batch.photos()
    summary = Summary.of(photos, batch.seconds)
    if sentence:
        sys.stderr.write(sentence + "\n")
    explain(photos, batch.passed_over)
    summary.write(as_json=options.json)
    if not batch.begun:
        return NOT_BEGUN
    complete = summary.live == summary.photos and not sentence and not batch.passed_over
    return ALL_LIVE if complete else SOME_NOT


def _usage(options: Push) -> str:
    """Say what is wrong with the call; empty if nothing is."""
    for folder in options.folders:
        if not folder.exists():
            return f"{folder} doesn't exist."
    if bool(options.address) != bool(options.email):
        return "A new profile needs both --address and --email."
    if options.address and not options.password_stdin:
        return "Give the account's password on standard input, with --password-stdin."
    return ""
