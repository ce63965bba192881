"""The table of what was proved: nothing that went wrong may look as if it had gone well."""

from __future__ import annotations

import subprocess
import sys

import pytest

from installer.proof.report import Outcome, ProofError, Report


def test_what_goes_well_and_what_cannot_be_tried(tmp_path, capsys):
    report = Report()
    with report.proof("Debian 12", "installs") as proof:
        proof.note = "143 MB"
    assert proof.proved
    report.leave_open("Windows", "a | signature", "bought")
    assert not report.failed
    report.write(tmp_path / "new" / "report.md")
    lines = (tmp_path / "new" / "report.md").read_text().splitlines()
    assert lines[2] == "1 proved, 0 FAILED, 1 not provable here."
    assert lines[-2].startswith(
        "| Debian 12 | installs      | proved            | 0.0     | 143 MB"
    )
    assert "a / signature" in lines[-1]
    assert "Debian 12: installs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("error", "note"),
    [
        (ProofError("A file was left."), "A file was left."),
        (ValueError("odd"), "ValueError: odd"),
        (subprocess.CalledProcessError(2, ["/bin/apt"], b"", b"no network"), "apt: no network"),
    ],
)
def test_whatever_is_raised_is_a_failure_and_goes_no_further(error, note):
    report = Report()
    with report.proof("Debian 13", "installs") as proof:
        raise error
    assert (proof.proved, proof.note) == (False, note)
    assert report.failed


def test_an_interruption_is_written_down_and_goes_on():
    report = Report()
    with pytest.raises(KeyboardInterrupt), report.proof("Debian 13", "installs"):
        raise KeyboardInterrupt
    assert report.proofs[0].outcome is Outcome.FAILED


def test_nothing_tried_is_nothing_proved():
    report = Report()
    assert report.failed
    report.leave_open("macOS", "all", f"this is {sys.platform}")
    assert report.failed
