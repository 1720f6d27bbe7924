"""A run over sitemaps: recent pages alone, indexes by their parts, nothing asked for twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from projects import Project
from rigwire.run.job import run

LAST_DAY = datetime(2025, 9, 12, tzinfo=UTC)
RECENT = {
    "/gridpost/news/interactive-load-map.html", "/gridpost/news/morrow-ridge-sells-coshocton.html",
    "/hashwire/2025/08/who-holds-the-old-rigs.html", "/hashwire/2025/09/perak-raids.html",
    "/ledgerlane/news/1252.html", "/ledgerlane/news/1255.html", "/ledgerlane/news/1263.html",
    "/minepress/releases/2025/finch-hollow-ends-akerhall-contract.html",
    "/minepress/releases/2025/tarn-hash-amends-bitmain-order.html",
}  # fmt: skip


def at(moment: datetime) -> Callable[[], datetime]:
    """A clock that stands."""
    return lambda: moment


@pytest.fixture
def mapped(project: Project) -> Project:
    """A project with one source, which has a sitemap and no feed."""
    base = project.site.base
    (project.folder / "sources.toml").write_text(
        f'[[source]]\nid = "all"\nname = "All"\nsite = "{base}/hashwire/index.html"\nsitemap = "{base}/index.xml"\n',
        encoding="utf-8",
    )
    return project


def write_index(pages: Path, *parts: str) -> None:
    """Have the site's index list these sitemaps, each `name` or `name day`."""
    rows = "".join(
        f"<sitemap><loc>{{{{base}}}}/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, _, day in (part.partition(" ") for part in parts)
    )
    (pages / "index.xml").write_text(f"<sitemapindex>{rows}</sitemapindex>", encoding="utf-8")


def paths(project: Project) -> list[str]:
    return [request.path for request in project.take_requests()]


def test_the_recent_pages_of_a_sitemap_are_read(mapped: Project) -> None:
    (mapped.pages / "sitemap.xml").rename(mapped.pages / "index.xml")
    report = run(mapped.settings, clock=at(LAST_DAY))
    assert report.exit_code == 0, report
    assert set(paths(mapped)) == RECENT | {"/robots.txt", "/index.xml"}
    assert mapped.rows("select published_day from articles where canonical_url like '%perak%'") == [("2025-09-02",)]
    report = run(mapped.settings, clock=at(LAST_DAY + timedelta(days=2)))
    assert paths(mapped) == ["/index.xml"]
    assert report.counts["feeds_unchanged"] == 1


def test_an_index_leads_to_its_recent_parts(mapped: Project) -> None:
    write_index(mapped.pages, "news-sitemap.xml", "sitemap.xml 2025-09-11", "sitemap-2024.xml 2024-12-31")
    report = run(mapped.settings, clock=at(LAST_DAY))
    assert report.exit_code == 0, report
    asked = paths(mapped)
    assert len(asked) == len(set(asked))
    assert set(asked) == RECENT | {"/robots.txt", "/index.xml", "/sitemap.xml", "/news-sitemap.xml"}
    assert mapped.rows("select count(*) from items where state <> 'done'") == [(0,)]
    run(mapped.settings, clock=at(LAST_DAY + timedelta(days=2)))
    assert set(paths(mapped)) == {"/index.xml", "/news-sitemap.xml"}


def test_a_part_that_fails_is_the_sources_failure_and_loses_nothing(mapped: Project) -> None:
    write_index(mapped.pages, "sitemap.xml")
    away = (mapped.pages / "sitemap.xml").rename(mapped.pages / "away.xml")
    report = run(mapped.settings, clock=at(LAST_DAY))
    assert (report.exit_code, report.failing) == (1, ("all",))
    away.rename(mapped.pages / "sitemap.xml")
    report = run(mapped.settings, clock=at(LAST_DAY + timedelta(days=1)))
    assert report.exit_code == 0
    assert report.counts["new"] + report.counts["no_article"] == len(RECENT)


def test_an_index_of_itself_ends(mapped: Project) -> None:
    write_index(mapped.pages, "index.xml", "other.xml")
    (mapped.pages / "other.xml").write_bytes((mapped.pages / "index.xml").read_bytes())
    assert run(mapped.settings, clock=at(LAST_DAY)).exit_code == 0
    assert sorted(paths(mapped)) == ["/index.xml", "/other.xml", "/robots.txt"]


def test_a_sitemap_without_dates_is_a_failure_that_says_so(mapped: Project) -> None:
    (mapped.pages / "index.xml").write_text("<urlset><url><loc>/a</loc></url></urlset>", encoding="utf-8")
    report = run(mapped.settings, clock=at(LAST_DAY))
    assert report.failing == ("all",)
    [(error,)] = mapped.rows("select error from feed_state")
    assert "states no dates" in error
