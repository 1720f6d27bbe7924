from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.retry import parse_max_age, parse_retry_after, pause_before_retry

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 01 May 2024 12:01:30 GMT", 90.0),
        ("Wed, 01 May 2024 14:01:30 +0200", 90.0),
        ("Wed, 01 May 2024 11:00:00 GMT", 0.0),
        ("-5", None),
        ("1e9", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert parse_retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=600", 600.0),
        ("public, Max-Age=60, must-revalidate", 60.0),
        ('max-age="30"', 30.0),
        ("no-cache, max-age=600", None),
        ("max-age=-1", None),
        ("private", None),
        (None, None),
    ],
)
def test_max_age(header: str | None, seconds: float | None) -> None:
    assert parse_max_age(header) == seconds


@given(st.text(max_size=60))
def test_any_header_is_read_or_ignored(text: str) -> None:
    wait = parse_retry_after(text, NOW)
    assert wait is None or wait >= 0
    age = parse_max_age(text)
    assert age is None or age >= 0


@given(st.integers(0, 100), st.floats(0, 1), st.floats(0, 600) | st.none())
def test_pauses_grow_but_never_over_the_cap(attempt: int, jitter: float, asked: float | None) -> None:
    pause = pause_before_retry(attempt, retries=1000, cap=300, retry_after=asked, jitter=jitter)
    if asked is not None and asked > 300:
        assert pause is None
    else:
        assert pause is not None
        assert 0.5 <= pause <= 300
        assert asked is None or pause >= asked


def test_attempts_end() -> None:
    assert pause_before_retry(1, retries=2, cap=60, retry_after=None, jitter=0.5) == 2.0
    assert pause_before_retry(2, retries=2, cap=60, retry_after=None, jitter=0.5) is None
