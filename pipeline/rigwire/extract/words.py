"""Words of a text with their offsets, lower-cased: the alphabet of the features."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"\d[\d.,]*|\w+(?:['’-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: `norm` is lower case, figures are "#"."""

    norm: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Return the words and marks of `text` in order."""
    return [
        Word("#" if match.group()[0].isdigit() else match.group().lower().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text)
    ]
