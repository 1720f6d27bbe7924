"""From an article to what happened.

`extract` is loaded on first use: importing this package, and asking for its version, costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rigwire.extract.version import extractor_version

if TYPE_CHECKING:
    from rigwire.extract.extractor import extract

__all__ = ["extract", "extractor_version"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        return import_module("rigwire.extract.extractor").extract
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
