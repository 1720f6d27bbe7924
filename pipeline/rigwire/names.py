"""When two spellings name the same firm or body: keys without case, accents, articles and legal suffixes."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = dict(zip("’‘ʼłŁøØđĐı", "'''lLoOdDi", strict=True)) | {"æ": "ae", "Æ": "AE", "ß": "ss", "œ": "oe"}
_FOLDED = str.maketrans(_LETTERS)
_ARTICLES = frozenset({"the", "its", "a", "an"})
# A suffix with dots, such as "S.A.", is several words by the time that it is looked up.
_SUFFIXES = {("l", "l", "c"), ("l", "p"), ("s", "a")} | {
    (suffix,)
    for suffix in (
        "incorporated", "inc", "limited", "ltd", "llc", "lp", "llp", "corporation", "corp", "company", "co", "plc",
        "ag", "sa", "gmbh", "oy", "oyj", "ab", "as", "asa", "nv", "bv", "srl", "spa", "pjsc", "ojsc", "jsc", "ooo",
        "pte", "pty", "sdn", "bhd", "berhad",
    )
}  # fmt: skip
_LONGEST_SUFFIX = max(len(suffix) for suffix in _SUFFIXES)
_MOST_FURTHER_WORDS = 3


@lru_cache(maxsize=1 << 16)
def name_key(name: str | None) -> str | None:
    """Return what a name is compared by, None for no name; a name without Latin letters is its own key."""
    if not name:
        return None
    plain = unicodedata.normalize("NFKD", name.translate(_FOLDED).lower())
    plain = re.sub(r"'s\b", "", plain)
    latin = re.sub(r"[^a-z0-9]+", " ", plain.encode("ascii", "ignore").decode())
    words = latin.split() or plain.split()
    if len(words) > 1 and words[0] in _ARTICLES:
        del words[0]
    while length := _suffix_length(words):
        del words[-length:]
    return " ".join(words) or None


def same_name(answers: Iterable[str | None], name: str | None) -> bool:
    """Tell whether a name is one of the right ones."""
    key = name_key(name)
    return any(name_key(answer) == key for answer in answers)


def same_phrase(answers: Iterable[str | None], phrase: str | None) -> bool:
    """Tell whether free words say one of the right ones.

    They do where the keys are equal, or where one holds all words of the other and at most three more, as long
    as the last word of the right one is there.
    """
    key = name_key(phrase)
    return any(_says(name_key(answer), key) for answer in answers)


def _says(right: str | None, key: str | None) -> bool:
    if right == key:
        return True
    if not right or not key:
        return False
    wanted, given = set(right.split()), set(key.split())
    one_in_the_other = wanted <= given or given <= wanted
    return one_in_the_other and len(wanted ^ given) <= _MOST_FURTHER_WORDS and right.split()[-1] in given


def _suffix_length(words: list[str]) -> int:
    """Return how many words at the end are a legal suffix; the first word never is."""
    for length in range(min(_LONGEST_SUFFIX, len(words) - 1), 0, -1):
        if tuple(words[-length:]) in _SUFFIXES:
            return length
    return 0
