"""Bodies without a firm's name: "local authorities", "Kazakhstan's energy ministry", "crypto miners", "a reseller"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from rigwire.extract.places import FoundPlace
from rigwire.extract.sentences import Sentence
from rigwire.extract.unit_tables import opening
from rigwire.knowledge import read_table, split_list

_MOST_MODIFIERS = 5
_WORD_BEFORE = re.compile(r"(\d{1,3}(?:[, ]\d{3})+|\w[\w’'-]*)\s$")
_ADVERB_OR_VERB = re.compile(r"\w+ly|\w+ed")
_NAME = r"[A-Z][\w’'-]+(?:\s(?:and\s)?[A-Z][\w’'-]+){0,3}"
_OF_WHAT = re.compile(rf"\sof\s(?:the\s)?{_NAME}")
_OF_FIELD = re.compile(r"\sof\s(?:the\s)?[a-z]+(?:\sand\s(?!said|has|had|will|was)[a-z]+)?")
_NEW = re.compile(r"(?<!\w)(?:an?|another|one|unnamed|undisclosed|unidentified)\s$", re.IGNORECASE)
_KNOWN = re.compile(r"(?<!\w)(?:the|its|their|his|her|our|your|my|this|that|each|every|no|former)\s$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|becomes?|became|remains?)\s(?:(?:also|now|still|already|only|not)\s)?"
    r"|(?:\)|\b(?:Inc|Ltd|Corp|Limited|LLC|PLC|plc|AG)\b\.?),\s)an?\s$"
)
"""What stands before a body that says what a firm is: "Acme is a miner", "BIT Mining Limited (BTCM), a miner"."""
_OWNER = re.compile(r"[’']s?\s")
_NAMED_ALONE = ("public", "party")
"""Kinds of bodies that careful readers write down without whose they are: "Kuwait's ministry" is the ministry."""
_WHERE = re.compile(r"\s(?:in|near|at|around|from)\s(?:the\s)?")
_QUARTER = re.compile(r"(?:north|south|east|west|centre|capital)(?!\w)")
_PORTFOLIOS = re.compile(rf"{_OF_WHAT.pattern}(?:,\s{_NAME})+,?\sand\s{_NAME}")


@dataclass(frozen=True, slots=True)
class Body:
    """A phrase for an unnamed body: `kind` is "public", "supplier", "party" (to a deal) or "user".

    `place` says where it is, if that follows right after it; it lies beyond `end`. `is_new` tells one that the
    article introduces: "a firm", "two farms"; `describes` one that says what a name is: "Acme is a miner".
    """

    phrase: str
    kind: str
    start: int
    end: int
    is_new: bool = False
    place: str = ""
    describes: bool = False

    @property
    def may_trade(self) -> bool:
        """Whether it can be the other party to an act."""
        if self.describes:
            return False
        return self.kind != "user" or (self.is_new and self.phrase.split()[-1].lower() in body_words("party"))

    @property
    def name(self) -> str:
        """The phrase with its place: "buyer in Ethiopia"."""
        return self.phrase + self.place


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {head: row["kind"] for row in read_table("lexicon/bodies.csv") for head in split_list(row["heads"])}
    alternatives = "|".join(re.escape(h) for h in sorted(kinds, key=len, reverse=True))
    return re.compile(rf"{opening(kinds)}(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), kinds


@cache
def body_words(role: str) -> frozenset[str]:
    """Return the words of models/lexicon/body_words.csv that play `role`."""
    rows = (row for row in read_table("lexicon/body_words.csv") if row["role"] == role)
    return frozenset(form for row in rows for form in split_list(row["forms"]))


@cache
def _numerals() -> frozenset[str]:
    """The number words of models/lexicon/number_words.csv."""
    rows = read_table("lexicon/number_words.csv")
    return frozenset(row["form"] for row in rows if row["role"] in ("one", "scale"))


def find_bodies(text: str, sentences: list[Sentence]) -> list[Body]:
    """Return the unnamed bodies of `text`, each with up to five words that modify its head."""
    pattern, kinds = _heads()
    found = []
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            start = _extend(text, sentence.start, match.start())
            end = _of_phrase(text, match.end(), match.group())
            head = match.group().lower()
            is_new = _is_count(text[start:end].split(maxsplit=1)[0]) or _follows(_NEW, text, sentence.start, start)
            is_known = head not in body_words("verb_too") or _follows(_KNOWN, text, sentence.start, start)
            owners = [*_OWNER.finditer(text, start, match.start())]
            if owners and kinds[head] in _NAMED_ALONE:
                start = owners[-1].end()
            if is_new or (is_known and (owners or head not in body_words("only_new"))):
                describes = _DESCRIBED.search(text, max(sentence.start, start - 40), start) is not None
                found.append(Body(text[start:end], kinds[head], start, end, is_new, describes=describes))
    return found


def _follows(words: re.Pattern[str], text: str, floor: int, start: int) -> bool:
    return words.search(text, max(floor, start - 20), start) is not None


def locate_bodies(text: str, bodies: Iterable[Body], places: Iterable[FoundPlace]) -> list[Body]:
    """Return the bodies, those with their place that a place or a part of the country follows.

    "Police in Almaty" are the police.
    """
    ends = {place.start: place.end for place in places}
    return [
        body if body.kind == "public" else replace(body, place=text[body.end : _end_of_place(text, body.end, ends)])
        for body in bodies
    ]


def _end_of_place(text: str, start: int, ends: dict[int, int]) -> int:
    """Where the place ends that is named right after `start`; `start` if none is."""
    between = _WHERE.match(text, start)
    if between is None:
        return start
    quarter = _QUARTER.match(text, between.end())
    return quarter.end() if quarter else ends.get(between.end(), start)


def _extend(text: str, floor: int, start: int) -> int:
    """Take the modifiers before a head, a count the first: "Sichuan hydroelectric", "two licensed", "Iran's energy"."""
    for _ in range(_MOST_MODIFIERS):
        before = _WORD_BEFORE.search(text[max(floor, start - 30) : start])
        if before is None or _breaks(before.group(1)):
            return start
        start -= len(before.group())
        if _is_count(before.group(1)):
            return start
    return start


def _is_count(word: str) -> bool:
    return (word[0] + word[-1]).isdecimal() or word.lower() in _numerals()


def _breaks(word: str) -> bool:
    """Whether a word is no part of the phrase after it."""
    if word in body_words("modifier"):
        return False
    return word.lower() in body_words("break") or _ADVERB_OR_VERB.fullmatch(word) is not None


def _of_phrase(text: str, end: int, head: str) -> int:
    """ "Ministry of Energy" goes on after its head, "Ministry of Water, Roads and Energy" to the end of its list."""
    listed = _PORTFOLIOS.match(text, end, end + 120) if head in body_words("portfolio") else None
    match = listed or _OF_WHAT.match(text, end, end + 60)
    if match is None and head.lower() == "ministry":
        match = _OF_FIELD.match(text, end, end + 60)
    return match.end() if match else end
