"""The conformance suite: our server keeps the contract, and broken ones are found out."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from uploader.server.conformance import command, suite

HERE = Path(__file__).parent


@pytest.fixture
def conformance(
    companion: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Run the command against an address; give its exit code and what it said as JSON."""

    def run(address: str, *more: str) -> tuple[int, dict[str, Any]]:
        stdin = io.StringIO(f"{companion.admin[1]}\n{companion.customer[1]}\n")
        monkeypatch.setattr(sys, "stdin", stdin)
        given = [address, "--email", companion.admin[0], "--customer", companion.customer[0]]
        capsys.readouterr()
        code = command.main([*given, "--password-stdin", "--json", *more])
        said = json.loads(capsys.readouterr().out)
        return code, said

    return run


def failed(said: dict[str, Any]) -> dict[str, str]:
    return {c["name"]: c["seen"] for c in said["checks"] if c["result"] == "fail"}


@pytest.fixture(scope="module")
def gunicorn(companion: Any) -> Iterator[str]:
    """The same store behind gunicorn, as the Procfile of a host runs it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command_line = [
        sys.executable, "-m", "gunicorn", "uploader.server.wsgi:application",
        "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "8", "--log-level", "error",
    ]  # fmt: skip
    with process(companion, command_line) as server:
        address = f"http://127.0.0.1:{port}"
        assert wait_for(address, server), "gunicorn didn't start"
        yield address


@pytest.fixture(scope="module")
def broken(
    companion: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Break one rule of the server; give its address."""
    rule = tmp_path_factory.mktemp("broken") / "rule"
    rule.write_text("")
    with process(companion, [sys.executable, str(HERE / "broken.py"), str(rule)]) as server:
        assert server.stdout
        address = server.stdout.readline().decode().strip()
        assert address.startswith("http://"), "the broken server didn't start"

        def breaking(name: str) -> str:
            rule.write_text(name)
            return address

        yield breaking


@contextlib.contextmanager
def process(companion: Any, command_line: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(
        command_line,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "STORE_DATA": str(companion.data), "STORE_NAME": "Harbour & Pine"},
    )  # fmt: skip
    assert server.stdin and server.stdout
    try:
        yield server
    finally:
        server.stdin.close()
        server.stdout.close()
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(300):
        with contextlib.suppress(requests.ConnectionError):
            return requests.get(f"{address}/healthz", timeout=30).ok
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
            return False
    return False


def test_the_companion_keeps_the_contract(companion: Any, conformance: Any) -> None:
    code, said = conformance(companion.url)
    assert (code, failed(said), said["conforms"]) == (0, {}, True)
    assert said["pass"] >= len(suite.CHECKS) - 1
    assert {c["name"] for c in said["checks"]} == set(suite.CHECKS)


def test_behind_gunicorn_it_does_too(gunicorn: str, conformance: Any) -> None:
    code, said = conformance(gunicorn)
    assert (code, failed(said)) == (0, {})


def test_a_named_item_gets_the_pictures(companion: Any, conformance: Any, client: Any) -> None:
    item = companion.item("Conforming lamp")
    code, said = conformance(companion.url, "--item", item, "--only", "whole", "made-with-item")
    assert (code, said["pass"], said["skip"]) == (0, 1, 1)
    sent = companion.sql("SELECT count(*) FROM store_itemimage WHERE item_id = ?", item)
    (shown,) = client.get("/api/v1/items?query=Conforming lamp").json()["items"]
    assert (sent, shown["images"], said["left_behind"]) == ([(1,)], 0, "")


def test_nothing_unfinished_is_left(companion: Any, conformance: Any) -> None:
    uploads, tokens = (
        "SELECT count(*) FROM store_upload WHERE image_id IS NULL",
        ("SELECT count(*) FROM store_token WHERE revoked_at IS NULL"),
    )
    before = companion.sql(uploads), companion.sql(tokens)
    conformance(companion.url, "--only", "created", "head", "sign-in", "sign-out", "wrong-offset")
    assert (companion.sql(uploads), companion.sql(tokens)) == before


@pytest.mark.parametrize(
    ("rule", "check"),
    [
        ("greets_as_another", "greeting"),
        ("tells_strangers", "strangers"),
        ("one_route_differs", "strangers-cant-tell"),
        ("signed_out_is_unknown", "sign-out"),
        ("problems_are_plain_json", "no-such-image"),
        ("pages_never_turn", "items"),
        ("items_never_change", "items-changed"),
        ("titles_are_optional", "item-refused"),
        ("any_version_does", "tus-version"),
        ("refusals_have_no_version", "tus-named"),
        ("any_size_is_taken", "too-large"),
        ("head_may_be_cached", "head"),
        ("offsets_are_guessed", "cut"),
        ("any_offset_is_taken", "wrong-offset"),
        ("the_right_offset_is_a_secret", "wrong-offset"),
        ("references_are_ignored", "repeated"),
        ("references_are_ignored", "begun-again"),
        ("parts_are_not_checked", "part-checksum"),
        ("files_are_not_checked", "whole-checksum"),
        ("text_is_a_photo", "not-a-photo"),
        ("everything_has_changed", "changes-end"),
        ("the_cursor_is_too_late", "changes-follow"),
        ("nothing_is_found", "find-by-reference"),
        ("all_items_are_one", "find-by-item"),
        ("live_without_a_square", "live-has-styles"),
        ("the_original_is_next_door", "original-hidden"),
        ("squares_are_mirrored", "styles-landscape"),
        ("squares_are_too_high", "styles-turned"),
        ("originals_are_recoded", "original-kept"),
        ("pictures_are_not_kept", "pictures-cached"),
        ("pictures_need_a_sign_in", "live-has-styles"),
        ("nothing_is_turned", "styles-rotated"),
        ("nothing_is_padded", "styles-padded"),
        ("turned_the_other_way", "styles-padded-focus"),
        ("nothing_is_turned_later", "turned-anew"),
        ("places_are_ignored", "positions"),
        ("nothing_is_deleted", "deleted"),
        ("nothing_is_replaced", "replaced"),
    ],
)
def test_a_broken_rule_is_named(broken: Any, conformance: Any, rule: str, check: str) -> None:
    patience = {"the_cursor_is_too_late": "2", "nothing_is_turned_later": "10"}.get(rule, "60")
    code, said = conformance(broken(rule), "--only", check, "--patience", patience)
    assert (code, said["conforms"]) == (1, False)
    assert list(failed(said)) == [check]


def test_nothing_broken_nothing_found(broken: Any, conformance: Any) -> None:
    """What finds the rules above broken is the rule's breaking, not the server's wrapping."""
    code, said = conformance(broken(""))
    assert (code, failed(said)) == (0, {})


def test_what_is_only_recommended_breaks_nothing(broken: Any, conformance: Any) -> None:
    code, said = conformance(broken("nobody_waits"), "--only", "long-poll")
    assert (code, said["conforms"], list(failed(said))) == (0, True, ["long-poll"])


def test_a_store_that_takes_no_picture_fails(broken: Any, conformance: Any) -> None:
    """What needs a picture can't be looked at then; that must not look like keeping the rules."""
    code, said = conformance(broken("nothing_is_taken"), "--only", "whole", "already", "retry")
    assert (code, said["fail"], said["skip"]) == (1, 1, 2)


def test_a_store_that_cant_be_reached_is_no_broken_one(
    conformance: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setattr(sys, "stdin", io.StringIO("password\n"))
    assert command.main([address, "--email", "a@example.org", "--password-stdin"]) == 2
    assert "got no answer" in capsys.readouterr().err
