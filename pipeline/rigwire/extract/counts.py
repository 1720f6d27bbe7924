"""Counts: the noun that a whole number counts, after it ("2,600 of its latest machines") or before it."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.numbers import Number
from rigwire.extract.unit_tables import alternatives, single_spaced
from rigwire.extract.units import Attached, per_of
from rigwire.knowledge import read_table, split_list

_REACH = 110
_FEW = 100  # so few "miners" may as well be firms
_MODIFIER = r"(?:[A-Za-z0-9+&’'‘“”\"/.®™-]+[^\S\n]+){0,7}?"
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|of|from|until|before|after|during|late|early|mid|for|and|to)[\s-]$", re.I)
_PLURAL = re.compile(r"s$|^pieces|flux$|mining equipment$")
_OWNERS = frozenset(("its", "their", "his", "her", "our", "your", "the", "these", "those"))
_PLACED = re.compile(
    r"\b(?:placement|offering|issue|issuance|issued|subscribed for|subscription)(?: (?:of|for))? "
    r"(?:(?:up to|an aggregate of|a total of|approximately|about) )?$",
    re.IGNORECASE,
)
_MOST_UNITS = 5e6  # of which there are more are shares, or kilowatt-hours
_SENTENCE_END = re.compile(r"[a-z]{2}\.$")
_NUMBERED_AS = (
    r"(?:[\s-](?:count|number|total|fleet))?"
    r"(?:,?\s(?:numbering|totall?ing)|\s(?:count|fleet)\s(?:of|to|at|from)|\s(?:count|number)s\s)\s?"
)


@dataclass(frozen=True, slots=True)
class _Nouns:
    kinds: dict[str, tuple[str, str]]
    plural: re.Pattern[str]
    singular: re.Pattern[str]
    numbered: re.Pattern[str]


@cache
def _nouns() -> _Nouns:
    kinds = {
        form.lower(): (row["kind"], row["strength"])
        for row in read_table("lexicon/nouns.csv")
        for form in split_list(row["forms"])
    }
    counted = alternatives(kinds)
    return _Nouns(
        kinds=kinds,
        plural=_noun_pattern([noun for noun in kinds if _PLURAL.search(noun)]),
        singular=_noun_pattern([noun for noun in kinds if not _PLURAL.search(noun)]),
        numbered=re.compile(rf"(?<![\w-])(?P<noun>{counted}){_NUMBERED_AS}(?:\w+\s){{0,2}}$", re.IGNORECASE),
    )


def _noun_pattern(nouns: list[str]) -> re.Pattern[str]:
    return re.compile(
        rf"[”\"]?(?:[^\S\n]+|-)(?P<between>{_MODIFIER})(?P<noun>{alternatives(nouns)})(?![\w])", re.IGNORECASE
    )


@cache
def _words(role: str) -> frozenset[str]:
    """The words of models/lexicon/count_words.csv that play `role`."""
    rows = [row for row in read_table("lexicon/count_words.csv") if row["role"] == role]
    return frozenset(form for row in rows for form in split_list(row["forms"]))


def counted(text: str, number: Number, limit: int, skip: int | None = None) -> Attached | None:
    """Return a count whose noun follows the number (or the end `skip` of a figure after it) before `limit`."""
    value = _count(number)
    if value is None:
        return None
    nouns, start = _nouns(), skip or number.end
    limit = min(limit, number.end + _REACH)
    match = nouns.plural.match(text, start, limit) if value > 1 else None
    if match is None or not _plain_modifiers(match.group("between")):
        match = nouns.singular.match(text, start, limit)
        if match is None or not _plain_modifiers(match.group("between")):
            return None
        if value > 1 and (text[start : start + 1] != "-" or match.group("between")):
            return None
    if number.year_like and (
        match.group("between") or _YEAR_BEFORE.search(text, max(0, number.start - 14), number.start)
    ):
        return None
    noun = single_spaced(match.group("noun")).lower()
    if _counts_something_else(match.group("between"), noun) or (noun == "units" and _are_securities(text, number)):
        return None
    return _attached(number, value, noun, match.group("between"), number.start, match.end(), per_of(text, match.end()))


def numbered(text: str, number: Number) -> Attached | None:
    """Return a count whose noun stands before the number: "a machine count of 13,800", "devices numbering 2,640"."""
    value = _count(number)
    if value is None or number.year_like:
        return None
    match = _nouns().numbered.search(text, max(0, number.start - 60), number.start)
    if match is None:
        return None
    noun = single_spaced(match.group("noun")).lower()
    return _attached(number, value, noun, "", match.start("noun"), number.end, None)


def _count(number: Number) -> float | None:
    """The value as a count: a point in a count of things parts thousands."""
    value = number.grouped if number.grouped is not None else number.value
    return value if value >= 1 and value == int(value) else None


def _attached(number: Number, value: float, noun: str, between: str, start: int, end: int, per: str | None) -> Attached:
    kind, strength = _nouns().kinds[noun]
    modifiers = {word.strip("’',").lower() for word in between.split()}
    if noun.endswith("miners"):
        strength = "firm" if modifiers & _words("firm") else "few" if value < _FEW else strength
    factor = value / number.value if number.value else 1.0
    return Attached(kind, kind, factor, start, end, None, f"{strength}:{noun}", per)


def _plain_modifiers(between: str) -> bool:
    """Only modifiers may stand between a count and its noun; "of" only at first, and no other counted plural."""
    words = [word.strip(",“”\"") for word in between.split()]
    if len(words) > 1 and words[0].lower() == "of" and words[1].lower() in _OWNERS:
        words = words[1:2] + words[2:] if len(words) > 2 else ["of"]
        words[0] = "of"
    stop = _words("stop")
    if any(word.lower() in stop or word.lower() == "of" or _is_plural(word) for word in words[1:]):
        return False
    if words and words[0].lower() != "of" and (words[0].lower() in stop or (_is_plural(words[0]) and len(words) > 1)):
        return False
    return not any(_SENTENCE_END.search(word) for word in between.split())


def _is_plural(word: str) -> bool:
    """Tell whether a lower-case word looks like a plural noun: "18 tonnes of rigs" counts no rigs."""
    return (
        len(word) > 3
        and word.islower()
        and word.endswith("s")
        and not word.endswith(("ss", "us", "ics", "’s", "'s"))
        and (word not in _words("singular"))
    )


def _are_securities(text: str, number: Number) -> bool:
    """Tell units that are sold to investors: "closed its placement of 24,000,000 units"."""
    return number.value > _MOST_UNITS or _PLACED.search(text, max(0, number.start - 60), number.start) is not None


def _counts_something_else(between: str, noun: str) -> bool:
    """Tell whether a modifier makes the noun another thing: "restricted stock units"."""
    plain = noun.rsplit(maxsplit=1)[-1]
    words = [word.lower() for word in between.split()]
    vague = " " not in noun and plain.rstrip("s") in ("unit", "set", "point")
    return vague and any(word in _words("other") for word in words)
