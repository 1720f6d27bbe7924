"""Words that speak of acts, from the tables of models/lexicon: triggers of event types, and classes of meaning."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list

_FIRST_WORD = re.compile(r"(?<![\w-])\w+")
_GOES_ON = re.compile(r"[\w-]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase at `start:end`, with the types or classes that it speaks of."""

    types: tuple[str, ...]
    start: int
    end: int


@cache
def _table(name: str, column: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """The forms of a table by their first word, the longest first, each with its types."""
    types: dict[str, list[str]] = {}
    for row in read_table(name):
        for form in split_list(row["forms"]):
            types.setdefault(form.lower(), []).append(row[column])
    table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for form in sorted(types, key=len, reverse=True):
        table.setdefault(re.split(r"\W", form, maxsplit=1)[0], []).append((form, tuple(types[form])))
    return table


def find_triggers(text: str, start: int, end: int) -> list[Trigger]:
    """Return the trigger words of event types in `text[start:end]`, in order."""
    return _find("lexicon/triggers.csv", "type", text, start, end)


def find_classes(text: str, start: int, end: int) -> list[Trigger]:
    """Return the words of a class of meaning in `text[start:end]`, in order."""
    return _find("lexicon/word_classes.csv", "class", text, start, end)


def _find(name: str, column: str, text: str, start: int, end: int) -> list[Trigger]:
    table, found, free = _table(name, column), list[Trigger](), start
    for word in _FIRST_WORD.finditer(text, start, end):
        first = word.start()
        for form, types in table.get(word.group().lower(), ()) if first >= free else ():
            last = first + len(form)
            if last <= end and text[first:last].lower() == form and not _GOES_ON.match(text, last):
                found.append(Trigger(types, first, last))
                free = last
                break
    return found
