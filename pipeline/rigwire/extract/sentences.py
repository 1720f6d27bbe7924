"""Sentences by rule: news prose, bullet lists and table rows, without a model. Linear in the length of the text."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list

_CANDIDATE = re.compile(r"(?P<end>[.!?…][\"”’')\]]*)\s+(?=[\"“‘'(\[]*[A-Z0-9À-ÞА-Я$€£])|\n+")
LONGEST = 1500  # characters; what goes on without an end is cut there, for no sentence of prose is so long
_ZONE = re.compile(r"(?:[A-Z][\w.]*\s){1,2}[Tt]ime\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, heading or table row: `text[start:end]`, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in read_table("lexicon/abbreviations.csv"))


def sentence_at(starts: Sequence[int], offset: int) -> int:
    """Return the number of the sentence that holds `offset`, given where each starts."""
    return bisect_right(starts, offset, 1) - 1  # what stands before the first is the first's


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order; together they hold every character that is not white space."""
    sentences: list[Sentence] = []
    start, paragraph = 0, 0
    for match in _CANDIDATE.finditer(text):
        newline = "\n" in match.group()
        if not newline and not _ends_here(text, start, match):
            continue
        end = match.start() if match.group("end") is None else match.end("end")
        _append(sentences, text, start, end, paragraph)
        start = match.end()
        paragraph += newline
    _append(sentences, text, start, len(text), paragraph)
    return sentences


def _append(sentences: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while end - start > LONGEST:
        space = text.rfind(" ", start + 1, start + LONGEST)
        cut = space if space > 0 else start + LONGEST
        _append(sentences, text, start, cut, paragraph)
        start = cut
    words = text[start:end]
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if left < right:
        sentences.append(Sentence(left, right, paragraph))


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """A full stop after an initial ends nothing, one after an abbreviation only where a new sentence plainly opens."""
    if text[match.start()] != ".":
        return True
    before = re.search(r"[\w.&-]*$", text[max(start, match.start() - 15) : match.start()])
    last = before.group().lower() if before else ""
    following = re.match(r"[\"“‘'(\[]*([\w’']*)", text[match.end() : match.end() + 20])
    word = following[1] if following else ""
    if last in _words("numbered"):
        return not word[:1].isdigit()
    if last in _words("clock"):
        zone = _ZONE.match(text, match.end())
        return word not in _words("after_clock") and not word[:1].isdigit() and zone is None
    if last in _abbreviations():
        return last not in _words("title") and word in _words("opener")
    return not re.fullmatch(r"[a-z]", last) or text[match.start() - 1].islower()


@cache
def _words(role: str) -> frozenset[str]:
    """The words of models/lexicon/sentence_words.csv that play `role`."""
    rows = (row for row in read_table("lexicon/sentence_words.csv") if row["role"] == role)
    return frozenset(form for row in rows for form in split_list(row["forms"]))
