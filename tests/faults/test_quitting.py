"""Quitting while photos are being sent into a network that stands still."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drill import LARGE, Drill, drilling, signed_in
from proxy import Proxy, Stall, StallAnswer
from store_process import until

from uploader.domain.states import State
from uploader.outbox import Outbox


@pytest.mark.parametrize("fault", [Stall(), StallAnswer()], ids=["bodies", "answers"])
def test_quitting_ends_in_time_with_every_photo_where_it_goes_on(
    companion_of: Callable[..., Any],
    tmp_path: Path,
    qapp: Any,
    qtbot: Any,
    fault: Stall | StallAnswer,
) -> None:
    with (
        companion_of(tmp_path) as store,
        Proxy(store.url) as way,
        drilling(store, way, tmp_path, qapp) as drill,
    ):
        drill.person.qtbot = qtbot
        sent = _stand_still(signed_in(drill), fault)
        drill.person.desk.close()
        # Only an end in time closes the outbox; else it is held until the process ends.
        opened = Outbox.open(tmp_path / "data" / "outbox.sqlite3")
        states = {opened.outbox.photo(photo_id).state for photo_id in sent}
        opened.outbox.close()
        assert opened.notice == ""
        assert states <= {State.WAITING, State.UNCERTAIN}


def _stand_still(drill: Drill, fault: Stall | StallAnswer) -> list[int]:
    """Send four photos until all of them hang on their way."""
    photos = drill.add(*(drill.write(LARGE) for _ in range(4)))
    drill.script("*", "/uploads", fault, times=None)
    drill.send(photos)
    until(lambda: drill.way.counts[fault.name] == 4, "four requests that hang")
    return photos
