from pathlib import Path

import pytest
from serve import Request, SiteServer

from loopback import LOOPBACK
from rigwire.fetch import Fetcher, RequestError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "feed.xml").write_text("<rss><link>{{base}}/news/one</link></rss>")
    (tmp_path / "news" / "one.html").write_text("<p>One</p>")
    (tmp_path / "news" / "index.html").write_text("<p>All</p>")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG {{base}}")
    return tmp_path


def test_files_are_served_with_their_types_and_the_base(folder: Path) -> None:
    with SiteServer(folder) as site, Fetcher(LOOPBACK) as fetch:
        feed = fetch.get(f"{site.base}/feed.xml")
        assert feed.body.decode() == f"<rss><link>{site.base}/news/one</link></rss>"
        assert feed.headers["content-type"] == "application/xml"
        assert fetch.get(f"{site.base}/news/one?utm_source=x").body == b"<p>One</p>"
        assert fetch.get(f"{site.base}/news/").body == b"<p>All</p>"
        assert fetch.get(f"{site.base}/logo.png").body == b"\x89PNG {{base}}"
        with pytest.raises(RequestError, match="404"):
            fetch.get(f"{site.base}/none")
        assert site.requests[:2] == [
            Request("GET", "/robots.txt", 404, conditional=False),
            Request("GET", "/feed.xml", 200, conditional=False),
        ]


def test_what_did_not_change_is_not_sent_again(folder: Path) -> None:
    with SiteServer(folder) as site, Fetcher(LOOPBACK) as fetch:
        url = f"{site.base}/news/one"
        headers = fetch.get(url).headers
        assert fetch.get(url, etag=headers["etag"]).status == 304
        assert fetch.get(url, last_modified=headers["last-modified"]).status == 304
        (folder / "news" / "one.html").write_text("<p>Edited</p>")
        page = fetch.get(url, etag=headers["etag"], last_modified=headers["last-modified"])
        assert (page.status, page.body) == (200, b"<p>Edited</p>")
        assert [request.conditional for request in site.requests[1:]] == [False, True, True, True]


def test_nothing_outside_the_folder_is_served(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    with SiteServer(folder) as site:
        assert site.find("/../secret.txt") is None
        assert site.find("/%2e%2e/secret.txt") is None
        assert site.find("/news/../feed.xml") == folder / "feed.xml"
