"""The conformance suite by itself: its rules, its expectations, its command line."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from requests import PreparedRequest, Response

import uploader.server
from uploader.domain.findings import Format
from uploader.imaging.inspect import inspect
from uploader.server.conformance import command, expect, report, suite
from uploader.server.conformance.check import (
    Area,
    Check,
    FailedError,
    Outcome,
    Result,
    SkippedError,
)
from uploader.server.conformance.pictures import picture
from uploader.server.conformance.shop import Shop, UnreachableError

CONTRACT = Path(uploader.server.__file__).parents[2] / "docs" / "contract.md"


def answer(status: int, body: Any = None, method: str = "GET", **headers: str) -> Response:
    made = Response()
    made.status_code = status
    made._content = json.dumps(body).encode() if body is not None else b""
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    made.request = PreparedRequest()
    made.request.prepare(method, "https://shop.example/api/v1/store")
    return made


def problem(code: int, kind: str, **more: Any) -> Response:
    body = {"type": f"/problems/{kind}", "title": "No", "status": code, "detail": "", **more}
    return answer(code, body, Content_Type="application/problem+json")


def shop() -> Shop:
    return Shop("https://shop.example/", "ines@example.org", "secret")


# ---- the rules
def test_every_rule_has_a_name_of_its_own_and_a_sentence() -> None:
    checks = [check for area in suite.AREAS for check in area.checks]
    assert len(checks) == len(suite.CHECKS) > 60
    for check in checks:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.name)
        assert check.sentence.endswith("."), check.name
        assert "\n" not in check.sentence, check.name


def test_every_rule_names_a_heading_of_the_contract() -> None:
    headings = set(re.findall(r"^#+ (.+)$", CONTRACT.read_text("utf-8"), re.MULTILINE))
    assert {check.section for check in suite.CHECKS.values()} <= headings


# ---- expectations
def test_a_problem_has_to_be_one_in_every_way() -> None:
    expect.problem(problem(409, "wrong-offset"), 409, "wrong-offset")
    for wrong in (
        problem(409, "upload-finished"),
        problem(410, "wrong-offset"),
        problem(409, "wrong-offset", status=400),
        problem(409, "wrong-offset", title=" "),
        problem(409, "wrong-offset", detail=None),
        answer(409, {"type": "/problems/wrong-offset"}, Content_Type="application/json"),
        answer(409, ["wrong-offset"], Content_Type="application/problem+json"),
        answer(409, None, Content_Type="application/problem+json"),
    ):
        with pytest.raises(FailedError):
            expect.problem(wrong, 409, "wrong-offset")


def test_of_head_only_the_status_counts() -> None:
    expect.problem(answer(404, method="HEAD"), 404, "not-found")


@pytest.mark.parametrize("text", ["", "-1", "1.0", "٣", "many"])
def test_a_number_is_a_number(text: str) -> None:
    with pytest.raises(FailedError):
        expect.number(answer(200, Upload_Offset=text), "Upload-Offset")


def test_what_failed_is_told_with_what_was_seen() -> None:
    with pytest.raises(FailedError, match=r"GET /api/v1/store answered 404 \(not-found\)"):
        expect.status(problem(404, "not-found"), 200)


def test_truth_is_no_number() -> None:
    with pytest.raises(FailedError):
        expect.having({"images": True}, "an item", images=int)
    expect.having({"active": True}, "an item", active=bool)


# ---- running
@pytest.mark.parametrize(
    ("raised", "outcome"),
    [
        (FailedError("no"), Outcome.FAIL),
        (UnreachableError("no"), Outcome.FAIL),
        (SkippedError("no"), Outcome.SKIP),
        (KeyError("images"), Outcome.FAIL),
        (AttributeError("get"), Outcome.FAIL),
    ],
)
def test_whatever_comes_of_a_check_is_a_result(
    monkeypatch: pytest.MonkeyPatch, raised: Exception, outcome: Outcome
) -> None:
    area = Area("Odd", "Items")

    @area.check("odd")
    def odd(_shop: Shop) -> str:
        """Odd things happen."""
        raise raised

    monkeypatch.setattr(suite, "AREAS", (area,))
    (result,) = suite.run(shop())
    assert result.outcome is outcome
    assert result.check.sentence == "Odd things happen."


def test_only_required_rules_decide() -> None:
    def result(outcome: Outcome, *, required: bool) -> Result:
        return Result(Check("x", "X.", "Items", lambda _: "", required), outcome, "", 0.0)

    assert report.conforms([result(Outcome.FAIL, required=False)])
    assert report.conforms([result(Outcome.SKIP, required=True)])
    assert not report.conforms([result(Outcome.FAIL, required=True)])


def test_a_password_never_shows() -> None:
    assert "secret" not in report.as_json([], shop())


# ---- pictures
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures_are_photos_that_nobody_has(kind: str) -> None:
    one, other = picture(48, 32, kind=kind), picture(48, 32, kind=kind)
    assert one != other
    facts = inspect(io.BytesIO(one)).facts
    assert facts is not None
    assert (facts.format, facts.width, facts.height) == (Format[kind], 48, 32)


def test_a_turned_picture_is_upright_the_other_way() -> None:
    facts = inspect(io.BytesIO(picture(320, 240, orientation=6))).facts
    assert facts is not None
    assert (facts.orientation, facts.width, facts.height) == (6, 240, 320)


# ---- the command line
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "Name the store’s address"),
        (["shop.example"], "Name the store’s address"),
        (["http://shop.example", "--email", "a@example.org"], "never travels openly"),
        (["https://shop.example"], "Name an admin’s account"),
        (["https://shop.example", "--email", "a", "--only", "speling"], "no check speling"),
    ],
)
def test_what_cant_be_begun_says_why(
    capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    assert command.main(given) == 2
    assert said in capsys.readouterr().err


def test_the_list_names_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--list"]) == 0
    listed = capsys.readouterr().out
    assert all(f"  {name} " in listed for name in suite.CHECKS)


def test_the_passwords_come_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("first\nsecond\n"))
    given = ["https://shop.example", "--email", "a", "--customer", "c", "--password-stdin"]
    made = command._shop(command._parser().parse_args(given))
    assert (made.password, made.customer) == ("first", ("c", "second"))
