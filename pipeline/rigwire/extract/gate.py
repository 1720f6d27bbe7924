"""Which articles can hold a fact on mining: a look at their words, long before anything costly."""

import re
from functools import cache

from rigwire.knowledge import read_table, split_list

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 1_000  # characters of an article in which a single word of mining may be what it is about


@cache
def _forms(role: str) -> frozenset[str]:
    """The forms of models/lexicon/gate.csv that play `role`: parts of words, whole words, or counted coins."""
    rows = (row for row in read_table("lexicon/gate.csv") if row["role"] == role)
    return frozenset(form for row in rows for form in split_list(row["forms"]))


@cache
def _counted_coins() -> re.Pattern[str]:
    """A number of four digits or more before the name of a coin."""
    return re.compile(rf"\d(?:[.,]?\d){{3,}}\s+(?:{'|'.join(sorted(_forms('coin')))})\b")


def may_hold_facts(title: str, text: str) -> bool:
    """Tell whether an article speaks of mining, its machines or power, or counts thousands of bitcoin.

    One that does neither may name firms, places and dates, but states no event.
    """
    lower = f"{title}\n{text}".lower()
    if any(part in lower for part in _forms("part")):
        return True
    return not _forms("word").isdisjoint(_WORD.findall(lower)) or _counted_coins().search(lower) is not None


def speaks_in_passing(title: str, text: str) -> bool:
    """Tell whether an article that is not short has no more than one word of mining, its machines or power in all."""
    if len(text) < _SHORT:
        return False
    lower = f"{title}\n{text}".lower()
    parts = sum(lower.count(part) for part in _forms("part"))
    return parts + sum(word in _forms("word") for word in _WORD.findall(lower)) < 2
