"""The HTTP client: conditional requests, redirects followed by hand, limits on everything, retries."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from random import random as random_fraction
from types import TracebackType
from typing import Any

import requests
import urllib3

from rigwire.fetch.decode import BodyError, read_body
from rigwire.fetch.dial import Dialer, GuardedAdapter, Transfer
from rigwire.fetch.explain import explain
from rigwire.fetch.failure import RequestError
from rigwire.fetch.gate import HostGate
from rigwire.fetch.guard import is_allowed, is_public_host, refusal
from rigwire.fetch.retry import TRANSIENT_STATUSES, parse_retry_after, pause_before_retry
from rigwire.model import Page
from rigwire.settings import Settings
from rigwire.urls import host_key, is_web_url, request_url, resolve_link, shown_url

MAX_HOPS = 10
CHUNK = 65_536
ACCEPT_PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ACCEPT_FEED = (
    "application/rss+xml,application/atom+xml,application/feed+json,"
    "application/rdf+xml;q=0.9,application/xml;q=0.8,text/xml;q=0.8,application/json;q=0.7,*/*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LENGTHS = frozenset({"content-length", "transfer-encoding"})
_PRIVATE_HEADERS = frozenset({"set-cookie", "set-cookie2"})

Hop = Callable[[str], float]


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request: what to ask for, and how many bytes of it (`cut`: take the beginning of a longer body)."""

    url: str
    accept: str
    max_bytes: int
    etag: str | None = None
    last_modified: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """Fetches one URL at a time a host. Safe in threads; a context manager that closes its connections.

    The clock, the sleep and the random fraction are passed in; `monotonic` and `sleep` count seconds.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = random_fraction,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._sleep = sleep
        self._random = random
        self._gate = HostGate(settings.delay, monotonic=monotonic, sleep=sleep)
        self._dialer = Dialer(settings.allow_hosts)
        self._adapter = GuardedAdapter(self._dialer, hosts=4 * settings.parallel_hosts)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._adapter.close()

    def get(self, wanted: Wanted, hop: Hop | None = None) -> Page:
        """Return the page for `wanted`: status 200, or 304 with an empty body for a conditional request.

        `hop` is called with each URL on the way, redirects included, before it is requested; it raises
        RequestError for one that must not be fetched and returns the host's crawl delay in seconds.
        Raises RequestError.
        """
        attempt = 0
        while True:
            try:
                return self._follow(wanted, hop)
            except RequestError as failure:
                pause = self._pause(failure, attempt)
                if pause is None:
                    raise
            self._sleep(pause)
            attempt += 1

    def _pause(self, failure: RequestError, attempt: int) -> float | None:
        if not failure.transient:
            return None
        return pause_before_retry(
            attempt,
            retries=self._settings.retries,
            cap=self._settings.backoff_cap,
            retry_after=failure.retry_after,
            jitter=self._random(),
        )

    def _follow(self, wanted: Wanted, hop: Hop | None) -> Page:
        url, seen = wanted.url, set[str]()
        while len(seen) < MAX_HOPS:
            self._check(wanted.url, url)
            seen.add(request_url(url))
            delay = hop(url) if hop else 0.0
            with self._gate.turn(host_key(url), delay):
                answer = self._transfer(wanted, url)
            if answer.status not in _REDIRECTS:
                return Page(wanted.url, url, answer.status, answer.headers, answer.body, self._clock())
            url = _target(wanted, url, answer.headers.get("location", ""))
            if request_url(url) in seen:
                raise RequestError(wanted.url, f"redirects in a loop (by {shown_url(url)})")
        raise RequestError(wanted.url, f"redirects more than {MAX_HOPS} times")

    def _check(self, asked: str, url: str) -> None:
        """Refuse what is no web URL and, where a proxy looks names up, hosts that are private by name."""
        if not is_web_url(url):
            reason = "not an http or https URL (without user name and password)"
            raise RequestError(asked, reason, permanent=True)
        if self._settings.proxy:
            host, _, port = host_key(url).rpartition(":")
            if not is_allowed(host, int(port), self._settings.allow_hosts) and not is_public_host(host):
                raise RequestError(asked, refusal(host))

    def _transfer(self, wanted: Wanted, url: str) -> _Answer:
        """Send one request and return its answer; the body only of a status that has one to keep."""
        with Transfer(self._settings.transfer_deadline) as transfer:
            self._dialer.begin(transfer)
            try:
                answer = self._exchange(wanted, url)
            except (BodyError, requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                if not transfer.expired:
                    reason, transient = explain(error)
                    reason = _on_way(wanted, url, reason)
                    raise RequestError(wanted.url, reason, transient=transient) from None
            # A body without a length just ends when the deadline cuts the connection: no error tells of it.
            if transfer.expired:
                reason = f"took longer than {self._settings.transfer_deadline:g} s in all"
                raise RequestError(wanted.url, _on_way(wanted, url, reason))
            if answer.status == 200 and not (
                answer.body or wanted.cut or _LENGTHS.intersection(answer.headers)
            ):
                # A connection that is cut within the headers looks like an empty page.
                raise RequestError(wanted.url, _on_way(wanted, url, "the answer breaks off"), transient=True)
            return answer

    def _exchange(self, wanted: Wanted, url: str) -> _Answer:
        response = self._adapter.send(
            self._request(wanted, url),
            stream=True,
            timeout=(self._settings.connect_timeout, self._settings.read_timeout),
            verify=self._settings.ca_bundle or True,
            proxies={scheme: self._settings.proxy for scheme in ("http", "https") if self._settings.proxy},
        )
        try:
            headers = _headers(response.headers)
            unchanged = response.status_code == 304 and bool(wanted.etag or wanted.last_modified)
            if unchanged or response.status_code in _REDIRECTS:
                return _Answer(response.status_code, headers, b"")
            if response.status_code != 200:
                raise self._refused(wanted, url, response.status_code, headers)
            return _Answer(200, headers, self._body(wanted, response.raw, headers))
        finally:
            response.close()

    def _request(self, wanted: Wanted, url: str) -> requests.PreparedRequest:
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": wanted.accept,
            "Accept-Encoding": "gzip, deflate",
        }
        if wanted.etag:
            headers["If-None-Match"] = wanted.etag
        if wanted.last_modified:
            headers["If-Modified-Since"] = wanted.last_modified
        return requests.Request("GET", request_url(url), headers=headers).prepare()

    def _body(self, wanted: Wanted, raw: Any, headers: Mapping[str, str]) -> bytes:
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > wanted.max_bytes and not wanted.cut:
            raise BodyError(f"larger than {wanted.max_bytes:,} bytes")
        encoding = headers.get("content-encoding", "")
        return read_body(_chunks(raw), encoding, wanted.max_bytes, cut=wanted.cut)

    def _refused(self, wanted: Wanted, url: str, status: int, headers: Mapping[str, str]) -> RequestError:
        wait = parse_retry_after(headers.get("retry-after"), self._clock())
        if status in {429, 503}:
            self._gate.slow_down(host_key(url))
        return RequestError(
            wanted.url,
            _on_way(wanted, url, f"answered {status} {_phrase(status)}".rstrip()),
            status=status,
            retry_after=wait,
            permanent=status == 410,
            transient=status in TRANSIENT_STATUSES,
        )


def _target(wanted: Wanted, url: str, location: str) -> str:
    """Return where a redirect of `url` leads; a Location header in UTF-8 arrives as if it were Latin-1."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    target = resolve_link(url, location) if location else None
    if target is None:
        shown = shown_url(location) or "nowhere"
        raise RequestError(wanted.url, f"redirects to {shown}, which is no web page")
    return target


def _chunks(raw: Any) -> Iterator[bytes]:
    while chunk := raw.read(CHUNK, decode_content=False):
        yield chunk


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers by lower-case name, on one line each, without cookies."""
    named = {name.lower(): " ".join(value.split())[:4_000] for name, value in headers.items()}
    return {name: value for name, value in named.items() if name not in _PRIVATE_HEADERS}


def _phrase(status: int) -> str:
    """Return the standard's words for a status: the server's own may hold anything."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _on_way(wanted: Wanted, url: str, reason: str) -> str:
    """Return `reason`, with the place where it happened if that is not the URL asked for."""
    return reason if url == wanted.url else f"{reason} (at {shown_url(url)})"
