"""Whether a page came whole, as far as can be told."""

import re

from rigwire.model import Page

# With one of them the client has seen to it.
_MEASURED = ("content-length", "transfer-encoding", "content-encoding")
_END = re.compile(rb"(?:</(?:html|body|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>|\})(?:\s|<!--[^<]{0,500}-->)*\Z", re.I)
_TAIL = 1_000


def is_whole(page: Page) -> bool:
    """Tell whether a page surely came to its end.

    A body without a length ends when the connection does, and so does one that was cut: then the document must say so.
    """
    return any(name in page.headers for name in _MEASURED) or _END.search(page.body[-_TAIL:]) is not None
