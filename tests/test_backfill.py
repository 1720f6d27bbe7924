"""`rigwire backfill`: sitemaps and archive pages of the past, once, and onwards after an interrupt."""

import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from filelock import FileLock

from projects import Project
from rigwire.errors import SourceError, UsageError
from rigwire.run.backfill import BackfillReport, backfill
from rigwire.run.job import run
from rigwire.store import open_database

SINCE = date(2025, 6, 1)
LAST_DAY = datetime(2025, 9, 12, tzinfo=UTC)


def declare(project: Project, *lines: str) -> None:
    """Declare one source without feeds, which has these keys."""
    base = project.site.base
    table = [
        "[[source]]", 'id = "past"', 'name = "Past"', f'site = "{base}/ledgerlane/index.html"',
        f'feeds = ["{base}/feeds/ledgerlane.rdf"]', *(line.replace("{{base}}", base) for line in lines),
    ]  # fmt: skip
    (project.folder / "sources.toml").write_text("\n".join(table), encoding="utf-8")


def fill(project: Project, since: date = SINCE, now: datetime = LAST_DAY) -> BackfillReport:
    return backfill(project.settings, "past", since, clock=lambda: now, sleep=lambda seconds: None)


def pages(project: Project) -> list[str]:
    """The pages that were asked for since the last call."""
    paths = [request.path for request in project.take_requests()]
    return sorted(path for path in paths if path.endswith(".html"))


def sitemap_pages(project: Project, since: date) -> list[str]:
    """The pages of the fixture's sitemap that state no earlier day."""
    lines = (project.pages / "sitemap.xml").read_text(encoding="utf-8").splitlines()
    days = {
        line.partition("{{base}}")[2].partition("<")[0]: line.partition("<lastmod>")[2][:10] or "9999" for line in lines
    }
    return sorted(path for path, day in days.items() if path and day >= since.isoformat())


