"""The lexicon of firms: which names, former names, aliases and tickers stand for which firm."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list

_PLAIN = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "’": "'"})


@dataclass(frozen=True, slots=True)
class Firm:
    """A row of models/lexicon/companies.csv."""

    name: str
    kind: str
    country: str
    ticker: str | None
    exchange: str | None
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    parent: str | None
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirmMention:
    """A firm of the lexicon named at `start:end`."""

    firm: Firm
    start: int
    end: int


@cache
def load_firms() -> dict[str, Firm]:
    """Return the firms of the lexicon by name."""
    firms = {}
    for row in read_table("lexicon/companies.csv"):
        former = [re.sub(r"\s*\([^)]*\)$", "", name) for name in split_list(row["former_names"])]
        weak = tuple(split_list(row["weak_aliases"]))
        firms[row["name"]] = Firm(
            name=row["name"],
            kind=row["kind"],
            country=row["country"],
            ticker=row["ticker"] or None,
            exchange=row["exchange"] or None,
            strong=tuple(f for f in (row["name"], *split_list(row["aliases"]), *former) if f not in weak),
            weak=weak,
            parent=row["parent"] or None,
            former=tuple(former),
        )
    return firms


@cache
def _index() -> dict[str, list[tuple[str, Firm, bool]]]:
    """Aliases by their first word, longest first; True marks a weak one."""
    index: dict[str, list[tuple[str, Firm, bool]]] = {}
    for firm in load_firms().values():
        for weak, aliases in ((False, firm.strong), (True, firm.weak)):
            for alias in aliases:
                plain = alias.translate(_PLAIN)
                index.setdefault(_first_word(plain), []).append((plain, firm, weak))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return index


@cache
def weak_names() -> frozenset[str]:
    """Return the aliases that stand for a firm only where the context says so."""
    return frozenset(alias for firm in load_firms().values() for alias in firm.weak)


def _first_word(name: str) -> str:
    match = re.match(r"\w+", name)
    return match.group() if match else name


def find_firms(text: str) -> list[FirmMention]:
    """Return where `text` names firms of the lexicon; a weak alias counts once a strong one has been seen."""
    index = _index()
    hits: list[tuple[int, int, list[tuple[Firm, bool]]]] = []
    position = 0
    text = text.translate(_PLAIN)
    for word in re.finditer(r"\w+", text):
        if word.start() < position or word.group() not in index:
            continue
        for alias, _, _ in index[word.group()]:
            end = word.start() + len(alias)
            if text.startswith(alias, word.start()) and not text[end : end + 1].isalnum():
                hits.append((word.start(), end, [(f, weak) for a, f, weak in index[word.group()] if a == alias]))
                position = end
                break
    named = {firm.name for _, _, owners in hits for firm, weak in owners if not weak}
    return [
        FirmMention(firm, start, end)
        for start, end, owners in hits
        for firm in [next((f for f, weak in owners if not weak or f.name in named), None)]
        if firm is not None
    ]
