"""rigwire: crypto-mining news into rows."""

__version__ = "0.1.0"
