"""The tree of a page, and small questions to its elements."""

import re
from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.etree import ParserError, XMLSyntaxError
from lxml.html import HtmlElement

from rigwire.errors import ParseError

_WORDS = re.compile(r"\W+")
BLOCK_TAGS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"}
    | {"td", "tfoot", "th", "thead", "tr", "ul"}
)
UNSEEN_TAGS = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "canvas"}
    | {"audio", "video", "map", "select", "option", "textarea", "button", "input", "head", "link", "meta", "base"}
    | {"img", "picture", "source", "track", "area", "col", "colgroup", "amp-ad", "amp-sidebar", "amp-list", "amp-img"}
    | {"amp-social-share", "amp-consent", "amp-analytics"}
)
HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def parse_tree(html: str) -> HtmlElement:
    """Return the root element of a page. Raises `ParseError` where there is not one element in it."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError) as error:
        raise ParseError(f"the page holds no HTML that can be read: {error}") from error


def tag_of(element: HtmlElement) -> str:
    """Return the lower-case tag name, "" for what is no element."""
    tag = element.tag
    return tag.rpartition(":")[2].lower() if isinstance(tag, str) else ""


def squeeze(text: str | None) -> str:
    """Return `text` with runs of white space as one space, none at the ends."""
    return " ".join((text or "").split())


def text_of(element: HtmlElement) -> str:
    """Return the words of an element in one line."""
    return squeeze("".join(element.itertext()))


def fold(text: str) -> str:
    """Return the letters and digits of `text` in lower case, for comparing."""
    return _WORDS.sub("", text).lower()


def cue_words(element: HtmlElement) -> str:
    """Return class and id of an element in lower case: what templates call their parts."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the parents of an element, innermost first."""
    parent = element.getparent()
    while parent is not None:
        yield parent
        parent = parent.getparent()
