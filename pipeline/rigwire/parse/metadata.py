"""Everything about a page but its text, and where each piece was read."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from rigwire.model import Hints
from rigwire.parse.authors import find_authors
from rigwire.parse.blocks import Block
from rigwire.parse.dom import squeeze
from rigwire.parse.published import Dates, find_dates
from rigwire.parse.stamps import parse_stamp
from rigwire.parse.structured import article_node, json_ld, meta_values, script_state
from rigwire.parse.titles import find_site, find_title, head_titles
from rigwire.urls import resolve_link


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; `origins` names the place of each piece."""

    title: str | None
    titles: list[str]
    site: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    canonical_url: str | None
    declared_language: str | None
    paid: bool
    article_body: str
    origins: dict[str, str] = field(default_factory=dict)


def read_metadata(root: HtmlElement, blocks: list[Block], url: str | None, hints: Hints) -> Metadata:
    """Return the metadata of a page; `hints` fill in what it does not state itself."""
    nodes, metas = json_ld(root), meta_values(root)
    titles = head_titles(root, metas)
    article = article_node(nodes, titles)
    site, site_from = find_site(root, nodes, article, metas, url)
    title, title_from = find_title(root, article, titles, site)
    state = script_state(root, title or "")
    authors, authors_from = find_authors(root, blocks, title, nodes, article, state, metas)
    declared = _declared_language(root, metas)
    month_first = (declared or "").lower() in ("en-us", "en_us")
    dates = find_dates(root, blocks, title, article, state, metas, url, month_first)
    published, published_from = _published(dates, hints)
    canonical, canonical_from = _canonical(root, metas, url)
    origins = {
        "title": title_from or "hint", "site": site_from or "hint", "authors": authors_from or "hint",
        "published": published_from, "modified": dates.modified_from, "canonical_url": canonical_from,
    }  # fmt: skip
    found = Metadata(
        title=title or hints.title,
        titles=titles,
        site=site or hints.site,
        authors=authors or hints.authors,
        published=published,
        modified=dates.modified.in_zone(hints.timezone).iso if dates.modified else None,
        canonical_url=canonical,
        declared_language=declared or hints.language,
        paid=str(article.get("isAccessibleForFree", "")).lower() == "false",
        article_body=str(article.get("articleBody") or ""),
    )
    return _with_origins(found, origins)


def _with_origins(found: Metadata, origins: dict[str, str]) -> Metadata:
    found.origins.update({name: origin for name, origin in origins.items() if origin and getattr(found, name)})
    return found


def _published(dates: Dates, hints: Hints) -> tuple[str | None, str]:
    if dates.published:
        return dates.published.in_zone(hints.timezone).iso, dates.published_from
    hinted = parse_stamp(hints.published)
    return (hinted.in_zone(hints.timezone).iso, "hint") if hinted else (None, "")


def _declared_language(root: HtmlElement, metas: dict[str, list[str]]) -> str | None:
    for name in ("content-language", "language", "dc.language", "dcterms.language", "og:locale"):
        if name in metas and not root.get("lang"):
            return metas[name][0]
    return root.get("lang") or root.get("xml:lang")


def _canonical(root: HtmlElement, metas: dict[str, list[str]], url: str | None) -> tuple[str | None, str]:
    """Return the URL that the page calls its own, absolute."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            resolved = resolve_link(url or "", squeeze(link.get("href")))
            if resolved:
                return resolved, "link"
    shared = resolve_link(url or "", metas["og:url"][0]) if "og:url" in metas else None
    return (shared, "meta og:url") if shared else (None, "")
