"""The named queries for articles and sources: each returns the rows that it should and not those that it should not."""

from datetime import timedelta

from query_builders import ask, column
from store_builders import NOW, article, event, extraction, page, save, save_events

from rigwire.store import (
    NewItem,
    Store,
    declare_sources,
    enqueue_items,
    fail_item,
    pending_items,
    save_feed_state,
)


def test_recent_changes_tell_new_from_edited(store: Store) -> None:
    save(store, article(), extraction(), now=NOW - timedelta(days=20))
    save(store, article(text="Other words.", title="New title"), None, now=NOW)
    save(store, article(url="u:2", canonical_url="u:2", text="Second."), None, now=NOW)
    save(store, article(url="u:3", canonical_url="u:3", text="Third."), None, now=NOW - timedelta(days=9))
    rows = ask(store, "recent-changes", since="2023-05-01")
    assert [(row["change"], row["title"], row["title_before"]) for row in rows] == [
        ("new", "Halcyon Rigs moves north", None), ("edited", "New title", "Halcyon Rigs moves north"),
    ]  # fmt: skip


def test_company_articles_count_what_they_say_of_it(store: Store) -> None:
    save(store, article(), extraction())
    save_events(store, 2, event("order", company="Beta"), published="2023-05-09")
    (row,) = ask(store, "company-articles", company="Halcyon")
    assert (row["mentions"], row["events"], row["title"]) == (1, 3, "Halcyon Rigs moves north")
    assert column(store, "company-articles", "events", company="landsnet") == [1]
    assert ask(store, "company-articles", company="nobody") == []


def test_figure_leads_back_to_its_words(store: Store) -> None:
    save(store, article(), extraction())
    (row,) = ask(store, "figure-source", company="Halcyon", value="4190")
    assert (row["words"], row["quote"][:12], row["url"]) == (
        "4,200 miners", "Halcyon Rigs", "https://halcyon.example/news/1",
    )  # fmt: skip
    assert article().text[row["span_start"] : row["span_end"]] == "4,200 miners"
    assert ask(store, "figure-source", company="Halcyon", value="4200", kind="hashrate") == []
    assert ask(store, "figure-source", company="Halcyon", value="4300") == []
    assert ask(store, "figure-source", company="Landsnet", value="4200") == []


def test_failing_sources(store: Store) -> None:
    names = ("good", "down", "broken", "gone")
    feeds = {name: f"https://{name}.example/rss" for name in names}
    declare_sources(store, [{"id": name, "name": name, "feeds": (feeds[name],)} for name in names], NOW)
    for name in names:
        failures = 3 if name in ("down", "gone") else 0
        save_feed_state(store, {"url": feeds[name], "source_id": name, "failures": failures})
    save(store, article(), None)
    enqueue_items(store, [NewItem("broken", feeds["broken"], "g", "https://broken.example/1")], 1, NOW)
    fail_item(store, pending_items(store, NOW)[0].id, "HTTP 410", NOW, permanent=True, page=page())
    declare_sources(store, [{"id": name, "name": name, "feeds": ()} for name in names[:3]], NOW)
    rows = ask(store, "failing-sources")
    assert [(row["source"], row["failures"], row["failed_articles"]) for row in rows] == [
        ("down", 3, 0), ("broken", 0, 1),
    ]  # fmt: skip
    assert column(store, "failing-sources", "source", failures="4") == ["broken"]
