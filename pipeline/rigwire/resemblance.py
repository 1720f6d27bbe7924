"""How alike two texts are: words, runs of three words, and MinHash bands by which copies find each other.

MinHash: A. Broder, "On the resemblance and containment of documents" (1997); bands of its values as in J. Leskovec,
A. Rajaraman, J. Ullman, "Mining of Massive Datasets", 3.4.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from random import Random

# Letters, numbers with their decimals, and the signs that change what a number means.
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(rf"{_FIGURE.pattern}|[^\W\d]+|[%$€£¥]")
_RUN = 3
# Two texts that share half of their runs share a band in 93 of 100 cases, four fifths in all.
_BANDS = 20
_ROWS = 3
_MIN_RUNS = 40
_SHARED = 0.85  # of the runs of the shorter text
_LENGTHS = 0.5
_FIGURES = 0.9
_DAYS = 7

Bands = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """What of a text is compared: itself, its figures, the day it came out."""

    text: str
    figures: frozenset[str]
    day: date | None


@lru_cache(maxsize=4)  # the same text is asked for several times while it is stored
def split_words(text: str) -> tuple[str, ...]:
    """Return the words, figures and signs of a text; case, white space and punctuation don't count."""
    return tuple(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def wording(text: str, published: str | None) -> Wording:
    """Return what of a text is compared."""
    figures = frozenset(figure.replace(",", "") for figure in _FIGURE.findall(unicodedata.normalize("NFKC", text)))
    return Wording(text, figures, day_of(published))


@lru_cache(maxsize=4)  # one text is compared with several
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words; none of a text that is too short to tell a copy from a coincidence."""
    words = split_words(text)
    runs = frozenset(zip(*(words[n:] for n in range(_RUN)), strict=False))
    return runs if len(runs) >= _MIN_RUNS else frozenset()


def day_of(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or time."""
    return date.fromisoformat(published[:10]) if published else None


def bands(text: str) -> Bands:
    """Return the bands of a text, signed 64-bit numbers: copies have at least one in common, others hardly ever.

    One that is too short to tell a copy from a coincidence has none.
    """
    runs = _runs(text)
    return _bands(runs) if runs else ()


def _bands(runs: frozenset[tuple[str, ...]]) -> Bands:
    import numpy as np  # not before a text is stored: a run with nothing new does without

    factors, terms = np.array(_permutations(), dtype=np.uint64).T
    hashes = np.fromiter((_hash(" ".join(run)) for run in runs), dtype=np.uint64, count=len(runs))
    values = (np.outer(factors, hashes) + terms[:, None]).min(axis=1).tolist()
    groups = (values[n * _ROWS : (n + 1) * _ROWS] for n in range(_BANDS))
    return tuple(_signed(_hash(f"{n} {group}")) for n, group in enumerate(groups))


def is_same_text(one: Wording, other: Wording) -> bool:
    """Tell whether one text is the other, perhaps cut short or with a few words changed.

    The figures have to agree, and the days to be near: this month's report repeats the words of the last one.
    """
    shared = len(one.figures & other.figures)
    if not are_near(one.day, other.day) or shared < _FIGURES * min(len(one.figures), len(other.figures)):
        return False  # most texts that are alike, before a word is split
    short, long = sorted((one, other), key=lambda text: (len(_runs(text.text)), len(text.figures)))
    runs, others = _runs(short.text), _runs(long.text)
    if not runs or len(runs) < _LENGTHS * len(others) or shared < _FIGURES * len(short.figures):
        return False
    return len(runs & others) >= _SHARED * len(runs)


def are_near(one: date | None, other: date | None) -> bool:
    """Tell whether one text can have come out on both days, as far as they are known."""
    return one is None or other is None or abs((one - other).days) <= _DAYS


def _hash(words: str) -> int:
    digest = blake2b(words.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


@cache
def _permutations() -> list[tuple[int, int]]:
    """Return the odd factors and the terms of the hash functions; the same on every machine."""
    random = Random(1997)
    return [(random.getrandbits(64) | 1, random.getrandbits(64)) for _ in range(_BANDS * _ROWS)]
