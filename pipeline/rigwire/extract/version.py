"""The version of the extractor, known without loading any of it."""

from rigwire import __version__


def extractor_version() -> str:
    """Return the version that is stored with each extraction; it changes when results may."""
    return __version__
