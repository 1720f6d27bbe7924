"""Keeping a database: checked, copied while others write, articles and sources forgotten wholly."""

import multiprocessing
import multiprocessing.synchronize
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from store_builders import (
    CHILDREN,
    NOW,
    TEXT,
    article,
    counts,
    enqueue_one,
    event,
    extraction,
    machines,
    page,
    save,
    save_events,
)

from rigwire.errors import UsageError
from rigwire.model import Article, Extraction
from rigwire.store import (
    Author,
    NewItem,
    Store,
    back_up,
    begin_run,
    change_event,
    check_database,
    drop_if_forgotten,
    drop_old_pages,
    enqueue_items,
    forget_article,
    forget_source,
    open_database,
    repair_database,
    run_query,
    search_articles,
)

URL = "https://halcyon.example/news/1"


def found(store: Store) -> dict[str, str]:
    """Return the problems that a check finds, by its name."""
    return {finding.check: finding.problem for _, findings in check_database(store) for finding in findings}


def test_sound_database_has_nothing_to_report(store: Store) -> None:
    save(store, article(), extraction(), page=page())
    assert [name for name, _ in check_database(store)] == [
        "integrity", "references", "offsets", "full-text index", "corrections",
    ]  # fmt: skip
    assert found(store) == {}


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("update quantities set span_start = span_start + 1 where text = '0.61 EH/s'", "offsets"),
        ("update mentions set text = 'Another' where span_start = 0", "offsets"),
        ("update events set quote = 'Not this.' where span_start = 0", "offsets"),
        ("delete from companies where name = 'Landsnet'", "references"),
        ("insert into articles_fts (articles_fts) values ('delete-all')", "full-text index"),
    ],
)
def test_damage_is_found_and_its_cure_named(store: Store, damage: str, check: str) -> None:
    save(store, article(), extraction())
    store.db.execute("pragma foreign_keys = off")
    store.db.execute(damage)
    assert list(found(store)) == [check]


def test_torn_page_of_the_file_is_found(store: Store) -> None:
    for number in range(40):
        save_events(store, number, event("order", machines(number + 1)))
    store.db.execute("pragma wal_checkpoint(truncate)")
    (row,) = store.rows("select rootpage from sqlite_master where name = 'events_type'")
    store.close()
    with store.path.open("r+b") as file:
        file.seek((row["rootpage"] - 1) * 4096 + 40)
        file.write(b"\xff" * 400)
    with open_database(store.path) as again:
        assert "integrity" in found(again)


def test_index_is_made_anew(store: Store) -> None:
    save(store, article(), extraction())
    store.db.execute("insert into articles_fts (articles_fts) values ('delete-all')")
    assert search_articles(store, "Iceland") == []
    repair_database(store)
    assert len(search_articles(store, "Iceland")) == 1
    assert found(store) == {}


def test_correction_without_words_is_reported(store: Store) -> None:
    save(store, article(), extraction())
    (row,) = store.rows("select key from events where type = 'delivery'")
    change_event(store, row["key"], {"company": "Borealis"}, Author(NOW))
    rewritten = article(text="Quite another text.")
    save(store, rewritten, Extraction(rewritten))
    assert "corrections" in found(store)


def _write(path: Path, stop: multiprocessing.synchronize.Event) -> None:
    """Store articles of two events each until told to stop."""
    with open_database(path, timeout=60) as store:
        number = 0
        while not stop.is_set():
            number += 1
            save_events(store, number, event("order"), event("site"))


def test_copy_is_whole_while_another_process_writes(store: Store, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=_write, args=(store.path, stop))
    writer.start()
    try:
        copies = [tmp_path / f"copy{number}.db" for number in range(6)]
        with open_database(store.path, readonly=True) as reader:
            while not reader.rows("select 1 from events limit 1"):
                pass
            for copy in copies:
                back_up(reader, copy)
    finally:
        stop.set()
        writer.join()
    assert writer.exitcode == 0
    for copy in copies:
        with open_database(copy) as opened:
            assert found(opened) == {}
            held = counts(opened, "articles", "events")
            assert held["events"] == 2 * held["articles"] > 0


def test_copy_is_one_file_and_replaces_only_when_told(store: Store, tmp_path: Path) -> None:
    save(store, article(), extraction())
    target = tmp_path / "sub" / "copy.db"
    with pytest.raises(UsageError, match="no file can be made there"):
        back_up(store, target)
    target.parent.mkdir()
    back_up(store, target)
    with pytest.raises(UsageError, match="give --overwrite"):
        back_up(store, target)
    save_events(store, 2, event("order"))
    back_up(store, target, overwrite=True)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    connection = sqlite3.connect(target)
    assert connection.execute("select count(*) from articles").fetchone() == (2,)
    connection.close()
    with pytest.raises(UsageError, match=r"exists; name another file$"):
        back_up(store, store.path, overwrite=True)


