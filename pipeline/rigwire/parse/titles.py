"""The headline of a page, and the name of its site."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from rigwire.parse.dom import ancestors, cue_words, fold, squeeze, tag_of, text_of
from rigwire.parse.structured import PageData, first_meta, meta_names, names_of

_SEPARATOR = re.compile(r"\s+[|–—·•»«:/\\]{1,2}\s+|\s+-{1,2}\s+|\s*::\s*|\s*[|»]\s*|(?<=\w):\s+")
_TITLE_CUE = re.compile(r"title|headline|titel|titre|titulo|heading")
_BRAND_CUE = re.compile(r"\b(?:brand|site-?title|site-?name|masthead|site-branding)|(?<![a-z])logo(?![a-z])")
_LEVELS = {"h1": 1, "h2": 2, "h3": 3}
_SHORTEST = 8
_LONGEST = 300
_SITE_CHARS = 60
_HEADING_SHARE = 0.35

Sourced = tuple[str | None, str]


def head_titles(root: HtmlElement, metas: dict[str, list[str]]) -> list[str]:
    """Return what the head of the page calls it: `og:title` and its like, then the title element."""
    titles = [metas[name][0] for name in meta_names("title") if name in metas]
    titles += [text_of(element) for element in _title_element(root)]
    return [title for title in dict.fromkeys(titles) if title]


def _title_element(root: HtmlElement) -> list[HtmlElement]:
    """Return the title element of the page, not that of a drawing in it, in a list of one or none."""
    found: list[HtmlElement] = root.findall(".//head/title") or root.findall(".//title")
    return found[:1]


def find_title(page: PageData, site: str | None) -> Sourced:
    """Return the headline and where it came from.

    A heading of the page that the head of the page repeats is the surest; then the JSON-LD headline, then the
    head's own titles without the site's name, then the first heading.
    """
    stated = squeeze(str(page.article.get("headline") or ""))
    headings = [heading for heading in _headings(page.root) if fold(heading) != fold(site or "")]
    known = [fold(title) for title in [stated, *page.titles] if title]
    for heading in headings:
        if any(fold(heading) in title and len(fold(heading)) > _HEADING_SHARE * len(title) for title in known):
            return heading, "heading"
    if stated:
        return stated[:_LONGEST], "json-ld"
    stripped = [strip_site(title, site) for title in page.titles if fold(title) != fold(site or "")]
    if stripped:
        return stripped[0], "head"
    return (headings[0], "heading") if headings else (None, "")


def _headings(root: HtmlElement) -> list[str]:
    """Return the texts of headings, h1 first, and of elements that are called titles or set in bold."""
    found: list[tuple[int, str]] = []
    for element in root.iter("h1", "h2", "h3", "span", "div", "p", "b"):
        tag = tag_of(element)
        if tag in _LEVELS or tag == "b" or _TITLE_CUE.search(cue_words(element)):
            text = text_of(element)
            if _SHORTEST < len(text) < _LONGEST:
                found.append((_LEVELS.get(tag, len(_LEVELS) + 1), text))
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


def strip_site(title: str, site: str | None) -> str:
    """Return a page's title without the name of its site, section or author at either end."""
    gaps = list(_SEPARATOR.finditer(title))
    edges = [0, *(place for gap in gaps for place in gap.span()), len(title)]
    parts = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    name = fold(site or "")
    while len(parts) > 1 and name:
        first, last = (fold(title[start:end]) for start, end in (parts[0], parts[-1]))
        if _names_site(last, name):
            parts.pop()
        elif _names_site(first, name):
            parts.pop(0)
        else:
            break
    left = title[parts[0][0] : parts[-1][1]].strip()
    longest = max((title[start:end].strip() for start, end in parts), key=len)
    return longest if len(longest) > 0.6 * len(left) else left


def _names_site(part: str, name: str) -> bool:
    """Tell whether a part of a title is the site's name, or a shorter or slightly longer form of it."""
    return part == name or (part in name and len(part) > 3) or (name in part and len(part) < 1.6 * len(name))


def find_site(page: PageData) -> Sourced:
    """Return the name of the site and where it came from."""
    name, where = first_meta(page.metas, "site")
    name = "" if name.startswith(("http", "@", "//")) else name
    if name and where == "og:site_name":
        return name, f"meta {where}"
    website = next((node for node in page.nodes if node.get("@type") == "WebSite"), None)
    for value in (page.article.get("publisher"), website):
        if names := names_of(page.nodes, value):
            return names[0], "json-ld"
    if name:
        return name, f"meta {where}"
    return _visible_site(page.root, page.url)


def _visible_site(root: HtmlElement, url: str | None) -> Sourced:
    """Return the site's name by its logo, or by the part of the page's title that is not the headline."""
    title = "".join(text_of(element) for element in _title_element(root))
    headings = {fold(heading) for heading in _headings(root)}
    parts = [] if fold(title) in headings else [part.strip() for part in _SEPARATOR.split(title)]
    brand = _brand(root, url)
    host = (urlsplit(url).hostname or "") if url else ""
    for part in parts:
        if brand and fold(part) == fold(brand):
            return brand, "logo"
        if _is_host(fold(part), host):
            return _as_printed(root, part), "title"
    if brand:
        return brand, "logo"
    for part, others in ((parts[-1:], parts[:-1]), (parts[:1], parts[1:])):
        if part and len(part[0]) < _SITE_CHARS and any(fold(other) in headings for other in others):
            return part[0], "title"
    return None, ""


def _is_host(part: str, host: str) -> bool:
    """Tell whether a part of a title, folded, is the name that the host is built of, or begins with it."""
    label = fold(max(host.split("."), key=len))
    return (len(part) > 3 and part in fold(host)) or (len(label) > 4 and part.startswith(label))


def _brand(root: HtmlElement, url: str | None) -> str | None:
    """Return the words of the first element that is called brand, logo or site title and leads home."""
    for element in root.iter("a", "div", "span", "p", "h1"):
        if _BRAND_CUE.search(cue_words(element)) and 2 < len(text := text_of(element)) < _SITE_CHARS:
            links = [*element.iter("a"), *(parent for parent in ancestors(element) if tag_of(parent) == "a")]
            if any(_leads_home(link.get("href") or "", url) for link in links):
                return text
    return None


def _leads_home(href: str, url: str | None) -> bool:
    target, page = urlsplit(href.strip()), urlsplit(url or "")
    return target.path in ("", "/", "./") and target.netloc in ("", page.netloc) and not target.fragment


def _as_printed(root: HtmlElement, name: str) -> str:
    """Return the name as a logo's alternative text spells it, where the title is all capitals."""
    if not name.isupper():
        return name
    alternatives = (squeeze(image.get("alt")) for image in root.iter("img"))
    return next((text for text in alternatives if fold(text) == fold(name)), name)
