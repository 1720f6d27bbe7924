from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from loopback import LOOPBACK, NOW, Answer, answering
from rigwire.fetch import CachedRobots, Fetcher, RequestError
from rigwire.fetch.robots import LONGEST, MAX_BYTES, SHORTEST, lifetime, read_rules

PAGE: Answer = (200, {}, b"<p>page</p>")


def fetcher(**options: Any) -> Fetcher:
    still = {"clock": lambda: NOW, "monotonic": lambda: 0.0, "sleep": lambda _: None, "random": lambda: 0.5}
    return Fetcher(LOOPBACK, **(still | options))


def site_with(robots: Answer) -> Callable[[str, dict[str, str]], Answer]:
    return lambda path, sent: robots if path == "/robots.txt" else PAGE


def test_rules_are_obeyed_and_robots_fetched_once() -> None:
    robots = b"User-agent: *\nDisallow: /private\nAllow: /private/press\nCrawl-delay: 3\n"
    pauses: list[float] = []
    with answering(site_with((200, {}, robots))) as site, fetcher(sleep=pauses.append) as fetch:
        assert fetch.get(f"{site.base}/news").status == 200
        assert fetch.get(f"{site.base}/private/press").status == 200
        with pytest.raises(RequestError, match=r"robots\.txt of the site does not allow it"):
            fetch.get(f"{site.base}/private/x")
        assert site.paths == ["/robots.txt", "/news", "/private/press"]
    assert pauses == [3.0, 3.0]


def test_a_redirect_into_a_forbidden_place_is_not_followed() -> None:
    def answer(path: str, sent: dict[str, str]) -> Answer:
        if path == "/robots.txt":
            return 200, {}, b"User-agent: rigwire\nDisallow: /private\n"
        return 302, {"Location": "/private"}, b""

    with answering(answer) as site, fetcher() as fetch:
        with pytest.raises(RequestError, match="robots"):
            fetch.get(f"{site.base}/news")
        assert site.paths == ["/robots.txt", "/news"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_robots_everything_is_allowed(status: int) -> None:
    with answering(site_with((status, {}, b""))) as site, fetcher() as fetch:
        assert fetch.get(f"{site.base}/news").status == 200
        [entry] = fetch.new_robots()
    assert entry == CachedRobots(site.base, "", NOW, NOW + LONGEST)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_read_forbid_all_for_now(status: int) -> None:
    with answering(site_with((status, {"Retry-After": "900"}, b""))) as site, fetcher() as fetch:
        for _ in range(2):
            with pytest.raises(RequestError, match=rf"robots\.txt.*can't be read.*{status}") as caught:
                fetch.get(f"{site.base}/news")
            assert (caught.value.retry_after, caught.value.permanent) == (900.0, False)
        assert site.paths == ["/robots.txt"]
        assert fetch.new_robots() == []


def test_stored_entries_spare_the_request_until_they_expire() -> None:
    with answering(site_with((200, {"Cache-Control": "max-age=7200"}, b"User-agent: *\nDisallow:"))) as site:
        body = "User-agent: *\nDisallow: /news\n"
        fresh = CachedRobots(site.base, body, NOW - timedelta(hours=2), NOW + timedelta(seconds=1))
        with fetcher(robots={site.base: fresh}) as fetch:
            with pytest.raises(RequestError, match="does not allow"):
                fetch.get(f"{site.base}/news")
            assert (site.paths, fetch.new_robots()) == ([], [])
        with fetcher(robots={site.base: replace(fresh, expires_at=NOW)}) as fetch:
            assert fetch.get(f"{site.base}/news").status == 200
            [entry] = fetch.new_robots()
            assert fetch.new_robots() == []
    assert (entry.body, entry.expires_at) == ("User-agent: *\nDisallow:", NOW + timedelta(hours=2))


def test_an_old_copy_serves_while_the_host_is_in_trouble() -> None:
    with answering(site_with((500, {}, b""))) as site:
        old = CachedRobots(site.base, "User-agent: *\nDisallow: /private\n", NOW, NOW - timedelta(days=1))
        with fetcher(robots={site.base: old}) as fetch:
            assert fetch.get(f"{site.base}/news").status == 200
            with pytest.raises(RequestError, match="does not allow"):
                fetch.get(f"{site.base}/private")


def test_robots_of_another_place_count_after_a_redirect() -> None:
    def answer(path: str, sent: dict[str, str]) -> Answer:
        if path == "/robots.txt":
            return 301, {"Location": "/rules.txt"}, b""
        return (200, {}, b"User-agent: *\nDisallow: /private\n") if path == "/rules.txt" else PAGE

    with answering(answer) as site, fetcher() as fetch, pytest.raises(RequestError, match="does not allow"):
        fetch.get(f"{site.base}/private")


def test_only_the_beginning_of_a_huge_file_counts() -> None:
    huge = b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * MAX_BYTES
    with answering(site_with((200, {}, huge))) as site, fetcher() as fetch:
        assert fetch.get(f"{site.base}/news").status == 200
        with pytest.raises(RequestError, match="does not allow"):
            fetch.get(f"{site.base}/private")
        [entry] = fetch.new_robots()
    assert len(entry.body) == MAX_BYTES


def test_limits_differ_by_kind() -> None:
    body = b"x" * 250_000
    with answering(lambda path, sent: (404, {}, b"") if path == "/robots.txt" else (200, {}, body)) as site:
        with fetcher() as fetch:
            assert len(fetch.get(site.base, kind="feed").body) == 250_000
            with pytest.raises(RequestError, match="larger"):
                fetch.get(site.base, kind="page")
        accepted = [headers["accept"] for path, headers in site.requests if path == "/"]
    assert "rss" in accepted[0]
    assert "html" in accepted[1]


def test_a_private_address_is_refused_before_anything_is_asked() -> None:
    with fetcher() as fetch, pytest.raises(RequestError, match="no public address"):
        fetch.get("http://169.254.169.254/latest/meta-data")


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: rigwire\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        ("User-Agent: RigWire/1.0 # us\nDisallow: /\n", False),
        ("user-agent:*\r\ndisallow:/\r\n", False),
        ("User-agent:  *  # all\nDisallow: /\n", False),
        ("User-agent: otherbot\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: otherbot\nDisallow: /\n", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: rigwire\nDisallow: /x\n", True),
        ("User-agent: *bot\nDisallow: /\n", True),
        ("User-agent: rigwire-images\nDisallow: /\n\nUser-agent: *\nDisallow: /x\n", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", True),
        ("<html>404</html>", True),
        ("", True),
    ],
)
def test_groups(body: str, allowed: bool) -> None:
    assert read_rules(body).can_fetch("https://a.example/news", "rigwire") is allowed


def test_thousands_of_agents_and_rules_do_not_multiply() -> None:
    body = "".join(f"User-agent: bot{n}\n" for n in range(15_000))
    body += "".join(f"Disallow: /{n}\n" for n in range(15_000))
    rules = read_rules(body + "User-agent: *\nDisallow: /private\n")
    assert not rules.can_fetch("https://a.example/private", "rigwire")
    assert rules.can_fetch("https://a.example/1", "rigwire")


def test_lifetimes() -> None:
    assert lifetime({}) == LONGEST
    assert lifetime({"cache-control": "max-age=1"}) == SHORTEST
    assert lifetime({"cache-control": "max-age=7200"}) == timedelta(hours=2)
    assert lifetime({"cache-control": "max-age=999999999"}) == LONGEST
