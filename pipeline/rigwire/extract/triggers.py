"""Words that speak of acts, from the tables of models/lexicon: triggers of event types, and classes of meaning."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rigwire.extract.patterns import any_of
from rigwire.knowledge import read_table, split_list


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase at `start:end`, with the types or classes that it speaks of."""

    types: tuple[str, ...]
    start: int
    end: int


def find_triggers(text: str, start: int, end: int) -> tuple[Trigger, ...]:
    """Return the trigger words of event types in `text[start:end]`, in order."""
    return _find("lexicon/triggers.csv", "type", text, start, end)


def find_classes(text: str, start: int, end: int) -> tuple[Trigger, ...]:
    """Return the words of a class of meaning in `text[start:end]`, in order."""
    return _find("lexicon/word_classes.csv", "class", text, start, end)


@cache
def _table(name: str, column: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    types: dict[str, list[str]] = {}
    for row in read_table(name):
        for form in split_list(row["forms"]):
            types.setdefault(form.lower(), []).append(row[column])
    return re.compile(rf"(?<![\w-]){any_of(types)}(?![\w-])"), {form: tuple(kinds) for form, kinds in types.items()}


@lru_cache(maxsize=64)  # the figures of one sentence ask for the same words
def _find(name: str, column: str, text: str, start: int, end: int) -> tuple[Trigger, ...]:
    pattern, types = _table(name, column)
    left = max(0, start - 1)  # what stands before the first word counts
    words = _lower(text[left:end])
    return tuple(
        Trigger(types[m.group()], left + m.start(), left + m.end()) for m in pattern.finditer(words, start - left)
    )


def _lower(text: str) -> str:
    """Return the text in lower case, every character at its place."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
