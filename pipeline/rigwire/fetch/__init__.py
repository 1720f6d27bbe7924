"""Fetch: declared sources and their feeds over HTTP, politely and under limits."""

from rigwire.fetch.archives import article_links, is_numbered, numbered_page, period_pages, stated_day
from rigwire.fetch.discover import find_feeds, guess_feeds
from rigwire.fetch.failure import RequestError
from rigwire.fetch.feeds import Feed, FeedItem, parse_feed
from rigwire.fetch.fetcher import Fetcher
from rigwire.fetch.http import utc_now
from rigwire.fetch.robots import CachedRobots
from rigwire.fetch.schedule import DueFeed, FeedState, after_failure, after_success, due_feeds, due_parts
from rigwire.fetch.sitemaps import Sitemap, SitemapEntry, parse_sitemap
from rigwire.fetch.sources import Source, declared_sources, format_source, load_sources
from rigwire.fetch.whole import is_whole

__all__ = [
    "CachedRobots",
    "DueFeed",
    "Feed",
    "FeedItem",
    "FeedState",
    "Fetcher",
    "RequestError",
    "Sitemap",
    "SitemapEntry",
    "Source",
    "after_failure",
    "after_success",
    "article_links",
    "declared_sources",
    "due_feeds",
    "due_parts",
    "find_feeds",
    "format_source",
    "guess_feeds",
    "is_numbered",
    "is_whole",
    "load_sources",
    "numbered_page",
    "parse_feed",
    "parse_sitemap",
    "period_pages",
    "stated_day",
    "utc_now",
]
