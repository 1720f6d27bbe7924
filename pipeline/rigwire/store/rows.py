"""An `Extraction` as rows: companies and places, mentions, dates, events, values, notices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rigwire.model import (
    FIGURE_ATTRIBUTES,
    NOTICE_ATTRIBUTES,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Quantity,
)
from rigwire.store.companies import company_row
from rigwire.store.database import Store
from rigwire.store.origins import origin_of
from rigwire.store.times import covered_days

_CHILDREN = ("mentions", "dates", "events", "article_companies", "article_jurisdictions")


@dataclass(frozen=True, slots=True)
class Origin:
    """What wrote the rows of an extraction: which article, run and version of the extractor."""

    article_id: int
    run_id: int
    extractor_version: str


def write_extraction(
    store: Store, extraction: Extraction, origin: Origin, keys: Mapping[str, str], by_hand: Mapping[str, str]
) -> None:
    """Add the rows of an extraction to its article, inside the caller's transaction.

    `keys` has the key of each event by its id, `by_hand` what of an event is a correction, where something is.
    """
    companies = _write_companies(store, extraction.companies, origin.article_id)
    _write_jurisdictions(store, extraction.jurisdictions, origin.article_id)
    insert_rows(store, "dates", [_date_row(date, origin.article_id) for date in extraction.dates])
    (article,) = store.rows("select published_day from articles where id = ?", [origin.article_id])
    for event in extraction.events:
        row = _event_row(event, companies, origin) | {
            "key": keys[event.id],
            "by_hand": by_hand.get(event.id),
            "origin": origin_of(event, extraction),
        }
        event_id = insert_row(store, "events", row | {"day": row["date_start"] or article["published_day"]})
        insert_rows(store, "quantities", [{"event_id": event_id} | _quantity_row(one) for one in event.quantities])
        if event.notice:
            insert_row(store, "notices", {"event_id": event_id} | _notice_row(event.notice))


def remove_extraction(store: Store, article_id: int) -> None:
    """Delete what was extracted from an article, and the companies that nothing else names."""
    if not store.rows(_HAS_ROWS, {"id": article_id})[0]["has_rows"]:
        return  # most articles are new
    named = [row["company_id"] for row in store.rows(_NAMED, [article_id])]
    for table in _CHILDREN:
        store.db.execute(f"delete from {table} where article_id = ?", [article_id])
    for company_id in named:
        store.db.execute(_DELETE_UNNAMED, {"id": company_id})


_HAS_ROWS = f"select {' or '.join(f'exists (select 1 from {t} where article_id = :id)' for t in _CHILDREN)} as has_rows"
_NAMED = "select company_id from article_companies where article_id = ?"
_DELETE_UNNAMED = """
    delete from companies where id = :id
    and not exists (select 1 from article_companies where company_id = :id)
    and not exists (select 1 from events where company_id = :id or counterparty_id = :id)
    and not exists (select 1 from companies where parent_id = :id)
"""


def _write_companies(store: Store, companies: Iterable[Company], article_id: int) -> dict[str, int]:
    """Link the article to its companies; return their ids by the names that the article uses.

    A later one may be told to be the same as an earlier one, so each is linked before the next is looked up.
    """
    ids = {}
    for company in companies:
        ids[company.name] = company_id = company_row(store, company)
        store.db.execute(
            "insert into article_companies (article_id, company_id, name) values (?, ?, ?)"
            " on conflict do nothing",
            [article_id, company_id, company.name],
        )
        of = {"article_id": article_id, "kind": "company", "company_id": company_id}
        insert_rows(store, "mentions", [of | _span(mention) for mention in company.mentions])
    return ids


def _write_jurisdictions(store: Store, places: Sequence[Jurisdiction], article_id: int) -> None:
    store.db.conn.executemany(
        "insert into jurisdictions (code, name, country) values (?, ?, ?) on conflict do nothing",
        [(place.code, place.name, place.code.partition("-")[0]) for place in places],
    )
    store.db.conn.executemany(
        "insert into article_jurisdictions (article_id, jurisdiction) values (?, ?) on conflict do nothing",
        [(article_id, place.code) for place in places],
    )
    of = {"article_id": article_id, "kind": "jurisdiction"}
    mentions = [of | {"jurisdiction": place.code} | _span(mention) for place in places for mention in place.mentions]
    insert_rows(store, "mentions", mentions)


def _date_row(date: DateMention, article_id: int) -> dict[str, Any]:
    start, end = covered_days(date.value)
    return {
        "article_id": article_id,
        "value": date.value,
        "precision": date.precision,
        "date_start": start,
        "date_end": end,
        **_span(date),
    }


def _event_row(event: Event, companies: Mapping[str, int], origin: Origin) -> dict[str, Any]:
    start, end = covered_days(event.date)
    return {
        "article_id": origin.article_id,
        "local_id": event.id,
        "type": event.type,
        "status": event.status,
        "company_id": companies.get(event.company or ""),
        "company_text": event.company,
        "counterparty_id": companies.get(event.counterparty or ""),
        "counterparty_text": event.counterparty,
        "jurisdiction": event.jurisdiction,
        "site": event.site,
        "date": event.date,
        "date_start": start,
        "date_end": end,
        "confidence": event.confidence,
        "quote": event.quote,
        "span_start": event.start,
        "span_end": event.end,
        "extractor_version": origin.extractor_version,
        "run_id": origin.run_id,
    }


def _quantity_row(quantity: Quantity) -> dict[str, Any]:
    return {name: getattr(quantity, name) for name in FIGURE_ATTRIBUTES} | _span(quantity)


def _notice_row(notice: Notice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in NOTICE_ATTRIBUTES} | {
        "effective_day": covered_days(notice.effective)[0],
        "until_day": covered_days(notice.until)[1],
    }


def _span(words: Mention | DateMention | Quantity) -> dict[str, Any]:
    return {"text": words.text, "span_start": words.start, "span_end": words.end}


def insert_row(store: Store, table: str, row: Mapping[str, Any]) -> int:
    """Insert a row of known columns; return its id. `Table.insert` would look up the schema each time."""
    return int(store.db.conn.execute(_statement(table, tuple(row)), list(row.values())).lastrowid)


def insert_rows(store: Store, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that have the same columns, in their order."""
    if rows:
        store.db.conn.executemany(_statement(table, tuple(rows[0])), [list(row.values()) for row in rows])


@cache
def _statement(table: str, columns: tuple[str, ...]) -> str:
    return f"insert into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
