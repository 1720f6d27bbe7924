"""A seeded database of any size: articles with events, figures, notices and stories, distributed like the news.

    python benchmarks/generate.py FILE --articles 100000 --figures 1000000

The same seed gives the same rows. They are written straight into the tables, in the order of foreign keys; the
triggers of the schema keep index and summaries, as they do for a run.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path
from typing import Any

import pycountry

from rigwire.model import ACTIONS, EVENT_TYPES, KINDS, UNITS
from rigwire.store import Store, open_database

LAST_DAY = date(2026, 6, 30)
DAYS = 2_000
COMPANIES = 600
SOURCES = 40
STAMP = "2026-06-30T12:00:00Z"
# How often a type of event is told, and which kinds of figures it carries.
_WEIGHTS = dict(zip(EVENT_TYPES, (5, 6, 8, 18, 3, 6, 5, 8, 7, 5, 3, 8, 2, 7, 3, 2, 1, 3), strict=True))
_UNITS = UNITS | {"money": "USD", "coins": "BTC", "energy_price": "USD/kWh"}
_CARRIES = {
    "order": ("machines", "hashrate", "money"), "delivery": ("machines", "hashrate"), "production": ("coins",),
    "treasury": ("coins", "money"), "financing": ("money",), "acquisition": ("money",), "sale": ("coins", "money"),
    "results": ("money", "share", "energy_price"), "network": ("hashrate", "share"),
}  # fmt: skip
_STATUSES = ("actual", "actual", "actual", "planned", "planned", "proposed", "cancelled")
_WORDS = "power machines site hall grid load contract fleet quarter rack turbine permit county miner tariff".split()


def fill(store: Store, articles: int, figures: int, seed: int = 7) -> None:
    """Fill an empty database with so many articles and figures."""
    maker = _Maker(random.Random(seed), articles, figures)
    connection = store.db.conn
    for setting in ("journal_mode = off", "synchronous = off", "cache_size = -400000"):
        connection.execute(f"pragma {setting}")
    connection.execute("begin")
    for table, rows in maker.tables():
        first = next(rows, None)
        if first is not None:
            marks = ", ".join("?" * len(first))
            sql = f"insert into {table} ({', '.join(first)}) values ({marks})"
            connection.execute(sql, list(first.values()))
            connection.executemany(sql, (list(row.values()) for row in rows))
    connection.execute("delete from story_queue")
    connection.execute("commit")
    connection.execute("analyze")


class _Maker:
    """The rows of each table, drawn from one random source."""

    def __init__(self, chance: random.Random, articles: int, figures: int) -> None:
        self._chance = chance
        self._articles = articles
        self._figures = figures
        self._places = [c.alpha_2 for c in pycountry.countries][:90]
        self._places += sorted(s.code for s in pycountry.subdivisions.get(country_code="US"))
        self._days = [LAST_DAY - timedelta(days=int(DAYS * chance.random() ** 1.5)) for _ in range(articles)]
        self._firms = range(1, COMPANIES + 1)
        self._fame = list(accumulate(1 / n**0.8 for n in self._firms))
        self._events: list[dict[str, Any]] = []
        self._counts: list[int] = []  # the figures of each event

    def tables(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Yield each table with its rows, those that others point to first."""
        self._draw()
        yield "runs", iter([{"id": 1, "command": "run", "version": "0", "started": STAMP}])
        yield "sources", (
            {"id": f"s{n}", "name": f"Outlet {n}", "declared_at": STAMP} for n in range(SOURCES)
        )
        yield "jurisdictions", ({"code": c, "name": f"Place {c}", "country": c[:2]} for c in self._places)
        yield "companies", (
            {"id": n, "name": _company(n), "ticker": f"T{n}", "kind": "miner"} for n in range(1, COMPANIES + 1)
        )
        yield "company_aliases", ({"alias": _company(n), "company_id": n} for n in range(1, COMPANIES + 1))
        yield "articles", self._article_rows()
        yield "events", iter(self._events)
        yield "article_companies", self._links()
        yield "quantities", self._quantities()
        yield "notices", self._notices()
        yield from self._stories()

    def _article_rows(self) -> Iterator[dict[str, Any]]:
        for number, day in enumerate(self._days, start=1):
            words = " ".join(self._chance.choices(_WORDS, k=60))
            url = f"https://outlet{number % SOURCES}.example/{number}"
            yield {
                "id": number, "canonical_url": url, "url": url, "document_id": url, "source_id": f"s{number % SOURCES}",
                "title": f"Story {number}", "published": day.isoformat(), "language": "en", "kind": "article",
                "text": words, "text_hash": str(number), "first_seen": f"{day}T12:00:00Z",
                "changed_at": f"{day}T12:00:00Z", "run_id": 1, "extracted": "done", "extractor_version": "0",
            }  # fmt: skip

    def _draw(self) -> None:
        """Draw events until there are enough figures; each article has some."""
        drawn = 0
        for article in range(1, self._articles + 1):
            target = article * self._figures // self._articles
            while drawn < target:
                some = min(target - drawn, self._chance.choice((1, 2, 2, 3, 3, 4, 5)))
                self._events.append(self._event(len(self._events) + 1, article))
                self._counts.append(some)
                drawn += some

    def _event(self, number: int, article: int) -> dict[str, Any]:
        chance = self._chance
        kind = chance.choices(EVENT_TYPES, list(_WEIGHTS.values()))[0]
        firm = chance.choices(self._firms, cum_weights=self._fame)[0] if kind not in ("network", "regulation") else None
        other = chance.randint(1, COMPANIES) if chance.random() < 0.3 else None
        published = self._days[article - 1]
        day = (published + timedelta(days=chance.randint(-60, 60))).isoformat()
        dated = chance.random() < 0.6
        return {
            "id": number, "article_id": article, "local_id": f"e{number}", "key": f"{number:016x}", "type": kind,
            "status": chance.choice(_STATUSES), "company_id": firm, "company_text": _company(firm) if firm else None,
            "counterparty_id": other, "counterparty_text": _company(other) if other else None,
            "jurisdiction": chance.choice(self._places) if chance.random() < 0.7 else None,
            "date": day if dated else None, "date_start": day if dated else None, "date_end": day if dated else None,
            "day": day if dated else published.isoformat(),
            "confidence": round(chance.random(), 2),
            "quote": " ".join(chance.choices(_WORDS, k=18)),
            "origin": chance.choice(self._places) if kind == "delivery" and chance.random() < 0.5 else None,
            "extractor_version": "0", "run_id": 1,
        }  # fmt: skip

    def _quantities(self) -> Iterator[dict[str, Any]]:
        numbers = count(1)
        for event, some in zip(self._events, self._counts, strict=True):
            kinds = _CARRIES.get(event["type"], ("machines", "hashrate", "power", *KINDS))
            for _ in range(some):
                kind = self._chance.choice(kinds)
                value = float(round(self._chance.lognormvariate(6, 2), 1))
                yield {
                    "id": next(numbers), "event_id": event["id"], "kind": kind, "value": value, "unit": _UNITS[kind],
                    "qualifier": "exact", "currency": "USD" if kind == "money" else None,
                    "model": f"S{self._chance.randint(17, 23)}" if kind == "machines" and value > 900 else None,
                    "text": f"{value:,g}",
                }  # fmt: skip

    def _links(self) -> Iterator[dict[str, Any]]:
        pairs = {(e["article_id"], e["company_id"]) for e in self._events if e["company_id"]}
        return ({"article_id": a, "company_id": c, "name": _company(c)} for a, c in sorted(pairs))

    def _notices(self) -> Iterator[dict[str, Any]]:
        for event in self._events:
            if event["type"] == "power_notice":
                day = self._days[event["article_id"] - 1] + timedelta(days=self._chance.randint(0, 40))
                until = day + timedelta(days=90) if self._chance.random() < 0.9 else None
                yield {
                    "event_id": event["id"], "action": self._chance.choice(ACTIONS), "issuer": "a utility",
                    "effective": str(day), "effective_day": str(day), "until": until and str(until),
                    "until_day": until and str(until),
                }  # fmt: skip

    def _stories(self) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
        """Yield stories of one to four events each, with the figures of the first."""
        groups: list[list[dict[str, Any]]] = []
        for event in self._events:
            if groups and len(groups[-1]) < 4 and self._chance.random() < 0.3:
                groups[-1].append(event)
            else:
                groups.append([event])
        yield "story_rows", (self._story(n, group) for n, group in enumerate(groups, start=1))
        yield "story_members", (
            {"event_id": e["id"], "story_id": n, "neighbourhood": n, "anchor": e["key"]}
            for n, group in enumerate(groups, start=1) for e in group
        )  # fmt: skip
        ends = list(accumulate(self._counts))
        yield "story_figures", (
            {"quantity_id": quantity + 1, "story_id": n, "sources": 1}
            for n, group in enumerate(groups, start=1)
            for quantity in range(ends[group[0]["id"] - 1] - self._counts[group[0]["id"] - 1], ends[group[0]["id"] - 1])
        )
        yield "story_conflicts", (
            {
                "story_id": n, "slot": "machines", "value": "1", "other": "2", "number": 1.0, "other_number": 2.0,
                "difference": round(self._chance.random(), 3), "sources": 1, "other_sources": 1,
            }
            for n, group in enumerate(groups, start=1) if len(group) > 2
        )  # fmt: skip

    def _story(self, number: int, group: Sequence[dict[str, Any]]) -> dict[str, Any]:
        lead, day = group[0], self._days[group[0]["article_id"] - 1]
        last = max(self._days[event["article_id"] - 1] for event in group)
        names = ("type", "status", "company_id", "counterparty_id", "jurisdiction", "date", "date_start", "date_end")
        return {name: lead[name] for name in names} | {
            "id": number, "lead_event_id": lead["id"], "company": lead["company_text"], "first_reported": str(day),
            "last_reported": str(last), "reports": len(group), "articles": len(group), "sources": len(group),
            "disagreements": int(len(group) > 2),
        }  # fmt: skip


def _company(number: int) -> str:
    return f"Company {number:03}"


def main() -> None:
    """Make the database that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a seeded database for measurements.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    if asked.file.exists():
        parser.error(f"{asked.file} exists")
    with open_database(asked.file) as store:
        fill(store, asked.articles, asked.figures, asked.seed)


if __name__ == "__main__":
    main()
