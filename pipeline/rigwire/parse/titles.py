"""The headline of a page, and the name of its site."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rigwire.parse.dom import cue_words, fold, squeeze, tag_of, text_of
from rigwire.parse.structured import Node, first_meta, names_of

_SEPARATORS = re.compile(r"\s+[|–—·•»«:/\\]{1,2}\s+|\s+-{1,2}\s+|\s*::\s*|\s*[|»]\s*|(?<=\w):\s+")
_TITLE_CUE = re.compile(r"title|headline|titel|titre|titulo|heading")
_BRAND_CUE = re.compile(r"\b(brand|site-?title|logo|site-?name|masthead|site-branding)", re.I)
_LONGEST = 300


def head_titles(root: HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    """Return what the head of the page calls it: `og:title` and its like, then the title element."""
    names = ("og:title", "parsely-title", "dcterms.title", "dc.title", "sailthru.title", "twitter:title", "title")
    titles = [metas[name][0] for name in names if name in metas]
    element = root.find(".//head/title")
    element = root.find(".//title") if element is None else element
    if element is not None and text_of(element):
        titles.append(text_of(element))
    return list(dict.fromkeys(titles))


def find_title(root: HtmlElement, article: Node, titles: list[str], site: str | None) -> tuple[str | None, str]:
    """Return the headline and where it came from.

    A heading of the page that the head of the page repeats is the surest; then the JSON-LD headline, then the head's
    own titles without the site's name, then the first h1.
    """
    headings = _headings(root)
    known = [title for title in [squeeze(str(article.get("headline") or "")), *titles] if title]
    for heading in headings:
        if len(fold(heading)) > 8 and fold(heading) != fold(site or "") and any(fold(heading) in fold(title) for title in known):
            return heading, "heading"
    if article.get("headline"):
        return squeeze(str(article["headline"]))[:_LONGEST], "json-ld"
    stripped = [title for title in (strip_site(title, site) for title in titles) if fold(title) != fold(site or "")]
    if stripped:
        return stripped[0], "meta" if titles[0] == stripped[0] else "title"
    return (headings[0], "heading") if headings else (None, "")


def _headings(root: HtmlElement) -> list[str]:
    """Return the texts of headings, h1 first, then elements that are called titles."""
    found: list[tuple[int, str]] = []
    for element in root.iter("h1", "h2", "h3", "span", "div", "p", "b"):
        tag = tag_of(element)
        level = ("h1", "h2", "h3").index(tag) if tag in ("h1", "h2", "h3") else 3
        if level == 3 and not (tag == "b" or _TITLE_CUE.search(cue_words(element))):
            continue
        text = text_of(element)
        if 8 < len(text) < _LONGEST:
            found.append((level, text))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def strip_site(title: str, site: str | None) -> str:
    """Return a page title without the name of the site, its section or its domain at either end."""
    parts = _SEPARATORS.split(title)
    if len(parts) < 2:
        return title
    if site:
        name = fold(site)
        for cut in (title[: -len(parts[-1])], title[len(parts[0]) :]):
            part = parts[-1] if title.startswith(cut) else parts[0]
            if fold(part) == name or fold(part) in name and len(fold(part)) > 5:
                return strip_site(cut.strip(" |–—·•»«:/\\-"), None) if cut.count("|") else cut.strip(" |–—·•»«:/\\-")
    longest = max(parts, key=len)
    return longest if len(longest) > len(title) * 0.6 else title


def find_site(root: HtmlElement, nodes: list[Node], article: Node, metas: dict[str, list[str]], url: str | None) -> tuple[str | None, str]:
    """Return the name of the site and where it came from."""
    name, where = first_meta(metas, "og:site_name")
    if name:
        return name, where
    for value in (article.get("publisher"), next((n for n in nodes if n.get("@type") == "WebSite"), None)):
        names = names_of(nodes, value)
        if names:
            return names[0], "json-ld"
    name, where = first_meta(metas, "dcterms.publisher", "dc.publisher", "publisher", "application-name", "apple-mobile-web-app-title", "al:ios:app_name")
    if name and not name.startswith("http"):
        return name, where
    return _visible_site(root, metas, url)


def _visible_site(root: HtmlElement, metas: dict[str, list[str]], url: str | None) -> tuple[str | None, str]:
    title = root.find(".//title")
    parts = [part.strip() for part in _SEPARATORS.split(text_of(title))] if title is not None else []
    brand = _brand(root)
    for part in parts:
        if brand and fold(part) == fold(brand):
            return brand, "page"
        if part and url and fold(part) in fold(urlsplit(url).hostname or "") and len(fold(part)) > 3:
            return _as_printed(root, part), "title"
    if brand:
        return brand, "page"
    return (min(parts[0], parts[-1], key=len), "title") if len(parts) > 1 and len(min(parts[0], parts[-1], key=len)) < 50 else (None, "")


def _brand(root: HtmlElement) -> str | None:
    """Return the words of the element that is called brand, logo or site title and leads home."""
    for element in root.iter("a", "div", "span", "p", "h1"):
        if _BRAND_CUE.search(cue_words(element)):
            text = text_of(element)
            if 2 < len(text) < 60:
                return text
    return None


def _as_printed(root: HtmlElement, name: str) -> str:
    """Return the name as an image's alternative text spells it, where the title is all capitals."""
    if not name.isupper():
        return name
    alternatives = (image.get("alt") or "" for image in root.iter("img"))
    return next((squeeze(alt) for alt in alternatives if fold(alt) == fold(name)), name)
