"""When a page was published and last changed, by what it says to machines, by its visible words, by its URL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors, cue_words, squeeze, tag_of, text_of
from rigwire.parse.stamps import Stamp, parse_stamp
from rigwire.parse.structured import Node, microdata

_PUBLISHED_KEYS = ("datePublished", "dateCreated", "uploadDate", "publishedAt", "published_at", "publishDate", "publishedDate", "firstPublished", "publishOn", "display_date")
_MODIFIED_KEYS = ("dateModified", "updatedAt", "updated_at", "modifiedAt", "lastModified", "last_updated_date")
_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "mediator_published_time", "cxenseparse:recs:publishtime", "sailthru.date", "dcterms.created", "dcterms.issued", "dcterms.date",
    "dc.date.issued", "dc.date.created", "dc.date", "dc.date.publication", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "publisheddate", "article.published", "article:publicationdate", "published_time", "published-date", "originalpublicationdate", "ptime",
    "article_date_original", "cxenseparse:publishtime", "date.release", "release_date", "article.created", "article-date", "rnews:datepublished",
    "og:pubdate", "datecreated", "timestamp", "shareaholic:article_published_time", "bt:pubdate", "vr:published_time", "date",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "article:updated_time", "revision_date", "last-modified", "lastmod", "updated_time", "article.updated",
)  # fmt: skip
_DATE_CUE = re.compile(r"\b(?:date|dateline|time|timestamp|publish\w*|posted|pub|created|entry-date|meta|info|byline|stamp)", re.I)
_UPDATED_CUE = re.compile(r"\b(?:updated?|modified|modif\w*|upd|changed)", re.I)
_ELSEWHERE = frozenset(("related", "comments", "navigation", "newsletter", "advert", "cookie", "author", "widget"))
_OTHERS = frozenset(("related", "comments"))
_URL_DAY = re.compile(r"/(?P<year>(?:19|20)\d{2})[/_-]?(?P<month>[01]\d)[/_-]?(?P<day>[0-3]\d)(?=[/_.-]|\D|$)")
_CLOCK = re.compile(r"\W{0,4}(?P<hour>[0-2]?\d):(?P<minute>[0-5]\d)\b(?!\s*[\d/.-])")
_NEAR = 12
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class Dates:
    """When a page was published and modified, ISO 8601 or None, and where each was read."""

    published: Stamp | None = None
    published_from: str = ""
    modified: Stamp | None = None
    modified_from: str = ""


Found = tuple[Stamp, str]


def find_dates(root: HtmlElement, blocks: list[Block], title: str | None, article: Node, state: Node, metas: dict[str, list[str]], url: str | None, month_first: bool) -> Dates:
    """Return the dates of a page: structured data first, then visible words, then the URL.

    `blocks` are the page's blocks and `title` its headline: words near the headline are read. A day is made more
    precise by a moment of the same day that another source states.
    """
    stated = [*_structured(article, _PUBLISHED_KEYS, "json-ld"), *_from_metas(metas, _PUBLISHED_METAS), *_from_microdata(root, "datePublished"), *_structured(state, _PUBLISHED_KEYS, "script")]
    visible = [*_from_times(root, False), *_from_words(blocks, title, "published", month_first)]
    modified = _find_modified(root, blocks, title, article, state, metas, month_first)
    unlabelled = [] if modified and modified[1] != "microdata" else list(_from_microdata(root, "dateModified"))
    candidates = [*stated, *visible, *unlabelled, *_from_url(url)]
    published = _most_precise(candidates)
    return _joined(published, modified, unlabelled, blocks, title)


def _structured(node: Node, keys: tuple[str, ...], origin: str) -> Iterator[Found]:
    for key in keys:
        value = node.get(key)
        value = value[0] if isinstance(value, list) and value else value
        if isinstance(value, (str, int)) and (stamp := _sane(parse_stamp(str(value), month_first=True))):
            yield stamp, origin


def _from_metas(metas: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[Found]:
    for name in names:
        for content in metas.get(name, ()):
            if stamp := _sane(parse_stamp(content, month_first=True)):
                yield stamp, f"meta {name}"


def _from_microdata(root: HtmlElement, prop: str) -> Iterator[Found]:
    for element, value in microdata(root, prop):
        if not _is_elsewhere(element, _OTHERS) and (stamp := _sane(parse_stamp(value))):
            yield stamp, "microdata"


def _from_times(root: HtmlElement, updated: bool) -> Iterator[Found]:
    """Yield the moments of time elements and dated abbreviations that are not in comments or links to other articles."""
    found: list[tuple[int, Found]] = []
    for element in root.iter("time", "abbr"):
        cue = cue_words(element)
        if tag_of(element) == "abbr" and not _DATE_CUE.search(cue):
            continue
        if bool(_UPDATED_CUE.search(cue)) != updated or _is_elsewhere(element):
            continue
        value = element.get("datetime") or element.get("title") or text_of(element)
        if stamp := _sane(parse_stamp(value) or parse_stamp(text_of(element))):
            found.append((0 if element.get("pubdate") is not None or "publish" in cue else 1, (stamp, "time element")))
    yield from (item for _, item in sorted(found, key=lambda pair: pair[0]))


def _is_elsewhere(element: HtmlElement, kinds: frozenset[str] = _ELSEWHERE) -> bool:
    """Tell whether an element is part of comments, other articles or site furniture."""
    return any(cue_of(parent) in kinds and tag_of(parent) not in ("body", "html", "article", "main") for parent in ancestors(element))


def _from_words(blocks: list[Block], title: str | None, label: str, month_first: bool) -> Iterator[Found]:
    """Yield the dates in short lines near the headline: those with a label first, then bare ones."""
    labelled: list[Found] = []
    bare: list[Found] = []
    for block in near_headline(blocks, title):
        text = block.text
        is_modified = bool(_label("modified").search(text))
        match = _label(label).search(text)
        stamp = _sane(parse_stamp(text[match.end() :] if match else text, month_first))
        if stamp and match:
            labelled.append((stamp, "page text"))
        elif stamp and label == "published" and len(text) < 120 and not (is_modified and not _label("published").search(text)):
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
    words = {word for row in read_table("parse/byline_cues.csv") if row["kind"] == kind for word in split_list(row["words"])}
    names = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)


def _find_modified(root: HtmlElement, blocks: list[Block], title: str | None, article: Node, state: Node, metas: dict[str, list[str]], month_first: bool) -> Found | None:
    candidates = (
        *_structured(article, _MODIFIED_KEYS, "json-ld"),
        *_from_metas(metas, _MODIFIED_METAS),
        *_structured(state, _MODIFIED_KEYS, "script"),
        *_from_times(root, True),
        *_from_microdata(root, "dateModified"),
        *_from_words(blocks, title, "modified", month_first),
    )
    return next(iter(candidates), None)


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


def _joined(published: Found | None, modified: Found | None, unlabelled: list[Found], blocks: list[Block], title: str | None) -> Dates:
    if published is None:
        return Dates(None, "", *(modified or (None, "")))
    if modified and modified[1] == "microdata" and published[0].day == modified[0].day and unlabelled:
        modified = None  # the only date of a page, called "modified" by its template
    if modified and not modified[0].precise and modified[0].day <= published[0].day:
        modified = None  # no more than the day of publication again
    return Dates(*published, *(modified or _clock_of_change(published[0], blocks, title) or (None, "")))


def _clock_of_change(published: Stamp, blocks: list[Block], title: str | None) -> Found | None:
    """Return the moment of "(updated 13:50)": a time of the day of publication."""
    if published.moment is None:
        return None
    for block in near_headline(blocks, title):
        match = _label("modified").search(block.text)
        clock = _CLOCK.match(block.text, match.end()) if match else None
        if clock and int(clock["hour"]) < 24:
            moment = published.moment.replace(hour=int(clock["hour"]), minute=int(clock["minute"]), second=0, microsecond=0)
            if moment > published.moment:
                return Stamp(published.day, moment), "page text"
    return None
