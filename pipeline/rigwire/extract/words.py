"""Words of a text with their offsets, lower-cased: the alphabet of the features."""

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"\d[\d.,]*|\w+(?:['’-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark: `norm` is lower case, figures are "#"; `stem` is cut of its endings."""

    norm: str
    stem: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """Return the words and marks of `text` in order."""
    found = []
    for match in _WORD.finditer(text):
        norm = "#" if match.group()[0].isdigit() else match.group().lower().replace("’", "'")
        found.append(Word(norm, stem(norm), match.start(), match.end()))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut the regular endings of an English word, so that "ship", "ships", "shipped" and "shipping" are one."""
    for ending in ("'s", "ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            if ending not in ("'s", "s", "es"):
                break
    return word
