"""What the rules are called, and what each does, in a sentence."""

from __future__ import annotations

from uploader.domain.rules import RuleKind
from uploader.domain.trial import Outcome, Tried
from uploader.ui.text import counted, translate


def title_of(kind: RuleKind) -> str:
    """Give a rule's name."""
    return {
        RuleKind.LIST: translate("Rules", "Your list of names"),
        RuleKind.SKU: translate("Rules", "The name is the SKU"),
        RuleKind.TITLE: translate("Rules", "The name is the title"),
        RuleKind.SKU_START: translate("Rules", "The name begins with the SKU"),
        RuleKind.TITLE_START: translate("Rules", "Name and title begin alike"),
        RuleKind.FOLDER: translate("Rules", "The folder is called like the SKU"),
    }[kind]


def sentence_of(kind: RuleKind) -> str:
    """Say what a rule does, by an example."""
    return {
        RuleKind.LIST: translate("Rules", "A table says which SKU a file name has."),
        RuleKind.SKU: translate("Rules", "TOY-50_2.jpg is the second photo of TOY-50."),
        RuleKind.TITLE: translate("Rules", "frying-pan_2.jpg is the second photo of “Frying pan”."),
        RuleKind.SKU_START: translate("Rules", "TOY-50 front.jpg is TOY-50. TOY-501.jpg never is."),
        RuleKind.TITLE_START: translate(
            "Rules", "mug.jpg fits “Mug, blue” and “Mug, sand”: you are asked."
        ),
        RuleKind.FOLDER: translate("Rules", "TOY-50/IMG_4471.jpg is TOY-50."),
    }[kind]


def found_by(kind: RuleKind | None) -> str:
    """Say in a word or two by what an item was found."""
    if kind is None:
        return ""
    return {
        RuleKind.LIST: translate("Rules", "your list"),
        RuleKind.SKU: translate("Rules", "SKU"),
        RuleKind.TITLE: translate("Rules", "title"),
        RuleKind.SKU_START: translate("Rules", "SKU at its start"),
        RuleKind.TITLE_START: translate("Rules", "title at its start"),
        RuleKind.FOLDER: translate("Rules", "folder"),
    }[kind]


def item_words(tried: Tried) -> str:
    """Say what a photo would get."""
    if tried.outcome is Outcome.KEPT:
        return tried.title
    if tried.outcome is Outcome.NOTHING:
        return translate("Rules", "Fits nothing")
    if tried.match.item is not None:
        item = tried.match.item
        return " · ".join(part for part in (item.title, item.sku) if part)
    return counted("Rules", "1 item fits", "{n} items fit", len(tried.match.items))


def reason_words(tried: Tried) -> str:
    """Say by what, and at which place."""
    if tried.outcome is Outcome.KEPT:
        return translate("Rules", "stays as it is")
    said = found_by(tried.match.rule)
    if tried.match.position is not None:
        return translate("Rules", "{rule}, place {n}", rule=said, n=tried.match.position)
    return said
