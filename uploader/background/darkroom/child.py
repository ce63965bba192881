"""The darkroom's own process: takes jobs from standard input, answers on standard output.

It ends with whoever started it: a thread of its own reads the input, which ends when the other
end is gone, however that came about.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import os
import pickle
import queue
import signal
import threading
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from uploader.background.darkroom import wire
from uploader.background.darkroom.wire import Frame

PATIENCE = 300
"""Seconds for one job: a decoder that turns in circles ends with the process."""
_NICE = 5
"""The window goes first, and so does what is sent."""


def main(shelf: str = "") -> int:
    """Work until the input ends; `shelf` is the folder of finished previews, empty for none."""
    asked, answers = _pipes()
    _be_humble()
    jobs: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, jobs), daemon=True).start()
    # Before it says that it is ready, so that the first photo doesn't wait for imports.
    from uploader.background.darkroom.shelf import Shelf  # noqa: PLC0415

    _rehearse()
    kept = Shelf(Path(shelf)) if shelf else None
    with contextlib.suppress(BrokenPipeError), open(os.devnull, "w") as nowhere:  # noqa: PTH123
        wire.write(answers, Frame({"ready": True}))
        while True:
            job = jobs.get()
            # A thread of C's own: it works also while a decoder keeps the interpreter.
            faulthandler.dump_traceback_later(PATIENCE, exit=True, file=nowhere)
            wire.write(answers, _done(job, kept))
            faulthandler.cancel_dump_traceback_later()
    return 0


def _rehearse() -> None:
    """Load what most photos need, by rendering one: Pillow loads its decoders when it uses them."""
    from PIL import Image  # noqa: PLC0415

    from uploader.domain.styles import DEFAULT_STYLES  # noqa: PLC0415
    from uploader.engine import compare, examine, judge  # noqa: F401, PLC0415
    from uploader.imaging.render import render  # noqa: PLC0415

    file = io.BytesIO()
    Image.new("RGB", (240, 240)).save(file, "JPEG")
    render(file.getvalue(), DEFAULT_STYLES)


def _done(job: Any, shelf: Any) -> Frame:  # noqa: ANN401 - whatever was asked
    try:
        answer = job.do(shelf)
    except MemoryError:
        return Frame({"failed": "MemoryError"})
    except Exception:
        return Frame({"failed": traceback.format_exc()})
    assert isinstance(answer, Frame)
    return answer


def _listen(asked: BinaryIO, jobs: queue.SimpleQueue[Any]) -> None:
    try:
        while True:
            # From the program that started us, and from nobody else.
            jobs.put(pickle.loads(wire.read(asked).blobs[0]))  # noqa: S301
    finally:
        # Whatever it was: without somebody who asks there is nothing left to do.
        os._exit(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take both pipes for us alone: what a library prints must not come between the frames."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(nothing, descriptor)
    return asked, answers


def _be_humble() -> None:
    # Ctrl+C in a terminal reaches us too; the program decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICE)
    # Where memory runs out, the system is to end us and not the program with the window.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
