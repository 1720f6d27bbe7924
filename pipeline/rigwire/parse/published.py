"""When a page was published and last changed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors, cue_words, squeeze, tag_of, text_of
from rigwire.parse.stamps import Stamp, is_stamp_line, parse_stamp
from rigwire.parse.structured import Node, PageData, meta_names, microdata

_DATE_CUE = re.compile(
    r"\b(?:date|dateline|time|timestamp|publish\w*|posted|pub|created|entry-date|meta|info|byline|stamp)",
    re.I,
)
_UPDATED_CUE = re.compile(r"\b(?:updated?|modified|modif\w*|upd|changed)", re.I)
_ELSEWHERE = frozenset(("related", "comments", "navigation", "newsletter", "advert", "cookie", "author", "widget"))
_OTHERS = frozenset(("related", "comments"))
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d{2})[/_-]?(?P<month>[01]\d)[/_-]?(?P<day>[0-3]\d)(?=[/_.-]|\D|$)")
_CLOCK = re.compile(r"\W{0,4}(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)\b(?!\s*[\d/.-])")
_IS_POST = re.compile(r"\(@\w+\)")  # a post that the page quotes has its own date
_NEAR = 12
_ZONES_APART = timedelta(days=1)
_SAME_MOMENT = timedelta(minutes=1)
_HALF_HOUR = timedelta(minutes=30)
_HALF_HOUR_ZONES = frozenset((-3.5, -2.5, 3.5, 4.5, 5.5, 6.5, 9.5, 10.5))
_LONGEST = 220


Found = tuple[Stamp, str]


@dataclass(frozen=True, slots=True)
class Dates:
    """When a page was published and modified, ISO 8601 or None, and where each was read."""

    published: Stamp | None = None
    published_from: str = ""
    modified: Stamp | None = None
    modified_from: str = ""


def find_dates(page: PageData, month_first: bool, latest: date = date.max) -> Dates:
    """Return the dates of a page: structured data first, then visible words, the URL, and what htmldate makes of it.

    A day is made more precise by a moment of the same day that another source states. `month_first` settles
    01/02/2022. After the day `latest` no page can have been published.
    """
    stated = [
        *_structured(page.article, "published", "json-ld"),
        *_from_metas(page.metas, "published"),
        *_from_microdata(page.root, "datePublished"),
        *_structured(page.state, "published", "script"),
    ]
    visible = [*_from_times(page.root, False), *_from_words(page, "published", month_first)]
    url = list(_from_url(page.url))
    modified = _find_modified(page, month_first, latest)
    unlabelled = [] if modified and modified[1] != "microdata" else list(_from_microdata(page.root, "dateModified"))
    stated, visible, url, unlabelled = (_until(latest, found) for found in (stated, visible, url, unlabelled))
    if stated and url and stated[0][0].day - url[0][0].day > _ZONES_APART:
        stated = url  # the day of another system, to which the article was moved
    published = (
        _most_precise([*stated, *visible, *unlabelled, *url])
        if stated
        else _by_majority(page, url, visible, unlabelled, latest)
    )
    if published:
        published = _on_local_day(published, [*url, *visible])
    return _joined(published, modified, unlabelled, page)


def _until(latest: date, found: list[Found]) -> list[Found]:
    return [(stamp, origin) for stamp, origin in found if stamp.day <= latest]


def _by_majority(
    page: PageData, url: list[Found], visible: list[Found], unlabelled: list[Found], latest: date
) -> Found | None:
    """Return the day that most of the weaker witnesses name, where nothing states it: URL, words, htmldate."""
    read = _by_htmldate(page)
    read = read if read and read[0].day <= latest else None
    times = [found for found in visible if found[1] == "time element"]
    words = [found for found in visible if found[1] != "time element"]
    heads = [group[0] for group in (url, times, words, unlabelled, [read] if read else []) if group]
    days = Counter(found[0].day for found in heads)
    chosen = max(heads, key=lambda found: days[found[0].day], default=None)
    if chosen is None:
        return None
    return _most_precise([chosen, *visible, *unlabelled])


def _by_htmldate(page: PageData) -> Found | None:
    """Return the day that htmldate reads out of the page's text and links: slow, and never a time of day.

    The first of January is what it makes of a bare year, such as that of a copyright line: no day.
    """
    from htmldate import find_date

    try:
        found = find_date(page.root, original_date=True, extensive_search=True, url=page.url)
    except (ValueError, OverflowError):  # what it makes of a clock a hundred hours ahead
        return None
    stamp = _sane(parse_stamp(found))
    return (stamp, "htmldate") if stamp and (stamp.day.month, stamp.day.day) != (1, 1) else None


def _on_local_day(stated: Found, others: list[Found]) -> Found:
    """Return a moment given in UTC by the clock of the site, as the page's other words tell it.

    A local time that differs by whole half hours gives the zone. Where only the day differs, the least
    offset that leads to the site's day is taken. The moment itself stays.
    """
    moment = stated[0].moment
    if moment is None or moment.utcoffset() != timedelta(0):
        return stated
    for other, origin in others:
        offset = _offset_told(moment, other)
        if offset:
            local = moment.astimezone(timezone(offset))
            return Stamp(local.date(), local), f"{stated[1]}, clock of the {origin}"
        if offset is None and other.day == moment.date():
            return stated
    return stated


def _offset_told(moment: datetime, other: Stamp) -> timedelta | None:
    """Return the site's offset from UTC that `other`, another statement of the same moment, tells; None for none."""
    if other.moment is not None:
        apart = other.moment.replace(tzinfo=UTC) - moment
        offset = _HALF_HOUR * round(apart / _HALF_HOUR)
        if abs(apart - offset) <= _SAME_MOMENT and _is_zone(offset):
            known = other.moment.utcoffset()
            return offset if known in (None, offset) else None
    if abs((other.day - moment.date()).days) != 1:
        return None
    offset = timedelta(hours=-moment.hour - 1 if other.day < moment.date() else 24 - moment.hour)
    return offset if _is_zone(offset) else None


