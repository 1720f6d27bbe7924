from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.schedule import (
    LONGEST_WAIT,
    MOST_PARTS,
    DueFeed,
    FeedState,
    after_failure,
    after_success,
    due_feeds,
    due_parts,
)
from rigwire.fetch.sitemaps import SitemapEntry
from rigwire.fetch.sources import Source
from rigwire.model import Page

NOW = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://a.example/feed"
SOURCE = Source("a", "A", (FEED, "https://a.example/two"), "https://a.example", interval_minutes=60)
DUE = DueFeed(SOURCE, FeedState(FEED, "a"))

fractions = st.floats(0, 1, exclude_max=True)


def answer(status: int = 200, **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(FEED, FEED, status, named, b"<rss></rss>", NOW)


def test_feeds_without_state_come_first_then_the_longest_overdue() -> None:
    other = Source("b", "B", ("https://b.example/feed",), "https://b.example")
    states = {
        FEED: FeedState(FEED, "a", next_due=NOW - HOUR),
        "https://b.example/feed": FeedState("https://b.example/feed", "b", next_due=NOW - 2 * HOUR),
    }
    due = due_feeds([SOURCE, other], states, NOW)
    assert [feed.state.url for feed in due] == ["https://a.example/two", "https://b.example/feed", FEED]
    assert [feed.source.id for feed in due] == ["a", "b", "a"]


def test_what_is_not_due_waits_unless_forced() -> None:
    states = {url: FeedState(url, "a", next_due=NOW + HOUR) for url in SOURCE.feeds}
    assert due_feeds([SOURCE], states, NOW) == []
    assert len(due_feeds([SOURCE], states, NOW, force=True)) == 2
    assert len(due_feeds([SOURCE], states, NOW + HOUR)) == 2


def test_a_feed_of_two_sources_is_fetched_once() -> None:
    twin = replace(SOURCE, id="twin", feeds=(FEED,))
    assert [feed.state.url for feed in due_feeds([SOURCE, twin], {}, NOW)] == list(SOURCE.feeds)


def test_a_due_time_from_a_clock_gone_wrong_does_not_silence_a_feed() -> None:
    states = {url: FeedState(url, "a", next_due=NOW + timedelta(days=3650)) for url in SOURCE.feeds}
    assert len(due_feeds([SOURCE], states, NOW)) == 2


def test_success_keeps_the_validators_and_clears_the_failure() -> None:
    failing = replace(DUE.state, failures=3, error="x", etag="old", last_modified="old", items_seen=4)
    page = answer(etag='"1"', last_modified="Fri, 10 May 2024 11:00:00 GMT")
    state = after_success(DueFeed(SOURCE, failing), page, NOW, seen=9, new=2, jitter=0.5)
    assert (state.etag, state.last_modified) == ('"1"', "Fri, 10 May 2024 11:00:00 GMT")
    assert (state.failures, state.error, state.items_seen) == (0, None, 9)
    assert state.last_new_item_at == state.last_success == state.last_fetch == NOW
    assert state.next_due == NOW + HOUR


def test_a_feed_that_may_have_been_cut_is_asked_for_without_condition() -> None:
    cut = replace(answer(etag='"1"'), body=b"<rss><channel><item><title>Half of")
    state = after_success(DUE, cut, NOW, seen=9, new=2, jitter=0.5)
    assert (state.etag, state.last_success) == (None, NOW)
    measured = replace(cut, headers=cut.headers | {"content-length": "34"})
    assert after_success(DUE, measured, NOW, seen=9, new=2, jitter=0.5).etag == '"1"'


def test_an_unchanged_feed_keeps_what_was_known() -> None:
    known = replace(DUE.state, etag='"1"', last_modified="M", items_seen=9, last_new_item_at=NOW - HOUR)
    state = after_success(DueFeed(SOURCE, known), answer(304), NOW, seen=0, new=0, jitter=0.5)
    assert (state.etag, state.last_modified, state.items_seen) == ('"1"', "M", 9)
    assert state.last_new_item_at == NOW - HOUR
    gone = after_success(DueFeed(SOURCE, known), answer(200), NOW, seen=9, new=0, jitter=0.5)
    assert (gone.etag, gone.last_modified) == (None, None)


def test_a_longer_max_age_is_honoured_up_to_a_day() -> None:
    def wait(header: str) -> timedelta:
        page = answer(cache_control=header)
        state = after_success(DUE, page, NOW, seen=0, new=0, jitter=0.5)
        assert state.next_due is not None
        return state.next_due - NOW

    assert wait("max-age=60") == HOUR
    assert wait("max-age=7200") == 2 * HOUR
    assert wait("max-age=99999999") == LONGEST_WAIT


@given(st.integers(0, 10_000), fractions, st.floats(0, 1e9) | st.none(), st.integers(5, 10_080))
def test_failures_wait_longer_but_never_for_good(
    failures: int, jitter: float, asked: float | None, minutes: int
) -> None:
    source = replace(SOURCE, interval_minutes=minutes)
    due = DueFeed(source, replace(DUE.state, failures=failures, etag='"1"', last_success=NOW - HOUR))
    state = after_failure(due, "answered 500", NOW, retry_after=asked, jitter=jitter)
    assert (state.failures, state.error, state.last_error_at) == (failures + 1, "answered 500", NOW)
    assert (state.etag, state.last_success) == ('"1"', NOW - HOUR)
    assert state.next_due is not None
    wait, interval = state.next_due - NOW, timedelta(minutes=minutes)
    assert 0.9 * interval <= wait <= 1.1 * max(LONGEST_WAIT, interval)
    if asked is not None and asked <= LONGEST_WAIT.total_seconds():
        assert wait.total_seconds() >= asked


def test_the_wait_doubles() -> None:
    waits = []
    state = DUE.state
    for _ in range(7):
        state = after_failure(DueFeed(SOURCE, state), "x", NOW, jitter=0.5)
        assert state.next_due is not None
        waits.append((state.next_due - NOW) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24]


@given(fractions)
def test_successes_spread_by_a_tenth(jitter: float) -> None:
    state = after_success(DUE, answer(), NOW, seen=0, new=0, jitter=jitter)
    assert state.next_due is not None
    assert 0.9 * HOUR <= state.next_due - NOW <= 1.1 * HOUR


def parts_due(*parts: SitemapEntry, **states: FeedState) -> list[str]:
    """The last part of the URL of each sitemap of an index that is due."""
    known = {f"https://a.example/{name}": state for name, state in states.items()}
    return [due.state.url.rpartition("/")[2] for due in due_parts(DUE, parts, known, NOW)]


def part(name: str, day: str | None = None) -> SitemapEntry:
    return SitemapEntry(f"https://a.example/{name}", day)


def test_parts_of_an_index_are_due_when_they_changed_lately() -> None:
    parts = [part("old", "2024-03-01"), part("april", "2024-04-28"), part("may", "2024-05-10"), part("n9"), part("n10")]
    assert parts_due(*parts) == ["may", "april", "n10", "n9"]
    seen = FeedState("https://a.example/may", "a", last_success=NOW - timedelta(days=5))
    assert parts_due(part("may", "2024-05-04"), may=seen) == []
    assert parts_due(part("may", "2024-05-05"), may=seen) == ["may"]


def test_a_part_that_fails_waits() -> None:
    failing = FeedState("https://a.example/may", "a", failures=1, next_due=NOW + HOUR)
    assert parts_due(part("may", "2024-05-10"), may=failing) == []
    assert parts_due(part("may", "2024-05-10"), may=replace(failing, next_due=NOW)) == ["may"]


def test_an_index_of_hundreds_is_cut() -> None:
    assert parts_due(*(part(f"p{n}") for n in range(500)))[:2] == ["p499", "p498"]
    assert len(parts_due(*(part(f"p{n}") for n in range(500)))) == MOST_PARTS
