"""Dates as pages print them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.errors import UsageError
from rigwire.parse.stamps import Stamp, is_stamp_line, parse_stamp


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T07:08:09.250Z", "2024-05-06T07:08:09.250+00:00"),
        ("2024-05-06T07:08+0530", "2024-05-06T07:08:00+05:30"),
        ("20240506T070809Z", "2024-05-06T07:08:09+00:00"),
        ("2024-05-06 07:08:09", "2024-05-06T07:08:09"),
        ("1714979289", "2024-05-06T07:08:09+00:00"),
        ("1714979289000", "2024-05-06T07:08:09+00:00"),
        ("Mon, 06 May 2024 07:08:09 GMT", "2024-05-06T07:08:09+00:00"),
        ("May 6th, 2024 - 09:12 GMT | Print | 4 comments", "2024-05-06T09:12:00+00:00"),
        ("Posted: Monday, May 6, 2024 4:30 PM by the office", "2024-05-06T16:30:00"),
        ("3:05 p.m. EST Jan. 6, 2024", "2024-01-06T15:05:00-05:00"),
        ("October 06, 2024 07:00 ET", "2024-10-06T07:00:00-04:00"),
        ("May 6, 2024 06:30 AM Eastern Daylight Time", "2024-05-06T06:30:00-04:00"),
        ("06.05.2024, 14:05 CET", "2024-05-06T14:05:00+01:00"),
        ("le 6 mai 2024 à 18h30", "2024-05-06T18:30:00"),
        ("6 de mayo de 2024", "2024-05-06"),
        ("6. März 2024", "2024-03-06"),
        ("06 мая 2024, 10:12", "2024-05-06T10:12:00"),
        ("2024年5月6日 10:20", "2024-05-06T10:20:00"),
        ("2024. 5. 6", "2024-05-06"),
        ("6/5/24", "2024-05-06"),
        ("14/5/2024", "2024-05-14"),
        ("12 am on May 6, 2024", "2024-05-06T00:00:00"),
    ],
)
def test_printed_dates(text: str, iso: str) -> None:
    stamp = parse_stamp(text)
    assert stamp is not None
    assert stamp.iso == iso


@pytest.mark.parametrize(
    "text", [None, "", "Monday", "May 2024", "31.02.2024", "192.168.1.2024", "4,200 machines", "2024", "9" * 4_000]
)
def test_no_date(text: str | None) -> None:
    assert parse_stamp(text) is None


def test_american_order_is_taken_where_told() -> None:
    assert parse_stamp("05/06/2024", month_first=True) == Stamp(date(2024, 5, 6))
    assert parse_stamp("05/06/2024") == Stamp(date(2024, 6, 5))


def test_dots_are_never_american() -> None:
    assert parse_stamp("05.06.2024", month_first=True) == Stamp(date(2024, 6, 5))


def test_zone_of_the_source_is_for_times_without_one() -> None:
    local, day = parse_stamp("2024-07-01 10:00"), parse_stamp("2024-07-01")
    assert local is not None
    assert day is not None
    assert local.in_zone("Europe/Oslo").iso == "2024-07-01T10:00:00+02:00"
    assert day.in_zone("Europe/Oslo").iso == "2024-07-01"
    with pytest.raises(UsageError, match="Mars/Base"):
        local.in_zone("Mars/Base")


@given(
    st.datetimes(datetime(1996, 1, 1), datetime(2099, 12, 31)),
    st.none() | st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
def test_iso_comes_back(moment: datetime, zone: timezone | None) -> None:
    stated = moment.replace(microsecond=0, tzinfo=zone if zone is None or zone.utcoffset(None) else UTC)
    stamp = parse_stamp(stated.isoformat())
    assert stamp is not None
    assert stamp.moment == stated


@pytest.mark.parametrize(
    "line",
    ["Ana Ruiz · 29 November 2022, 08:15", "Published: 23.06.2021, 14:05 CET | 2 min", "Jan. 16, 11:30 a.m. CST"],
)
def test_stamp_lines(line: str) -> None:
    assert is_stamp_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Fleet of 900 machines",
        "The grid was cut on 5 May 2024 at 10:00 after talks had failed.",
        "Results for the quarter ended June 30, 2024",
    ],
)
def test_lines_of_an_article_are_no_stamps(line: str) -> None:
    assert not is_stamp_line(line)
