"""Which articles can hold a fact on mining: a look at their words, long before anything costly."""

from collections.abc import Sequence
from functools import cache

from rigwire.extract.words import Word, split_words
from rigwire.knowledge import read_table, split_list


@cache
def _forms(role: str) -> frozenset[str]:
    """The forms of models/lexicon/gate.csv that play `role`: parts of words, whole words, or counted coins."""
    rows = (row for row in read_table("lexicon/gate.csv") if row["role"] == role)
    return frozenset(form for row in rows for form in split_list(row["forms"]))


def may_hold_facts(title: str, text: str, words: Sequence[Word]) -> bool:
    """Tell whether an article speaks of mining, its machines or power, or counts thousands of bitcoin.

    `words` are those of the text. One that does neither may name firms, places and dates, and states no event.
    """
    if _speaks_of_it({word.norm for word in words}) or _counts_coins(text, words):
        return True
    return _speaks_of_it({word.norm for word in split_words(title)})


def _speaks_of_it(norms: set[str]) -> bool:
    if norms & _forms("word"):
        return True
    whole = " ".join(norms)
    if any(part in whole for part in _forms("part")):
        return True
    return any(part in _forms("word") for norm in norms if "-" in norm for part in norm.split("-"))


def _counts_coins(text: str, words: Sequence[Word]) -> bool:
    """Tell whether a number of four digits or more stands before the name of a coin."""
    pairs = ((words[i - 1], word) for i, word in enumerate(words) if i and word.norm in _forms("coin"))
    return any(sum(map(str.isdigit, text[number.start : number.end])) > 3 for number, _ in pairs if number.norm == "#")
