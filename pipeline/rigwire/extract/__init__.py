"""From an article to what happened."""

from rigwire.extract.extractor import extract, extractor_version

__all__ = ["extract", "extractor_version"]
