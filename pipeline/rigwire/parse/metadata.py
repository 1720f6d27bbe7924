"""Everything about a page but its text, and where each piece was read."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rigwire.model import Hints
from rigwire.parse.authors import find_authors, split_names
from rigwire.parse.blocks import Block
from rigwire.parse.dom import squeeze
from rigwire.parse.published import Dates, find_dates
from rigwire.parse.selectors import Selected
from rigwire.parse.stamps import parse_stamp
from rigwire.parse.structured import PageData, article_node, first_meta, json_ld, meta_values, script_state
from rigwire.parse.titles import Sourced, find_site, find_title, head_titles
from rigwire.urls import resolve_link

# Where English pages write the day before the month.
_DAY_FIRST = frozenset("uk ie au nz in za sg my hk ng ke pk gh lk bd mt eu de fr nl se no fi dk".split())


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself. `origins` names the place of each piece, `titles` what the head calls the page.

    `paid` is whether the page says that it isn't free, `article_body` the text that it states for machines.
    """

    title: str | None = None
    titles: list[str] = field(default_factory=list)
    site: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    canonical_url: str | None = None
    declared_language: str | None = None
    paid: bool = False
    article_body: str = ""
    origins: dict[str, str] = field(default_factory=dict)


def read_metadata(
    root: HtmlElement, blocks: list[Block], url: str | None, hints: Hints, latest: date = date.max
) -> Metadata:
    """Return the metadata of a page; `hints` fill in what it does not state itself.

    After the day `latest` it can't have been published.
    """
    page = _page_data(root, blocks, url)
    site = find_site(page)
    title = find_title(page, site[0])
    page = replace(page, title=title[0], state=script_state(root, title[0]))
    language = _declared_language(page) or hints.language
    dates = find_dates(page, _month_first(language, url, hints.timezone), latest)
    modified = dates.modified.in_zone(hints.timezone).iso if dates.modified else None
    pieces: dict[str, tuple[Any, str]] = {
        "title": _or_hint(title, hints.title),
        "site": _or_hint(site, hints.site),
        "authors": _or_hint(find_authors(page), hints.authors),
        "published": _published(dates, hints),
        "modified": (modified, dates.modified_from),
        "canonical_url": _canonical(page),
    }
    return Metadata(
        **{name: value for name, (value, _) in pieces.items()},
        titles=page.titles,
        declared_language=language,
        paid=str(page.article.get("isAccessibleForFree", "")).lower() == "false",
        article_body=str(page.article.get("articleBody") or ""),
        origins={name: origin for name, (value, origin) in pieces.items() if value},
    )


def _page_data(root: HtmlElement, blocks: list[Block], url: str | None) -> PageData:
    nodes, metas = json_ld(root), meta_values(root)
    titles = head_titles(root, metas)
    return PageData(root, blocks, url, nodes, metas, titles, article_node(nodes, titles, url))


def with_selected(found: Metadata, selected: Selected, zone: str | None) -> Metadata:
    """Return the metadata with what a source's selectors found in place of the rest; `zone` is the source's."""
    values = selected.values
    changes: dict[str, Any] = {}
    if "title" in values:
        changes["title"] = values["title"][0]
    if "authors" in values:
        changes["authors"] = tuple(name for value in values["authors"] for name in split_names(value))
    for key in ("published", "modified"):
        if stamp := parse_stamp(values[key][0]) if key in values else None:
            changes[key] = stamp.in_zone(zone).iso
    unread = [key for key in ("published", "modified") if key in values and key not in changes]
    origins = found.origins | dict.fromkeys(changes, "selector")
    if failed := [*selected.failed, *unread]:
        origins["failed selectors"] = ", ".join(failed)
    return replace(found, **changes, origins=origins)


def _or_hint(found: tuple[Any, str], hint: Any) -> tuple[Any, str]:
    return found if found[0] else (hint, "hint")


def _published(dates: Dates, hints: Hints) -> Sourced:
    if dates.published:
        return dates.published.in_zone(hints.timezone).iso, dates.published_from
    hinted = parse_stamp(hints.published)
    return (hinted.in_zone(hints.timezone).iso, "hint") if hinted else (None, "")


def _month_first(language: str | None, url: str | None, zone: str | None) -> bool:
    """Tell whether 04/05 is the fifth of April: in American English, and in English of no stated country."""
    tag = (language or "").lower().replace("_", "-")
    country = (urlsplit(url).hostname or "").rpartition(".")[2] if url else ""
    if tag == "en-us" or (zone or "").startswith("America/"):
        return tag.startswith("en")
    return tag == "en" and country not in _DAY_FIRST


def _declared_language(page: PageData) -> str | None:
    return page.root.get("lang") or page.root.get("xml:lang") or first_meta(page.metas, "language")[0] or None


def _canonical(page: PageData) -> Sourced:
    """Return the URL that the page calls its own, absolute."""
    links = (link for link in page.root.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    for link in links:
        if resolved := resolve_link(page.url or "", squeeze(link.get("href"))):
            return resolved, "link"
    shared = resolve_link(page.url or "", page.metas["og:url"][0]) if "og:url" in page.metas else None
    return (shared, "meta og:url") if shared else (None, "")
