"""From a page to the article alone.

The three functions are loaded on first use: importing this package costs nothing, and flat text needs no
library for pages.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rigwire.parse.article import parse_html, parse_page
    from rigwire.parse.text import parse_text

__all__ = ["parse_html", "parse_page", "parse_text"]

_MODULES = {"parse_html": "article", "parse_page": "article", "parse_text": "text"}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"rigwire.parse.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
