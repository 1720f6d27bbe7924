"""Whether two reports speak of the same firm or body."""

from typing import Literal

from rigwire.firms import find_firm
from rigwire.names import name_key, same_phrase
from rigwire.stories.report import Party

Relation = Literal["same", "related", "different", "unknown"]


def relation(one: Party | None, other: Party | None) -> Relation:
    """Return how two parties relate: a firm is related to its owner and to its short name.

    Words for an unnamed body are related to words that say the same; else they leave it open.
    """
    if one is None or other is None:
        return "unknown"
    if not (one.is_named and other.is_named):
        return "related" if same_words(one.name, other.name) else "unknown"
    if one.name == other.name:
        return "same"
    if one.name in other.owners or other.name in one.owners:
        return "related"
    both_known = find_firm(one.name) and find_firm(other.name)
    return "different" if both_known or not _begins_alike(one.name, other.name) else "related"


def same_words(one: str | None, other: str | None) -> bool:
    """Tell whether two names or phrases say the same, whichever says more."""
    return bool(one and other) and (same_phrase([one], other) or same_phrase([other], one))


def root_key(party: Party) -> str:
    """Return the first word of the firm at the top of a party's owners: parties that can be one share it."""
    top = party.owners[-1] if party.owners else party.name
    return (name_key(top) or top).partition(" ")[0]


def _begins_alike(one: str, other: str) -> bool:
    """Tell whether the words of one name begin the other: "Ostmark" and "Ostmark Mining"."""
    short, long = sorted(((name_key(name) or name).split() for name in (one, other)), key=len)
    return long[: len(short)] == short
