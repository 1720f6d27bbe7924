"""Waiting: what Retry-After and Cache-Control ask for, and how long until the next attempt."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Statuses that say: not now. Others of 4xx will be the same a moment later.
TRANSIENT_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
FIRST_PAUSE = 1.0


def parse_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for (a number or an HTTP date), or None."""
    text = (value or "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


def parse_max_age(value: str | None) -> float | None:
    """Return the max-age of a Cache-Control header in seconds; None without one and for no-cache."""
    directives = [part.strip().lower() for part in (value or "").split(",")]
    if "no-cache" in directives or "no-store" in directives:
        return None
    ages = [found[1] for part in directives if (found := re.fullmatch(r'max-age="?(\d{1,9})"?', part))]
    return float(ages[0]) if ages else None


def pause_before_retry(
    attempt: int, *, retries: int, cap: float, retry_after: float | None, jitter: float
) -> float | None:
    """Return the seconds to wait before the next attempt, or None when there is to be none.

    `attempt` counts from 0. The pause doubles with each attempt, varies by `jitter` (0 to 1) between half
    and one and a half times, and is never longer than `cap`. A server that asks for more than `cap` is left
    for a later run.
    """
    if attempt >= retries or (retry_after is not None and retry_after > cap):
        return None
    pause = FIRST_PAUSE * 2.0 ** min(attempt, 30) * (0.5 + jitter)
    return min(max(pause, retry_after or 0.0), cap)