def _is_zone(offset: timedelta) -> bool:
    """Tell whether some country's clock has this offset from UTC: whole hours, or one of the few with a half."""
    hours = offset / timedelta(hours=1)
    return -12 <= hours <= 14 and (hours.is_integer() or hours in _HALF_HOUR_ZONES)


def _structured(node: Node, piece: str, origin: str) -> Iterator[Found]:
    for key in meta_names(f"json {piece}"):
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, (str, int)) and (stamp := _sane(parse_stamp(str(value), month_first=True))):
            yield stamp, origin


def _from_metas(metas: dict[str, list[str]], piece: str) -> Iterator[Found]:
    for name in meta_names(piece):
        for content in metas.get(name, ()):
            if stamp := _sane(parse_stamp(content, month_first=True)):
                yield stamp, f"meta {name}"


def _from_microdata(root: HtmlElement, prop: str) -> Iterator[Found]:
    for element, value in microdata(root, prop):
        if not _is_elsewhere(element, _OTHERS) and (stamp := _sane(parse_stamp(value))):
            yield stamp, "microdata"


def _from_times(root: HtmlElement, updated: bool) -> Iterator[Found]:
    """Yield the moments of time elements and dated abbreviations, save those of comments and other articles."""
    ranked: list[tuple[int, HtmlElement]] = []
    above = 1
    for element in root.iter("h1", "time", "abbr"):
        cue = cue_words(element)
        if tag_of(element) == "h1":
            above = 0
        elif tag_of(element) == "time" or _DATE_CUE.search(cue):
            named = element.get("pubdate") is not None or "publish" in cue
            if bool(_UPDATED_CUE.search(cue)) == updated and not _is_elsewhere(element):
                ranked.append(((0 if named else 2) + above, element))
    for _, element in sorted(ranked, key=lambda pair: pair[0]):
        for value in (element.get("datetime") or element.get("title"), text_of(element)):
            if stamp := _sane(parse_stamp(value)):
                yield stamp, "time element"


def _is_elsewhere(element: HtmlElement, kinds: frozenset[str] = _ELSEWHERE) -> bool:
    """Tell whether an element is part of comments, other articles or site furniture."""
    return any(
        cue_of(parent) in kinds and tag_of(parent) not in ("body", "html", "article", "main")
        for parent in ancestors(element)
    )


