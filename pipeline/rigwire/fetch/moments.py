"""Dates of feeds (RFC 822 as in RSS, RFC 3339 as in Atom and JSON Feed) to ISO 8601, zone kept."""

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

# The first block of Bitcoin: a date before it is a broken one, as is one from the days ahead.
EARLIEST = "2009-01-03"
AHEAD = timedelta(days=2)
LONGEST = 64
_ISO = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?", re.I
)


def read_moment(text: str | None, now: datetime, timezone: str | None = None) -> str | None:
    """Return a feed's date as a day (`2024-05-01`) or a moment (`2024-05-01T09:30:00-04:00`), or None.

    A moment keeps the zone that it states; one without gets `timezone` (an IANA name) or stays without.
    None for what can't be read, lies before `EARLIEST` or more than `AHEAD` after `now`.
    """
    text = " ".join((text or "")[: 2 * LONGEST].split())
    if not text or len(text) > LONGEST:
        return None
    try:
        found = _ISO.fullmatch(text)
        if found and not found[2]:
            day = datetime.fromisoformat(found[1]).date().isoformat()
            return day if EARLIEST <= day <= (now + AHEAD).date().isoformat() else None
        moment = _from_iso(found) if found else parsedate_to_datetime(text)
        moment = _with_zone(moment, timezone)
        return _plausible(moment, now)
    except (ValueError, OverflowError):
        return None


def _from_iso(found: re.Match[str]) -> datetime:
    zone = (found[3] or "").upper()
    zone = "+00:00" if zone in {"Z", "UTC", "GMT"} else zone
    return datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")


def _with_zone(moment: datetime, timezone: str | None) -> datetime:
    if moment.tzinfo is None and timezone:
        return moment.replace(tzinfo=ZoneInfo(timezone))
    return moment


def _plausible(moment: datetime, now: datetime) -> str | None:
    """Return the moment as text unless it lies too early or too late; without a zone it is taken for UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
    if moment.date().isoformat() < EARLIEST or aware > now + AHEAD:
        return None
    return moment.isoformat(timespec="seconds")
