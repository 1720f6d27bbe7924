"""Where a source itself says which elements hold an article's parts: CSS selectors, tried before all else."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from rigwire.parse.dom import squeeze

SELECTOR_KEYS = ("body", "title", "published", "modified", "author")


@dataclass(frozen=True, slots=True)
class Selected:
    """What a source's selectors found: HTML of the body, values by key; and the keys that found nothing."""

    body: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    failed: tuple[str, ...] = ()


def apply_selectors(html: str, selectors: dict[str, str]) -> Selected:
    """Return what the selectors of a source, by keys of `SELECTOR_KEYS`, find in a page.

    A selector that is no CSS, or finds no words, counts as failed and is left to the general rules.
    """
    if not selectors:
        return Selected()
    soup = BeautifulSoup(html, "lxml")
    found = {key: _find(soup, css) for key, css in selectors.items() if key in SELECTOR_KEYS}
    return Selected(
        body="\n".join(str(element) for element in found.pop("body", [])),
        values={key: [_value(element) for element in elements] for key, elements in found.items() if elements},
        failed=tuple(key for key, css in selectors.items() if not _find(soup, css)),
    )


def _find(soup: BeautifulSoup, css: str) -> list[Tag]:
    """Return the elements with words, or a value for machines, that a selector finds; none where it is no CSS."""
    try:
        return [element for element in soup.select(css) if _value(element)]
    except SelectorSyntaxError:
        return []


def _value(element: Tag) -> str:
    """Return the value of an element for machines where it has one, else its words."""
    stated = element.get("content") or element.get("datetime")
    return squeeze(stated if isinstance(stated, str) else None) or squeeze(element.get_text(" "))
