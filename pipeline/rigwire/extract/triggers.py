"""Words that speak of a type of event, from models/lexicon/triggers.csv."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word at `start:end`, with the types that it speaks of."""

    types: tuple[str, ...]
    start: int
    end: int


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    types: dict[str, list[str]] = {}
    for row in read_table("lexicon/triggers.csv"):
        for form in split_list(row["forms"]):
            types.setdefault(form.lower(), []).append(row["type"])
    alternatives = "|".join(re.escape(form) for form in sorted(types, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), {f: tuple(t) for f, t in types.items()}


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """Return the trigger words in `text[start:end]`, in order."""
    pattern, types = _table()
    return [Trigger(types[m.group().lower()], m.start(), m.end()) for m in pattern.finditer(text, start, end)]
