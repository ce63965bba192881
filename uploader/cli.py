"""The command line: hands what is asked for over to one command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

# Commands are imported when they are called: the window must not wait for the others' imports.
# ruff: noqa: PLC0415


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or the app where none is named; return the exit code."""
    said = sys.argv[1:] if argv is None else argv
    if not said:
        # As a menu starts it: the window doesn't wait for a parser of nothing.
        return _open(None, [])
    if said[:1] == ["darkroom"]:
        # Not for people: the program starts itself so; see uploader.background.darkroom.process.
        from uploader.background.darkroom.child import main as develop

        return develop(*said[1:2])
    from uploader.commands.arguments import read

    return _run(read(said))


def _open(data: Path | None, files: Sequence[Path], *, background: bool = False) -> int:
    from uploader.app import run

    return run(data, files, background=background)


def _run(options: argparse.Namespace) -> int:
    if options.command == "preview":
        from uploader.commands.preview import preview
        from uploader.domain.edits import Edits

        edits = Edits(options.rotate, options.pad)
        return preview(
            options.file, options.style, options.output, edits=edits, inspect_only=options.inspect
        )
    if options.command == "history":
        from uploader.commands.history import Ask, history

        return history(Ask(options.csv, options.profile, options.search, options.data))
    if options.command == "push":
        from uploader.commands.push import Push, push

        return push(
            Push(
                folders=options.folders,
                profile=options.profile,
                address=options.address,
                email=options.email,
                password_stdin=options.password_stdin,
                matched_only=options.matched_only,
                json=options.json,
                data=options.data,
            )
        )
    if options.command in ("smoke", "close"):
        return _serve_packages(options)
    if options.command == "demo":
        from uploader.commands.demo import Demo, demo

        return demo(
            Demo(
                headless=options.headless,
                photos=options.photos,
                screenshot=options.screenshot,
                json=options.json,
                data=options.data,
            )
        )
    return _open(options.data, options.files, background=options.background)


def _serve_packages(options: argparse.Namespace) -> int:
    """Do what isn't for people: installers and those who make them call these."""
    if options.command == "close":
        from uploader.commands.close import close

        return close(options.data)
    from uploader.commands.smoke import Smoke, smoke

    return smoke(
        Smoke(
            store=options.store,
            email=options.email,
            photos=options.photos,
            result=options.result,
            screenshot=options.screenshot,
            data=options.data,
            certificates=options.certificates,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
