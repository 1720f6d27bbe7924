"""robots.txt by RFC 9309: fetched once a host and day, obeyed for the product token `rigwire`."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from rigwire.fetch.failure import RequestError
from rigwire.fetch.http import Client, Wanted
from rigwire.fetch.retry import parse_max_age
from rigwire.model import Page
from rigwire.urls import host_root, is_web_url

AGENT = "rigwire"
MAX_BYTES = 500_000
SHORTEST, LONGEST = timedelta(hours=1), timedelta(hours=24)
_OWN_VERSION = re.compile(r"(?im)^([ \t]*+user[- ]?agent[ \t:]*+rigwire)/\S*")
_OTHER_AGENT = re.compile(r"(?im)^[ \t]*+user[- ]?agent[ \t:]*+(?!\*[ \t\r]*+(?:#|$)|rigwire\b).*$")


@dataclass(frozen=True, slots=True)
class CachedRobots:
    """The robots.txt of `host` (scheme://host[:port]); an empty `body` allows everything. Times are UTC."""

    host: str
    body: str
    fetched_at: datetime
    expires_at: datetime


def read_rules(body: str) -> Protego:
    """Return the rules of a robots.txt.

    Groups for other crawlers become one: the parser stores every rule once an agent, so that a short file
    with thousands of agents above thousands of rules would take it minutes.
    """
    return Protego.parse(_OTHER_AGENT.sub("User-agent: other", _OWN_VERSION.sub(r"\1", body)))


def lifetime(headers: Mapping[str, str]) -> timedelta:
    """Return how long a robots.txt holds: its Cache-Control max-age, between an hour and a day."""
    age = parse_max_age(headers.get("cache-control"))
    return LONGEST if age is None else min(max(timedelta(seconds=age), SHORTEST), LONGEST)


class RobotsCache:
    """The robots.txt files of a run: those known before, and those that it fetches. Safe in threads."""

    def __init__(
        self, known: Mapping[str, CachedRobots], client: Client, clock: Callable[[], datetime]
    ) -> None:
        self._entries = dict(known)
        self._client = client
        self._clock = clock
        self._fresh: list[CachedRobots] = []
        self._failures: dict[str, RequestError] = {}
        self._rules: dict[str, tuple[CachedRobots, Protego]] = {}
        self._lock = threading.Lock()
        self._host_locks: dict[str, threading.Lock] = {}

    def check(self, url: str) -> float:
        """Return the crawl delay in seconds (0.0 if none) for a URL that may be fetched.

        Raises RequestError for one that the rules forbid, and for every URL of a host whose robots.txt
        can't be read: by the standard that forbids all, for now.
        """
        rules = self._locked_rules(url)
        if not rules.can_fetch(url, AGENT):
            raise RequestError(url, "robots.txt of the site does not allow it")
        return float(rules.crawl_delay(AGENT) or 0.0)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that the robots.txt of a URL's site names. Raises RequestError as `check` does."""
        return [link for link in self._locked_rules(url).sitemaps if is_web_url(link)]

    def _locked_rules(self, url: str) -> Protego:
        root = host_root(url)
        with self._lock:
            lock = self._host_locks.setdefault(root, threading.Lock())
        with lock:
            return self._rules_of(root, url)

    def take_fresh(self) -> list[CachedRobots]:
        """Return the entries fetched since the last call, to be stored."""
        with self._lock:
            fresh, self._fresh = self._fresh, []
        return fresh

    def _rules_of(self, root: str, url: str) -> Protego:
        entry = self._entry(root, url)
        cached = self._rules.get(root)
        if cached is None or cached[0] is not entry:
            cached = self._rules[root] = (entry, read_rules(entry.body))
        return cached[1]

    def _entry(self, root: str, url: str) -> CachedRobots:
        known = self._entries.get(root)
        if known is not None and known.expires_at > self._clock():
            return known
        if root in self._failures:
            raise _unreadable(url, self._failures[root])
        try:
            entry = self._fetch(root)
        except RequestError as failure:
            if known is not None:  # an old copy is better than none while the host is in trouble
                return known
            self._failures[root] = failure
            raise _unreadable(url, failure) from None
        self._entries[root] = entry
        with self._lock:
            self._fresh.append(entry)
        return entry

    def _fetch(self, root: str) -> CachedRobots:
        now = self._clock()
        wanted = Wanted(f"{root}/robots.txt", accept="text/plain,*/*;q=0.5", max_bytes=MAX_BYTES, cut=True)
        try:
            page = self._client.get(wanted)
        except RequestError as failure:
            if failure.status is None or not 400 <= failure.status < 500 or failure.status == 429:
                raise
            return CachedRobots(root, "", now, now + LONGEST)
        return CachedRobots(root, _text(page), now, now + lifetime(page.headers))


def _text(page: Page) -> str:
    return page.body.decode("utf-8-sig", errors="replace").replace("\x00", "")


def _unreadable(url: str, failure: RequestError) -> RequestError:
    if failure.status is None:
        reason = f"{failure.reason} (asked for robots.txt)"
    else:
        reason = f"nothing is fetched while robots.txt of the site can't be read: it {failure.reason}"
    return RequestError(url, reason, status=failure.status, retry_after=failure.retry_after)
