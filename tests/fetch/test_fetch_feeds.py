import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.errors import ParseError
from rigwire.fetch.feeds import Feed, parse_feed

NOW = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)
URL = "https://news.example/feed/"


def read(body: str | bytes, content_type: str | None = None, **options: object) -> Feed:
    body = body.encode() if isinstance(body, str) else body
    return parse_feed(body, content_type, URL, now=NOW, **options)  # type: ignore[arg-type]


def rss(items: str, head: str = "<title>Hash &amp; Watt</title>") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'


def item(number: int, **parts: str) -> str:
    parts = {"title": f"Story {number}", "link": f"https://news.example/s-{number}"} | parts
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items()) + "</item>"


def test_rss() -> None:
    feed = read(
        rss(
            """<item><title>Rigs &amp;amp; power</title><link>https://news.example/a?utm_source=rss</link>
            <guid isPermaLink="false">tag-1</guid><pubDate>Wed, 01 May 2024 09:30:00 -0400</pubDate>
            <author>desk@news.example (Ana Diaz)</author>
            <description><![CDATA[<p>Two <b>sites</b>.</p><script>x()</script>]]></description></item>"""
        )
    )
    assert feed.title == "Hash & Watt"
    assert feed.dropped == 0
    [story] = feed.items
    assert story.id == "tag-1"
    assert story.url == "https://news.example/a?utm_source=rss"
    assert story.title == "Rigs & power"
    assert story.published == "2024-05-01T09:30:00-04:00"
    assert story.modified is None
    assert story.authors == ("Ana Diaz",)
    assert story.summary == "Two sites ."


def test_atom() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:1</id><title>T</title>
        <link rel="self" href="/self"/><link href="../2024/one"/><updated>2024-05-02T10:00:00Z</updated>
        <author><name>Bo</name></author><author><name>Cy</name></author></entry></feed>"""
    )
    [entry] = feed.items
    assert entry.url == "https://news.example/2024/one"
    assert (entry.published, entry.modified) == (None, "2024-05-02T10:00:00+00:00")
    assert entry.authors == ("Bo", "Cy")


def test_atom_links_go_by_their_own_base() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/x/"><entry>
        <id>urn:1</id><link href="one"/></entry></feed>"""
    )
    assert feed.items[0].url == "https://other.example/x/one"