def test_a_sitemap_since_a_day(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/sitemap.xml"')
    report = fill(project)
    asked = pages(project)
    assert asked == sitemap_pages(project, SINCE)
    assert not [path for path in asked if "/2025/05/" in path or "/2025/04/" in path]
    assert "/hashwire/2025/06/quillback-digital-chapter-11.html" in asked
    assert report.exit_code == 0, report.closing_line()
    assert report.counts["items"] == len(asked)
    assert "past since 2025-06-01: 1 lists" in report.closing_line()
    stored = project.rows("select count(*) from articles where source_id = 'past'")[0][0]
    assert report.counts["new"] + report.counts["no_article"] == stored

    again = fill(project)
    assert pages(project) == []
    assert (again.exit_code, again.counts["items"]) == (0, 0)
    earlier = fill(project, date(2025, 3, 1))
    assert not set(pages(project)) & set(asked)
    assert earlier.counts["new"] > 5


def test_a_run_leaves_the_past_alone_and_a_backfill_what_is_known(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/sitemap.xml"')
    (project.pages / "sitemap.xml").rename(project.pages / "away.xml")
    run(project.settings, clock=lambda: LAST_DAY)
    known = set(pages(project))
    (project.pages / "away.xml").rename(project.pages / "sitemap.xml")
    fill(project)
    assert known
    assert not set(pages(project)) & known
    with open_database(project.db) as store, store.transaction():
        store.db.execute("update items set state = 'pending', next_attempt = first_seen where is_backfill = 1")
    run(project.settings, clock=lambda: LAST_DAY + timedelta(days=2))
    assert [path for path in pages(project) if "/hashwire/2025/06" in path] == []


def test_an_index_of_sitemaps(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/index.xml"')
    days = (("sitemap.xml", "2025-09-11"), ("sitemap-2023.xml", "2023-12-31"), ("news-sitemap.xml", ""))
    parts = "".join(
        f"<sitemap><loc>{{{{base}}}}/{name}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for name, day in days
    )
    (project.pages / "index.xml").write_text(f"<sitemapindex>{parts}</sitemapindex>", encoding="utf-8")
    report = fill(project)
    asked = [request.path for request in project.take_requests()]
    assert len(asked) == len(set(asked))
    assert [path for path in asked if path.endswith(".xml")] == ["/index.xml", "/sitemap.xml", "/news-sitemap.xml"]
    assert (report.exit_code, report.counts["lists"]) == (0, 3)


def test_sitemaps_that_only_robots_txt_names(project: Project) -> None:
    declare(project)
    report = fill(project, date(2025, 9, 1))
    assert (report.exit_code, report.counts["lists"]) == (0, 2)
    assert "/hashwire/2025/09/perak-raids.html" in pages(project)


def test_a_source_without_lists_says_so(project: Project) -> None:
    declare(project)
    (project.pages / "robots.txt").write_text("User-agent: *\nAllow: /\n", encoding="utf-8")
    with pytest.raises(SourceError, match="no sitemap and no archive"):
        fill(project)


def write_archive(project: Project, name: str, *numbers: int) -> None:
    links = "".join(f'<a href="/ledgerlane/news/{n}.html">Story {n}</a>' for n in numbers)
    nav = '<a href="/ledgerlane/tag/power">Power</a><a href="/logo.png">Logo</a><a href="https://x.example/a-b-c">X</a>'
    path = project.pages / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<html><body>{nav}{links}</body></html>", encoding="utf-8")


def test_archive_pages_of_months(project: Project) -> None:
    declare(project, 'archive = "{{base}}/archive/{year}-{month}.htm"')
    write_archive(project, "archive/2025-09.htm", 1263)
    write_archive(project, "archive/2025-08.htm", 1252, 1255)
    write_archive(project, "archive/2025-06.htm", 1214, 1219)
    write_archive(project, "archive/2025-04.htm", 1187)
    report = fill(project)
    asked = [request.path for request in project.take_requests()]
    assert [path for path in asked if "archive" in path] == [f"/archive/2025-0{n}.htm" for n in (9, 8, 7, 6)]
    assert sorted(path[17:21] for path in asked if "/news/" in path) == ["1214", "1219", "1252", "1255", "1263"]
    assert (report.exit_code, report.counts["new"]) == (0, 5)


def test_numbered_archive_pages_end_with_articles_that_are_too_old(project: Project) -> None:
    declare(project, 'archive = "{{base}}/archive/{page}.htm"')
    write_archive(project, "archive/1.htm", 1263, 1255, 1252)
    write_archive(project, "archive/2.htm", 1240, 1231)
    write_archive(project, "archive/3.htm", 1187, 1176)
    write_archive(project, "archive/4.htm", 1219, 1214)
    report = fill(project)
    asked = [request.path for request in project.take_requests() if "archive" in request.path]
    assert asked == ["/archive/1.htm", "/archive/2.htm", "/archive/3.htm"]
    assert (report.exit_code, report.counts["lists"]) == (0, 3)


@pytest.mark.parametrize("last", ["nothing", "the same"])
def test_numbered_archive_pages_end_where_nothing_new_comes(project: Project, last: str) -> None:
    declare(project, 'archive = "{{base}}/archive/{page}.htm"')
    write_archive(project, "archive/1.htm", 1263)
    write_archive(project, "archive/2.htm", 1255)
    if last == "the same":
        write_archive(project, "archive/3.htm", 1255)
        write_archive(project, "archive/4.htm", 1252)
    report = fill(project)
    assert (report.exit_code, report.counts["lists"], report.counts["new"]) == (0, 3, 2)


def test_a_list_that_fails_is_said_and_read_the_next_time(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/index.xml"')
    (project.pages / "index.xml").write_text(
        "<sitemapindex><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>",
        encoding="utf-8",
    )
    report = fill(project)
    assert (report.exit_code, report.counts["lists_failed"]) == (1, 1)
    assert "call it again" in report.closing_line()
    [(error,)] = project.rows("select error from backfill_lists where state = 'failed'")
    assert "gone.xml" in error
    pages(project)
    (project.pages / "sitemap.xml").rename(project.pages / "gone.xml")
    report = fill(project)
    assert (report.exit_code, report.counts["lists"]) == (0, 1)
    assert pages(project) == []


def test_a_page_that_fails_is_left_for_the_next_time(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/sitemap.xml"')
    page = project.pages / "hashwire/2025/09/perak-raids.html"
    away = page.rename(page.with_suffix(".away"))
    report = fill(project, date(2025, 9, 1))
    assert (report.exit_code, report.counts["failed"], report.counts["left"]) == (1, 1, 1)
    away.rename(page)
    report = fill(project, date(2025, 9, 1))
    assert (report.exit_code, report.counts["new"], report.counts["left"]) == (0, 1, 0)


def test_an_interrupted_backfill_goes_on(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/sitemap.xml"')
    command = [sys.executable, "-m", "rigwire", "backfill", "past", "--since", "2025-03-01"]
    for more in (4, 9):
        running = subprocess.Popen(command, cwd=project.folder, env=project.environment, stdout=subprocess.DEVNULL)
        while running.poll() is None and articles(project) < more:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    before = articles(project)
    done = project.rigwire("backfill", "past", "--since", "2025-03-01")
    assert done.returncode == 0, done.stdout + done.stderr
    assert before < articles(project)
    asked = pages(project)
    wanted = set(sitemap_pages(project, date(2025, 3, 1)))
    assert wanted - set(asked) == set()
    assert len(asked) - len(wanted) <= 4  # what was under way at a kill, once more
    assert project.rows("select count(*) from items where state <> 'done'") == [(0,)]
    assert project.rows("select count(*) from backfill_lists where state <> 'done'") == [(0,)]
    outcomes = [outcome for (outcome,) in project.rows("select outcome from runs")]
    assert outcomes == ["interrupted", "interrupted", "done"]


def articles(project: Project) -> int:
    """How many articles are stored; none before there is a database."""
    if not project.db.exists():
        return 0
    with open_database(project.db) as store:
        return int(store.db.table("articles").count)


def test_wrong_calls_say_what_is_wrong(project: Project) -> None:
    declare(project, 'sitemap = "{{base}}/sitemap.xml"')
    with pytest.raises(UsageError, match="no source has the id pst; did you mean 'past'"):
        backfill(project.settings, "pst", SINCE)
    with pytest.raises(UsageError, match="still to come"):
        fill(project, date(2026, 1, 1))
    with FileLock(f"{project.db}.backfill.lock"), pytest.raises(UsageError, match="another backfill"):
        fill(project)
    done = project.rigwire("backfill", "past", "--since", "June")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_run_waits_its_turn_at_fetching(project: Project) -> None:
    with FileLock(f"{project.db}.fetch.lock"):
        running = subprocess.Popen(
            [sys.executable, "-m", "rigwire", "run"],
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        while not project.db.exists() or not project.rows("select 1 from sqlite_master where name = 'runs'"):
            time.sleep(0.02)
        time.sleep(0.5)
        assert project.take_requests() == []
    printed, _ = running.communicate()
    assert running.returncode == 0
    assert "articles: 3" in printed
