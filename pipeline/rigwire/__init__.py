"""rigwire: crypto-mining news into rows.

extraction = rigwire.extract_document("Riot has ordered 3,000 machines.", published="2024-05-02")
with rigwire.open_store("rigwire.db") as store:
    rows = store.query("machines-moved")
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
_INTERFACE = ("Reading", "extract_document", "open_store", "parse_document")


def __getattr__(name: str) -> Any:
    """Load the interface of `rigwire.api` on first use: importing the package itself costs nothing."""
    if name in _INTERFACE:
        return getattr(import_module("rigwire.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
