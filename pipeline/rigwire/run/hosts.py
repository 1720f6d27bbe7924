"""Fetching many URLs: one host one thread, several hosts at a time, the answers handed to one consumer."""

import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from rigwire.errors import RigwireError
from rigwire.fetch import Fetcher, RequestError
from rigwire.model import Page
from rigwire.urls import host_key, is_web_url

T = TypeVar("T")

FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """What to ask for, with the validators of a conditional request; `about` is whom it is for."""

    url: str
    about: T
    kind: Literal["page", "feed"] = "page"
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What came of a request: a page or an error. `untried`: the host had failed too often, or asked to wait."""

    request: Request[T]
    page: Page | None = None
    error: RigwireError | None = None
    untried: bool = False


def fetch_all(fetcher: Fetcher, requests: Sequence[Request[T]], workers: int) -> Iterator[Answer[T]]:
    """Yield the answer of every request as it comes; those of one host in the order given.

    At most `workers` hosts at a time. Fetching waits when the consumer is slow, and ends when it goes away.
    """
    crew = _Crew(fetcher, requests, workers)
    try:
        yield from crew.answers()
    finally:
        crew.stop()


class _Crew(Generic[T]):
    """The threads of one `fetch_all`. They are daemons: an interrupted program does not wait for them."""

    def __init__(self, fetcher: Fetcher, requests: Sequence[Request[T]], workers: int) -> None:
        self._fetcher = fetcher
        self._expected = len(requests)
        self._hosts = deque(_by_host(requests))
        self._ready: queue.Queue[Answer[T]] = queue.Queue(maxsize=2 * workers)
        self._stopped = threading.Event()
        for _ in range(min(workers, len(self._hosts))):
            threading.Thread(target=self._work, daemon=True).start()

    def answers(self) -> Iterator[Answer[T]]:
        for _ in range(self._expected):
            yield self._ready.get()

    def stop(self) -> None:
        self._stopped.set()

    def _work(self) -> None:
        while not self._stopped.is_set():
            try:
                requests = self._hosts.popleft()
            except IndexError:
                return
            for answer in self._fetch_host(requests):
                self._hand_over(answer)

    def _fetch_host(self, requests: Sequence[Request[T]]) -> Iterator[Answer[T]]:
        """Yield the answers of one host; one that asks to wait, or is down a few times in a row, is left alone."""
        failures, wait = 0, None
        for request in requests:
            if self._stopped.is_set():
                return
            if wait or failures >= FAILURES_IN_A_ROW:
                asked = f"the host had asked to wait {wait:.0f} s" if wait else ""
                reason = f"not tried, {asked or f'the host had failed {failures} times in a row'}"
                yield Answer(request, error=RequestError(request.url, reason, retry_after=wait), untried=True)
                continue
            answer = self._fetch(request)
            failures = failures + 1 if _is_host_down(answer.error) else 0
            wait = getattr(answer.error, "retry_after", None)
            yield answer

    def _fetch(self, request: Request[T]) -> Answer[T]:
        validators = {"etag": request.etag, "last_modified": request.last_modified}
        try:
            return Answer(request, page=self._fetcher.get(request.url, kind=request.kind, **validators))
        except RigwireError as error:
            return Answer(request, error=error)
        except Exception as error:  # a fault in a library must not leave the consumer waiting for ever
            fault = f"unexpected {type(error).__name__}: {error}"
            return Answer(request, error=RequestError(request.url, fault))

    def _hand_over(self, answer: Answer[T]) -> None:
        while not self._stopped.is_set():
            try:
                return self._ready.put(answer, timeout=0.2)
            except queue.Full:
                continue


def _by_host(requests: Sequence[Request[T]]) -> list[list[Request[T]]]:
    hosts: dict[str, list[Request[T]]] = {}
    for request in requests:
        key = host_key(request.url) if is_web_url(request.url) else ""
        hosts.setdefault(key, []).append(request)
    return list(hosts.values())


def _is_host_down(error: RigwireError | None) -> bool:
    """Tell a failure of the host (no answer, overload) from one of the page."""
    return isinstance(error, RequestError) and error.transient and error.status in {None, 429, 502, 503, 504}