def test_forgotten_article_leaves_no_row_and_no_word_in_the_file(store: Store) -> None:
    item = enqueue_one(store)
    save(store, article(), extraction(), page=page(body=b"<p>raw page</p>"), source_id="halcyon", item_id=item)
    edited = article(text=f"{TEXT} And xylophones.")
    save(store, edited, extraction(edited), page=page(body=b"<p>newer page</p>"), source_id="halcyon")
    (row,) = store.rows("select key from events where type = 'delivery'")
    change_event(store, row["key"], {"company": "Borealis"}, Author(NOW))
    gone = forget_article(store, URL, NOW)
    assert (gone.articles, gone.events, gone.pages) == (1, 3, 2)
    tables = (
        *CHILDREN, "articles", "article_revisions", "article_urls", "items", "pages", "corrections", "uncorrected",
        "story_rows", "story_members", "story_blocks", "story_queue", "companies",
    )  # fmt: skip
    assert counts(store, *tables) == dict.fromkeys(tables, 0)
    assert search_articles(store, "xylophones") == []
    assert found(store) == {}
    store.close()
    held = b"".join(file.read_bytes() for file in store.path.parent.glob("test.db*"))
    assert not [word for word in (b"xylophone", b"Halcyon Rigs", b"news/1", b"Borealis") if word in held]


def test_forgotten_article_stays_away_and_others_are_untouched(store: Store) -> None:
    item = enqueue_one(store)
    save(store, article(), extraction(), page=page(), item_id=item)
    other = save_events(store, 2, event("order", machines(5), company="Halcyon Rigs"))
    before = store.rows("select * from facts where article_id = ?", [other])
    forget_article(store, URL, NOW)
    again = NewItem("halcyon", "https://halcyon.example/rss", "g1", URL)
    by_another_link = NewItem("halcyon", "https://halcyon.example/rss", "g2", f"{URL}?from=mail")
    result = enqueue_items(store, [again, by_another_link], begin_run(store, "run", "1", NOW), NOW)
    assert (result.known, result.new) == (1, 1)
    (waiting,) = store.rows("select id from items")
    assert drop_if_forgotten(store, article(), page(f"{URL}?from=mail"), waiting["id"])
    assert not drop_if_forgotten(store, article(url="u:1", canonical_url="u:1"), page("u:1"), 0)
    assert store.rows("select * from items") == []
    assert store.rows("select * from facts where article_id = ?", [other]) == before


def test_copy_of_a_forgotten_article_takes_its_place(store: Store) -> None:
    text = " ".join(f"Sentence {n} tells of {n * 7} machines and {n * 3} sites in all." for n in range(30))

    def at(url: str) -> Article:
        return article(url=url, canonical_url=url, text=text)

    for url in ("https://one.example/a", "https://two.example/a"):
        save(store, at(url), Extraction(at(url), events=(event("order", machines(7)),)))
    sql = "select url from machine_counts"
    assert store.rows(sql) == [{"url": "https://one.example/a"}]
    forget_article(store, "https://one.example/a", NOW)
    assert store.rows(sql) == [{"url": "https://two.example/a"}]


def test_forgotten_source_goes_with_all_that_it_gave(store: Store) -> None:
    item = enqueue_one(store)
    save(store, article(), extraction(), page=page(), source_id="halcyon", item_id=item)
    waiting = NewItem("halcyon", "https://halcyon.example/rss", "g9", "https://halcyon.example/news/9")
    enqueue_items(store, [waiting], 1, NOW)
    other = save_events(store, 2, event("order"))
    assert forget_source(store, "halcyon", NOW).articles == 1
    assert counts(store, "sources", "items", "pages") == {"sources": 0, "items": 0, "pages": 0}
    assert store.rows("select id from articles") == [{"id": other}]
    with pytest.raises(UsageError, match="no source with the id"):
        forget_source(store, "halcyon", NOW)
    with pytest.raises(UsageError, match="no article with the URL"):
        forget_article(store, URL, NOW)


def test_pages_are_kept_as_long_as_the_setting_says(store: Store) -> None:
    save(store, article(), extraction(), page=page())
    save(store, article(url="u:2", canonical_url="u:2"), None, page=page("u:2", fetched_at=NOW - timedelta(days=40)))
    assert drop_old_pages(store, 30, NOW) == 1
    assert [row[0] for row in run_query(store, "select url from pages").rows] == [URL]
    assert counts(store, "articles", "events") == {"articles": 2, "events": 3}
