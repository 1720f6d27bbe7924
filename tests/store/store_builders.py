"""Values for the tests of the store: an invented article and what it states."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from rigwire.model import (
    Article,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Page,
    Quantity,
)
from rigwire.store import (
    NewItem,
    SaveResult,
    Store,
    begin_run,
    declare_sources,
    enqueue_items,
    pending_items,
    save_article,
)

NOW = datetime(2023, 5, 4, 12, 30, tzinfo=UTC)
VERSION = "9.9.9"
TEXT = (
    "Halcyon Rigs has shipped 4,200 miners to Iceland, it said on 2 May 2023. The fleet in Reykjanesbær runs "
    "at 0.61 EH/s.\n\nLandsnet told the company on Monday that it will curtail 35 MW from 9 a.m. on 10 May."
)


def article(**changes: Any) -> Article:
    """An article of the site halcyon.example, with the given changes."""
    base = Article(
        id="a1",
        source="https://halcyon.example/news/1",
        url="https://halcyon.example/news/1",
        canonical_url="https://halcyon.example/news/1",
        site="Halcyon News",
        title="Halcyon Rigs moves north",
        authors=("Ada Brink",),
        published="2023-05-03T08:00:00+00:00",
        modified=None,
        language="en",
        text=TEXT,
        origins={"published": "json-ld"},
    )
    return replace(base, **changes)


def page(url: str = "https://halcyon.example/news/1", body: bytes = b"<p>one</p>", **changes: Any) -> Page:
    """A page as it came from the site."""
    base = Page(url, url, 200, {"content-type": "text/html", "etag": '"v1"'}, body, NOW)
    return replace(base, **changes)


def mention(words: str, text: str = TEXT) -> Mention:
    """The first place where the words stand."""
    start = text.index(words)
    return Mention(words, start, start + len(words))


def company(name: str, kind: str = "miner", text: str = TEXT, **changes: Any) -> Company:
    """A company that the text names, mentioned once where it does."""
    mentions = (mention(name, text),) if name in text else ()
    return replace(Company(name, None, None, kind, mentions), **changes)


def place(code: str, name: str) -> Jurisdiction:
    """A jurisdiction that only the title names."""
    return Jurisdiction(code, name, ())


def quantity(kind: str, value: float, unit: str, words: str, **changes: Any) -> Quantity:
    """An exact value whose words stand nowhere in the text, unless the changes say where."""
    return replace(
        Quantity(kind, value, unit, None, None, "exact", None, None, None, words, None, None), **changes
    )


def machines(value: float, **changes: Any) -> Quantity:
    """A count of machines."""
    return quantity("machines", value, "machines", f"{value:,.0f} machines", **changes)


def event(kind: str, *quantities: Quantity, **changes: Any) -> Event:
    """An actual event without names; its id has to differ from the others of an article."""
    base = Event(
        id="e1",
        type=kind,
        status="actual",
        company=None,
        counterparty=None,
        jurisdiction=None,
        site=None,
        date=None,
        quantities=quantities,
        notice=None,
        confidence=0.8,
        quote="As the article has it.",
        start=None,
        end=None,
    )
    return replace(base, **changes)


def extraction(of: Article | None = None) -> Extraction:
    """What the invented article states: a delivery, a level and a power notice."""
    of = of or article()
    miner, grid, island = company("Halcyon Rigs"), company("Landsnet", "utility"), mention("Iceland")
    words, rate, load = mention("4,200 miners"), mention("0.61 EH/s"), mention("35 MW")
    notice = Notice("curtail", "Landsnet", "the company", "2023-05-01", "2023-05-10T09:00", None)
    return Extraction(
        of,
        (miner, grid),
        (Jurisdiction("IS", "Iceland", (island,)),),
        (DateMention("2023-05-02", "day", *_span("2 May 2023")),),
        (
            event(
                "delivery",
                quantity("machines", 4200, "machines", words.text, start=words.start, end=words.end),
                company="Halcyon Rigs", jurisdiction="IS", date="2023-05-02",
                start=0, end=72, quote=TEXT[:72],
            ),
            event(
                "fleet",
                quantity("hashrate", 610, "PH/s", rate.text, start=rate.start, end=rate.end),
                id="e2", company="Halcyon Rigs", jurisdiction="IS",
            ),
            event(
                "power_notice",
                quantity("power", 35, "MW", load.text, start=load.start, end=load.end),
                id="e3", status="planned", company="Halcyon Rigs", counterparty="Landsnet", jurisdiction="IS",
                date="2023-05-10T09:00", notice=notice,
            ),
        ),
    )  # fmt: skip


def _span(words: str) -> tuple[str, int, int]:
    found = mention(words)
    return found.text, found.start, found.end


def save(store: Store, document: Article, found: Extraction | None, **changes: Any) -> SaveResult:
    """Save a document in a run of its own."""
    values: dict[str, Any] = {
        "page": None,
        "source_id": None,
        "run_id": begin_run(store, "run", "0.1.0", NOW),
        "now": NOW,
        "extractor_version": VERSION,
    }
    return save_article(store, article=document, extraction=found, **values | changes)


def save_events(store: Store, number: int, *events: Event, published: str = "2023-05-03") -> int:
    """Save an article of its own with these events; the names and places in them are declared for it."""
    url, title = f"https://halcyon.example/story/{number}", f"Story {number}"
    document = article(id=str(number), url=url, canonical_url=url, title=title, text=title, published=published)
    names = {name for item in events for name in (item.company, item.counterparty) if name}
    codes = {item.jurisdiction for item in events if item.jurisdiction}
    found = Extraction(
        document,
        tuple(company(name, text=title) for name in sorted(names)),
        tuple(place(code, f"Place {code}") for code in sorted(codes)),
        (),
        tuple(replace(item, id=f"e{n}") for n, item in enumerate(events, 1)),
    )
    return save(store, document, found).article_id


CHILDREN = (
    "mentions",
    "dates",
    "events",
    "quantities",
    "notices",
    "article_companies",
    "article_jurisdictions",
)


def counts(store: Store, *tables: str) -> dict[str, int]:
    """Return the number of rows of each table."""
    return {table: store.db.table(table).count for table in tables}


def item_states(store: Store) -> dict[str, int]:
    """How many items are in each state that any is in."""
    return {row["state"]: row["n"] for row in store.rows("select state, count(*) as n from items group by state")}


def one(store: Store, sql: str, *parameters: Any) -> Any:
    """Return the only value of a query with one row and one column."""
    (row,) = store.rows(sql, parameters)
    (value,) = row.values()
    return value


def enqueue_one(store: Store) -> int:
    """Declare the source `halcyon` and put its article into the queue; return the id of the item."""
    declare_sources(
        store, [{"id": "halcyon", "name": "Halcyon News", "feeds": ("https://halcyon.example/rss",)}], NOW
    )
    item = NewItem("halcyon", "https://halcyon.example/rss", "g1", "https://halcyon.example/news/1")
    enqueue_items(store, [item], begin_run(store, "run", "0.1.0", NOW), NOW)
    return pending_items(store, NOW)[0].id
