"""The summary rows are what their view says, whatever happens to the rows that they are made of."""

from collections.abc import Callable

import pytest
from store_builders import NOW, article, event, extraction, machines, quantity, save, save_events

from rigwire.model import Article, Event, Extraction, Jurisdiction, Mention
from rigwire.store import Author, Store, change_event, forget_article, strike_event
from rigwire.store.origins import origin_of

LONG = " ".join(f"Sentence {n} tells of {n * 7} machines and {n * 3} sites in all." for n in range(30))


def copy(url: str, published: str) -> Article:
    return article(url=url, canonical_url=url, text=LONG, published=published)


def save_copy(store: Store, url: str, published: str) -> None:
    found = Extraction(copy(url, published), events=(event("order", machines(7)),))
    save(store, found.article, found)


def key(store: Store, kind: str) -> str:
    return str(store.rows("select key from events where type = ?", [kind])[0]["key"])


def edit(store: Store) -> None:
    edited = article(text="Now it is another story.", published="2023-05-04")
    save(store, edited, Extraction(edited, events=(event("fleet", machines(1)),)))


def add_earlier_copy(store: Store) -> None:
    save_copy(store, "https://one.example/a", "2023-05-09")
    save_copy(store, "https://two.example/a", "2023-05-08")


def rename(store: Store) -> None:
    store.db.execute("update companies set name = name || ' Group'")


CHANGES: list[Callable[[Store], object]] = [
    edit,
    add_earlier_copy,
    rename,
    lambda store: change_event(store, key(store, "fleet"), {"company": "Borealis", "date": "2022"}, Author(NOW)),
    lambda store: strike_event(store, key(store, "delivery"), Author(NOW)),
    lambda store: forget_article(store, "https://halcyon.example/news/1", NOW),
    lambda store: store.db.execute("update articles set published = '2020-01-01'"),
    lambda store: store.db.execute("update quantities set value = value + 1"),
    lambda store: store.db.execute("delete from events where type = 'fleet'"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_rows_follow_every_change(store: Store, change: Callable[[Store], object]) -> None:
    save(store, article(), extraction())
    save_events(store, 2, event("order", machines(5), quantity("money", 3, "USD", "$3"), company="Alpha"))
    change(store)
    rows = store.rows("select * from fact_rows order by quantity_id")
    assert rows == store.rows("select * from fact_sources order by quantity_id")
    assert rows
    joined = "events join articles on articles.id = article_id"
    assert store.rows(f"select * from {joined} where day is not coalesce(date_start, published_day)") == []


def test_copy_of_a_text_has_no_rows(store: Store) -> None:
    add_earlier_copy(store)
    assert store.rows("select published_day from fact_rows") == [{"published_day": "2023-05-08"}]


@pytest.mark.parametrize(
    ("sentence", "origin"),
    [
        ("It moved 500 miners from Iceland to Texas.", "IS"),
        ("It moved 500 miners out of its hall in Iceland.", "IS"),
        ("It moved 500 miners to Iceland.", None),
        ("Deliveries rose from 200 in Iceland.", None),
        ("It moved 500 miners from Norway to a site in Iceland.", None),
    ],
)
def test_origin_is_the_place_that_machines_leave(sentence: str, origin: str | None) -> None:
    start = sentence.index("Iceland")
    places = (Jurisdiction("IS", "Iceland", (Mention("Iceland", start, start + 7),)),)
    delivery: Event = event("delivery", start=0, end=len(sentence), jurisdiction="US-TX")
    assert origin_of(delivery, Extraction(article(text=sentence), jurisdictions=places)) == origin
    arrived = event("delivery", start=0, end=len(sentence), jurisdiction="IS")
    assert origin_of(arrived, Extraction(article(text=sentence), jurisdictions=places)) is None
