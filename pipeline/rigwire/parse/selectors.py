"""Where a source itself says which elements hold an article's parts: CSS selectors, tried before all else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from rigwire.parse.dom import squeeze

_VALUES = ("title", "published", "modified", "authors")


@dataclass(frozen=True, slots=True)
class Selected:
    """What a source's selectors found: HTML of the body, values by key; and the keys that found nothing.

    `rest` is the HTML of the page without what is to be removed, empty where nothing is.
    """

    body: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    rest: str = ""


def apply_selectors(html: str, selectors: Mapping[str, str]) -> Selected:
    """Return what the selectors of a source, by keys of `model.SELECTOR_KEYS`, find in a page.

    A selector that is no CSS, or finds no words, counts as failed and is left to the general rules; so does an unknown
    key. That a page has nothing to remove is no failure.
    """
    if not selectors:
        return Selected()
    soup = BeautifulSoup(html, "lxml")
    found = {key: _find(soup, selectors[key]) for key in _VALUES if key in selectors}
    removed = _select(soup, selectors["remove"]) if "remove" in selectors else []
    for element in removed or []:
        element.extract()
    found["body"] = _find(soup, selectors["body"]) if "body" in selectors else []
    sound = {key for key, elements in found.items() if elements} | ({"remove"} if removed is not None else set())
    return Selected(
        body="\n".join(str(element) for element in found.pop("body")),
        values={key: [_value(element) for element in elements] for key, elements in found.items() if elements},
        failed=tuple(key for key in selectors if key not in sound),
        rest=str(soup) if removed else "",
    )


def _find(soup: BeautifulSoup, css: str) -> list[Tag]:
    """Return the elements with words, or a value for machines, that a selector finds; none where it is no CSS."""
    return [element for element in _select(soup, css) or [] if _value(element)]


def _select(soup: BeautifulSoup, css: str) -> list[Tag] | None:
    """Return the elements that a selector finds, None where it is no CSS."""
    try:
        return list(soup.select(css))
    except SelectorSyntaxError:
        return None


def _value(element: Tag) -> str:
    """Return the value of an element for machines where it has one, else its words."""
    stated = element.get("content") or element.get("datetime")
    return squeeze(stated if isinstance(stated, str) else None) or squeeze(element.get_text(" "))
