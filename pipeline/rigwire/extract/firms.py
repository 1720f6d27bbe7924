"""Where a text names firms of the lexicon: by their names, former names and aliases."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.firms import Firm, load_firms

_TRADE = re.compile(r"\s(?:mining|miners?)\b")
_OWN = re.compile(r"\b(?:its|their|our)\s$", re.IGNORECASE)
_PLANT = re.compile(r"\s(?:data cent(?:er|re)|facility|site|plant|campus|farm|mine)\b", re.IGNORECASE)
_PLAIN = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "’": "'"})


@dataclass(frozen=True, slots=True)
class FirmMention:
    """A firm of the lexicon named at `start:end`."""

    firm: Firm
    start: int
    end: int


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


def _is_trade(alias: str, text: str, end: int) -> bool:
    """Tell "American Bitcoin mining firm CleanSpark" from American Bitcoin."""
    return alias.endswith("Bitcoin") and _TRADE.match(text, end) is not None


def _is_place_of(text: str, start: int, end: int) -> bool:
    """Tell "its Whinstone data center", a plant named like its former owner, from the firm."""
    return _OWN.search(text, max(0, start - 8), start) is not None and _PLANT.match(text, end) is not None


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
            if not text.startswith(alias, word.start()) or text[end : end + 1].isalnum():
                continue
            if not _is_trade(alias, text, end) and not _is_place_of(text, word.start(), end):
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
