"""What the check of the batch says."""

from __future__ import annotations

from uploader.domain.preflight import BatchCheck, Concern, Remark
from uploader.ui.phrasebook import say
from uploader.ui.text import counted, translate


def label_of(concern: Concern) -> str:
    """Give a concern's few words, for its chip."""
    return {
        Concern.CUT: translate("BatchCheck", "Cut"),
        Concern.SMALL: translate("BatchCheck", "Too small"),
        Concern.COPY: translate("BatchCheck", "Sent twice"),
        Concern.TAKEN: translate("BatchCheck", "Has pictures"),
        Concern.NO_ITEM: translate("BatchCheck", "No item"),
        Concern.UNUSABLE: translate("BatchCheck", "Can’t be used"),
    }[concern]


def advice_on(concern: Concern) -> str:
    """Say what is the matter with a group, and what can be done."""
    return {
        Concern.CUT: translate(
            "BatchCheck", "A crop cuts the product. Move it, pad the photo, or send it as it is."
        ),
        Concern.SMALL: translate(
            "BatchCheck", "The shop would enlarge these photos, and they would look blurred."
        ),
        Concern.COPY: translate(
            "BatchCheck", "The same photo goes to the same item, or was sent to it before."
        ),
        Concern.TAKEN: translate(
            "BatchCheck", "Their items have pictures. Add these after them, or replace them."
        ),
        Concern.NO_ITEM: translate(
            "BatchCheck", "They stay on the list until you choose their items."
        ),
        Concern.UNUSABLE: translate(
            "BatchCheck", "They stay on the list; nothing of them is sent."
        ),
    }[concern]


def sentence_of(remark: Remark) -> str:
    """Say what there is about one photo."""
    if remark.concern is Concern.CUT:
        return _cut(remark)
    if remark.concern is Concern.COPY:
        return _copy(remark)
    if remark.concern is Concern.TAKEN:
        return counted(
            "BatchCheck", "Its item has a picture.", "Its item has {n} pictures.", remark.count
        )
    if remark.concern is Concern.NO_ITEM:
        return _no_item(remark.count)
    return say(remark.words)


def _cut(remark: Remark) -> str:
    if remark.mendable:
        return translate(
            "BatchCheck",
            "The {style} cuts the product. Centred on it, it is whole.",
            style=remark.words,
        )
    return translate(
        "BatchCheck",
        "The {style} cuts the product. No crop keeps all of it.",
        style=remark.words,
    )


def _copy(remark: Remark) -> str:
    if remark.sent:
        return translate(
            "BatchCheck", "Was sent to this item before, as {name}.", name=remark.words
        )
    return translate("BatchCheck", "The same photo as {name}.", name=remark.words)


def _no_item(count: int) -> str:
    if not count:
        return translate("BatchCheck", "No item fits this file name.")
    return counted(
        "BatchCheck", "An item fits this file name.", "{n} items fit this file name.", count
    )


def summary_of(going: int, warned: int) -> str:
    """Say how many photos go out, and how many deserve a look."""
    ready = counted("BatchCheck", "One photo is ready to go.", "{n} photos are ready to go.", going)
    if not going:
        ready = translate("BatchCheck", "No photo goes out.")
    if not warned:
        return ready
    look = counted(
        "BatchCheck", "One of them deserves a look.", "{n} of them deserve a look.", warned
    )
    return f"{ready} {look}"


def privacy_of(check: BatchCheck) -> str:
    """Say what becomes of the places where photos were taken; nothing if none tells one."""
    if check.told:
        return counted(
            "BatchCheck",
            "One photo tells the store where it was taken.",
            "{n} photos tell the store where they were taken.",
            check.told,
        )
    if check.private:
        return counted(
            "BatchCheck",
            "Location and camera data are removed from one photo.",
            "Location and camera data are removed from {n} photos.",
            check.private,
        )
    return ""
