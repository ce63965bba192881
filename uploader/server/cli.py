"""`store-uploader-server`: serve, worker, and Django's and the store's own commands."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Sequence

from uploader.server.environment import DATA_VARIABLE

_NEEDS_TABLES = frozenset(
    {"createadmin", "createuser", "reprocess", "revoke_tokens", "seed", "sweep", "work"}
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    # What is made in the data folder is for its owner alone, also where others made the folder.
    os.umask(0o077)
    given = list(sys.argv[1:] if arguments is None else arguments)
    data, given = _without_data(given)
    if data:
        os.environ[DATA_VARIABLE] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uploader.server.settings")
    # Modules can't be called as commands are: revoke-tokens is in revoke_tokens.py.
    name = given[0] if given else "help"
    if not name.startswith("-"):
        given[:1] = [name := name.replace("-", "_")]
    if name == "serve":
        return _serve(given[1:])
    if name == "worker":
        return _worker(given[1:])
    if name == "conformance":
        from uploader.server.conformance import command  # noqa: PLC0415

        return command.main(given[1:])
    if name in _NEEDS_TABLES:
        _prepare()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["store-uploader-server", *(given or ["help"])])
    return 0


def _serve(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("store-uploader-server serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one")
    parser.add_argument("--name", default="", help="the store's name")
    parser.add_argument("--with-worker", action="store_true", help="process images as well")
    parser.add_argument("-c", "--workers", type=_several, default=2, help="worker processes")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end with the parent")
    chosen = parser.parse_args(arguments)
    if chosen.name:
        os.environ["STORE_NAME"] = chosen.name
    _prepare()
    from uploader.server.processes import Workers, end_with_parent  # noqa: PLC0415
    from uploader.server.serving import serve  # noqa: PLC0415

    if chosen.until_stdin_closes:
        end_with_parent()
    with Workers(chosen.workers) if chosen.with_worker else contextlib.nullcontext():
        try:
            serve(chosen.host, chosen.port)
        except OSError as error:
            print(f"Port {chosen.port} can't be used: {error.strerror}.", file=sys.stderr)  # noqa: T201
            return 1
    return 0


def _worker(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("store-uploader-server worker")
    parser.add_argument("-c", "--workers", type=_several, default=1, help="processes")
    # There is one queue; it is named for those who know the name from elsewhere.
    parser.add_argument("-q", "--queue", choices=["paperclip"], default="paperclip")
    chosen = parser.parse_args(arguments)
    _prepare()
    from uploader.server.processes import Workers  # noqa: PLC0415

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with contextlib.suppress(KeyboardInterrupt), Workers(chosen.workers) as workers:
        workers.wait()
    return 0


def _prepare() -> None:
    """Make the data folder and bring its tables up to date."""
    from uploader.server.operations.migrating import prepare  # noqa: PLC0415

    prepare()


def _without_data(given: list[str]) -> tuple[str, list[str]]:
    """Take ``--data DIR`` from anywhere in the command: all commands have it."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", default="")
    known, rest = parser.parse_known_args(given)
    return known.data, rest


def _several(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("must be 1 to 64")
    return number


if __name__ == "__main__":
    sys.exit(main())
