from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.discover import find_feeds, guess_feeds
from rigwire.model import Page

NOW = datetime(2024, 5, 10, tzinfo=UTC)


def page(html: str | bytes) -> Page:
    body = html.encode() if isinstance(html, str) else html
    return Page(
        "https://a.example/", "https://a.example/news/", 200, {"content-type": "text/html"}, body, NOW
    )


def test_declared_feeds_come_first_and_comments_last() -> None:
    html = """<head>
        <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
        <link rel='stylesheet' href='/x.css'><link rel="alternate" hreflang="de" href="/de/">
        <LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF=atom.xml>
        <link href="https://b.example/feed.json?a=1&amp;b=2" type="application/feed+json" rel="alternate">
        </head><a href="/tag/mining/feed/">RSS</a> <a href="/feedback">Feedback</a>
        <a href="/comments/feed/">C</a>"""
    assert find_feeds(page(html)) == [
        "https://a.example/news/atom.xml",
        "https://b.example/feed.json?a=1&b=2",
        "https://a.example/tag/mining/feed/",
        "https://a.example/comments/feed/",
    ]


def test_links_go_by_the_base_of_the_page() -> None:
    html = '<base href="https://c.example/x/"><link rel=alternate type=application/rss+xml href=rss>'
    assert find_feeds(page(html)) == ["https://c.example/x/rss"]


def test_links_that_are_no_web_urls_are_left_out() -> None:
    kind = 'rel="alternate" type="application/rss+xml"'
    assert (
        find_feeds(page(f'<link {kind} href="javascript:rss"><link {kind} href="file:///rss"><link {kind}>'))
        == []
    )


def test_the_usual_paths_are_those_of_the_site() -> None:
    assert guess_feeds("https://a.example/news/")[0] == "https://a.example/feed"


def test_floods_and_nonsense_are_survived() -> None:
    for flood in (
        "<a " * 100_000,
        "<link " * 100_000,
        "<" * 500_000,
        "<a href=" * 60_000,
        "<link a='" * 50_000,
    ):
        assert find_feeds(page(flood)) == []
    attributes = " ".join(f"a{n}=1" for n in range(50_000))
    assert find_feeds(page(f"<link {attributes}>")) == []


@given(st.binary(max_size=400))
def test_any_bytes_give_a_list(body: bytes) -> None:
    assert all(url.startswith("http") for url in find_feeds(page(b"<link rel=alternate " + body)))
