"""Named facilities: "the Corsicana Facility", "its Helios campus"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rigwire.extract.places import FoundPlace
from rigwire.extract.sentences import Sentence
from rigwire.knowledge import read_table

_WIDE = ("country", "subdivision", "demonym", "region")
_NAME = r"(?P<name>(?:(?:[A-ZÀ-Þ][\w’'&-]*|\d{1,2})\s){0,3}[A-ZÀ-Þ][\w-]*(?:\s\d{1,2})?)"


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility named at `start:end`; `name` without its article."""

    name: str
    start: int
    end: int


@cache
def facility_heads() -> str:
    """Return a pattern for the words that a facility is called by, of `lexicon/facilities.csv`, in any case."""
    return f"(?i:{'|'.join(re.escape(row['head']) for row in read_table('lexicon/facilities.csv'))})"


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:the|its|our|their|’s|'s)\s{_NAME}\s{facility_heads()}\b(?![-\w])")


def find_facilities(
    text: str, sentences: Iterable[Sentence], firms: bytearray, places: Iterable[FoundPlace]
) -> list[Facility]:
    """Return the facilities that `text` names, in order.

    `firms` marks the characters of the names of firms of the lexicon:
    "Bitdeer facility" names its owner, as "Texas facility" names a place.
    """
    wide = {(p.start, p.end) for p in places if p.kind in _WIDE}
    return [
        Facility(text[match.start("name") : match.end()], match.start("name"), match.end())
        for sentence in sentences
        for match in _pattern().finditer(text, sentence.start, sentence.end)
        if match.span("name") not in wide and not firms[match.start("name")]
    ]
