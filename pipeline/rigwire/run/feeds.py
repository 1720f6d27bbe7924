"""The first half of a run: the feeds that are due, their items into the queue, their state for next time."""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from random import random

from rigwire.errors import DatabaseError, ParseError, RigwireError
from rigwire.fetch import (
    DueFeed,
    Feed,
    FeedItem,
    FeedState,
    Fetcher,
    after_failure,
    after_success,
    due_parts,
    parse_feed,
)
from rigwire.model import Page
from rigwire.run.context import Context
from rigwire.run.hosts import Answer, Request, fetch_all
from rigwire.store import NewItem, enqueue_items, load_feed_states, save_feed_state
from rigwire.urls import canonical_url

log = logging.getLogger(__name__)


def poll_feeds(context: Context, fetcher: Fetcher, due: Sequence[DueFeed]) -> None:
    """Fetch the feeds that are due, and the sitemaps that an index among them lists; store what they say.

    The order is kept so that the queue comes out the same however fast each host answers: which of two
    feeds is met first decides whose article a shared story is.
    """
    parts = _poll(context, fetcher, due)
    _poll(context, fetcher, list({part.state.url: part for part in parts}.values()))


def _poll(context: Context, fetcher: Fetcher, due: Sequence[DueFeed]) -> list[DueFeed]:
    """Fetch and store feeds in their order; return the parts of those that are an index."""
    requests = [
        Request(feed.state.url, feed, "feed", feed.state.etag, feed.state.last_modified) for feed in due
    ]
    waiting = deque(requests)
    answers: dict[str, Answer[DueFeed]] = {}
    parts: list[DueFeed] = []
    for answer in fetch_all(fetcher, requests, context.settings.parallel_hosts):
        answers[answer.request.url] = answer
        context.keep_robots(fetcher)
        while waiting and waiting[0].url in answers:
            parts += _take(context, answers.pop(waiting.popleft().url))
            context.progress("feeds", len(due) - len(waiting), len(due))
    return parts


def _take(context: Context, answer: Answer[DueFeed]) -> list[DueFeed]:
    due, now = answer.request.about, context.clock()
    context.tally.counts["feeds"] += 1
    try:
        if answer.error:
            raise answer.error
        if answer.page:
            return _store_feed(context, due, answer.page, now)
    except DatabaseError:
        raise
    except RigwireError as error:
        _store_failure(context, due, error, now)
    return []


def _store_feed(context: Context, due: DueFeed, page: Page, now: datetime) -> list[DueFeed]:
    """Queue the items and note the state in one transaction: a kill leaves both or neither.

    Return the parts of an index that are due. That itself is asked for without condition each time: its parts
    may change while it does not.
    """
    if page.status == 304:
        context.tally.counts["feeds_unchanged"] += 1
        save_feed_state(context.store, asdict(after_success(due, page, now, seen=0, new=0, jitter=random())))
        return []
    feed = _read(context, due, page, now)
    items = [_new_item(due, item) for item in feed.items]
    with context.store.transaction():
        queued = enqueue_items(context.store, items, context.run_id, now)
        state = after_success(due, page, now, seen=len(items) + len(feed.parts), new=queued.new, jitter=random())
        state = replace(state, etag=None, last_modified=None) if feed.parts else state
        save_feed_state(context.store, asdict(state))
    context.tally.counts["items"] += queued.new + queued.changed
    log.info("%s: %d items, %d new, %d changed", due.state.url, len(items), queued.new, queued.changed)
    if due.state.url not in due.source.polled:  # an index that an index lists is none of the protocol
        return []
    states = {url: FeedState(**row) for url, row in load_feed_states(context.store).items()} if feed.parts else {}
    return due_parts(due, feed.parts, states, now)


def _read(context: Context, due: DueFeed, page: Page, now: datetime) -> Feed:
    """Return the feed of a page. Raises `ParseError` for no feed, or one whose entries all lead nowhere."""
    feed = parse_feed(
        page.body,
        page.headers.get("content-type"),
        page.final_url,
        now=now,
        timezone=due.source.timezone,
        max_items=context.settings.max_feed_items,
        max_bytes=context.settings.max_feed_bytes,
    )
    if feed.dropped and not feed.items and not feed.parts:
        raise ParseError(f"{due.state.url}: none of its {feed.dropped} entries has a link that can be used")
    return feed


def _new_item(due: DueFeed, item: FeedItem) -> NewItem:
    """Return the item by the canonical form of its link: the same story in two feeds is fetched once."""
    return NewItem(
        source_id=due.source.id,
        feed_url=due.state.url,
        guid=item.id,
        url=canonical_url(item.url),
        title=item.title,
        published=item.published,
        modified=item.modified,
        summary=item.summary,
        authors=item.authors,
        fingerprint=item.fingerprint,
    )


def _store_failure(context: Context, due: DueFeed, error: RigwireError, now: datetime) -> None:
    retry_after = getattr(error, "retry_after", None)
    state = after_failure(due, str(error), now, retry_after=retry_after, jitter=random())
    save_feed_state(context.store, asdict(state))
    context.tally.counts["feeds_failed"] += 1
    context.tally.failing[due.source.id] = None
    log.warning("source %s: %s", due.source.id, error)
