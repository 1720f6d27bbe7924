"""One canonical row a company: found by any name of the lexicon, by a listing, or by a name that was seen before."""

from collections import defaultdict
from functools import cache
from typing import Any

from rigwire.firms import Firm, find_firm, load_firms
from rigwire.model import Company
from rigwire.store.database import Store


def company_row(store: Store, company: Company) -> int:
    """Return the row of a company, whatever its name in this article; make, complete or merge rows as needed.

    Which row that is depends on the names and listings alone, not on the order in which they came.
    """
    firm = find_firm(company.name, company.ticker, company.exchange)
    if firm:
        row = _lexicon_row(store, firm)
        _add_alias(store, company.name, row)
        return row
    rows = _known_rows(store, company)
    if not rows:
        row = _insert(store, company)
        _add_alias(store, company.name, row)
        return row
    row = rows[0]
    for other in rows[1:]:
        merge_companies(store, row, other)
    store.db.execute(
        "update companies set ticker = coalesce(ticker, :ticker), exchange = coalesce(exchange, :exchange),"
        " kind = iif(kind = 'other', :kind, kind) where id = :id",
        {"ticker": company.ticker, "exchange": company.exchange, "kind": company.kind, "id": row},
    )
    _add_alias(store, company.name, row)
    _name_by_longest(store, row)
    return row


def settle_companies(store: Store) -> int:
    """Bring the rows of an older lexicon up to the present one; return how many were changed or merged.

    An alias that the lexicon no longer has, or has for another firm, goes; articles that use it keep their company
    until they are extracted again.
    """
    settled = 0
    with store.transaction():
        known: dict[int, dict[str, str]] = defaultdict(dict)
        for alias in store.rows("select company_id, alias, kind from company_aliases where kind <> 'seen'"):
            known[alias["company_id"]][alias["alias"].casefold()] = alias["kind"]
        for row in store.rows(_STORED):
            firm = find_firm(row["name"], row["ticker"], row["exchange"])
            if firm and not (_is_current(row, firm) and known[row["id"]] == _folded_names(firm)):
                _settle(store, row["id"], firm)
                settled += 1
    return settled


def merge_companies(store: Store, kept: int, gone: int) -> None:
    """Let one row stand for two; the stories of the companies are looked at again."""
    move = {"kept": kept, "gone": gone}
    for statement in _MERGE:
        store.db.execute(statement, move)


def queue_company(store: Store, company_id: int) -> None:
    """Have the stories of a company's events found again."""
    store.db.execute(
        "insert or ignore into story_queue (event_id)"
        " select id from events where company_id = :id or counterparty_id = :id",
        {"id": company_id},
    )


_STORED = """
    select companies.*, parent.name as parent
    from companies left join companies as parent on parent.id = companies.parent_id
    order by companies.id
"""
_ADD_ALIAS = """
    insert into company_aliases (alias, company_id, kind) values (?, ?, ?)
    on conflict (alias) do update set
        alias = iif(alias < excluded.alias collate binary, excluded.alias, alias),
        company_id = iif(excluded.kind <> 'seen', excluded.company_id, company_id),
        kind = iif(excluded.kind <> 'seen', excluded.kind, kind)
    where excluded.kind <> 'seen' or alias < excluded.alias collate binary
"""
_MERGE = (
    "insert or ignore into story_queue (event_id) select id from events"
    " where company_id in (:kept, :gone) or counterparty_id in (:kept, :gone)",
    "update events set company_id = :kept where company_id = :gone",
    "update events set counterparty_id = :kept where counterparty_id = :gone",
    "update story_rows set company_id = :kept where company_id = :gone",
    "update story_rows set counterparty_id = :kept where counterparty_id = :gone",
    "update mentions set company_id = :kept where company_id = :gone",
    "insert or ignore into article_companies (article_id, company_id, name)"
    " select article_id, :kept, name from article_companies where company_id = :gone",
    "delete from article_companies where company_id = :gone",
    "update company_aliases set company_id = :kept, kind = iif(kind = 'name', 'seen', kind) where company_id = :gone",
    "update companies set parent_id = :kept where parent_id = :gone and id <> :kept",
    "delete from companies where id = :gone",
)


