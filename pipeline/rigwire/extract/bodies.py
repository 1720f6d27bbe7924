"""Bodies without a firm's name: "local authorities", "Kazakhstan's energy ministry", "crypto miners"."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.sentences import Sentence
from rigwire.knowledge import read_table, split_list

_BREAK = frozenset(
    "the a an and or but of to in on at by for from with that which who whose as if when while after before since"
    " until than has have had is are was were be been will would said says told its their his her it they he she we"
    " this these those not no also"
    " only some any all most many several more between about over under into during".split()
)


@dataclass(frozen=True, slots=True)
class Body:
    """A phrase for an unnamed body: `kind` is "public", "supplier" or "user"."""

    phrase: str
    kind: str
    start: int
    end: int


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {head: row["kind"] for row in read_table("lexicon/bodies.csv") for head in split_list(row["heads"])}
    alternatives = "|".join(re.escape(h) for h in sorted(kinds, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE), kinds


def find_bodies(text: str, sentences: list[Sentence]) -> list[Body]:
    """Return the unnamed bodies of `text`, each with up to five words that modify its head."""
    pattern, kinds = _heads()
    found = []
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            start = _extend(text, sentence.start, match.start())
            end = _of_phrase(text, match.end())
            found.append(Body(text[start:end], kinds[match.group().lower()], start, end))
    return found


def _extend(text: str, floor: int, start: int) -> int:
    """Take the modifiers before a head: "Sichuan hydroelectric", "licensed crypto", "Kazakhstan's energy"."""
    for _ in range(5):
        before = re.search(r"([\w’'-]+)\s$", text[max(floor, start - 30) : start])
        if (
            before is None
            or before.group(1).lower() in _BREAK
            or (
                re.fullmatch(r"\w+ly|\w+ed", before.group(1))
                and before.group(1) not in ("licensed", "unlicensed", "registered", "unauthorized", "unauthorised")
            )
        ):
            return start
        start -= len(before.group())
    return start


def _of_phrase(text: str, end: int) -> int:
    """ "Ministry of Energy" goes on after its head."""
    match = re.match(r"\sof\s(?:the\s)?[A-Z][\w’'-]+(?:\s(?:and\s)?[A-Z][\w’'-]+){0,3}", text[end : end + 60])
    return end + match.end() if match else end
