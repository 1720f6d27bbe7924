"""The stored events as the reports that stories are made of."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from rigwire.firms import find_firm, owners
from rigwire.model import FIGURE_ATTRIBUTES, NOTICE_ATTRIBUTES, Notice
from rigwire.store.database import Store
from rigwire.store.times import covered_days
from rigwire.stories import Figure, Party, Period, Report, content_words, scope_of

# Characters of the article beside a date or a figure that may narrow it, and how many words of them count.
_BESIDE = 40
_WORDS_BEFORE = 4


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report with the rows that it stands for."""

    event_id: int
    article_id: int
    company_id: int | None
    counterparty_id: int | None
    report: Report


def load_reports(store: Store, event_ids: Iterable[int]) -> list[StoredReport]:
    """Return the reports of events, in the order of their ids; those that are gone are left out."""
    ids = json.dumps(sorted(set(event_ids)))
    events = store.rows(_EVENTS, [ids])
    figures: dict[int, list[Figure]] = defaultdict(list)
    for row in store.rows(_FIGURES, [ids]):
        figures[row["event_id"]].append(_figure(row))
    mentions: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for row in store.rows(_DATES, [ids]):
        mentions[row["article_id"], row["value"]].append(row)
    reports = []
    for event in events:
        own = tuple(figures[event["id"]])
        anchor = f"{event['article_id']}/{_fingerprint(event, own)}"
        report = _report(event, own, mentions, anchor)
        reports.append(
            StoredReport(event["id"], event["article_id"], event["company_id"], event["counterparty_id"], report)
        )
    return reports


_EVENTS = """
    select
        events.*, company.name as company_name, counterparty.name as counterparty_name,
        articles.canonical_url, articles.source_id, articles.published_day,
        (select first.canonical_url from articles as first where first.id = articles.same_text_as) as copy_of,
        notices.action, notices.issuer, notices.recipient, notices.notified, notices.effective, notices.until
    from events
    join articles on articles.id = events.article_id
    left join notices on notices.event_id = events.id
    left join companies as company on company.id = events.company_id
    left join companies as counterparty on counterparty.id = events.counterparty_id
    where events.id in (select value from json_each(?))
    order by events.id
"""
_FIGURES = f"""
    select
        quantities.*,
        substr(
            articles.text, max(1, quantities.span_start + 1 - {_BESIDE}), min({_BESIDE}, quantities.span_start)
        ) as before,
        substr(articles.text, quantities.span_end + 1, {_BESIDE}) as after
    from quantities
    join events on events.id = quantities.event_id
    join articles on articles.id = events.article_id
    where quantities.event_id in (select value from json_each(?))
    order by quantities.id
"""
_DATES = f"""
    select
        dates.article_id, dates.value, dates.text, dates.span_start,
        substr(articles.text, max(1, dates.span_start + 1 - {_BESIDE}), min({_BESIDE}, dates.span_start)) as before
    from dates
    join articles on articles.id = dates.article_id
    where dates.article_id in (
        select article_id from events where id in (select value from json_each(?))
    )
    order by dates.id
"""


def _report(
    event: Mapping[str, Any],
    figures: tuple[Figure, ...],
    mentions: Mapping[tuple[int, str], list[dict[str, Any]]],
    anchor: str,
) -> Report:
    stated = {name: event[name] for name in ("date", "notified", "effective", "until") if event[name]}
    url = event["canonical_url"]
    return Report(
        key=(url, event["local_id"]),
        anchor=anchor,
        outlet=event["source_id"] or urlsplit(url).netloc or url,
        copies=event["copy_of"] or url,
        published=date.fromisoformat(event["published_day"]) if event["published_day"] else None,
        type=event["type"],
        status=event["status"],
        company=party(event["company_name"], event["company_text"]),
        counterparty=party(event["counterparty_name"], event["counterparty_text"]),
        jurisdiction=event["jurisdiction"],
        site=event["site"],
        dates={
            name: period(value, _words(event, mentions.get((event["article_id"], value), [])))
            for name, value in stated.items()
        },
        figures=figures,
        notice=_notice(event),
        confidence=event["confidence"],
        quote=event["quote"],
        words=content_words(event["quote"]),
        is_checked=event["by_hand"] is not None,
    )


def party(canonical: str | None, words: str | None) -> Party | None:
    """Return a firm by its canonical name, an unnamed body by its words, None where there is neither."""
    if canonical:
        firm = find_firm(canonical)
        return Party(canonical, True, owners(firm) if firm else ())
    return Party(words, False) if words else None


def period(value: str, words: str = "") -> Period:
    """Return a date of the codebook with its days and the words that state it."""
    start, end = covered_days(value)
    return Period(
        value, date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None, words
    )


def _figure(row: Mapping[str, Any]) -> Figure:
    scope = scope_of(row["before"] or "", row["text"], row["after"] or "")
    return Figure(row["id"], **{name: row[name] for name in FIGURE_ATTRIBUTES}, words=row["text"], scope=scope)


def _notice(event: Mapping[str, Any]) -> Notice | None:
    return Notice(**{name: event[name] for name in NOTICE_ATTRIBUTES}) if event["action"] else None


def _words(event: Mapping[str, Any], mentions: list[dict[str, Any]]) -> str:
    """Return the words of a date with the few before it, from where the event states it or from nearest by."""
    start = event["span_start"]
    if not mentions:
        return ""
    nearest = min(mentions, key=lambda row: (abs(row["span_start"] - (start or 0)), row["span_start"]))
    beginning = re.split(r"[.;:!?()\n]", nearest["before"] or "")[-1]
    return " ".join([*beginning.split()[-_WORDS_BEFORE:], nearest["text"]])


def _fingerprint(event: Mapping[str, Any], figures: Iterable[Figure]) -> str:
    """Return what tells an event inside its article: its sentence and the words of its figures, else its type."""
    told = sorted(figure.words for figure in figures) or [event["type"]]
    parts = [" ".join(event["quote"].split()), *told]
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:16]
