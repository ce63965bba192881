"""Whatever anybody does in whatever order: the table holds and nothing is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from uploader.domain.states import TRANSITIONS, ForbiddenTransitionError, State
from uploader.outbox import Outbox

STATES = st.sampled_from(State)


class AnyOrder(RuleBasedStateMachine):
    """The outbox beside a plain dictionary of what should be in it."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "outbox.db"
        self.outbox = Outbox.open(self.file, lambda: 5.0).outbox
        self.states: dict[int, State] = {}
        self.heard: dict[int, State] = {}
        self.outbox.listener = self.listen

    def listen(self, photos) -> None:
        self.heard |= {photo.id: photo.state for photo in photos}

    @rule(target=ids)
    def add(self):
        photo = self.outbox.add("shop", [Path("a.jpg")], 1.0)[0]
        self.states[photo.id] = State.ADDED
        return photo.id

    @rule(photo_id=ids, state=STATES)
    def move(self, photo_id, state) -> None:
        before = self.states.get(photo_id)
        if before is None:
            with pytest.raises(KeyError):
                self.outbox.move(photo_id, state)
        elif state is before or state in TRANSITIONS[before]:
            self.outbox.move(photo_id, state, "moved")
            self.states[photo_id] = state
        else:
            with pytest.raises(ForbiddenTransitionError):
                self.outbox.move(photo_id, state)

    @rule(state=STATES)
    def move_all(self, state) -> None:
        moved = self.outbox.move_many(list(self.states), state)
        allowed = {i for i, s in self.states.items() if state is s or state in TRANSITIONS[s]}
        assert {photo.id for photo in moved} == allowed
        self.states |= dict.fromkeys(allowed, state)

    @rule()
    def claim(self) -> None:
        waiting = sorted(i for i, s in self.states.items() if s is State.WAITING)
        claimed = self.outbox.claim("shop", 10.0)
        assert (claimed.id if claimed else None) == next(iter(waiting), None)
        if claimed:
            self.states[claimed.id] = State.UPLOADING

    @rule(photo_id=ids)
    def remove(self, photo_id) -> None:
        self.outbox.remove([photo_id])
        self.states.pop(photo_id, None)
        self.heard.pop(photo_id, None)

    @rule()
    def start_again(self) -> None:
        self.outbox.close()
        self.outbox = Outbox.open(self.file, lambda: 5.0).outbox
        self.outbox.listener = self.listen
        self.outbox.recover(6.0)
        after = {State.CHECKING: State.ADDED, State.UPLOADING: State.UNCERTAIN}
        self.states = {i: after.get(state, state) for i, state in self.states.items()}

    @invariant()
    def holds(self) -> None:
        assert {photo.id: photo.state for photo in self.outbox.photos("shop")} == self.states
        assert self.heard == self.states
        assert sum(self.outbox.counts("shop").by_state.values()) == len(self.states)

    def teardown(self) -> None:
        self.outbox.close()
        self.folder.cleanup()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
