"""Title, site, authors, dates and URL of a page, and where each was read."""

import json
from datetime import UTC, datetime

import pytest
from parse_pages import HEAD, URL, page, paragraphs, parsed

from rigwire.model import Hints, Page
from rigwire.parse import parse_page

BARE = "<title>Dune Rack doubles its fleet in Ordos</title>"


def ld(**data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **data})}</script>'


@pytest.mark.parametrize(
    "title",
    [
        "Dune Rack doubles its fleet in Ordos | Hash Watch",
        "Dune Rack doubles its fleet in Ordos - Energy - Hash Watch",
        "Hash Watch :: Dune Rack doubles its fleet in Ordos",
        "Dune Rack doubles its fleet in Ordos | by Ana Ruiz | Hash Watch",
    ],
)
@pytest.mark.parametrize("heading", [True, False])
def test_title_is_without_the_name_of_the_site(title: str, heading: bool) -> None:
    html = page(paragraphs(), f'<title>{title}</title><meta property="og:site_name" content="Hash Watch">')
    html = html if heading else html.replace("<h1>", "<div>").replace("</h1>", "</div>")
    assert parsed(html).title == "Dune Rack doubles its fleet in Ordos"


def test_heading_wins_over_a_title_made_for_sharing() -> None:
    head = BARE + '<meta property="og:title" content="You will not believe what this miner did">'
    assert parsed(page(paragraphs(), head)).title == "Dune Rack doubles its fleet in Ordos"


def test_site_by_its_logo() -> None:
    html = page(paragraphs(), BARE).replace("<nav>", '<a class="brand" href="/">The Pepper Post</a><nav>')
    assert parsed(html).site == "The Pepper Post"


@pytest.mark.parametrize(
    ("head", "body", "authors", "origin"),
    [
        (ld(author={"@type": "Person", "name": "Ana Ruiz"}), "", ("Ana Ruiz",), "json-ld"),
        (ld(author=[{"name": "Ana Ruiz"}, {"name": "Li Na"}]), "", ("Ana Ruiz", "Li Na"), "json-ld"),
        ('<meta name="parsely-author" content="Ana Ruiz">', "", ("Ana Ruiz",), "meta"),
        (
            '<meta name="author" content="Super User">',
            '<a rel="author" href="/a">Ana Ruiz</a>',
            ("Ana Ruiz",),
            "author link",
        ),
        (
            '<meta property="article:author" content="https://social.example/ana">',
            "<p>By Ana Ruiz and Li Na</p>",
            ("Ana Ruiz", "Li Na"),
            "page text",
        ),
        ("", "<div>Words: Ana Ruiz &amp; Li Na <time>Monday</time></div>", ("Ana Ruiz", "Li Na"), "page text"),
        ("", "<div>From our correspondent in Ordos</div>", (), None),
        ("", "<div>Posted by RFED Office</div>", (), None),
        ('<meta name="author" content="Dune Rack, Inc.">', "", ("Dune Rack, Inc.",), "meta"),
    ],
)
def test_authors(head: str, body: str, authors: tuple[str, ...], origin: str | None) -> None:
    article = parsed(page(body + paragraphs(), BARE + head))
    assert article.authors == authors
    assert article.origins.get("authors") == origin


def test_author_by_reference() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Dune", "author": {"@id": "#p"}},
            {"@id": "#p", "@type": "Person", "name": "Ana Ruiz"},
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    assert parsed(page(paragraphs(), BARE + head)).authors == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("head", "body", "published", "origin"),
    [
        (ld(datePublished="2024-05-06T09:00:00+02:00"), "", "2024-05-06T09:00:00+02:00", "json-ld"),
        (
            '<meta property="article:published_time" content="2024-05-06T09:00:00Z">',
            "",
            "2024-05-06T09:00:00+00:00",
            "meta article:published_time",
        ),
        ("", '<time datetime="2024-05-06T09:00+06:00">Monday</time>', "2024-05-06T09:00:00+06:00", "time element"),
        ("", "<p>Publicado: 6 de mayo de 2024 a las 09:00</p>", "2024-05-06T09:00:00", "page text"),
        ("", "<p>Опубликовано 6 мая 2024, 09:00</p>", "2024-05-06T09:00:00", "page text"),
        ("", "", "2024-05-06", "url"),
    ],
)
def test_published(head: str, body: str, published: str, origin: str) -> None:
    article = parsed(page(body + paragraphs(), BARE + head))
    assert (article.published, article.origins["published"]) == (published, origin)


def test_day_is_made_precise_by_a_moment_of_the_same_day() -> None:
    html = page(
        '<time datetime="2024-05-06T09:00:00Z">9 a.m.</time>' + paragraphs(),
        BARE + '<meta name="date" content="2024-05-06">',
    )
    assert parsed(html).published == "2024-05-06T09:00:00+00:00"


def test_moment_in_utc_is_told_by_the_clock_of_the_site() -> None:
    html = page("<p>May 5, 2024, 9:40 p.m.</p>" + paragraphs(), BARE + ld(datePublished="2024-05-06T02:40:12Z"))
    assert parsed(html, url=None).published == "2024-05-05T21:40:12-05:00"


def test_time_without_zone_gets_that_of_the_source() -> None:
    html = page("<p>Published 6 May 2024, 10:00</p>" + paragraphs(), BARE)
    assert parsed(html, Hints(timezone="Asia/Almaty")).published == "2024-05-06T10:00:00+05:00"


