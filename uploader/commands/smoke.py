"""``store-uploader smoke``: whether an installed program does its whole job on this machine.

Not for people: whoever packages the program runs it on a bare system. It writes what came of it to
a file, as a program for Windows' desktop has no standard output.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from uploader import __version__
from uploader.commands.age import age
from uploader.commands.unattended import data_folder, photograph, send
from uploader.domain.stores import Account, Credentials
from uploader.journal import journal

if TYPE_CHECKING:
    from uploader.app import App

# Imported late as by the window itself: the first paint doesn't wait for the engine.
# ruff: noqa: PLC0415

log = logging.getLogger(__name__)

ALL_LIVE = 0
NOT_ALL = 1
PASSWORD = "STORE_UPLOADER_PASSWORD"  # noqa: S105 - a variable's name


@dataclass(frozen=True, slots=True)
class Smoke:
    """What the command line asked for."""

    store: str
    email: str
    photos: Path
    result: Path
    screenshot: Path | None = None
    data: Path | None = None
    certificates: Path | None = None


@dataclass(slots=True)
class Result:
    """What is written to the file. `reason` says why it isn't as it should be, or is empty."""

    version: str = __version__
    platform: str = ""
    """Qt's platform plugin."""
    first_window_seconds: float | None = None
    """From the start of the process to the first paint."""
    photos: int = 0
    live: int = 0
    refused: int = 0
    failed: int = 0
    keychain: str | None = None
    keychain_round_trip: bool = False
    """The sign-in key came back out of the keychain as it went in."""
    tls: bool = False
    """The store was signed in to by a certificate that was trusted."""
    seconds: float = 0.0
    reason: str = "It didn’t come to an end."
    problems: list[str] = field(default_factory=list)
    """A line for each photo that isn't live."""

    def write(self, file: Path) -> None:
        """Write it in the place of an earlier one. Raises OSError."""
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")
        fresh.replace(file)


def smoke(options: Smoke) -> int:
    """Run it; return 0 if photos are live, and all that could be used, else 1.

    Without a data folder of its own nothing is left of it, in the keychain neither. Raises OSError
    where the result can't be written.
    """
    result = Result()
    # What dies on the way has said so much.
    result.write(options.result)
    try:
        result.reason = _usage(options)
        if not result.reason:
            with data_folder(options.data) as data, journal(data):
                _run(options, data, result)
    except Exception as error:
        log.exception("the smoke run ended early")
        result.reason = f"{type(error).__name__}: {error}"
    if not (result.reason or result.live):
        result.reason = "No photo is live."
    result.write(options.result)
    return NOT_ALL if result.failed or result.reason else ALL_LIVE


def _usage(options: Smoke) -> str:
    if not os.environ.get(PASSWORD):
        return f"The password is missing in {PASSWORD}."
    if not options.photos.exists():
        return f"{options.photos} doesn't exist."
    return ""


def _run(options: Smoke, data: Path, result: Result) -> None:
    app = _open(data, result)
    account: list[Account] = []
    app.desk.signed_in.connect(account.append)
    try:
        batch = send(app, [options.photos], lambda: _sign_in(app, options))
        photograph(app, options.screenshot)
    finally:
        # What windows and workers know is complete before the keychain is looked into.
        app.close()
    _count(app, batch.seconds, result)
    result.reason = batch.sentence
    if account:
        result.tls = app.desk.connection.address.startswith("https://")
        _look_into_keychain(app, account[-1], result, keep=options.data is not None)


def _open(data: Path, result: Result) -> App:
    """Open the window as a menu does, wait until it is painted, and make it whole."""
    from PySide6.QtCore import QEventLoop

    from uploader.app import build, threshold
    from uploader.background.settings import Settings

    settings = Settings(data, resume=False, keep_pause=False, heeds_person=False)
    window, waiting = threshold(settings), QEventLoop()
    window.painted.connect(waiting.quit)
    window.show()
    waiting.exec()
    result.first_window_seconds = _rounded(age())
    app = build(settings, window)
    result.platform = app.qt.platformName()
    return app


def _sign_in(app: App, options: Smoke) -> None:
    from uploader.domain.preferences import Network

    if options.certificates is not None:
        trusted = Network(certificates=str(options.certificates.absolute()))
        app.desk.change_preferences(lambda now: replace(now, network=trusted))
    credentials = Credentials(options.email, os.environ[PASSWORD])
    app.desk.sign_in(options.store, credentials, stay=True)


def _count(app: App, seconds: float, result: Result) -> None:
    from uploader.commands.summary import Summary, reasons

    photos = app.desk.photos()
    summary = Summary.of(photos, seconds)
    result.photos, result.live = summary.photos, summary.live
    result.refused, result.failed = summary.refused, summary.failed
    result.seconds = summary.seconds
    result.problems = list(reasons(photos))


def _look_into_keychain(app: App, account: Account, result: Result, *, keep: bool) -> None:
    """See whether the key is in there, as the next start would; without `keep`, remove it."""
    from uploader.background.profiles import Profile
    from uploader.engine.keychain import Keychain

    keychain, connection = Keychain(), app.desk.connection
    result.keychain = keychain.name() or None
    name = Profile("", connection.address, connection.email).keychain_name
    result.keychain_round_trip = keychain.load(name) == account.token != ""
    if not keep:
        keychain.forget(name)


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
