"""``store-uploader-server conformance URL``: tells whether a store keeps the contract."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from collections.abc import Sequence
from typing import TextIO
from urllib.parse import urlsplit

from uploader.server.conformance import report, suite
from uploader.server.conformance.check import FailedError, Result
from uploader.server.conformance.shop import Shop, UnreachableError

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_UNUSABLE = 2
"""The exit code where the checks couldn't begin."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; give the exit code: 0 where every required check passed, 1, or 2."""
    chosen = _parser().parse_args(arguments)
    if chosen.list:
        _list(sys.stdout)
        return 0
    if fault := _fault(chosen):
        print(fault, file=sys.stderr)  # noqa: T201
        return _UNUSABLE
    shop = _shop(chosen)
    try:
        shop.enter()
    except (FailedError, UnreachableError) as error:
        print(f"The checks can’t begin. {error}", file=sys.stderr)  # noqa: T201
        return _UNUSABLE
    results = _run(shop, chosen.only, json=chosen.json)
    return 0 if report.conforms(results) else 1


def _run(shop: Shop, only: Sequence[str], *, json: bool) -> list[Result]:
    """Run the checks, and tell of each as it ends; JSON comes in one piece at the end."""
    out = sys.stderr if json else sys.stdout
    results: list[Result] = []
    try:
        for result in suite.run(shop, only, lambda area: report.area_line(area, out)):
            report.result_lines(result, out)
            results.append(result)
    finally:
        # What is cleaned up is the store's to answer for; the results stand.
        with contextlib.suppress(UnreachableError):
            shop.leave()
    report.summary(results, shop, out)
    if json:
        print(report.as_json(results, shop))  # noqa: T201
    return results


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "store-uploader-server conformance",
        description="Check a running store against the contract (docs/contract.md).",
    )
    parser.add_argument("url", nargs="?", default="", help="the store’s address")
    parser.add_argument("--email", default="", help="an admin’s account")
    parser.add_argument(
        "--password-stdin", action="store_true", help="read a line with the admin’s password"
    )
    parser.add_argument(
        "--customer", default="", help="a customer’s e-mail; with --password-stdin a second line"
    )
    parser.add_argument("--item", default="", help="the id of an item for the pictures; else made")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these checks alone")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds for processing")
    parser.add_argument("--ca", default="", metavar="FILE", help="certificates to trust instead")
    parser.add_argument("--json", action="store_true", help="the results as JSON on stdout")
    parser.add_argument("--list", action="store_true", help="list the checks and end")
    return parser


def _fault(chosen: argparse.Namespace) -> str:
    """Say what is wrong with the arguments; empty where nothing is."""
    parts = urlsplit(chosen.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "Name the store’s address, such as https://shop.example."
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        return "A password never travels openly: the address must begin with https://."
    if not chosen.email:
        return "Name an admin’s account with --email."
    if unknown := [name for name in chosen.only if name not in suite.CHECKS]:
        return f"There is no check {unknown[0]}; --list shows them."
    return ""


def _shop(chosen: argparse.Namespace) -> Shop:
    password = _password(f"Password of {chosen.email}: ", from_stdin=chosen.password_stdin)
    customer = None
    if chosen.customer:
        text = _password(f"Password of {chosen.customer}: ", from_stdin=chosen.password_stdin)
        customer = (chosen.customer, text)
    return Shop(
        chosen.url,
        chosen.email,
        password,
        item=chosen.item,
        customer=customer,
        verify=chosen.ca or True,
        patience=chosen.patience,
    )


def _password(prompt: str, *, from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\r\n") if from_stdin else getpass.getpass(prompt)


def _list(out: TextIO) -> None:
    for area in suite.AREAS:
        report.area_line(area, out)
        for check in area.checks:
            mark = "" if check.required else " (recommended)"
            print(f"  {check.name:<20} {check.sentence}{mark}", file=out)
