"""Firms spoken of without their name: "the company", "the Toronto-based miner", "the state utility"."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.companies import FoundCompany
from rigwire.knowledge import read_table, split_list

_REACH = 1500  # characters


@dataclass(frozen=True, slots=True)
class Echo:
    """A description at `start:end` that stands for the firm `name`."""

    name: str
    start: int
    end: int


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    kinds = {
        head: frozenset(split_list(row["kinds"]))
        for row in read_table("lexicon/descriptions.csv")
        for head in split_list(row["heads"])
    }
    heads = "|".join(re.escape(head) for head in sorted(kinds, key=len, reverse=True))
    return re.compile(
        rf"\b(?:the|its|this|that)\s+(?:[\w’'-]+\s+){{0,3}}?(?P<head>{heads})\b(?!\s+of\b)", re.IGNORECASE
    ), kinds


def find_echoes(text: str, companies: list[FoundCompany]) -> list[Echo]:
    """Return the descriptions of `text` that stand for a firm named before them, the last one that fits."""
    pattern, kinds = _pattern()
    mentions = sorted(
        ((start, end, company) for company in companies for start, end in company.spans), key=lambda m: m[0]
    )
    found: list[Echo] = []
    for match in pattern.finditer(text):
        if any(start < match.end() and match.start() < end for start, end, _ in mentions):
            continue
        wanted = kinds[match.group("head").lower()]
        before = [m for m in mentions if m[1] <= match.start() and m[0] >= match.start() - _REACH]
        fitting = [c for _, _, c in before if "*" in wanted or c.kind in wanted]
        if fitting:
            found.append(Echo(fitting[-1].name, match.start(), match.end()))
    return found
