"""What runs leave for the next run: sources, feeds, robots.txt, runs; and how times are written."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_builders import NOW, article, enqueue_one, save

from rigwire.store import (
    FEED_COLUMNS,
    RejectedError,
    Store,
    begin_run,
    close_unfinished_runs,
    declare_sources,
    finish_run,
    load_feed_states,
    load_robots,
    save_feed_state,
    save_robots,
    stored_sources,
)
from rigwire.store.times import covered_days, from_text, to_text

FEED = "https://halcyon.example/rss"


def source(slug: str, **changes: Any) -> dict[str, Any]:
    """A declared source, as `dataclasses.asdict` gives it."""
    base = {
        "id": slug, "name": slug.title(), "site": f"https://{slug}.example", "language": "en",
        "timezone": "UTC", "interval_minutes": 60, "feeds": (f"https://{slug}.example/rss",),
        "selectors": {"body": "article"},
    }  # fmt: skip
    return base | changes


def test_source_that_is_declared_no_more_is_inactive_and_keeps_its_articles(store: Store) -> None:
    declare_sources(store, [source("alpha"), source("beta")], NOW)
    save(store, article(), None, source_id="alpha")
    declare_sources(store, [source("beta", name="Beta Wire", interval_minutes=15)], NOW)
    alpha, beta = stored_sources(store)
    assert (alpha["active"], alpha["articles"]) == (False, 1)
    assert (beta["active"], beta["name"], beta["interval_minutes"]) == (True, "Beta Wire", 15)
    assert (beta["feeds"], beta["selectors"]) == (["https://beta.example/rss"], {"body": "article"})
    declare_sources(store, [source("alpha")], NOW)
    assert [row["active"] for row in stored_sources(store)] == [True, False]


def test_sources_count_their_items(store: Store) -> None:
    enqueue_one(store)
    assert [row["items"] for row in stored_sources(store)] == [1]


def test_feed_state_comes_back_as_it_was(store: Store) -> None:
    declare_sources(store, [source("halcyon")], NOW)
    state = {
        "url": FEED, "source_id": "halcyon", "etag": '"x"', "last_modified": "Tue, 02 May 2023 10:00:00 GMT",
        "last_fetch": NOW, "last_success": NOW, "last_error_at": None, "error": None, "failures": 0,
        "next_due": NOW + timedelta(hours=1), "last_new_item_at": NOW, "items_seen": 12,
    }  # fmt: skip
    save_feed_state(store, state)
    assert load_feed_states(store) == {FEED: state}
    failed = state | {"failures": 3, "error": "timed out", "last_error_at": NOW}
    save_feed_state(store, failed)
    assert load_feed_states(store) == {FEED: failed}
    assert tuple(state) == FEED_COLUMNS


def test_feed_state_of_an_unknown_source_is_rejected(store: Store) -> None:
    with pytest.raises(RejectedError):
        save_feed_state(store, {"url": FEED, "source_id": "nobody"})


def test_feed_state_with_an_unknown_key_is_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(TypeError, match="colour"):
        save_feed_state(store, {"url": FEED, "source_id": "halcyon", "colour": "red"})


@dataclass(frozen=True)
class Robots:
    """The shape in which fetch keeps a robots.txt."""

    host: str
    body: str
    fetched_at: datetime
    expires_at: datetime


def test_robots_are_replaced_by_host(store: Store) -> None:
    host = "https://halcyon.example"
    save_robots(store, host, "User-agent: *\nDisallow: /", NOW, NOW)
    save_robots(store, host, "", NOW, NOW + timedelta(days=1))
    assert Robots(**load_robots(store)[host]) == Robots(host, "", NOW, NOW + timedelta(days=1))


def test_run_is_recorded_with_its_counts(store: Store) -> None:
    run_id = begin_run(store, "run", "0.1.0", NOW)
    assert store.rows("select outcome, finished from runs") == [{"outcome": "running", "finished": None}]
    finish_run(store, run_id, "done", {"articles": 4}, NOW + timedelta(seconds=9))
    (row,) = store.rows("select * from runs")
    assert (row["outcome"], row["counts"], row["finished"]) == (
        "done",
        '{"articles": 4}',
        "2023-05-04T12:30:09Z",
    )


def test_only_unfinished_runs_of_the_command_are_closed(store: Store) -> None:
    finish_run(store, begin_run(store, "run", "1", NOW), "failed", {}, NOW)
    begin_run(store, "run", "1", NOW)
    begin_run(store, "extract", "1", NOW)
    assert close_unfinished_runs(store, "run", NOW) == 1
    assert [row["outcome"] for row in store.rows("select outcome from runs order by id")] == [
        "failed", "interrupted", "running",
    ]  # fmt: skip


def test_unknown_outcome_is_rejected(store: Store) -> None:
    with pytest.raises(RejectedError):
        finish_run(store, begin_run(store, "run", "1", NOW), "splendid", {}, NOW)


MOMENTS = st.datetimes(
    min_value=datetime(1000, 1, 3), timezones=st.integers(-12, 14).map(lambda h: timezone(timedelta(hours=h)))
)


@given(MOMENTS, MOMENTS)
def test_times_sort_as_text(first: datetime, second: datetime) -> None:
    assert from_text(to_text(first)) == first.replace(microsecond=0)
    assert (to_text(first) <= to_text(second)) == (
        first.replace(microsecond=0) <= second.replace(microsecond=0)
    )


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        to_text(datetime(2023, 5, 4))
    assert to_text(datetime(2023, 5, 4, tzinfo=UTC)) == "2023-05-04T00:00:00Z"


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2021-H2", ("2021-07-01", "2021-12-31")),
        ("2021-Q3", ("2021-07-01", "2021-09-30")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2020-W53", ("2020-12-28", "2021-01-03")),
        ("2021-06-19", ("2021-06-19", "2021-06-19")),
        ("2021-06-19T09:00", ("2021-06-19", "2021-06-19")),
        ("2022-04/2022-09", ("2022-04-01", "2022-09-30")),
        ("2022-11/2023", ("2022-11-01", "2023-12-31")),
        ("--06-27", (None, None)),
        ("--06-19T09:00", (None, None)),
        ("--04/--06", (None, None)),
        ("2023-09/2023-04", (None, None)),
        ("2021-W54", (None, None)),
        ("2021-13", (None, None)),
        ("2021-02-30", (None, None)),
        ("2021-Q5", (None, None)),
        ("2021-H0", (None, None)),
        ("soon", (None, None)),
        (None, (None, None)),
    ],
)
def test_days_that_a_date_covers(value: str | None, days: tuple[str | None, str | None]) -> None:
    assert covered_days(value) == days


@given(st.text(alphabet="0123456789-/QHWT:", max_size=20))
def test_any_text_covers_ordered_days_or_none(value: str) -> None:
    start, end = covered_days(value)
    assert (start is None and end is None) or str(start) <= str(end)
