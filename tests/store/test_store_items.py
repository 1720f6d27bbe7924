"""The work queue: what is new, what waits, what is tried again and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from store_builders import NOW, article, enqueue_one, item_states, page, save

from rigwire.store import (
    EnqueueResult,
    NewItem,
    Store,
    begin_run,
    complete_item,
    declare_sources,
    delay_item,
    doubt_item,
    enqueue_items,
    fail_item,
    last_page,
    open_database,
    pending_items,
    retry_failed_items,
)
from rigwire.store.items import MAX_ATTEMPTS, MAX_DOUBTS

FEED = "https://halcyon.example/rss"
OTHER_FEED = "https://aggregator.example/atom"


@pytest.fixture
def queue(store: Store) -> Store:
    """A database with a source and a run."""
    declare_sources(store, [{"id": "halcyon", "name": "Halcyon", "feeds": (FEED,)}], NOW)
    begin_run(store, "run", "1", NOW)
    return store


def item(number: int, feed: str = FEED, **changes: str) -> NewItem:
    """An item of a feed."""
    values = {"guid": f"g{number}", "url": f"https://halcyon.example/{number}", "fingerprint": "v1"} | changes
    return NewItem("halcyon", feed, authors=("Ada Brink", "Bo Lind"), **values)  # type: ignore[arg-type]


def enqueue(store: Store, items: Sequence[NewItem], now: datetime = NOW) -> EnqueueResult:
    """Enqueue in the run of the fixture."""
    return enqueue_items(store, items, 1, now)


def urls(store: Store, now: datetime = NOW, *, force: bool = False) -> list[str]:
    """The last part of the URLs that are due."""
    return [waiting.url.rpartition("/")[2] for waiting in pending_items(store, now, force=force)]


def test_new_changed_and_known_items_are_told_apart(queue: Store) -> None:
    assert enqueue(queue, [item(1), item(2)]) == EnqueueResult(new=2, changed=0, known=0)
    for waiting in pending_items(queue, NOW):
        complete_item(queue, waiting.id, None, NOW)
    again = [item(1), item(2, fingerprint="v2"), item(3)]
    assert enqueue(queue, again) == EnqueueResult(new=1, changed=1, known=1)
    assert urls(queue) == ["2", "3"]
    assert enqueue(queue, again) == EnqueueResult(new=0, changed=0, known=3)


def test_item_comes_back_with_what_the_feed_said(queue: Store) -> None:
    enqueue(queue, [item(1, title="One", published="2023-05-03", summary="Short.")])
    (waiting,) = pending_items(queue, NOW)
    assert (waiting.title, waiting.published, waiting.summary) == ("One", "2023-05-03", "Short.")
    assert (waiting.authors, waiting.attempts, waiting.next_attempt) == (("Ada Brink", "Bo Lind"), 0, NOW)


def test_item_under_a_new_address_is_changed(queue: Store) -> None:
    enqueue(queue, [item(1)])
    assert enqueue(queue, [item(1, url="https://halcyon.example/moved")]).changed == 1
    assert urls(queue) == ["moved"]


def test_url_in_two_feeds_is_fetched_once(queue: Store) -> None:
    enqueue(queue, [item(1)])
    enqueue(queue, [item(1, OTHER_FEED, guid="elsewhere")])
    (waiting,) = pending_items(queue, NOW)
    saved = save(queue, article(), None, item_id=waiting.id)
    assert item_states(queue) == {"done": 2}
    assert queue.rows("select distinct article_id from items") == [{"article_id": saved.article_id}]


def test_url_that_another_feed_brought_before_is_not_fetched_again(queue: Store) -> None:
    enqueue(queue, [item(1)])
    saved = save(queue, article(), None, item_id=pending_items(queue, NOW)[0].id)
    assert enqueue(queue, [item(1, OTHER_FEED)]) == EnqueueResult(new=0, changed=0, known=1)
    assert pending_items(queue, NOW) == []
    assert queue.rows("select article_id from items where feed_url = ?", [OTHER_FEED]) == [
        {"article_id": saved.article_id}
    ]


def test_completing_without_article_keeps_the_one_that_it_had(queue: Store) -> None:
    """So it is when the page of a changed item turns out to be not modified."""
    enqueue(queue, [item(1)])
    saved = save(queue, article(), None, item_id=pending_items(queue, NOW)[0].id)
    enqueue(queue, [item(1, fingerprint="v2")])
    (waiting,) = pending_items(queue, NOW)
    assert waiting.article_id == saved.article_id
    complete_item(queue, waiting.id, None, NOW)
    assert queue.rows("select state, article_id from items") == [
        {"state": "done", "article_id": saved.article_id}
    ]


def test_failure_waits_longer_each_time_and_never_gives_up(queue: Store) -> None:
    enqueue(queue, [item(1), item(1, OTHER_FEED)])
    now, pauses = NOW, []
    for _ in range(13):
        fail_item(queue, pending_items(queue, now)[0].id, "HTTP 503", now)
        (waiting,) = pending_items(queue, now, force=True)
        pauses.append(waiting.next_attempt - now)
        assert pending_items(queue, waiting.next_attempt - timedelta(seconds=1)) == []
        now = waiting.next_attempt
    assert pauses == [timedelta(minutes=15) * 2**n for n in range(10)] + [timedelta(days=7)] * 3
    assert item_states(queue) == {"pending": 2}


def test_a_page_of_the_past_is_given_up_after_some_attempts(queue: Store) -> None:
    enqueue(queue, [replace(item(1), is_backfill=True)])
    for attempt in range(MAX_ATTEMPTS):
        (waiting,) = pending_items(queue, NOW, force=True, backfill="halcyon")
        assert waiting.attempts == attempt
        fail_item(queue, waiting.id, "HTTP 404", NOW)
    assert item_states(queue) == {"failed": 1}


def test_a_host_that_asks_to_wait_is_heard_but_not_for_ever(queue: Store) -> None:
    enqueue(queue, [item(1), item(2)])
    first, second = pending_items(queue, NOW)
    fail_item(queue, first.id, "HTTP 429", NOW, retry_after=7_200)
    delay_item(queue, second.id, 9_999_999, NOW)
    waits = {row.url: (row.next_attempt - NOW, row.attempts) for row in pending_items(queue, NOW, force=True)}
    assert waits == {first.url: (timedelta(hours=2), 1), second.url: (timedelta(days=1), 0)}


def test_a_page_in_doubt_is_looked_at_again_some_times(queue: Store) -> None:
    enqueue(queue, [item(1)])
    now, looks = NOW, 0
    while waiting := pending_items(queue, now):
        complete_item(queue, waiting[0].id, None, now)
        doubt_item(queue, waiting[0].id, now)
        looks, now = looks + 1, now + timedelta(days=1)
    assert looks == 1 + MAX_DOUBTS
    assert item_states(queue) == {"done": 1}


def test_permanent_failure_waits_for_a_change_in_the_feed(queue: Store) -> None:
    enqueue(queue, [item(1)])
    fail_item(queue, pending_items(queue, NOW)[0].id, "HTTP 404", NOW, permanent=True)
    assert enqueue(queue, [item(1)]).known == 1
    assert urls(queue, force=True) == []
    assert enqueue(queue, [item(1, fingerprint="v2")]).changed == 1
    (waiting,) = pending_items(queue, NOW)
    assert (waiting.attempts, waiting.error) == (0, None)


def test_page_that_could_not_be_read_is_kept(queue: Store) -> None:
    enqueue(queue, [item(1)])
    (waiting,) = pending_items(queue, NOW)
    for body in (b"%PDF-1", b"%PDF-2"):
        fail_item(queue, waiting.id, "a PDF", NOW, page=page(waiting.url, body))
    kept = last_page(queue, waiting.url)
    assert kept is not None
    assert kept.body == b"%PDF-2"
    assert queue.rows("select count(*) as n from pages") == [{"n": 1}]


def test_oldest_item_comes_first_and_the_limit_holds(queue: Store) -> None:
    enqueue(queue, [item(3), item(1), item(2)])
    assert urls(queue) == ["3", "1", "2"]
    assert [waiting.guid for waiting in pending_items(queue, NOW, limit=2)] == ["g3", "g1"]


def test_queue_survives_a_process_that_never_closed(queue: Store) -> None:
    enqueue(queue, [item(1)])
    with open_database(queue.path) as other:
        assert urls(other) == ["1"]


def test_what_one_extractor_can_not_read_waits_for_another(store: Store) -> None:
    item_id = enqueue_one(store)
    fail_item(store, item_id, "took too long", NOW, version="1.0")
    assert item_states(store) == {"failed": 1}
    assert retry_failed_items(store, "1.0", NOW) == 0
    assert pending_items(store, NOW, force=True) == []
    assert retry_failed_items(store, "1.1", NOW) == 1
    [item] = pending_items(store, NOW)
    assert (item.id, item.attempts, item.error) == (item_id, 0, "took too long")
    complete_item(store, item_id, None, NOW)
    assert retry_failed_items(store, "1.2", NOW) == 0


def test_what_failed_for_good_waits_for_no_extractor(store: Store) -> None:
    fail_item(store, enqueue_one(store), "gone", NOW, permanent=True)
    assert retry_failed_items(store, "1.1", NOW) == 0