def test_dates_of_other_articles_and_comments_are_not_taken() -> None:
    related = '<section class="related"><time datetime="2021-01-02">x</time></section>'
    comments = '<div id="comments"><time datetime="2022-03-04">y</time></div>'
    html = page(paragraphs(), BARE).replace("<main>", f"{related}{comments}<main>")
    assert parsed(html).published == "2024-05-06"


def test_the_day_of_a_move_to_another_system_gives_way_to_that_of_the_url() -> None:
    moved = ld(datePublished="2025-01-15T09:00:00Z")
    assert parsed(page(paragraphs(), BARE + moved)).published == "2024-05-06"
    by_utc = ld(datePublished="2024-05-07T02:00:00Z")
    assert parsed(page(paragraphs(), BARE + by_utc)).published[:10] == "2024-05-06"
    of_an_event = ld(datePublished="2024-03-01T09:00:00Z")
    assert parsed(page(paragraphs(), BARE + of_an_event)).published == "2024-03-01T09:00:00+00:00"


def test_a_page_that_was_read_before_a_day_was_not_published_then() -> None:
    head = BARE + ld(datePublished="2024-09-01T09:00:00Z", dateModified="2031-01-01T00:00:00Z")
    html = page("<p>Posted 4 May 2024</p>" + paragraphs(), head)
    url = "https://hashwatch.example/x"
    read = Page(url, url, 200, {}, html.encode(), datetime(2024, 5, 6, tzinfo=UTC))
    article = parse_page(read, Hints())
    assert (article.published, article.modified) == ("2024-05-04", None)


def test_feed_date_serves_only_where_the_page_has_none() -> None:
    hints = Hints(published="2020-02-03")
    assert parsed(page(paragraphs(), BARE), hints).published == "2024-05-06"
    assert parsed(page(paragraphs(), BARE), hints, url="https://hashwatch.example/x").published == "2020-02-03"


def test_a_clock_that_no_place_has_breaks_nothing() -> None:
    html = page(paragraphs('<time datetime="2021-05-01T10:00:00+99:00">May</time>'), BARE)
    assert (parsed(html, url=None).published or "").startswith("2021-05-01")


def test_year_of_a_copyright_line_is_no_date() -> None:
    html = page(paragraphs(), BARE).replace("All rights reserved", "Copyright 2019")
    assert parsed(html, url="https://hashwatch.example/x").published is None


@pytest.mark.parametrize(
    ("head", "body", "modified"),
    [
        (
            ld(datePublished="2024-05-06T09:00:00Z", dateModified="2024-05-07T08:00:00Z"),
            "",
            "2024-05-07T08:00:00+00:00",
        ),
        (ld(datePublished="2024-05-06", dateModified="2024-05-06"), "", None),
        (
            ld(datePublished="2024-05-06T09:00:00+03:00"),
            "<p>6 May 2024, 09:00 (updated 13:50)</p>",
            "2024-05-06T13:50:00+03:00",
        ),
        (
            "",
            '<p>6 May 2024</p><span class="u" itemprop="dateModified" content="2024-05-06T09:00:00Z">9:00</span>',
            None,
        ),
    ],
)
def test_modified(head: str, body: str, modified: str | None) -> None:
    assert parsed(page(body + paragraphs(), BARE + head)).modified == modified


def test_mended_json_ld_is_read() -> None:
    data = '<!-- {"@type": "NewsArticle", "datePublished": "May 06, 2024", } -->'
    head = f'<script type="application/ld+json">{data}</script>'
    assert parsed(page(paragraphs(), BARE + head), url=None).published == "2024-05-06"


def test_data_of_the_sites_own_scripts() -> None:
    state = {
        "props": [
            {"article": {"headline": "Dune Rack doubles its fleet in Ordos", "updatedAt": "2024-05-08T10:00:00Z"}}
        ]
    }
    head = (
        BARE
        + ld(datePublished="2024-05-06T09:00:00Z")
        + f'<script type="application/json">{json.dumps(state)}</script>'
    )
    article = parsed(page(paragraphs(), head))
    assert (article.modified, article.origins["modified"]) == ("2024-05-08T10:00:00+00:00", "script")


@pytest.mark.parametrize(
    "href", ["/2024/05/06/dune-rack-doubles", "//hashwatch.example/2024/05/06/dune-rack-doubles", URL + "#top"]
)
def test_canonical_url_is_absolute(href: str) -> None:
    assert parsed(page(paragraphs(), f'{BARE}<link rel="canonical" href="{href}">')).canonical_url == URL


def test_canonical_link_that_is_no_web_page_is_none() -> None:
    assert parsed(page(paragraphs(), f'{BARE}<link rel="canonical" href="javascript:void(0)">')).canonical_url is None


def test_id_is_the_hint_the_canonical_url_or_the_source() -> None:
    assert parsed(page(paragraphs()), Hints(id="n1")).id == "n1"
    assert parsed(page(paragraphs()), url=URL + "?ref=home").id == URL
    assert parsed(page(paragraphs(), BARE), url=None).id == "-"


def test_origins_name_only_what_was_found() -> None:
    article = parsed(page(paragraphs(), HEAD))
    assert article.origins == {
        "title": "heading", "site": "meta og:site_name", "published": "url", "canonical_url": "link", "text": "page",
    }  # fmt: skip
