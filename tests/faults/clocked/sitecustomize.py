"""Loaded first by every process whose clock is libfaketime's (see processes.Clock).

`time.sleep` asks the system to sleep until a moment, which libfaketime 0.9.10 refuses after a
jump back (EINVAL); `select` asks it to sleep for so long, and isn't touched.
"""

import select
import time


def _sleep(seconds: float) -> None:
    select.select([], [], [], seconds)


time.sleep = _sleep
