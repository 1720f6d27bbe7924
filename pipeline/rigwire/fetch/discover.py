"""The feeds of a site: those that its home page declares, and the paths where feeds usually are."""

import re

from rigwire.fetch.markup import decode_text, find_tags
from rigwire.model import Page
from rigwire.urls import host_root, resolve_link

USUAL_PATHS = ("/feed", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json")
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
# What a page says of itself stands in its head; a longer page is one that means harm, or adverts.
EXAMINED = 500_000
_FEED_PATH = re.compile(
    r"(?i)(?:/(?:feed|rss|atom)/?|\.(?:rss|atom)|/(?:feed|rss|atom|index)\.(?:xml|json))$"
)
_COMMENTS = re.compile(r"(?i)comments?(?:/|\b)")


def find_feeds(page: Page) -> list[str]:
    """Return the URLs of the feeds that an HTML page declares, then of those that it links to, each once.

    Feeds of comments come last.
    """
    tags = list(find_tags(decode_text(page.body[:EXAMINED], page.headers.get("content-type")), ("link", "a", "base")))
    bases = [attributes.get("href", "") for name, attributes in tags if name == "base"]
    base = (bases and resolve_link(page.final_url, bases[0])) or page.final_url
    declared = [item["href"] for name, item in tags if name == "link" and _declares_feed(item)]
    linked = [
        item["href"]
        for name, item in tags
        if name == "a" and _FEED_PATH.search(item.get("href", "").rstrip())
    ]
    urls = [url for href in declared + linked if (url := resolve_link(base, href))]
    return sorted(dict.fromkeys(urls), key=lambda url: bool(_COMMENTS.search(url)))


def guess_feeds(url: str) -> list[str]:
    """Return the URLs where the site of `url` may have a feed though it declares none."""
    return [host_root(url) + path for path in USUAL_PATHS]


def _declares_feed(link: dict[str, str]) -> bool:
    kind = link.get("type", "").partition(";")[0].strip().lower()
    return (
        bool(link.get("href")) and "alternate" in link.get("rel", "").lower().split() and kind in FEED_TYPES
    )
