"""One article under many links is one row; one text on two sites is two rows that count once; noise is no edit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from loopback import Answer, Log, answering
from rigwire.run.job import run
from rigwire.run.report import RunReport
from rigwire.settings import Settings
from rigwire.store import open_database

STORY = [
    "Quillon Mining has switched on 4,200 machines at its hall near Abilene, Texas, the company said on Tuesday.",
    "The machines add 0.61 EH/s and bring the company to 3.4 EH/s in all, more than any other miner in the county.",
    "The hall draws 35 MW from a wind farm that belongs to a cooperative of eleven towns in the north of the state.",
    "It took out a loan of $18 million for half of the price, to be paid back by the end of 2027, the filing says.",
]


def story_page(canonical: str = "", meta: str = "", text: list[str] = STORY) -> str:
    """A page that holds the story; `canonical` is the URL that it calls its own."""
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    body = "".join(f"<p>{line}</p>" for line in text)
    head = f'<title>Quillon switches on</title>{link}<meta property="article:published_time" content="2024-05-21">'
    return f"<html><head>{head}</head><body><article><h1>Quillon switches on</h1>{body}{meta}</article></body></html>"


@dataclass
class Site:
    """A site whose feed and pages a test changes; `{base}` in a page is where it is asked for."""

    folder: Path
    items: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    log: Log = field(default_factory=Log)
    hours: int = 0

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        if path == "/feed.json":
            feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": self.items}
            return 200, {"Content-Type": "application/feed+json"}, json.dumps(feed).encode()
        if path in self.moved:
            return 301, {"Location": self.moved[path]}, b""
        path = path.partition("?")[0]
        if path not in self.pages:
            return 404, {}, b""
        base = f"http://{headers['host']}"
        return 200, {"Content-Type": "text/html"}, self.pages[path].replace("{base}", base).encode()

    @property
    def settings(self) -> Settings:
        return Settings(
            db=self.folder / "rigwire.db", sources=(self.folder / "sources.toml",), shipped_sources=False,
            allow_hosts=("127.0.0.1", "localhost"), delay=0, retries=0,
        )  # fmt: skip

    def run(self) -> RunReport:
        """Run, each time two days later."""
        self.hours += 48
        return run(self.settings, clock=lambda: datetime(2024, 5, 21, tzinfo=UTC) + timedelta(hours=self.hours))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with open_database(self.settings.db) as store:
            return [tuple(row.values()) for row in store.rows(sql)]

    def asked(self) -> list[str]:
        """The pages that were asked for since the last call."""
        taken = self.log.paths[:]
        self.log.requests.clear()
        return [path for path in taken if path not in ("/feed.json", "/robots.txt")]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site without pages, and a configuration that reads it."""
    site = Site(tmp_path)
    with answering(site.answer) as site.log:
        base = site.log.base
        table = f'[[source]]\nid = "news"\nname = "News"\nsite = "{base}"\nfeeds = ["{base}/feed.json"]'
        (tmp_path / "sources.toml").write_text(table, encoding="utf-8")
        yield site


def test_variants_of_a_page_are_one_article(site: Site) -> None:
    """AMP by link, AMP by `rel=canonical`, tracking, a redirect, and a copy of the page without a canonical link."""
    links = ("/story-1", "/story-1?amp=1", "/story-1?utm_source=x", "/go/1", "/mobile/story-1", "/amphtml/1")
    site.items = [{"id": str(n), "url": link} for n, link in enumerate(links)]
    site.pages = {
        "/story-1": story_page(),
        "/mobile/story-1": story_page(),
        "/amphtml/1": story_page("{base}/story-1"),
    }
    site.moved = {"/go/1": "/story-1?utm_medium=feed"}
    report = site.run()
    assert (report.exit_code, report.counts["new"], report.counts["unchanged"]) == (0, 1, 3)
    assert site.rows("select canonical_url, revision from articles") == [(f"{site.log.base}/story-1", 1)]
    assert site.rows("select count(*), count(distinct article_id) from items") == [(6, 1)]


def test_changed_guids_bring_nothing_again(site: Site) -> None:
    site.pages = {"/story-1": story_page()}
    site.items = [{"id": "a", "url": "/story-1"}]
    site.run()
    assert site.asked() == ["/story-1"]
    site.items = [{"id": "b", "url": "/story-1"}, {"id": "c", "url": "/story-1?utm_source=feed"}]
    report = site.run()
    assert site.asked() == []
    assert (report.exit_code, report.counts["items"]) == (0, 0)


def test_one_guid_on_every_item_loses_none(site: Site) -> None:
    texts = [[line.replace("Quillon", name) for line in STORY] for name in ("Ostmark", "Nordmark", "Westmark")]
    site.pages = {f"/story-{n}": story_page(text=text) for n, text in enumerate(texts)}
    site.items = [{"id": "same", "url": f"/story-{n}"} for n in range(3)]
    assert site.run().counts["new"] == 3
    assert site.run().counts["items"] == 0


def test_the_same_text_on_two_sites_counts_once(site: Site) -> None:
    port = site.log.base.rpartition(":")[2]
    site.items = [{"id": "1", "url": "/story-1"}, {"id": "2", "url": f"http://localhost:{port}/wire-1"}]
    site.pages = {"/story-1": story_page(), "/wire-1": story_page(text=["ABILENE (Wire) — A statement.", *STORY])}
    assert site.run().counts["new"] == 2
    assert site.rows("select count(*), count(same_text_as) from articles") == [(2, 1)]
    figures = "select count(*), count(distinct value) from machine_counts where value = 4200"
    assert site.rows(figures) == [(1, 1)]


def test_noise_is_no_revision_and_an_edit_is_one(site: Site) -> None:
    noise = (
        "<p>{0} views</p><p>Updated {0} minutes ago</p><p><time datetime='2024-05-21T10:{0}:00Z'>10:{0}</time></p>"
        "<div class='share-count'>{0} shares</div><p>{0} Comments</p><script>var hits = {0};</script>"
    )
    site.items = [{"id": "1", "url": "/story-1"}]
    for number in (10, 25, 59):
        site.pages = {"/story-1": story_page(meta=noise.format(number))}
        site.items[0]["date_modified"] = f"2024-05-{number % 20 + 10}T00:00:00Z"  # so that it is looked at
        report = site.run()
        assert site.asked() == ["/story-1"]
        assert report.counts["revised"] == 0
    text = [line.replace("4,200", "4,300") for line in STORY]
    site.pages = {"/story-1": story_page(text=text)}
    site.items[0]["date_modified"] = "2024-06-01T00:00:00Z"
    assert site.run().counts["revised"] == 1
