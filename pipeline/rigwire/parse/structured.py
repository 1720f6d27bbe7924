"""What a page says of itself to machines: JSON-LD, meta elements, microdata, data for its own scripts."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from rigwire.parse.dom import squeeze, tag_of, text_of

_ARTICLE_TYPES = re.compile(r"(?:article|blogposting|liveblogposting|report|newsitem|reportage|socialmediaposting)$", re.I)
_PAGE_TYPES = re.compile(r"(?:webpage|itempage)$", re.I)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_MAX_SCRIPT = 2_000_000
_MAX_NODES = 20_000

Node = dict[str, Any]


def json_ld(root: HtmlElement) -> list[Node]:
    """Return the objects of the page's JSON-LD, those of `@graph` and nested ones too; broken scripts are mended or skipped."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and (data := _load(script.text or "")) is not None:
            nodes.extend(_top_nodes(data))
    return nodes


def _load(text: str) -> Any:
    text = _WRAPPING.sub("", text[:_MAX_SCRIPT]).strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _top_nodes(data: Any) -> Iterator[Node]:
    if isinstance(data, list):
        for item in data:
            yield from _top_nodes(item)
    elif isinstance(data, dict):
        yield data
        if isinstance(data.get("@graph"), list):
            yield from (item for item in data["@graph"] if isinstance(item, dict))
        if isinstance(data.get("mainEntity"), dict):
            yield data["mainEntity"]


def article_node(nodes: list[Node], titles: list[str]) -> Node:
    """Return the object that describes this page's article: of an article type, else the page's own; {} for none.

    `titles` (of the head of the page) settle it where several articles are described.
    """
    articles = [node for node in nodes if _is_type(node, _ARTICLE_TYPES)]
    named = [node for node in articles if _matches(node, titles)]
    pages = [node for node in nodes if _is_type(node, _PAGE_TYPES) and "datePublished" in node]
    return next(iter([*named, *articles, *pages]), {})


def _is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    return any(isinstance(kind, str) and pattern.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _matches(node: Node, titles: list[str]) -> bool:
    headline = squeeze(str(node.get("headline") or node.get("name") or "")).lower()
    return bool(headline) and any(headline[:60] in title.lower() for title in titles)


def by_id(nodes: list[Node], value: Any) -> Any:
    """Return the object that a bare `{"@id": ...}` refers to, else the value itself."""
    if isinstance(value, dict) and set(value) == {"@id"}:
        return next((node for node in nodes if node.get("@id") == value["@id"] and len(node) > 1), value)
    return value


def names_of(nodes: list[Node], value: Any) -> list[str]:
    """Return the names in a JSON-LD value: a string, an object with `name`, a reference, or a list of those."""
    if isinstance(value, list):
        return [name for item in value for name in names_of(nodes, item)]
    value = by_id(nodes, value)
    if isinstance(value, dict):
        value = value.get("name")
        return names_of(nodes, value) if isinstance(value, list) else [squeeze(value)] if isinstance(value, str) else []
    return [squeeze(value)] if isinstance(value, str) else []


def meta_values(root: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta elements by lower-case name, property or itemprop, in order."""
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = squeeze(meta.get("content"))
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                values.setdefault(name, []).append(content)
    return values


def first_meta(values: dict[str, list[str]], *names: str) -> tuple[str, str]:
    """Return the first content among `names` and the name that has it, ("", "") for none."""
    return next(((values[name][0], name) for name in names if name in values), ("", ""))


def microdata(root: HtmlElement, prop: str) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the elements with an itemprop or RDFa property `prop` and their value: content, datetime, title or words."""
    for element in root.iterfind(".//*[@itemprop]"):
        if prop in (element.get("itemprop") or "").split() and tag_of(element) != "meta":
            yield element, value_of(element)


def value_of(element: HtmlElement) -> str:
    """Return the value of an element for machines where it has one, else its words."""
    for attribute in ("content", "datetime"):
        if element.get(attribute):
            return squeeze(element.get(attribute))
    if tag_of(element) == "abbr" and element.get("title"):
        return squeeze(element.get("title"))
    return text_of(element)


def script_state(root: HtmlElement, title: str) -> Node:
    """Return the object of the page's own script data (such as `__NEXT_DATA__`) whose headline is `title`, else {}."""
    wanted = squeeze(title).lower()
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/json" and wanted:
            for node in _all_nodes(_load(script.text or "")):
                headline = node.get("headline") or node.get("title")
                if isinstance(headline, str) and squeeze(headline).lower() == wanted:
                    return node
    return {}


def _all_nodes(data: Any) -> Iterator[Node]:
    queue: list[Any] = [data]
    for _ in range(_MAX_NODES):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, dict):
            yield item
            queue.extend(value for value in item.values() if isinstance(value, (dict, list)))
        elif isinstance(item, list):
            queue.extend(value for value in item if isinstance(value, (dict, list)))
