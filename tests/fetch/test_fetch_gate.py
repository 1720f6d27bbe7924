import threading

import pytest

from rigwire.fetch.gate import LONGEST_DELAY, HostGate


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


def test_the_delay_lies_between_two_requests_to_one_host(time: Time) -> None:
    gate = HostGate(2.0, monotonic=time.monotonic, sleep=time.sleep)
    for host in ("a.example:443", "b.example:443", "a.example:443", "a.example:443"):
        with gate.turn(host):
            time.now += 0.25
    assert time.slept == [1.75, 2.0]


def test_a_crawl_delay_makes_it_longer_but_not_endless(time: Time) -> None:
    gate = HostGate(2.0, monotonic=time.monotonic, sleep=time.sleep)
    for wanted in (5.0, 5.0, 1.0, 86_400.0):
        with gate.turn("a.example:443", wanted):
            pass
    assert time.slept == [5.0, 2.0, LONGEST_DELAY]


def test_a_host_that_complains_is_asked_more_slowly(time: Time) -> None:
    gate = HostGate(2.0, monotonic=time.monotonic, sleep=time.sleep)
    for _ in range(3):
        with gate.turn("a.example:443"):
            gate.slow_down("a.example:443")
    assert time.slept == [4.0, 8.0]


def test_a_slow_host_rests_as_long_as_it_took(time: Time) -> None:
    gate = HostGate(2.0, monotonic=time.monotonic, sleep=time.sleep)
    for seconds in (1.0, 9.0, 500.0, 0.1):
        with gate.turn("a"):
            time.now += seconds
    assert time.slept == [2.0, 9.0, LONGEST_DELAY]


def test_the_turn_is_given_back_after_an_error(time: Time) -> None:
    gate = HostGate(2.0, monotonic=time.monotonic, sleep=time.sleep)
    with pytest.raises(RuntimeError), gate.turn("a.example:443"):
        raise RuntimeError
    with gate.turn("a.example:443"):
        pass
    assert time.slept == [2.0]


def test_one_at_a_time_within_a_host_and_not_across() -> None:
    gate = HostGate(0.0, monotonic=lambda: 0.0, sleep=lambda _: None)
    inside: list[str] = []
    most: list[int] = []
    both = threading.Barrier(2, timeout=10)

    def same(name: str) -> None:
        for _ in range(200):
            with gate.turn("a.example:443"):
                inside.append(name)
                most.append(len(inside))
                inside.remove(name)

    def across(host: str) -> None:
        with gate.turn(host):
            both.wait()  # passes only if the two hosts have their turns at the same time

    threads = [threading.Thread(target=same, args=(str(number),)) for number in range(4)]
    threads += [threading.Thread(target=across, args=(host,)) for host in ("b.example:443", "c.example:443")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert not both.broken
