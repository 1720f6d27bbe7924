"""Who is due, and when again: pure decisions over plain data. Every time is UTC."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rigwire.fetch.retry import parse_max_age
from rigwire.fetch.sitemaps import RECENT, SitemapEntry
from rigwire.fetch.sources import Source
from rigwire.fetch.whole import is_whole
from rigwire.model import Page

LONGEST_WAIT = timedelta(hours=24)
JITTER = 0.1
# Of the sitemaps of an index; a site has one for the present, and may have hundreds for the past.
MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of one feed: validators of the last answer, successes, failures, when it is due.

    `failures` counts those since the last success. `items_seen` is the number of items in the last answer
    that had a body.
    """

    url: str
    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    last_fetch: datetime | None = None
    last_success: datetime | None = None
    last_error_at: datetime | None = None
    error: str | None = None
    failures: int = 0
    next_due: datetime | None = None
    last_new_item_at: datetime | None = None
    items_seen: int = 0


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed to be fetched now."""

    source: Source
    state: FeedState


def due_feeds(
    sources: Iterable[Source], states: Mapping[str, FeedState], now: datetime, *, force: bool = False
) -> list[DueFeed]:
    """Return the feeds that are due, each URL once, the longest overdue first, new ones before all.

    `states` is by feed URL. `force` makes every feed due.
    """
    due: dict[str, DueFeed] = {}
    for source in sources:
        for url in source.polled:
            state = replace(states.get(url, FeedState(url, source.id)), source_id=source.id)
            if url not in due and (force or state.next_due is None or _when(state, source, now) <= now):
                due[url] = DueFeed(source, state)
    return sorted(
        due.values(), key=lambda feed: feed.state.next_due.timestamp() if feed.state.next_due else 0.0
    )


def due_parts(
    due: DueFeed, parts: Iterable[SitemapEntry], states: Mapping[str, FeedState], now: datetime
) -> list[DueFeed]:
    """Return the sitemaps of an index that are to be fetched, at most `MOST_PARTS`, the newest first.

    Those that changed in the last weeks and since their last success, and those of which the index does not say
    when they changed. One that fails waits as long as a feed that fails.
    """
    since = (now - RECENT).date().isoformat()
    chosen: list[tuple[str, list[int], DueFeed]] = []
    for part in parts:
        state = replace(states.get(part.url, FeedState(part.url, due.source.id)), source_id=due.source.id)
        day = part.day or now.date().isoformat()
        seen = state.last_success.date().isoformat() if state.last_success else since
        if day >= max(since, seen) and not (state.failures and state.next_due and state.next_due > now):
            numbers = [int(number) for number in re.findall(r"\d{1,9}", part.url)]
            chosen.append((part.day or "", numbers, DueFeed(due.source, state)))
    chosen.sort(key=lambda entry: entry[:2], reverse=True)
    return [feed for _, _, feed in chosen[:MOST_PARTS]]


def after_success(
    due: DueFeed, page: Page, now: datetime, *, seen: int, new: int, jitter: float
) -> FeedState:
    """Return the state after an answer (status 200, or 304 with `seen` and `new` 0).

    Due again after the source's interval, a tenth more or less by `jitter` (0 to 1), or after the answer's
    Cache-Control max-age if that is longer, a day at most.
    """
    old = due.state
    wait = _interval(due.source) * (1 + JITTER * (2 * jitter - 1))
    age = parse_max_age(page.headers.get("cache-control"))
    if age is not None:
        wait = max(wait, timedelta(seconds=min(age, LONGEST_WAIT.total_seconds())))
    unchanged = page.status == 304
    # Of a feed that was cut, the validators would be those of the whole: it would never be had.
    headers = page.headers if unchanged or is_whole(page) else {}
    return replace(
        old,
        etag=headers.get("etag") or (old.etag if unchanged else None),
        last_modified=headers.get("last-modified") or (old.last_modified if unchanged else None),
        last_fetch=now,
        last_success=now,
        error=None,
        failures=0,
        next_due=now + wait,
        last_new_item_at=now if new else old.last_new_item_at,
        items_seen=old.items_seen if unchanged else seen,
    )


def after_failure(
    due: DueFeed, error: str, now: datetime, *, retry_after: float | None = None, jitter: float
) -> FeedState:
    """Return the state after a failure: due again after interval × 2^(failures-1), a day at most.

    `retry_after` (seconds) makes it later, within that day. A feed is never given up; one with an interval of
    more than a day keeps to it.
    """
    failures = due.state.failures + 1
    longest = max(LONGEST_WAIT, _interval(due.source))
    wait = min(_interval(due.source) * 2 ** min(failures - 1, 20), longest)
    wait *= 1 + JITTER * (2 * jitter - 1)
    if retry_after is not None:
        wait = max(wait, timedelta(seconds=min(retry_after, longest.total_seconds())))
    return replace(
        due.state,
        last_fetch=now,
        last_error_at=now,
        error=error,
        failures=failures,
        next_due=now + wait,
    )


def _interval(source: Source) -> timedelta:
    return timedelta(minutes=source.interval_minutes)


def _when(state: FeedState, source: Source, now: datetime) -> datetime:
    """Return when the feed is due; no later than the longest wait from now, if the clock was once wrong."""
    latest = now + max(LONGEST_WAIT, _interval(source) * (1 + JITTER))
    due = state.next_due or now
    return due if due <= latest else now
