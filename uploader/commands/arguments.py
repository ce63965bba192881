"""What can be said on the command line.

A file of its own, as the window as a menu starts it doesn't wait for a parser.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from uploader import __version__
from uploader.domain.edits import QUARTER_TURNS

_COMMANDS = ("open", "demo", "push", "preview", "history", "smoke", "close")


def read(words: Sequence[str]) -> argparse.Namespace:
    """Understand the words; `command` and its options. Ends the process for what makes no sense."""
    return _parser().parse_args(_with_command(words))


def _with_command(words: Sequence[str]) -> list[str]:
    """Put in ``open`` where files stand in a command's place."""
    value = False
    for place, word in enumerate(words):
        if not value and (word == "--" or not word.startswith("-")):
            return [*words] if word in _COMMANDS else [*words[:place], "open", *words[place:]]
        value = word == "--data"
    return [*words]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="store-uploader",
        usage="%(prog)s [--data DIR] [FILE … | command …]",
        description="Put product photos into your store. Without a command: open the window, and "
        "add the files and folders that are named. A second start hands them to the first.",
        # `_with_command` knows --data by its full name.
        allow_abbrev=False,
    )
    parser.set_defaults(files=[], background=False)
    parser.add_argument("--version", action="version", version=f"Store Uploader {__version__}")
    _add_data(parser)
    _add_background(parser)
    commands = parser.add_subparsers(dest="command", metavar="command", prog="store-uploader")
    _add_open(commands.add_parser("open", help="open the window, as without a command"))
    if not getattr(sys, "frozen", False):
        # The companion server, which it starts, is no part of the packages.
        _add_demo(commands.add_parser("demo", help="try it with a store of its own"))
    _add_push(commands.add_parser("push", help="send folders without a window, for scripts"))
    _add_preview(commands.add_parser("preview", help="render one photo as the shop shows it"))
    _add_history(commands.add_parser("history", help="what was sent when, as a CSV file"))
    # Not for people, so not in the help.
    _add_smoke(commands.add_parser("smoke"))
    # For installers: what they replace mustn't be running.
    _add_data(commands.add_parser("close"))
    return parser


def _add_smoke(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", required=True, metavar="URL", help="the store's address")
    parser.add_argument("--email", required=True, metavar="ADDRESS", help="the account")
    parser.add_argument("--photos", type=Path, required=True, metavar="DIR", help="to be uploaded")
    parser.add_argument("--result", type=Path, required=True, metavar="FILE", help="JSON, anew")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="save the window here")
    parser.add_argument("--certificates", type=Path, metavar="FILE", help="to trust as well (PEM)")
    _add_data(parser)


def _add_history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--csv", type=Path, required=True, metavar="FILE", help="written anew")
    parser.add_argument("--profile", default="", metavar="NAME", help="default: all of them")
    parser.add_argument("--search", default="", metavar="TEXT", help="only lines with these words")
    _add_data(parser)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        # The main parser's default would overwrite what was given before the command.
        default=argparse.SUPPRESS if parser.prog.count(" ") else None,
        metavar="DIR",
        help="folder of the outbox (default: the system's place for it)",
    )


def _add_background(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--background",
        action="store_true",
        # As with --data.
        default=argparse.SUPPRESS,
        help="stay in the tray at first, as at a start with the system",
    )


def _add_open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="photos or folders")
    _add_data(parser)
    _add_background(parser)


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--headless", action="store_true", help="without a display")
    parser.add_argument("--photos", type=Path, metavar="DIR", help="default: the samples")
    parser.add_argument("--screenshot", type=Path, metavar="FILE", help="save the window here")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    _add_data(parser)


def _add_push(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR", help="folders or files")
    parser.add_argument("--profile", required=True, metavar="NAME", help="which store")
    parser.add_argument("--address", default="", help="the store's address, for a new profile")
    parser.add_argument("--email", default="", help="the account, for a new profile")
    parser.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input (else the keychain's sign-in key is used)",
    )
    parser.add_argument(
        "--matched-only",
        action="store_true",
        help="leave out photos that fit no item (else each makes an item named after its file)",
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    _add_data(parser)


def _add_preview(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--style", default="200x200#", metavar="GEOMETRY", help="as in Paperclip")
    parser.add_argument(
        "--rotate", type=int, default=0, choices=QUARTER_TURNS, help="degrees, clockwise"
    )
    parser.add_argument("--pad", action="store_true", help="to a white square, before the style")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT", help="a .png to write")
    parser.add_argument("--inspect", action="store_true", help="print what is found, as JSON")
