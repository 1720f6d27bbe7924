"""A run over all that a hostile or broken server can do: each is met with its limit, and the rest comes in.

Limits of a page, as set here: 3 s of transfer, 20 s each of parsing and extracting, 2 MB, 900 MB of address space in
the process that reads it. Those of the whole run are `WALL` and `MEMORY`, far above the sum of what the cases may take.
"""

import gzip
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from serve import SiteServer

from loopback import Answer, answering, speaking
from projects import Project

WALL = 600  # seconds
MEMORY = 1_500_000_000  # bytes of address space, of the run itself
SETTINGS = """
sources = ["sources.toml"]
shipped_sources = false
allow_hosts = ["127.0.0.1", "localhost"]
delay = 0
retries = 0
transfer_deadline = 3.0
parse_timeout = 20
worker_memory_mb = 900
max_page_bytes = 2_000_000
"""
RUN = (
    f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
    "from rigwire.cli.main import main\nmain(['run'])"
)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
STORY = (
    "Die Halle in Süderbrarup läuft mit 4.200 Geräten, sagte die Firma. Żółw и ёж. "
    + "It will take more in June. " * 12
)

Talk = Callable[[socket.socket, threading.Event], None]


def html(body: str, head: str = "") -> bytes:
    return f"<html><head><title>A hall</title>{head}</head><body><article>{body}</article></body></html>".encode()


def story(text: str = STORY, head: str = "") -> bytes:
    return html(f"<h1>A hall</h1><p>{text}</p>", head)


def say(data: bytes) -> Talk:
    """Send the data and hang up."""
    return lambda connection, over: connection.sendall(data)


