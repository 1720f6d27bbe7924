"""Which language a text is in, by its script and its most common words."""

import re
from collections import Counter
from functools import cache

from rigwire.knowledge import read_table

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000
_FEWEST = 15
# Scripts that name the language by themselves; Cyrillic, Latin and Arabic letters go on to the word lists.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.08),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]"), 0.2),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.2),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.3),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.3),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.3),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.3),
    ("ka", re.compile(r"[\u10a0-\u10ff]"), 0.3),
    ("hy", re.compile(r"[\u0530-\u058f]"), 0.3),
)


def detect_language(text: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language of `text`.

    The words decide; `declared` (such as a page's `lang`) only where the text is too short to tell or no known
    language fits. None where neither says anything.
    """
    sample = text[:_SAMPLE]
    by_script = _by_script(sample)
    if by_script:
        return by_script
    words = _WORD.findall(sample.lower())
    ranked = _scores(words).most_common(2)
    if len(words) >= _FEWEST and ranked and ranked[0][1] >= 0.12 * len(words):
        return ranked[0][0]
    return language_code(declared) or (ranked[0][0] if ranked else None)


def _by_script(sample: str) -> str | None:
    if sample.isascii() or not any(script.search(sample) for _, script, _ in _SCRIPTS):
        return None
    letters = sum(char.isalpha() for char in sample)
    found = (code for code, script, share in _SCRIPTS if letters and len(script.findall(sample)) > letters * share)
    return next(found, None)


def language_code(tag: str | None) -> str | None:
    """Return the ISO 639-1 part of a language tag ("en-US" is "en"), None where it is none."""
    match = re.match(r"\s*([a-z]{2})(?:[-_].*)?\s*$", tag or "", re.I)
    return match[1].lower() if match else None


def _scores(words: list[str]) -> Counter[str]:
    """Return how many of `words` are common words of each language."""
    scores: Counter[str] = Counter()
    for word, count in Counter(words).items():
        for code in _stop_words().get(word, ()):
            scores[code] += count
    return scores


@cache
def _stop_words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in read_table("parse/stopwords.csv"):
        for word in row["words"].split():
            found.setdefault(word, []).append(row["language"])
    return found
