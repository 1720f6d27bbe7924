"""Rows that name events as an Atom feed (RFC 4287)."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from rigwire.errors import UsageError
from rigwire.serialize import records

_NAMESPACE = "http://www.w3.org/2005/Atom"
_EVENT = "event"
# What XML 1.0 can't hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TITLE = ("type", "action", "status", "company", "jurisdiction", "figures", "words")


def atom_feed(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], now: datetime) -> bytes:
    """Return a feed with an entry an event, in the order of the rows; `now` is when it changed (UTC).

    The id of an entry is the event's key, so that a reader knows it again. Raises `UsageError` for rows without a
    column of event keys.
    """
    if _EVENT not in columns:
        raise UsageError(f"an Atom feed needs a column {_EVENT} with event keys; the rows have {', '.join(columns)}")
    feed = etree.Element("feed", nsmap={None: _NAMESPACE})
    _add(feed, "id", f"urn:rigwire:feed:{re.sub('[^a-z0-9]+', '-', title.lower())}")
    _add(feed, "title", title)
    _add(feed, "updated", _moment(None, now))
    _add(_add(feed, "author"), "name", "rigwire")
    seen: set[str] = set()
    for row in records(columns, rows):
        if row[_EVENT] not in seen:
            seen.add(row[_EVENT])
            _entry(feed, row, now)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(feed: Any, row: dict[str, Any], now: datetime) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:rigwire:event:{row[_EVENT]}")
    parts = [str(row[name]) for name in _TITLE if row.get(name)]
    _add(entry, "title", ", ".join(parts) or row.get("title") or row[_EVENT])
    _add(entry, "updated", _moment(row.get("published") or row.get("day"), now))
    if row.get("url"):
        _add(entry, "link", href=str(row["url"]))
    _add(entry, "summary", str(row.get("quote") or row.get("title") or ""))


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    clean = {key: _FORBIDDEN.sub(" ", value) for key, value in attributes.items()}
    element = etree.SubElement(parent, name, clean)
    element.text = _FORBIDDEN.sub(" ", text) if text is not None else None
    return element


def _moment(text: str | None, now: datetime) -> str:
    """Return a day or moment as RFC 3339; a day is its first minute in UTC, what is none is now."""
    try:
        moment = datetime.fromisoformat(text) if text else now
    except ValueError:
        moment = now
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat(timespec="seconds")
