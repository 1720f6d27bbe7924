"""What a run fetches with: the client under the rules of each site's robots.txt."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from random import random as random_fraction
from types import TracebackType
from typing import Literal

from rigwire.fetch.http import ACCEPT_FEED, ACCEPT_PAGE, Client, Wanted, utc_now
from rigwire.fetch.robots import CachedRobots, RobotsCache
from rigwire.model import Page
from rigwire.settings import Settings


class Fetcher:
    """Fetches feeds and pages politely. Safe in threads; a context manager that closes its connections.

    `robots` are the stored entries by host; `new_robots` gives those to be stored. The clock, the sleep and
    the random fraction are passed in; `monotonic` and `sleep` count seconds.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        robots: Mapping[str, CachedRobots] | None = None,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = random_fraction,
    ) -> None:
        self._client = Client(settings, clock=clock, monotonic=monotonic, sleep=sleep, random=random)
        self._robots = RobotsCache(robots or {}, self._client, clock)
        self._limits = {"page": settings.max_page_bytes, "feed": settings.max_feed_bytes}

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        kind: Literal["page", "feed"] = "page",
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Page:
        """Return the page at `url`: status 200, or 304 with an empty body if it is as `etag` or date say.

        Raises RequestError; robots.txt, politeness, redirects, limits and retries are seen to.
        """
        accept = ACCEPT_FEED if kind == "feed" else ACCEPT_PAGE
        wanted = Wanted(url, accept, self._limits[kind], etag, last_modified)
        return self._client.get(wanted, self._robots.check)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of a URL's site names. Raises RequestError."""
        return self._robots.sitemaps(url)

    def new_robots(self) -> list[CachedRobots]:
        """Return the robots.txt entries fetched since the last call, to be stored."""
        return self._robots.take_fresh()