def test_rdf() -> None:
    feed = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>R</title></channel>
        <item rdf:about="https://news.example/r"><title>T</title><link>https://news.example/r</link>
        <dc:date>2024-05-01</dc:date><dc:creator>Di</dc:creator></item></rdf:RDF>"""
    )
    [entry] = feed.items
    assert (entry.url, entry.published, entry.authors) == ("https://news.example/r", "2024-05-01", ("Di",))


def test_json_feed() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [
            {
                "id": 7,
                "url": "/j/7",
                "title": "T",
                "date_published": "2024-05-01T09:30:00",
                "date_modified": "2024-05-02T09:30:00Z",
                "authors": [{"name": "Ed"}, {}, "x"],
                "content_text": "Body",
            },
            {"id": "8", "url": "ftp://news.example/8"},
            "nonsense",
        ],
    }
    feed = read(json.dumps(document), timezone="Europe/Oslo")
    assert feed.dropped == 2
    [entry] = feed.items
    assert (entry.id, entry.url) == ("7", "https://news.example/j/7")
    assert entry.published == "2024-05-01T09:30:00+02:00"
    assert entry.modified == "2024-05-02T09:30:00+00:00"
    assert (entry.authors, entry.summary) == (("Ed",), "Body")


def test_the_link_stands_in_for_a_missing_or_shared_guid() -> None:
    feed = read(rss(item(1, guid="same") + item(2, guid="same") + item(3)))
    assert [entry.id for entry in feed.items] == [entry.url for entry in feed.items]
    assert len(feed.items) == 3


def test_an_item_that_comes_twice_counts_once() -> None:
    feed = read(rss(item(1, guid="a") + item(1, guid="a") + item(2, guid="b")))
    assert [entry.id for entry in feed.items] == ["a", "b"]
    assert feed.dropped == 1


def test_a_guid_without_link() -> None:
    feed = read(rss("<item><guid>https://news.example/g</guid></item><item><guid>12345</guid></item>"))
    assert [entry.url for entry in feed.items] == ["https://news.example/g"]
    assert feed.dropped == 1


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "", "data:text/html,x", "http://", "mailto:a@b.example"],
)
def test_links_that_are_no_pages_are_dropped(link: str) -> None:
    feed = read(rss(item(1, link=link) + item(2)))
    assert [entry.url for entry in feed.items] == ["https://news.example/s-2"]
    assert feed.dropped == 1


def test_impossible_dates_are_none() -> None:
    feed = read(rss(item(1, pubDate="Thu, 01 Jan 1970 00:00:00 GMT") + item(2, pubDate="2031-01-01")))
    assert [entry.published for entry in feed.items] == [None, None]


def test_a_change_that_the_feed_tells_changes_the_fingerprint() -> None:
    def fingerprint(**parts: str) -> str:
        return read(rss(item(1, **parts))).items[0].fingerprint

    plain = fingerprint(description="12 views")
    assert fingerprint(description="13 views") == plain
    assert fingerprint(title="Corrected") != plain
    assert fingerprint(pubDate="Wed, 01 May 2024 09:30:00 GMT") != plain


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    text = '<rss version="2.0"><channel><title>Énergie – 矿</title></channel></rss>'
    assert read(text.encode(encoding)).title == "Énergie – 矿"


def test_declared_and_undeclared_encodings() -> None:
    text = '<?xml version="1.0" encoding="{}"?><rss version="2.0"><channel><title>{}</title></channel></rss>'
    assert read(text.format("gb2312", "矿机").encode("gb2312")).title == "矿机"
    assert read(text.format("utf-8", "Énergie").encode("cp1252")).title == "Énergie"
    assert read(text.format("no-such-thing", "矿机").encode()).title == "矿机"
    bare = "<rss><channel><title>Хеш</title></channel></rss>".encode("cp1251")
    assert read(bare, "text/xml; charset=windows-1251").title == "Хеш"


def test_forbidden_characters_do_not_break_the_feed() -> None:
    feed = read(rss(item(1, title="A\x00B&#xD800;C&#0;D&#x1F;E") + item(2, title="&#x26CF; F")))
    assert [entry.title for entry in feed.items] == ["ABCDE", "⛏ F"]


def test_space_before_the_declaration_and_broken_markup() -> None:
    feed = read("\n  " + rss(item(1, title="Q&A & more <br>") + item(2)))
    assert len(feed.items) == 2


def test_an_element_called_authors_is_no_list_of_them() -> None:
    (entry,) = read(rss(item(1).replace("</item>", "<authors>Ann and Bo</authors></item>"))).items
    assert entry.authors == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "empty"),
        ("<!DOCTYPE html><html><body>News</body></html>", "HTML page"),
        ("%PDF-1.7 binary", "no feed"),
        ("{not json", "no valid JSON"),
        ('{"items": []}', "no JSON Feed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": 3}', "no JSON Feed"),
        ('{"a":' * 100_000, "no valid JSON"),
        ("<opml><body/></opml>", "no feed"),
        (
            '<rss version="2.0" xmlns:dc="http://purl.org/\u00a0elements/"><channel><dc:creator>A</dc:creator></channel></rss>',
            "XML is broken",
        ),
        ("<channel<item<category>!</item</category>", "XML is broken"),
    ],
)
def test_what_is_no_feed_says_so(body: str, words: str) -> None:
    with pytest.raises(ParseError, match=words) as caught:
        read(body)
    assert URL in str(caught.value)
    assert "\n" not in str(caught.value)


def test_entities_are_refused() -> None:
    bomb = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        + '<rss version="2.0"><channel><title>&b;</title></channel></rss>'
    )
    external = (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + '<rss version="2.0"><channel><title>&x;</title></channel></rss>'
    )
    for body in (bomb, external, bomb.encode("utf-16")):
        with pytest.raises(ParseError, match="entities"):
            read(body)


def test_a_body_that_is_a_path_is_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "rss"
    secret.write_text(rss(item(1)))
    with pytest.raises(ParseError, match="no feed"):
        read(str(secret))


def test_a_feed_of_50_000_entries_is_cut() -> None:
    feed = read(rss("".join(item(number) for number in range(50_000))), max_items=300)
    assert [entry.title for entry in feed.items] == [f"Story {number}" for number in range(300)]
    assert feed.dropped == 49_700
    assert feed.title == "Hash & Watt"


def test_floods_are_refused_or_read() -> None:
    attributes = " ".join(f'a{number}="x"' for number in range(50_000))
    for body, words in (
        (rss(f"<item {attributes}></item>"), "tag of more than"),
        (rss("<a>" * 600_000), "more than 500,000 tags"),
    ):
        with pytest.raises(ParseError, match=words):
            read(body)
    for flood in ("<!--", "<![CDATA[", "<!", "<?", "&", "&#", "</"):
        assert len(read(rss(item(1) + flood * 50_000)).items) <= 1
    assert read(rss(item(1) + "<a>" * 100_000)).items[0].title == "Story 1"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_parse_error(body: bytes) -> None:
    for prefix in (
        b"",
        b'<rss version="2.0"><channel><item>',
        b'{"version": "https://jsonfeed.org/version/1", ',
    ):
        try:
            feed = read(prefix + body)
        except ParseError:
            continue
        for entry in feed.items:
            assert entry.url.startswith("http")
            json.dumps([entry.title, entry.summary, entry.id]).encode()


texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=40)


@given(st.lists(texts, max_size=8), st.integers(1, 5))
def test_every_item_of_a_json_feed_comes_back_once(titles: list[str], limit: int) -> None:
    entries = [{"id": str(n), "url": f"/{n}", "title": title} for n, title in enumerate(titles)]
    feed = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": entries}), max_items=limit)
    assert [entry.id for entry in feed.items] == [str(n) for n in range(len(titles))][:limit]
    assert feed.dropped == max(len(titles) - limit, 0)
