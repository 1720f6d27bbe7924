"""Sitemaps: what they list, what of it is new, and how little a broken or hostile one can do."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loopback import NOW
from rigwire.errors import ParseError
from rigwire.fetch import parse_feed
from rigwire.fetch.sitemaps import MOST_ENTRIES, Sitemap, SitemapEntry, parse_sitemap

URL = "https://a.example/sitemap.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
SITE = Path(__file__).parents[2] / "fixtures" / "site"


def read(body: str | bytes, limit: int = 10_000_000) -> Sitemap:
    body = body.encode() if isinstance(body, str) else body
    return parse_sitemap(body, "application/xml", URL, now=NOW, timezone=None, max_bytes=limit)


def urlset(*entries: str) -> str:
    return f"{HEAD}{''.join(f'<url>{entry}</url>' for entry in entries)}</urlset>"


def page(number: int, day: str = "2024-05-09") -> str:
    return f"<loc>https://a.example/{number}</loc><lastmod>{day}</lastmod>"


def test_pages_with_their_days() -> None:
    found = read(urlset(page(1), "<loc> /two?a=1&amp;b=2 </loc>", page(3, "2024-05-08T10:00:00+02:00")))
    assert not found.is_index
    assert found.entries == (
        SitemapEntry("https://a.example/1", "2024-05-09"),
        SitemapEntry("https://a.example/two?a=1&b=2"),
        SitemapEntry("https://a.example/3", "2024-05-08T10:00:00+02:00"),
    )
    assert [entry.day for entry in found.entries] == ["2024-05-09", None, "2024-05-08"]


def test_a_news_sitemap_has_titles_and_moments() -> None:
    body = (SITE / "news-sitemap.xml").read_text(encoding="utf-8").replace("{{base}}", "https://a.example")
    found = parse_sitemap(
        body.encode(), "text/xml", URL, now=NOW.replace(year=2026), timezone=None, max_bytes=10_000_000
    )
    assert len(found.entries) >= 10
    assert found.dropped == 0
    first = found.entries[0]
    assert first.published == "2025-08-05T08:00:00+00:00"
    assert first.title == "Corriedale gets its licence for a euro stablecoin"
    assert all(entry.title and entry.published for entry in found.entries)


def test_an_index_lists_sitemaps() -> None:
    found = read(
        "<sitemapindex><sitemap><loc>https://a.example/may.xml.gz</loc><lastmod>2024-05-09</lastmod></sitemap>"
        "<sitemap><loc>https://a.example/april.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert found.is_index
    assert [entry.url[18:] for entry in found.entries] == ["may.xml.gz", "april.xml.gz"]


def test_prefixes_pictures_and_cdata() -> None:
    found = read(
        '<sm:urlset xmlns:sm="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<sm:url><image:image><image:loc>https://a.example/p.jpg</image:loc><image:title>No</image:title></image:image>"
        "<sm:loc><![CDATA[https://a.example/1?a=1&b=2]]></sm:loc>"
        "<news:news><news:title><![CDATA[Rigs & power]]></news:title></news:news></sm:url></sm:urlset>"
    )
    assert found.entries == (SitemapEntry("https://a.example/1?a=1&b=2", title="Rigs & power"),)


def test_what_is_cut_off_or_not_well_formed_gives_what_it_holds() -> None:
    assert len(read(urlset(page(1), page(2))[:-30]).entries) == 2
    assert read(f"{HEAD}<url><loc>https://a.example/?a=1&b=2</loc><url><loc>/2").entries == (
        SitemapEntry("https://a.example/?a=1&b=2"),
        SitemapEntry("https://a.example/2"),
    )


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://me:pw@a.example/", "", URL]
)
def test_links_that_lead_nowhere_are_dropped(link: str) -> None:
    found = read(urlset(f"<loc>{link}</loc>", page(1)))
    assert [entry.url for entry in found.entries] == ["https://a.example/1"]
    assert found.dropped == 1


@pytest.mark.parametrize("day", ["1970-01-01", "2031-01-01", "yesterday", "2024-13-45"])
def test_a_day_that_can_not_be_is_none(day: str) -> None:
    assert read(urlset(page(1, day))).entries == (SitemapEntry("https://a.example/1"),)


def test_a_change_date_that_all_share_is_when_the_file_was_made() -> None:
    assert {entry.modified for entry in read(urlset(*map(page, range(20)))).entries} == {None}
    assert {entry.modified for entry in read(urlset(*map(page, range(5)))).entries} == {"2024-05-09"}


def test_packed_by_gzip_within_the_limit() -> None:
    packed = gzip.compress(urlset(page(1)).encode())
    assert len(read(packed).entries) == 1
    with pytest.raises(ParseError, match="too early"):
        read(packed[:-20])
    with pytest.raises(ParseError, match="larger than 1,000 bytes"):
        read(gzip.compress(urlset(page(1)).encode() + b" " * 2_000), limit=1_000)


def test_no_more_than_the_protocol_allows() -> None:
    found = read(urlset(*(page(n, f"2024-05-{n % 9 + 1:02}") for n in range(MOST_ENTRIES + 50))))
    assert len(found.entries) == MOST_ENTRIES


HOSTILE = {
    "entities": '<!DOCTYPE a [<!ENTITY b "&b;&b;">]>' + urlset("<loc>https://a.example/&b;</loc>"),
    "external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + urlset("<loc>/&x;</loc>", "&x;"),
    "openings": HEAD + "<url>" * 400_000,
    "fields": HEAD + "<url>" + "<loc>" * 400_000,
    "CDATA": HEAD + "<url>" + "<loc><![CDATA[" * 200_000,
    "one tag": HEAD + "<url " + "a" * 2_000_000,
    "one link": HEAD + "<url><loc>" + "a" * 2_000_000,
    "spaces": HEAD + "<url>" + "<loc" + " " * 2_000_000,
    "colons": HEAD + "<a:" * 400_000,
    "half characters": HEAD + "<url><loc>https://a.example/\x00&#xD800;</loc></url>",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_come_to_little(body: str) -> None:
    found = read(body)
    for entry in found.entries:
        entry.url.encode()
        assert "root:" not in entry.url


@given(st.text(alphabet='<>/url sitemapseloc:&;!-[]CDATA"=x\n', max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    found = read(HEAD + text)
    assert all(entry.url.startswith("http") for entry in found.entries)


def feed_of(body: str, **options: int) -> list[str]:
    feed = parse_feed(body.encode(), "text/xml", URL, now=NOW, **options)  # type: ignore[arg-type]
    return [item.url.removeprefix("https://a.example/") for item in feed.items]


def test_as_a_feed_the_recent_pages_count_newest_first() -> None:
    body = urlset(page(1, "2024-04-20"), page(2, "2024-05-09"), page(3, "2024-03-01"), "<loc>/about</loc>")
    assert feed_of(body) == ["2", "1"]
    assert feed_of(body, max_items=1) == ["2"]


def test_as_a_feed_an_index_has_parts() -> None:
    body = f"<sitemapindex><sitemap>{page(1)}</sitemap></sitemapindex>"
    feed = parse_feed(body.encode(), None, URL, now=NOW)
    assert (feed.items, feed.parts) == ((), (SitemapEntry("https://a.example/1", "2024-05-09"),))


def test_as_a_feed_one_without_dates_says_so() -> None:
    with pytest.raises(ParseError, match="states no dates"):
        feed_of(urlset("<loc>/1</loc>", "<loc>/2</loc>"))


def test_a_change_of_the_day_changes_the_fingerprint() -> None:
    def fingerprint(day: str) -> str:
        [item] = parse_feed(urlset(page(1, day)).encode(), None, URL, now=NOW).items
        return item.fingerprint

    assert fingerprint("2024-05-08") == fingerprint("2024-05-08") != fingerprint("2024-05-09")
