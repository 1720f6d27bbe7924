"""Several processes at once, and processes that are killed."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from store_builders import NOW, VERSION, article, counts, enqueue_one, extraction, item_states, page, save

from rigwire.store import Store, begin_run, open_database, save_article

ARTICLES = 15


def _write_all(path: Path, offset: int) -> None:
    """Save the same articles as the other processes, starting elsewhere."""
    with open_database(path, timeout=60) as store:
        for step in range(ARTICLES):
            number = (offset + step) % ARTICLES
            url = f"https://halcyon.example/{number}"
            document = article(url=url, canonical_url=url, title=f"Story {number}")
            save(store, document, extraction(document), page=page(url))


def test_three_writers_store_each_article_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_all, args=(path, offset)) for offset in (0, 5, 10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with open_database(path, readonly=True) as store:
        assert counts(store, "articles", "events", "article_revisions", "companies") == {
            "articles": ARTICLES, "events": 3 * ARTICLES, "article_revisions": 0, "companies": 2,
        }  # fmt: skip
        assert store.rows("pragma integrity_check") == [{"integrity_check": "ok"}]
        assert store.rows("pragma foreign_key_check") == []


def _die_after(path: Path, statements: int) -> None:
    """Save an article of the queue, but be killed by the system after some statements."""
    with open_database(path) as store:
        left = statements

        def count(_sql: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        store.db.conn.set_trace_callback(count)
        _save_queued(store)


def _save_queued(store: Store) -> None:
    save_article(
        store, page=page(), article=article(), extraction=extraction(), source_id="halcyon", run_id=1,
        now=NOW, extractor_version=VERSION, item_id=1,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("statements", [1, 2, 8, 20, 30, 40])
def test_killed_writer_leaves_all_or_nothing(tmp_path: Path, statements: int) -> None:
    path = tmp_path / "a.db"
    with open_database(path) as store:
        enqueue_one(store)
    worker = multiprocessing.get_context("spawn").Process(target=_die_after, args=(path, statements))
    worker.start()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    with open_database(path) as store:
        assert item_states(store) == {"pending": 1}
        empty = dict.fromkeys(("articles", "pages", "companies", "events", "article_urls"), 0)
        assert counts(store, *empty) == empty
        _save_queued(store)
        assert item_states(store) == {"done": 1}
        assert begin_run(store, "run", "1", NOW) == 2
