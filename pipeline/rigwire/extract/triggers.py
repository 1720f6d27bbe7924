"""Words that speak of acts, from the tables of models/lexicon: triggers of event types, and classes of meaning."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase at `start:end`, with the types or classes that it speaks of."""

    types: tuple[str, ...]
    start: int
    end: int


@cache
def _table(name: str, column: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    types: dict[str, list[str]] = {}
    for row in read_table(name):
        for form in split_list(row["forms"]):
            types.setdefault(form.lower(), []).append(row[column])
    alternatives = "|".join(re.escape(form) for form in sorted(types, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), {
        f: tuple(t) for f, t in types.items()
    }


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """Return the trigger words of event types in `text[start:end]`, in order."""
    return _find("lexicon/triggers.csv", "type", text, start, end)


def find_classes(text: str, start: int, end: int) -> list[Trigger]:
    """Return the words of a class of meaning in `text[start:end]`, in order."""
    return _find("lexicon/word_classes.csv", "class", text, start, end)


def _find(name: str, column: str, text: str, start: int, end: int) -> list[Trigger]:
    pattern, types = _table(name, column)
    return [Trigger(types[m.group().lower()], m.start(), m.end()) for m in pattern.finditer(text, start, end)]
