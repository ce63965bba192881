"""The filter chips: which photos belong to which."""

from __future__ import annotations

from enum import StrEnum

from uploader.domain.photos import Photo
from uploader.domain.states import NEEDS_ATTENTION, State
from uploader.ui.status import asks_for_item
from uploader.ui.text import translate


class Group(StrEnum):
    """One chip."""

    ALL = "all"
    READY = "ready"
    UPLOADING = "uploading"
    PROCESSING = "processing"
    LIVE = "live"
    ATTENTION = "attention"

    @property
    def label(self) -> str:
        """What the chip says."""
        return {
            Group.ALL: translate("Groups", "All"),
            Group.READY: translate("Groups", "Ready"),
            Group.UPLOADING: translate("Groups", "Uploading"),
            Group.PROCESSING: translate("Groups", "Processing"),
            Group.LIVE: translate("Groups", "Live"),
            Group.ATTENTION: translate("Groups", "Needs attention"),
        }[self]


_BY_STATE = {
    State.READY: Group.READY,
    State.WAITING: Group.UPLOADING,
    State.UPLOADING: Group.UPLOADING,
    State.UNCERTAIN: Group.UPLOADING,
    State.PROCESSING: Group.PROCESSING,
    State.LIVE: Group.LIVE,
    State.ALREADY: Group.LIVE,
}
for _state in NEEDS_ATTENTION:
    _BY_STATE[_state] = Group.ATTENTION


def group_of(photo: Photo) -> Group:
    """Give a photo's chip; `Group.ALL` for one that is in no other."""
    if asks_for_item(photo):
        return Group.ATTENTION
    return _BY_STATE.get(photo.state, Group.ALL)