def _is_current(row: dict[str, Any], firm: Firm) -> bool:
    """Tell whether a row of `_STORED` says what the lexicon says of the firm, but for its aliases."""
    return all(row[part] == getattr(firm, part) for part in ("name", "ticker", "exchange", "kind", "country", "parent"))


def _settle(store: Store, company_id: int, firm: Firm) -> None:
    """Let the row of a firm be what the lexicon says: its own row, or part of the one that the firm has already."""
    canonical = _lexicon_row(store, firm)
    if canonical != company_id:
        merge_companies(store, canonical, company_id)
    _write_firm(store, firm)
    queue_company(store, canonical)


def _lexicon_row(store: Store, firm: Firm) -> int:
    """Return the row of a firm of the lexicon; make or complete it."""
    found = store.rows("select id, country from companies where name = ?", [firm.name])
    return int(found[0]["id"]) if found and found[0]["country"] is not None else _write_firm(store, firm)


def _write_firm(store: Store, firm: Firm) -> int:
    """Write all that the lexicon says of a firm, its names and its owner included; return its row."""
    parent = load_firms().get(firm.parent) if firm.parent else None
    values: dict[str, Any] = {
        "name": firm.name, "ticker": firm.ticker, "exchange": firm.exchange, "kind": firm.kind, "country": firm.country,
        "parent_id": _lexicon_row(store, parent) if parent else None,
    }  # fmt: skip
    [row] = store.rows(
        "insert into companies (name, ticker, exchange, kind, country, parent_id)"
        " values (:name, :ticker, :exchange, :kind, :country, :parent_id)"
        " on conflict (name) do update set name = excluded.name, ticker = excluded.ticker,"
        " exchange = excluded.exchange, kind = excluded.kind, country = excluded.country,"
        " parent_id = excluded.parent_id returning id",
        values,
    )
    store.db.execute("delete from company_aliases where company_id = ? and kind <> 'seen'", [row["id"]])
    for name, kind in _names(firm).items():
        _add_alias(store, name, row["id"], kind)
    return int(row["id"])


@cache
def _names(firm: Firm) -> dict[str, str]:
    """Return the names that mean this firm and no other, each with its kind, the firm's own name last."""
    kinds = dict.fromkeys(firm.strong, "alias") | dict.fromkeys(firm.former, "former")
    kinds.pop(firm.name, None)
    return {name: kind for name, kind in (kinds | {firm.name: "name"}).items() if find_firm(name) == firm}


def _folded_names(firm: Firm) -> dict[str, str]:
    return {name.casefold(): kind for name, kind in _names(firm).items()}


def _known_rows(store: Store, company: Company) -> list[int]:
    """Return the rows that a company outside of the lexicon has so far, by its name and by its listing."""
    rows = store.rows(
        "select company_id as id from company_aliases where alias = :name"
        " union select id from companies where ticker = :ticker and exchange = :exchange order by id",
        {"name": company.name, "ticker": company.ticker, "exchange": company.exchange},
    )
    return [int(row["id"]) for row in rows]


def _insert(store: Store, company: Company) -> int:
    [row] = store.rows(
        "insert into companies (name, ticker, exchange, kind) values (?, ?, ?, ?) returning id",
        [company.name, company.ticker, company.exchange, company.kind],
    )
    return int(row["id"])


def _add_alias(store: Store, name: str, company_id: int, kind: str = "seen") -> None:
    """Note a name; what the lexicon says of it counts more than that it was seen.

    Of spellings that differ in their capitals one is kept, whichever came first.
    """
    store.db.execute(_ADD_ALIAS, [name, company_id, kind])


def _name_by_longest(store: Store, company_id: int) -> None:
    """Call a company that no lexicon names by the longest name seen, so that the order of articles doesn't matter."""
    [row] = store.rows(
        "select companies.name, alias from companies join company_aliases on company_id = companies.id"
        " where companies.id = ? order by length(alias) desc, alias limit 1",
        [company_id],
    )
    if row["name"] != row["alias"]:
        store.db.execute("update companies set name = ? where id = ?", [row["alias"], company_id])
        queue_company(store, company_id)
