"""Declared sources: TOML files with `[[source]]` tables, checked key by key. See docs/sources.md."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rigwire.errors import UsageError
from rigwire.fetch.archives import archive_complaint
from rigwire.knowledge import models_dir
from rigwire.model import SELECTOR_KEYS
from rigwire.settings import Settings, nearest, read_toml_file
from rigwire.urls import is_web_url

SHIPPED = "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """One site: its feeds, its language (ISO 639-1), the IANA time zone of times that state none.

    `sitemap` is a news sitemap, a sitemap or an index of those, read like a feed. `archive` is the template of
    the pages that link old articles. `interval_minutes` lies between two looks at a feed. `selectors` are CSS
    selectors by part of the article (`model.SELECTOR_KEYS`), for a site whose pages need them.
    """

    id: str
    name: str
    feeds: tuple[str, ...]
    site: str
    language: str = "en"
    timezone: str = "UTC"
    interval_minutes: int = 60
    selectors: Mapping[str, str] = field(default_factory=dict)
    sitemap: str = ""
    archive: str = ""

    @property
    def polled(self) -> tuple[str, ...]:
        """Return the URLs that a run looks at."""
        return tuple(dict.fromkeys([*self.feeds, *filter(None, [self.sitemap])]))


def load_sources(paths: Sequence[Path]) -> dict[str, Source]:
    """Return the sources of TOML files by id; a later file adds or replaces.

    Raises UsageError that names file, source and key for a file that can't be read, an unknown key, a
    missing or wrong value, and an id that a file holds twice.
    """
    sources: dict[str, Source] = {}
    for path in paths:
        sources.update(_read_file(path))
    return sources


def declared_sources(settings: Settings) -> dict[str, Source]:
    """Return the sources of the settings: the shipped list, unless switched off, then the user's files."""
    shipped = [models_dir() / SHIPPED] if settings.shipped_sources else []
    return load_sources([*shipped, *settings.sources])


def format_source(source: Source) -> str:
    """Return the `[[source]]` table that declares `source`, values that are the defaults left out."""
    defaults = {item.name: item.default for item in fields(Source)}
    lines = ["[[source]]"]
    for name in (item.name for item in fields(Source) if item.name != "selectors"):
        value = getattr(source, name)
        if value not in (defaults[name], ()):
            lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    if source.selectors:
        pairs = [
            f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in source.selectors.items()
        ]
        lines.append(f"selectors = {{ {', '.join(pairs)} }}")
    return "\n".join(lines) + "\n"


def _read_file(path: Path) -> dict[str, Source]:
    content = read_toml_file(path)
    for key in content:
        if key != "source":
            raise UsageError(f"{path}: unknown key {key!r}; sources are [[source]] tables")
    tables = content.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{path}: write [[source]] with two brackets")
    sources: dict[str, Source] = {}
    for number, table in enumerate(tables, start=1):
        place = f"{path}: source {table.get('id') or f'number {number}'}"
        source = _read_source(table, place)
        if source.id in sources:
            raise UsageError(f"{place}: the id is used twice in this file")
        sources[source.id] = source
    return sources


def _read_source(table: Mapping[str, Any], place: str) -> Source:
    names = [item.name for item in fields(Source)]
    for key in table:
        if key not in names:
            raise UsageError(f"{place}: unknown key {key!r}; {nearest(key, names)}")
    for key in ("id", "name", "feeds", "site"):
        if not table.get(key) and not (key == "feeds" and key not in table and table.get("sitemap")):
            raise UsageError(f"{place}: {key!r} is missing")
    for key, value in table.items():
        complaint = _complaint(key, value)
        if complaint:
            raise UsageError(f"{place}: {key!r} {complaint}")
    return Source(**{**table, "feeds": tuple(table.get("feeds", ()))})


def _complaint(key: str, value: Any) -> str | None:
    """Return what is wrong with a value, or None."""
    match key:
        case "feeds":
            return _feeds_complaint(value)
        case "selectors":
            return _selectors_complaint(value)
        case "interval_minutes":
            fits = isinstance(value, int) and not isinstance(value, bool) and 5 <= value <= 10_080
            return None if fits else "must be a whole number of minutes from 5 to 10080"
    if not isinstance(value, str) or not value.strip():
        return "must be a text"
    match key:
        case "id" if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
            return f"may hold small letters, digits and hyphens only: {value!r}"
        case "archive":
            return archive_complaint(value)
        case "site" | "sitemap" if not is_web_url(value):
            return f"must be an http or https URL: {value!r}"
        case "language" if not re.fullmatch(r"[a-z]{2}", value):
            return f"must be a code of ISO 639-1 such as en: {value!r}"
        case "timezone" if not _is_timezone(value):
            return f"must be a name of the IANA time zones such as America/New_York: {value!r}"
    return None


def _feeds_complaint(value: Any) -> str | None:
    if not isinstance(value, list | tuple) or not value:
        return "must be a list of URLs"
    wrong = [url for url in value if not isinstance(url, str) or not is_web_url(url)]
    return f"holds what is no http or https URL: {wrong[0]!r}" if wrong else None


def _selectors_complaint(value: Any) -> str | None:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        return "must be a table of CSS selectors"
    unknown = [name for name in value if name not in SELECTOR_KEYS]
    return f"has an unknown part {unknown[0]!r}; {nearest(unknown[0], SELECTOR_KEYS)}" if unknown else None


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return False
    return True
