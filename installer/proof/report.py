"""What was proved, on which system, with what outcome: collected, then told as one table.

report = Report()
with report.proof("Debian 12", "installs") as proof:
install()                     # whatever is raised makes it a failure, with its words
proof.note = "143 MB"
report.leave_open("Windows", "SmartScreen", "needs a signature that was bought")
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

HEAD = ("System", "What", "Outcome", "Seconds", "Note")
_SAID = 300
"""Characters of what went wrong that fit into a line of the table."""


class Outcome(StrEnum):
    """How a proof ended. The value is what the table says."""

    PROVED = "proved"
    FAILED = "FAILED"
    OPEN = "not provable here"


class ProofError(Exception):
    """Something isn't as it should be; the message says what."""


@dataclass(slots=True)
class Proof:
    """One line of the table. `seconds` is None for what wasn't tried."""

    system: str
    what: str
    outcome: Outcome = Outcome.PROVED
    seconds: float | None = None
    note: str = ""

    @property
    def proved(self) -> bool:
        """Whether it went well: what is built on it can be tried."""
        return self.outcome is Outcome.PROVED

    def cells(self) -> tuple[str, ...]:
        """Give the texts of its line."""
        seconds = "" if self.seconds is None else f"{self.seconds:.1f}"
        return self.system, self.what, self.outcome.value, seconds, self.note


@dataclass(slots=True)
class Report:
    """All proofs of a run, in the order in which they were tried."""

    proofs: list[Proof] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether anything failed, or nothing was tried."""
        outcomes = [proof.outcome for proof in self.proofs]
        return Outcome.FAILED in outcomes or Outcome.PROVED not in outcomes

    @contextmanager
    def proof(self, system: str, what: str) -> Iterator[Proof]:
        """Try one thing. An exception makes it a failure and goes no further; see `proved`."""
        proof, began = Proof(system, what), time.monotonic()
        print(f"{system}: {what} …", flush=True)
        try:
            yield proof
        except Exception as error:
            proof.outcome, proof.note = Outcome.FAILED, _in_words(error)
        except BaseException:
            proof.outcome, proof.note = Outcome.FAILED, "interrupted"
            raise
        finally:
            proof.seconds = time.monotonic() - began
            self.proofs.append(proof)
            print(f"  {proof.outcome}, {proof.seconds:.1f} s. {proof.note}".rstrip(), flush=True)

    def leave_open(self, system: str, what: str, why: str) -> None:
        """Say what can't be proved here, and why."""
        self.proofs.append(Proof(system, what, Outcome.OPEN, None, why))

    def table(self) -> str:
        """Give it as Markdown, columns of equal width."""
        lines = [HEAD, *(proof.cells() for proof in self.proofs)]
        cells = [[cell.replace("|", "/").replace("\n", " ") for cell in line] for line in lines]
        widths = [max(len(line[place]) for line in cells) for place in range(len(HEAD) - 1)]
        rows = [_row(line, widths) for line in cells]
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|---|"
        return "\n".join([rows[0], rule, *rows[1:]]) + "\n"

    def write(self, file: Path) -> None:
        """Write it, with how many of what there are."""
        file.parent.mkdir(parents=True, exist_ok=True)
        counts = ", ".join(
            f"{sum(proof.outcome is outcome for proof in self.proofs)} {outcome.value}"
            for outcome in Outcome
        )
        file.write_text(f"# What was proved\n\n{counts}.\n\n{self.table()}", "utf-8")


def _row(line: list[str], widths: list[int]) -> str:
    padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
    return "| " + " | ".join([*padded, line[-1]]) + " |"


def _in_words(error: Exception) -> str:
    """Give what a person reads of an error; of a program that failed, what it said last."""
    if isinstance(error, ProofError):
        return str(error)
    said = f"{type(error).__name__}: {error}"
    if isinstance(error, subprocess.CalledProcessError | subprocess.TimeoutExpired):
        output = [each for each in (error.stderr, error.stdout) if each]
        texts = [_text(each) for each in output]
        said = f"{Path(str(error.cmd[0])).name}: {' '.join(texts).strip()[-_SAID:] or error}"
    return said


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
