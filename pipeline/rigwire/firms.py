"""The lexicon of firms (models/lexicon/companies.csv): which names stand for which firm, and whose it is."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list
from rigwire.names import name_key


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


def find_firm(name: str, ticker: str | None = None, exchange: str | None = None) -> Firm | None:
    """Return the firm that a name means anywhere, else the one with that listing, else None.

    A weak alias means a firm only beside a listing, unless it is the firm's own name.
    """
    if firm := _by_name().get(name_key(name) or ""):
        return firm
    return _by_listing().get((ticker.upper(), exchange.upper())) if ticker and exchange else None


def owners(firm: Firm) -> tuple[str, ...]:
    """Return the names of the firms that a firm belongs to, the nearest first."""
    chain: list[str] = []
    parent = firm.parent
    while parent and parent not in (firm.name, *chain):
        chain.append(parent)
        above = load_firms().get(parent)
        parent = above.parent if above else None
    return tuple(chain)


@cache
def _by_name() -> dict[str, Firm]:
    """Firms by the keys of their names: what two firms share stands for neither, a firm's own name for itself."""
    keyed: dict[str, set[str]] = {}
    for firm in load_firms().values():
        for name in firm.strong:
            keyed.setdefault(name_key(name) or "", set()).add(firm.name)
    firms = {key: load_firms()[next(iter(named))] for key, named in keyed.items() if len(named) == 1}
    return firms | {name_key(name) or "": firm for name, firm in load_firms().items()}


@cache
def _by_listing() -> dict[tuple[str, str], Firm]:
    return {
        (firm.ticker.upper(), firm.exchange.upper()): firm
        for firm in load_firms().values()
        if firm.ticker and firm.exchange
    }
