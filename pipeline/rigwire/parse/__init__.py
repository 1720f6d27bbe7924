"""From a page to the article alone.

The three functions are loaded on first use: importing this package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rigwire.parse.article import parse_html, parse_page, parse_text

__all__ = ["parse_html", "parse_page", "parse_text"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("rigwire.parse.article"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