def _from_words(page: PageData, label: str, month_first: bool) -> Iterator[Found]:
    """Yield the dates in short lines near the headline: those with a label first, then bare ones."""
    labelled: list[Found] = []
    bare: list[Found] = []
    for block in near_headline(page.blocks, page.title):
        text = "" if _IS_POST.search(block.text) else block.text
        is_modified = bool(_label("modified").search(text))
        match = _label(label).search(text)
        stamp = _sane(parse_stamp(text[match.end() :] if match else text, month_first))
        if stamp and match:
            labelled.append((stamp, "page text"))
        elif stamp and label == "published" and is_stamp_line(text) and not is_modified:
            bare.append((stamp, "page text"))
    yield from (*labelled, *bare)


def near_headline(blocks: list[Block], title: str | None) -> list[Block]:
    """Return the short blocks around the headline: those after it first, then those before it."""
    folded = squeeze(title).lower()
    place = next((i for i, block in enumerate(blocks) if folded and block.text.lower() == folded), None)
    if place is None:
        return [block for block in blocks[:40] if len(block.text) < _LONGEST]
    after = blocks[place + 1 : place + 1 + _NEAR]
    before = blocks[max(0, place - _NEAR // 2) : place][::-1]
    return [block for block in (*after, *before) if len(block.text) < _LONGEST]


@cache
def _label(kind: str) -> re.Pattern[str]:
    """Return the pattern of the words that announce a date of `kind`, in all languages of `byline_cues.csv`."""
    words = {
        word for row in read_table("parse/byline_cues.csv") if row["kind"] == kind for word in split_list(row["words"])
    }
    names = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)


def _find_modified(page: PageData, month_first: bool, latest: date) -> Found | None:
    candidates = [
        *_structured(page.article, "modified", "json-ld"),
        *_from_metas(page.metas, "modified"),
        *_structured(page.state, "modified", "script"),
        *_from_times(page.root, True),
        *_from_microdata(page.root, "dateModified"),
        *_from_words(page, "modified", month_first),
    ]
    return next(iter(_until(latest, candidates)), None)


def _from_url(url: str | None) -> Iterator[Found]:
    match = _URL_DAY.search(urlsplit(url).path) if url else None
    if match and (stamp := _sane(parse_stamp(f"{match['year']}-{match['month']}-{match['day']}"))):
        yield stamp, "url"


def _sane(stamp: Stamp | None) -> Stamp | None:
    """Return the stamp where its year is one of the web's, else None."""
    return stamp if stamp and 1995 <= stamp.day.year <= 2100 else None


def _most_precise(candidates: list[Found]) -> Found | None:
    """Return the first candidate, or one of the same day that also states the time of day."""
    if not candidates:
        return None
    first = candidates[0]
    if first[0].precise:
        return first
    return next((found for found in candidates if found[0].precise and found[0].day == first[0].day), first)


def _joined(published: Found | None, modified: Found | None, unlabelled: list[Found], page: PageData) -> Dates:
    if published is None:
        return Dates(None, "", *(modified or (None, "")))
    if modified and modified[1] == "microdata" and published[0].day == modified[0].day and unlabelled:
        modified = None  # the only date of a page, called "modified" by its template
    if modified and _is_before(modified[0], published[0]):
        modified = None  # no page changes before it is there
    if modified and not modified[0].precise and modified[0].day <= published[0].day:
        modified = None  # no more than the day of publication again
    return Dates(*published, *(modified or _clock_of_change(published[0], page) or (None, "")))


def _is_before(one: Stamp, other: Stamp) -> bool:
    if one.moment and other.moment and (one.moment.tzinfo is None) == (other.moment.tzinfo is None):
        return one.moment < other.moment
    return one.day < other.day


def _clock_of_change(published: Stamp, page: PageData) -> Found | None:
    """Return the moment of "(updated 13:50)": a time of the day of publication."""
    if published.moment is None:
        return None
    for block in near_headline(page.blocks, page.title):
        match = _label("modified").search(block.text)
        clock = _CLOCK.match(block.text, match.end()) if match else None
        if clock and int(clock["hour"]) < 24:
            hour, minute = int(clock["hour"]), int(clock["minute"])
            moment = published.moment.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if moment > published.moment:
                return Stamp(published.day, moment), "page text"
    return None
