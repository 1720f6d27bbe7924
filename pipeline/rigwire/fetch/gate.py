"""Politeness: one request at a time a host, with a delay between the end of one and the start of the next."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# A robots.txt may ask for hours; a run waits this long at most.
LONGEST_DELAY = 60.0


class HostGate:
    """Lets one request a host through at a time. `monotonic` and `sleep` are in seconds; safe in threads.

    A host that is slow to answer is given as long again to rest, so that a site in trouble is asked less.
    """

    def __init__(
        self, delay: float, *, monotonic: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._delay = delay
        self._monotonic = monotonic
        self._sleep = sleep
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._ended: dict[str, float] = {}
        self._took: dict[str, float] = {}
        self._slowed: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, wanted: float = 0.0) -> Iterator[None]:
        """Hold the turn of `host`. The delay is the larger of the setting and `wanted` (a crawl delay)."""
        with self._lock:
            lock = self._turns.setdefault(host, threading.Lock())
        with lock:
            self._wait(host, wanted)
            began = self._monotonic()
            try:
                yield
            finally:
                self._ended[host] = self._monotonic()
                self._took[host] = self._ended[host] - began

    def slow_down(self, host: str) -> None:
        """Double the delay of `host`, which said that it is asked too often."""
        self._slowed[host] = min(2 * max(self._slowed.get(host, self._delay), 0.5), LONGEST_DELAY)

    def _wait(self, host: str, wanted: float) -> None:
        if host not in self._ended:
            return
        delay = max(self._delay, min(max(wanted, self._took[host]), LONGEST_DELAY), self._slowed.get(host, 0.0))
        left = self._ended[host] + delay - self._monotonic()
        if left > 0:
            self._sleep(left)
