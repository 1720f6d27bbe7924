"""Text as the encoder reads it: words, and the pieces of its vocabulary that spell them.

The vocabulary and the greedy longest-match rule are those of WordPiece (Wu et al. 2016, as used by BERT).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rigwire.extract.trained import broken_part, trained_path

_WORD = re.compile(r"\d[\d,.\u00a0\u202f]*\d|\d|[^\W\d_]+|_|[^\w\s]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_WORD = 40
_LONGEST_NUMBER = 7
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece by its number in the vocabulary, and where its word stands in the text."""

    id: int
    start: int
    end: int


@cache
def vocabulary() -> dict[str, int]:
    """Return the pieces of `models/trained/pieces.txt` with their numbers.

    Raises RigwireError where the file is missing or damaged.
    """
    path = trained_path("pieces.txt")
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise broken_part(path, error) from error
    return {piece: number for number, piece in enumerate(lines) if piece}


def split_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces of `text[start:end]` in order; each has the offsets of its whole word."""
    for match in _WORD.finditer(text, start, end):
        for number in _spell_known(match.group()):
            yield Piece(number, match.start(), match.end())


@lru_cache(maxsize=50_000)
def _spell_known(word: str) -> tuple[int, ...]:
    return spell(word, vocabulary())


def split_words(text: str) -> list[str]:
    """Return the words of a text: letters, numbers with their separators, single signs."""
    return _WORD.findall(text)


def spell(word: str, known: dict[str, int]) -> tuple[int, ...]:
    """Return the pieces that spell a word. Of a number, years aside, only the size counts: 3,400 reads as 1000."""
    if word[0].isdigit() and not _YEAR.fullmatch(word):
        whole = re.split(r"\.", re.sub(r"[,\s]", "", word))[0]
        word = "1" + "0" * (min(len(whole), _LONGEST_NUMBER) - 1)
    else:
        word = _plain(word)
    return _longest_first(word, known) if word and len(word) <= _LONGEST_WORD else (known[UNKNOWN],)


def _plain(word: str) -> str:
    """Lower case, accents off."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _longest_first(word: str, known: dict[str, int]) -> tuple[int, ...]:
    found, start = [], 0
    while start < len(word):
        lead = "##" if start else ""
        end = next((end for end in range(len(word), start, -1) if lead + word[start:end] in known), None)
        if end is None:
            return (known[UNKNOWN],)
        found.append(known[lead + word[start:end]])
        start = end
    return tuple(found)
