"""Saving articles: once each, edits as revisions, and nothing of an old extraction left behind."""

from datetime import timedelta

import pytest
from store_builders import (
    CHILDREN,
    NOW,
    TEXT,
    VERSION,
    article,
    company,
    counts,
    enqueue_one,
    event,
    extraction,
    item_states,
    machines,
    one,
    page,
    save,
    save_events,
)

from rigwire.model import (
    Extraction,
)
from rigwire.store import (
    Store,
    find_article,
)


def test_new_article_is_stored_with_all_that_it_states(store: Store) -> None:
    result = save(store, article(), extraction(), page=page())
    assert (result.outcome, result.events) == ("new", 3)
    assert counts(store, "articles", "pages", *CHILDREN) == {
        "articles": 1, "pages": 1, "mentions": 3, "dates": 1, "events": 3, "quantities": 3, "notices": 1,
        "article_companies": 2, "article_jurisdictions": 1,
    }  # fmt: skip
    (notice,) = store.rows("select * from notices")
    assert (notice["action"], notice["effective"], notice["effective_day"]) == (
        "curtail", "2023-05-10T09:00", "2023-05-10",
    )  # fmt: skip
    row = store.rows("select * from events where local_id = 'e3'")[0]
    assert (row["company_text"], row["counterparty_text"], row["jurisdiction"]) == (
        "Halcyon Rigs", "Landsnet", "IS",
    )  # fmt: skip
    assert (row["extractor_version"], row["run_id"]) == (VERSION, 1)


def test_spans_are_the_words_of_the_stored_text(store: Store) -> None:
    save(store, article(), extraction())
    wrong = """
        select found.text from {0} as found join articles on articles.id = found.article_id
        where substr(articles.text, span_start + 1, span_end - span_start) <> found.text
    """
    assert store.rows(wrong.format("mentions")) == []
    assert store.rows(wrong.format("dates")) == []
    assert store.rows(
        "select quantities.text from quantities join events on events.id = event_id"
        " join articles on articles.id = article_id"
        " where substr(articles.text, quantities.span_start + 1, quantities.span_end - quantities.span_start)"
        " <> quantities.text"
    ) == []  # fmt: skip


def test_same_article_again_adds_nothing(store: Store) -> None:
    first = save(store, article(), extraction(), page=page())
    before = counts(store, "articles", "article_revisions", "article_urls", "pages", *CHILDREN)
    again = save(store, article(), extraction(), page=page())
    assert (again.article_id, again.outcome, again.events) == (first.article_id, "unchanged", 0)
    assert counts(store, *before) == before


def test_edit_is_a_revision_and_replaces_the_extraction(store: Store) -> None:
    first = save(store, article(), extraction(), page=page())
    text = TEXT.replace("4,200", "5,200")
    rest = company("Halcyon Rigs", text=text)
    edited = article(text=text, title="Halcyon Rigs moves more", modified="2023-05-04")
    found = Extraction(edited, (rest,), (), (), (event("delivery", machines(5200), company="Halcyon Rigs"),))
    later = NOW + timedelta(hours=1)
    result = save(store, edited, found, page=page(body=b"<p>two</p>"), now=later)
    assert (result.article_id, result.outcome, result.events) == (first.article_id, "revised", 1)
    assert [row["value"] for row in store.rows("select value from quantities")] == [5200.0]
    assert counts(store, "notices", "dates", "article_jurisdictions") == {
        "notices": 0, "dates": 0, "article_jurisdictions": 0,
    }  # fmt: skip
    (old,) = store.rows("select * from article_revisions")
    assert (old["revision"], old["title"], old["text"]) == (1, "Halcyon Rigs moves north", TEXT)
    assert (old["changed_at"], old["replaced_at"]) == ("2023-05-04T12:30:00Z", "2023-05-04T13:30:00Z")
    (new,) = store.rows("select * from articles")
    assert (new["revision"], new["text"], new["first_seen"]) == (2, text, "2023-05-04T12:30:00Z")
    assert counts(store, "pages") == {"pages": 2}


def test_companies_that_no_article_names_any_more_are_dropped(store: Store) -> None:
    save(store, article(), extraction())
    save(store, article(text="All new words."), Extraction(article(text="All new words.")))
    assert store.rows("select name from companies union select alias from company_aliases") == []


def test_company_that_another_article_names_stays(store: Store) -> None:
    save(store, article(), extraction())
    save_events(store, 2, event("delivery", machines(9), company="Halcyon Rigs"))
    save(store, article(text="All new words."), None)
    assert [row["name"] for row in store.rows("select name from companies")] == ["Halcyon Rigs"]