def repeat(start: bytes, drop: bytes, pause: float) -> Talk:
    """Send `start`, then `drop` for as long as anybody listens."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.wait(pause):
            connection.sendall(drop)

    return talk


def after_robots(talk: Talk) -> Talk:
    """Answer the first connection, which asks for robots.txt, with 404, and the others by `talk`."""
    connections: list[int] = []

    def answer(connection: socket.socket, over: threading.Event) -> None:
        connections.append(1)
        if len(connections) == 1:
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            talk(connection, over)

    return answer


def feed_answer(path: str, body: bytes) -> Answer:
    return page(body, "application/rss+xml") if path == "/feed.xml" else (404, {}, b"")


def source(name: str, site: str, feed: str) -> str:
    return f'[[source]]\nid = "{name}"\nname = "{name}"\nsite = "{site}"\nfeeds = ["{feed}"]\n'


def page(body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    return 200, {"Content-Type": content_type} | {name.replace("_", "-"): text for name, text in headers.items()}, body


def to(target: str) -> Answer:
    return 302, {"Location": target}, b""


# What fails, and the words of the error that is stored.
FAILING_PAGES: dict[str, tuple[Answer, str]] = {
    "gzip bomb": (page(gzip.compress(bytes(200_000_000)), Content_Encoding="gzip"), "larger than 2,000,000 bytes"),
    "bad gzip": (page(b"<html>", Content_Encoding="gzip"), "wrongly compressed"),
    "cut gzip": (page(gzip.compress(story())[:60], Content_Encoding="gzip"), "too early"),
    "loop": (to("/page/loop"), "in a loop"),
    "to a private address": (to("http://10.0.0.1/admin"), "no public address"),
    "to the metadata service": (to("http://169.254.169.254/latest/meta-data/"), "no public address"),
    "to loopback by IPv6": (to("http://[::1]/"), "no public address"),
    "to a file": (to("file:///etc/passwd"), "redirects to"),
    "to a script": (to("javascript:alert(1)"), "redirects to"),
    "PDF as HTML": (page(b"%PDF-1.7\n" + bytes(range(256)) * 40), "PDF"),
    "picture as HTML": (page(b"\x89PNG\r\n\x1a\n" + bytes(5_000)), "no"),
    "nested tags": (page(b"<div>" * 100_000 + b"x"), "nested tags"),
    "attributes": (page(b"<p " + b"".join(b"a%d=1 " % n for n in range(50_000)) + b">x"), "attributes on a tag"),
    "paragraphs": (page(b"<p>A line of it.</p>" * 50_000), "paragraphs"),
}
FAILING_TALKS: dict[str, tuple[Talk, str]] = {
    "endless": (repeat(OK + b"\r\n", bytes(60_000), 0), "larger than 2,000,000 bytes"),
    "slow": (repeat(OK + b"\r\n", b"x", 0.05), "took longer than 3 s"),
    "slow headers": (repeat(OK, b"x", 0.05), "took longer than 3 s"),
    "silent": (repeat(b"", b"", 0.05), "took longer than 3 s"),
    "truncated": (say(OK + b"Content-Length: 9000\r\n\r\n<html>"), "too early"),
    "cut chunk": (say(OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n<html>"), "too early|connection failed"),
    "no HTTP": (say(b"220 mail.example ESMTP\r\n"), "connection failed"),
    "hang up": (say(b""), "connection failed"),
}
CYRILLIC = "В Иркутске энергетики отключили дата-центр, в котором работали 1 300 машин для майнинга. " * 5
# What is stored, with words that are in its text.
STORED: dict[str, tuple[Answer, str]] = {
    "charset that lies": (page(CYRILLIC.join(["<p>", "</p>"]).encode("cp1251")), "отключили дата-центр"),
    "no charset": (page(story(), "text/html"), "Süderbrarup läuft"),
    "charset that is none": (page(story(), "text/html; charset=utf-9000"), "Żółw и ёж"),
    "picture that is HTML": (page(story(), "image/png"), "Süderbrarup"),
    "no content type": ((200, {}, story()), "Süderbrarup"),
    "NUL bytes and surrogates": (
        page(story().replace(b"sagte", b"s\x00agte").replace(b"Firma", b"Fi\xed\xa0\x80rma &#xD800;")), "4.200 Ger",
    ),
    "date of tomorrow's world": (
        page(story(head='<meta property="article:published_time" content="2199-01-01T00:00:00Z">')), "Süderbrarup",
    ),
    "date of 1970": (
        page(story(head='<meta property="article:published_time" content="1970-01-01T00:00:00Z">')), "Süderbrarup",
    ),
    "script of brackets": (
        page(story(head=f'<script type="application/ld+json">{"[" * 100_000}</script>')), "Süderbrarup",
    ),
    "international host": (page(story()), "Süderbrarup"),
    "relative link": (page(story()), "Süderbrarup"),
    "nothing": (page(b""), ""),
}  # fmt: skip

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
ITEM = "<item><title>x</title><link>/{}</link></item>"
RSS = '<?xml version="1.0"?>{}<rss version="2.0"><channel><title>{}</title>{}</channel></rss>'
FAILING_FEEDS: dict[str, tuple[bytes, str]] = {
    "bomb": (RSS.format(f'<!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]>', "&e11;", "").encode(), "entit"),
    "outside": (
        RSS.format('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>', "&f;", "").encode(),
        "entit",
    ),
    "large": (RSS.format("", "x", "<!-- -->" * 6_250_000).encode(), "larger than 20,000,000 bytes"),
    "scripts": (
        RSS.format("", "x", "<item><link>javascript:alert(1)</link></item>").encode(),
        "has a link that can be used",
    ),
}


@dataclass(frozen=True)
class Outcome:
    """What a run left: the database, what it printed, and where each page was."""

    project: Project
    printed: str
    urls: dict[str, str]

    def item(self, name: str) -> tuple[str, str | None]:
        [row] = self.project.rows("select state, error from items where url = ?", self.urls[name])
        return row

    def article(self, name: str) -> tuple[Any, ...]:
        [row] = self.project.rows(
            "select text, published, title from articles where id = (select article_id from items where url = ?)",
            self.urls[name],
        )
        return row


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One run over everything; each case is then looked at by itself."""
    folder = tmp_path_factory.mktemp("hostile")
    answers = {name: answer for name, (answer, _) in (FAILING_PAGES | STORED).items()}
    paths = {f"/page/{name.replace(' ', '-').replace(chr(39), '')}": answer for name, answer in answers.items()}
    items: list[dict[str, str]] = []

    def answer(path: str, headers: dict[str, str]) -> Answer:
        if path == "/feed.json":
            feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Hostile", "items": items}
            return page(json.dumps(feed).encode(), "application/feed+json")
        return paths.get(path) or (404, {}, b"")

    with ExitStack() as servers:
        site = servers.enter_context(answering(answer))
        port = site.base.rpartition(":")[2]
        urls = {name: site.base + path for name, path in zip(answers, paths, strict=True)}
        urls["international host"] = urls["international host"].replace("127.0.0.1", "localhost")
        links = urls | {
            "international host": f"http://ｌｏｃａｌｈｏｓｔ:{port}/page/international-host",
            "relative link": "/page/relative-link",
        }
        for name, (talk, _) in FAILING_TALKS.items():
            raw = servers.enter_context(speaking(after_robots(talk)))
            urls[name] = links[name] = f"{raw.base}/story"
        items += [{"id": name, "url": url} for name, url in links.items()]
        items.append({"id": "script", "url": "javascript:alert(1)"})
        tables = [source("news", site.base, f"{site.base}/feed.json")]
        for name, (body, _) in FAILING_FEEDS.items():
            bodies = servers.enter_context(answering(lambda path, _, body=body: feed_answer(path, body)))
            tables.append(source(name, bodies.base, f"{bodies.base}/feed.xml"))
        many = RSS.format("", "Many", "".join(ITEM.format(n) for n in range(50_000))).encode()
        server = servers.enter_context(answering(lambda path, _: feed_answer(path, many)))
        tables.append(source("many", server.base, f"{server.base}/feed.xml"))
        (folder / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
        (folder / "rigwire.toml").write_text(SETTINGS, encoding="utf-8")
        project = Project(folder, folder, SiteServer(folder))
        done = project.python("-c", RUN, timeout=WALL)
        assert done.returncode == 1, done.stderr[-2_000:]
        yield Outcome(project, done.stdout, urls)


@pytest.mark.parametrize("name", [*FAILING_PAGES, *FAILING_TALKS])
def test_a_page_that_fails_has_its_error_and_url(outcome: Outcome, name: str) -> None:
    words = (FAILING_PAGES.get(name) or FAILING_TALKS[name])[1]
    state, error = outcome.item(name)
    assert error is not None
    assert re.search(words, error), error
    assert outcome.urls[name] in error
    assert "\n" not in error
    assert state in ("pending", "failed")


@pytest.mark.parametrize("name", STORED)
def test_a_page_that_can_be_read_is_read(outcome: Outcome, name: str) -> None:
    assert outcome.item(name) == ("pending" if name == "nothing" else "done", None)  # it is looked at again
    text, published, title = outcome.article(name)
    assert STORED[name][1] in text
    assert not re.search("[\0\ud800-\udfff]", text + (title or ""))
    assert published is None


@pytest.mark.parametrize("name", FAILING_FEEDS)
def test_a_feed_that_fails_has_its_error_and_url(outcome: Outcome, name: str) -> None:
    [(url, error)] = outcome.project.rows("select url, error from feed_state where source_id = ?", name)
    assert re.search(FAILING_FEEDS[name][1], error), error
    assert url in error
    assert re.search(rf"failing: .*\b{name}\b", outcome.printed)


def test_of_a_feed_of_50_000_entries_the_first_are_taken(outcome: Outcome) -> None:
    assert outcome.project.rows("select count(*) from items where source_id = 'many'") == [(500,)]


def test_the_run_goes_on_to_its_end(outcome: Outcome) -> None:
    assert outcome.project.rows("select outcome from runs") == [("done",)]
    assert outcome.project.rows("select count(*) from items where url like 'javascript:%'") == [(0,)]
    assert outcome.printed.count("\n") == 1
