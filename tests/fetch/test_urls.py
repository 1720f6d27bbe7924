import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.urls import canonical_url, host_key, host_root, is_web_url, request_url, resolve_link, shown_url, site_host


@pytest.mark.parametrize(
    "variant",
    [
        "https://news.example/2024/hut-8-adds-rigs?utm_source=x&utm_medium=rss",
        "https://NEWS.example:443/2024/hut-8-adds-rigs#comments",
        "https://news.example/2024/hut-8-adds-rigs?fbclid=abc&gclid=def",
        "https://news.example/2024/hut-8-adds-rigs/amp",
        "https://news.example/amp/2024/hut-8-adds-rigs",
        "https://news.example/2024/hut-8-adds-rigs?amp=1",
        "https://news.example./2024/hut-8-adds-rigs?outputType=amp",
    ],
)
def test_variants_of_a_link_are_one_article(variant: str) -> None:
    assert canonical_url(variant) == "https://news.example/2024/hut-8-adds-rigs"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/story?12345", "https://news.example/story?12346"),
        ("https://news.example/story?id=1", "https://news.example/story?id=2"),
        ("https://news.example/?p=1&cid=7", "https://news.example/?p=1&cid=8"),
        ("https://news.example/story?keyword=a", "https://news.example/story?keyword=b"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example:8080/a", "https://news.example/a"),
        ("https://news.example/coins/amp", "https://news.example/coins"),
        ("https://news.example/?url=https://a.example/x", "https://a.example/x"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_order_of_parameters_makes_no_difference() -> None:
    assert canonical_url("https://a.example/?b=2&a=1") == canonical_url("https://a.example/?a=1&b=2")


def test_international_host_and_path_become_ascii() -> None:
    assert (
        request_url("https://bücher.example/ä b?q=ü") == "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC"
    )


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://",
        "http:///path",
        "//a.example/x",
        "a.example/x",
        "http://user:secret@a.example/",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a b.example/",
        "http://[::1/",
        "http://a.example/\ud800",
        "http://" + "a" * 3000 + ".example/",
        "",
    ],
)
def test_what_is_no_web_url(url: str) -> None:
    assert not is_web_url(url)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/b?x=1", "https://a.example/b?x=1"),
        ("c\n.html", "https://a.example/dir/c.html"),
        ("//b.example/x#top", "https://b.example/x"),
        ("javascript:void(0)", None),
        ("mailto:a@a.example", None),
        ("http://[", None),
    ],
)
def test_links_are_resolved_against_their_page(link: str, expected: str | None) -> None:
    assert resolve_link("https://a.example/dir/page", link) == expected


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://WWW.News.example/a", "news.example"),
        ("https://m.news.example/a", "news.example"),
        ("http://amp.news.example:8080/a", "news.example:8080"),
        ("https://mobile.example/a", "mobile.example"),
        ("https://energy.news.example/a", "energy.news.example"),
        ("mailto:desk@news.example", ""),
    ],
)
def test_a_site_and_its_mobile_hosts_are_one(url: str, site: str) -> None:
    assert site_host(url) == site


def test_hosts() -> None:
    assert host_key("HTTPS://A.example/x") == "a.example:443"
    assert host_key("http://a.example:8080/") == "a.example:8080"
    assert host_root("http://A.example:80/x") == "http://a.example"
    assert host_root("http://[::1]:8000/x") == "http://[::1]:8000"


def test_shown_url_keeps_secrets_to_itself() -> None:
    shown = shown_url("https://me:pw@a.example/feed?api_key=topsecret&token=abc&page=2\n" + "x" * 500)
    assert "pw" not in shown
    assert "topsecret" not in shown
    assert "abc" not in shown
    assert "page=2" in shown
    assert "\n" not in shown
    assert len(shown) <= 200


paths = st.text(string.ascii_letters + string.digits + "-_./%?&=#+ äß", max_size=60)


@given(paths)
def test_canonical_form_is_final_and_sound(path: str) -> None:
    once = canonical_url(f"https://news.example/{path}")
    assert canonical_url(once) == once
    assert is_web_url(once)
    assert "#" not in once


@given(st.text(max_size=80))
def test_no_text_breaks_the_functions(text: str) -> None:
    canonical_url(text)
    assert resolve_link("https://a.example/", text) is None or is_web_url(
        resolve_link("https://a.example/", text) or ""
    )
    if is_web_url(text):
        assert request_url(text).isascii()
        assert host_key(text).isascii()
    assert "\n" not in shown_url(text)


@pytest.mark.parametrize("letter", ["é", "[", "{"])
def test_an_address_that_is_too_long_once_escaped_is_none(letter: str) -> None:
    url = f"https://news.example/{letter * 700}"
    assert not is_web_url(url)
    assert canonical_url(url) == url
    assert resolve_link("https://news.example/", url) is None
