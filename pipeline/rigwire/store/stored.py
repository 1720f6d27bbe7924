"""What is stored of an article as the values that it was stored from: the way back from rows."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from rigwire.model import (
    FIGURE_ATTRIBUTES,
    NOTICE_ATTRIBUTES,
    Article,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Quantity,
)
from rigwire.store.database import Store

_SAME = ("url", "canonical_url", "site", "title", "published", "modified", "language", "text", "kind")
_EVENT = ("type", "status", "jurisdiction", "site", "date", "confidence", "quote")
_QUANTITY = (*FIGURE_ATTRIBUTES, "text")


def stored_extraction(store: Store, article_id: int) -> Extraction:
    """Return what is stored of an article, corrections included. Raises `KeyError` where there is no such article."""
    article = stored_article(store, article_id)
    mentions = store.rows("select * from mentions where article_id = ? order by id", [article_id])
    return Extraction(
        article,
        _companies(store, article_id, [row for row in mentions if row["kind"] == "company"]),
        _jurisdictions(store, article_id, [row for row in mentions if row["kind"] == "jurisdiction"]),
        tuple(
            DateMention(row["value"], row["precision"], row["text"], row["span_start"], row["span_end"])
            for row in store.rows("select * from dates where article_id = ? order by id", [article_id])
        ),
        tuple(event for _, event in stored_events(store, article_id)),
    )


def stored_article(store: Store, article_id: int) -> Article:
    """Return a stored article. Raises `KeyError` where there is none."""
    rows = store.rows("select * from articles where id = ?", [article_id])
    if not rows:
        raise KeyError(article_id)
    row = rows[0]
    return Article(
        id=row["document_id"],
        source=row["url"] or row["canonical_url"],
        authors=tuple(json.loads(row["authors"])),
        origins=json.loads(row["origins"]),
        **{name: row[name] for name in _SAME},
    )


def stored_events(store: Store, article_id: int) -> list[tuple[str | None, Event]]:
    """Return the events of an article with their keys, in their order."""
    rows = store.rows(
        "select events.*, action, issuer, recipient, notified, effective, until from events"
        " left join notices on notices.event_id = events.id where article_id = ? order by events.id",
        [article_id],
    )
    if not rows:
        return []
    figures: dict[int, list[Quantity]] = defaultdict(list)
    for row in store.rows(
        "select * from quantities where event_id in (select id from events where article_id = ?) order by id",
        [article_id],
    ):
        figures[row["event_id"]].append(
            Quantity(**_some(row, _QUANTITY), start=row["span_start"], end=row["span_end"])
        )
    return [(row["key"], _event(row, figures[row["id"]])) for row in rows]


def _event(row: Mapping[str, Any], figures: Iterable[Quantity]) -> Event:
    return Event(
        id=row["local_id"],
        company=row["company_text"],
        counterparty=row["counterparty_text"],
        quantities=tuple(figures),
        notice=Notice(**_some(row, NOTICE_ATTRIBUTES)) if row["action"] else None,
        start=row["span_start"],
        end=row["span_end"],
        **_some(row, _EVENT),
    )


def _companies(store: Store, article_id: int, mentions: list[dict[str, Any]]) -> tuple[Company, ...]:
    """Return the firms by the names that the article uses; a mention is that of the name that it is, else the first."""
    rows = store.rows(
        "select article_companies.name, companies.ticker, companies.exchange, companies.kind, company_id"
        " from article_companies join companies on companies.id = company_id where article_id = ?"
        " order by (select min(id) from mentions where mentions.article_id = article_companies.article_id"
        " and mentions.company_id = article_companies.company_id) nulls last, company_id, article_companies.name",
        [article_id],
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        names[row["company_id"]].append(row["name"])
    found: dict[str, list[Mention]] = defaultdict(list)
    for row in mentions:
        known = names[row["company_id"]]
        found[row["text"] if row["text"] in known else known[0]].append(_mention(row))
    return tuple(
        Company(row["name"], row["ticker"], row["exchange"], row["kind"], tuple(found[row["name"]])) for row in rows
    )


def _jurisdictions(store: Store, article_id: int, mentions: list[dict[str, Any]]) -> tuple[Jurisdiction, ...]:
    rows = store.rows(
        "select code, name from article_jurisdictions join jurisdictions on code = jurisdiction"
        " where article_id = ? order by code",
        [article_id],
    )
    return tuple(
        Jurisdiction(
            row["code"], row["name"], tuple(_mention(m) for m in mentions if m["jurisdiction"] == row["code"])
        )
        for row in rows
    )


def _mention(row: Mapping[str, Any]) -> Mention:
    return Mention(row["text"], row["span_start"], row["span_end"])


def _some(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}