@pytest.mark.parametrize(
    ("language", "state"),
    [("de", "skipped: language"), ("en", "pending"), ("en-GB", "pending"), (None, "pending")],
)
def test_article_without_extraction_says_why(store: Store, language: str | None, state: str) -> None:
    save(store, article(language=language), None)
    assert one(store, "select extracted from articles") == state


def test_pending_extraction_is_filled_in_with_spans_of_its_own_text(store: Store) -> None:
    """The words are the same but the white space isn't: the stored text has to be the extractor's."""
    save(store, article(text="\n" + TEXT.replace(" ", "  ")), None)
    result = save(store, article(), extraction())
    assert (result.outcome, result.events) == ("unchanged", 3)
    assert one(store, "select text from articles") == TEXT
    assert one(store, "select extracted || ' ' || extractor_version from articles") == f"done {VERSION}"


def test_facts_that_one_extractor_could_not_have_are_due_by_another(store: Store) -> None:
    save(store, article(), None, failure="took too long")
    known = find_article(store, article())
    assert known
    assert one(store, "select failure from articles") == "took too long"
    assert (known.lacks_facts(VERSION), known.lacks_facts("10.0")) == (False, True)
    save(store, article(), extraction())
    assert one(store, "select failure is null and failed_version is null from articles") == 1
    known = find_article(store, article())
    assert known
    assert not known.lacks_facts("10.0")


def test_names_with_one_ticker_are_one_company(store: Store) -> None:
    old = company("Halcyon Rigs", "other", ticker="HLCN", exchange="NASDAQ")
    new = Extraction(article(), (old,), (), (), (event("fleet", machines(10), company="Halcyon Rigs"),))
    save(store, article(), new)
    text = "Halcyon Digital runs 11 machines; Grid Nord doesn't."
    document = article(url="https://h.example/2", canonical_url="https://h.example/2", text=text)
    renamed = company("Halcyon Digital", "miner", text, ticker="HLCN", exchange="Nasdaq")
    stranger = company("Grid Nord", "utility", text, ticker="HLCN", exchange="LSE")
    events = (event("fleet", machines(11), company="Halcyon Digital"),)
    save(store, document, Extraction(document, (renamed, stranger), (), (), events))
    assert store.rows("select name, kind from companies order by name") == [
        {"name": "Grid Nord", "kind": "utility"},
        {"name": "Halcyon Digital", "kind": "miner"},
    ]
    assert [row["company"] for row in store.rows("select company from machine_counts")] == [
        "Halcyon Digital"
    ] * 2
    assert store.rows("select name from article_companies where article_id = 2 order by name") == [
        {"name": "Grid Nord"}, {"name": "Halcyon Digital"},
    ]  # fmt: skip


def test_name_differs_in_case_only_is_the_same_company(store: Store) -> None:
    save_events(store, 1, event("fleet", machines(10), company="Halcyon"))
    save_events(store, 2, event("fleet", machines(10), company="HALCYON"))
    assert counts(store, "companies") == {"companies": 1}


def test_unnamed_body_has_only_its_words(store: Store) -> None:
    document = article()
    unnamed = event("shutdown", company="two farms", counterparty="local authorities")
    save(store, document, Extraction(document, (), (), (), (unnamed,)))
    (row,) = store.rows("select company_id, company_text, counterparty_id, counterparty_text from events")
    assert list(row.values()) == [None, "two farms", None, "local authorities"]


def test_item_is_completed_with_its_article(store: Store) -> None:
    item_id = enqueue_one(store)
    result = save(store, article(), extraction(), source_id="halcyon", item_id=item_id)
    assert item_states(store) == {"done": 1}
    assert one(store, "select article_id from items") == result.article_id
    assert one(store, "select source_id from articles") == "halcyon"


def test_mentions_of_two_names_of_one_company_are_kept(store: Store) -> None:
    text = "Halcyon Digital, formerly Halcyon Rigs."
    document = article(text=text)
    names = ("Halcyon Digital", "Halcyon Rigs")
    both = tuple(company(name, text=text, ticker="HLCN", exchange="NYSE") for name in names)
    save(store, document, Extraction(document, both))
    assert counts(store, "companies", "article_companies", "mentions") == {
        "companies": 1, "article_companies": 2, "mentions": 2,
    }  # fmt: skip
