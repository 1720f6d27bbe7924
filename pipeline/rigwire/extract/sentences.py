"""Sentences by rule: news prose, bullet lists and table rows, without a model. Linear in the length of the text."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table

_CANDIDATE = re.compile(r"(?P<end>[.!?…][\"”’')\]]*)\s+(?=[\"“‘'(\[]*[A-Z0-9À-ÞА-Я$€£])|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, heading or table row: `text[start:end]`, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["form"].lower() for row in read_table("lexicon/abbreviations.csv"))


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order; together they hold every character that is not white space."""
    sentences: list[Sentence] = []
    start, paragraph = 0, 0
    for match in _CANDIDATE.finditer(text):
        newline = match.group("end") is None
        if not newline and not _ends_here(text, start, match):
            continue
        end = match.start() if newline else match.end("end")
        _append(sentences, text, start, end, paragraph)
        start = match.end()
        paragraph += newline
    _append(sentences, text, start, len(text), paragraph)
    return sentences


def _append(sentences: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    words = text[start:end]
    left, right = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if left < right:
        sentences.append(Sentence(left, right, paragraph))


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    """A full stop after an abbreviation, an initial or a number that a month follows ends nothing."""
    if text[match.start()] != ".":
        return True
    word = re.search(r"[\w.&-]*$", text[max(start, match.start() - 15) : match.start()])
    last = word.group().lower() if word else ""
    following = text[match.end() : match.end() + 12]
    if last in _abbreviations():
        return last in ("inc", "ltd", "corp", "co", "plc", "a.m", "p.m", "u.s", "etc") and bool(
            re.match(
                r"[\"“]?(?:The|It|Its|In|On|At|We|He|She|They|But|A|An|This|That|These|Those|As|For|Under|Both|Since|After)\b",
                following,
            )
        )
    return not re.fullmatch(r"[a-z]", last) or text[match.start() - 1].islower()
