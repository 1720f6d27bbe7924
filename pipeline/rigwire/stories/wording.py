"""The words of a sentence that say what it is about."""

import re
from functools import cache

from rigwire.knowledge import read_table
from rigwire.names import name_key

# The beginning of a word stands for all its forms: "deliver", "delivery", "delivered".
_STEM = 6


def content_words(sentence: str) -> frozenset[str]:
    """Return the beginnings of the words of a sentence, without function words and numbers."""
    words = re.findall(r"[^\W\d_]{3,}", sentence.lower())
    keys = (name_key(word) or "" for word in words if word not in _function_words())
    return frozenset(key[:_STEM] for key in keys if key)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("lexicon/function_words.csv"))
