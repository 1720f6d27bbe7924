from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.moments import read_moment

NOW = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 01 May 2024 09:30:00 GMT", "2024-05-01T09:30:00+00:00"),
        ("Wed, 01 May 2024 23:30:00 -0400", "2024-05-01T23:30:00-04:00"),
        ("Wed, 01 May 2024 09:30:00 EDT", "2024-05-01T09:30:00-04:00"),
        ("01 May 24 09:30 +0000", "2024-05-01T09:30:00+00:00"),
        ("  Wed,  01 May 2024\n09:30:00 GMT ", "2024-05-01T09:30:00+00:00"),
        ("2024-05-01T09:30:00Z", "2024-05-01T09:30:00+00:00"),
        ("2024-05-01T09:30:00.123456789Z", "2024-05-01T09:30:00+00:00"),
        ("2024-05-01T09:30+02:00", "2024-05-01T09:30:00+02:00"),
        ("2024-05-01 09:30:00 +0530", "2024-05-01T09:30:00+05:30"),
        ("2024-05-01 09:30:00 UTC", "2024-05-01T09:30:00+00:00"),
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T09:30:00", "2024-05-01T09:30:00"),
    ],
)
def test_dates_of_feeds(text: str, expected: str) -> None:
    assert read_moment(text, NOW) == expected


def test_a_date_without_zone_takes_that_of_the_source() -> None:
    assert read_moment("2024-05-01T09:30:00", NOW, "America/New_York") == "2024-05-01T09:30:00-04:00"
    assert read_moment("Mon, 15 Jan 2024 09:30:00", NOW, "America/New_York") == "2024-01-15T09:30:00-05:00"
    assert read_moment("2024-05-01T09:30:00Z", NOW, "America/New_York") == "2024-05-01T09:30:00+00:00"
    assert read_moment("2024-05-01", NOW, "America/New_York") == "2024-05-01"


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1970-01-01",
        "2008-12-31T23:59:59Z",
        "Mon, 13 May 2024 00:00:00 GMT",
        "2024-05-13",
        "2038-01-19T03:14:07Z",
        "2024-13-01",
        "2024-02-30T10:00:00Z",
        "2024-05-01T25:00:00Z",
        "yesterday",
        "",
        None,
        "1," * 20_000,
    ],
)
def test_dates_that_cannot_be(text: str | None) -> None:
    assert read_moment(text, NOW) is None


def test_a_clock_that_is_a_little_fast_is_forgiven() -> None:
    assert read_moment("2024-05-11T12:00:00Z", NOW) is not None


@given(st.text(max_size=80))
def test_any_text_gives_a_moment_or_none(text: str) -> None:
    moment = read_moment(text, NOW, "Asia/Almaty")
    assert moment is None or datetime.fromisoformat(moment).year >= 2009


zones = st.integers(-14 * 60, 14 * 60)


@given(st.datetimes(datetime(2009, 2, 1), datetime(2024, 5, 8)), zones)
def test_the_moment_is_the_one_that_was_written(when: datetime, offset: int) -> None:
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    rfc = when.strftime(f"%a, %d %b %Y %H:%M:%S {zone}")
    moment = datetime.fromisoformat(read_moment(rfc, NOW) or "")
    assert moment.replace(tzinfo=None) == when.replace(microsecond=0)
    assert moment.utcoffset() == timedelta(minutes=offset)
