"""What a page says of itself to machines: JSON-LD, meta elements, microdata, data for its own scripts."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml.html import HtmlElement

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.dom import squeeze, tag_of, text_of

_ARTICLE_TYPES = re.compile(r"(?:article|blogposting|report|newsitem|reportage|socialmediaposting)$", re.I)
_PAGE_TYPES = re.compile(r"(?:webpage|itempage)$", re.I)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_OPENING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)")
_CLOSING = re.compile(r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*$")
_HEADLINE = 60
_MAX_SCRIPT = 2_000_000
_MAX_NODES = 20_000

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageData:
    """What the readers of metadata look at.

    `titles` are what the head calls the page, `nodes` its JSON-LD objects, `article` the one of the article,
    `state` the object of the article in its scripts' data, `metas` the meta elements' contents by name, `title` the
    headline.
    """

    root: HtmlElement
    blocks: list[Block]
    url: str | None
    nodes: list[Node] = field(default_factory=list)
    metas: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    article: Node = field(default_factory=dict)
    title: str | None = None
    state: Node = field(default_factory=dict)


@cache
def meta_names(piece: str) -> tuple[str, ...]:
    """Return the names under which pages state a piece of metadata, in order of trust."""
    rows = read_table("parse/meta_names.csv")
    return tuple(name for row in rows if row["piece"] == piece for name in split_list(row["names"]))


def json_ld(root: HtmlElement) -> list[Node]:
    """Return the objects of the page's JSON-LD, those of `@graph` too; a script that can't be mended is skipped."""
    nodes: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes.extend(_top_nodes(_load(script.text or "")))
    return nodes


def _load(text: str) -> Any:
    """Return the data of a script, None where it is no JSON; comment marks and trailing commas are mended."""
    text = _CLOSING.sub("", _OPENING.sub("", text[:_MAX_SCRIPT])).strip().rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _top_nodes(data: Any) -> Iterator[Node]:
    for item in data if isinstance(data, list) else [data]:
        if isinstance(item, dict):
            yield item
            inner = [*_listed(item.get("@graph")), *_listed(item.get("mainEntity"))]
            yield from (node for node in inner if isinstance(node, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def article_node(nodes: list[Node], titles: list[str], url: str | None) -> Node:
    """Return the object that describes the page's article, else the page's own; {} for none.

    `titles` (of the head of the page) and its `url` settle it where several articles are described.
    """
    articles = [node for node in nodes if _is_type(node, _ARTICLE_TYPES)]
    named = [node for node in articles if _is_headed(node, titles) or (url and url == node.get("url"))]
    pages = [node for node in nodes if _is_type(node, _PAGE_TYPES) and "datePublished" in node]
    return next(iter([*named, *articles, *pages]), {})


def _is_type(node: Node, pattern: re.Pattern[str]) -> bool:
    return any(isinstance(kind, str) and pattern.search(kind) for kind in _listed(node.get("@type")))


def _is_headed(node: Node, titles: list[str]) -> bool:
    headline = squeeze(str(node.get("headline") or node.get("name") or "")).lower()
    return bool(headline) and any(headline[:_HEADLINE] in title.lower() for title in titles)


def names_of(nodes: list[Node], value: Any) -> list[str]:
    """Return the names in a JSON-LD value: a string, an object with `name`, a reference, a list of those."""
    if isinstance(value, list):
        return [name for item in value for name in names_of(nodes, item)]
    if isinstance(value, dict):
        name = _resolved(nodes, value).get("name")
        return names_of(nodes, name) if isinstance(name, (str, list)) else []
    return [squeeze(value)] if isinstance(value, str) else []


def _resolved(nodes: list[Node], value: Node) -> Node:
    """Return the object that a bare `{"@id": ...}` refers to, else the value itself."""
    if set(value) != {"@id"}:
        return value
    return next((node for node in nodes if node.get("@id") == value["@id"] and len(node) > 1), value)


def meta_values(root: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta elements by lower-case name, property or itemprop, in order."""
    values: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = squeeze(meta.get("content"))
        names = {(meta.get(key) or "").strip().lower() for key in ("name", "property", "itemprop", "http-equiv")}
        for name in names if content else ():
            values.setdefault(name, []).append(content)
    return values


def first_meta(values: dict[str, list[str]], piece: str) -> tuple[str, str]:
    """Return the first content that states `piece` and the name that has it, ("", "") for none."""
    return next(((values[name][0], name) for name in meta_names(piece) if name in values), ("", ""))


def microdata(root: HtmlElement, prop: str) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the elements with an itemprop `prop`, and their value: for machines where it has one, else its words."""
    for element in root.iterfind(".//*[@itemprop]"):
        if prop in (element.get("itemprop") or "").split() and tag_of(element) != "meta":
            yield element, value_of(element)


def value_of(element: HtmlElement) -> str:
    """Return the value of an element for machines where it has one, else its words."""
    stated = element.get("content") or element.get("datetime")
    if not stated and tag_of(element) == "abbr":
        stated = element.get("title")
    return squeeze(stated) or text_of(element)


def script_state(root: HtmlElement, title: str | None) -> Node:
    """Return the object in the page's script data (such as `__NEXT_DATA__`) whose headline is `title`, else {}."""
    wanted = squeeze(title).lower()
    for script in root.iter("script"):
        if (script.get("type") or "").lower() == "application/json" and wanted:
            for node in _all_nodes(_load(script.text or "")):
                headline = node.get("headline") or node.get("title")
                if isinstance(headline, str) and squeeze(headline).lower() == wanted:
                    return node
    return {}


def _all_nodes(data: Any) -> Iterator[Node]:
    """Yield the objects in `data`, outermost first, up to a limit."""
    queue: list[Any] = [data]
    for item in queue:
        if isinstance(item, dict):
            yield item
        if len(queue) < _MAX_NODES and isinstance(item, (dict, list)):
            queue.extend(item.values() if isinstance(item, dict) else item)
