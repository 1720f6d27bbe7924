"""The scheduled job over the fixture site: real HTTP, a real database."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from filelock import FileLock
from serve import SiteServer

from projects import ROOT, Project, make_project
from rigwire.errors import UsageError
from rigwire.run.hosts import FAILURES_IN_A_ROW
from rigwire.run.job import run
from rigwire.run.report import RunReport
from rigwire.settings import Settings
from rigwire.store import begin_run, open_database

TRUTH = json.loads((ROOT / "fixtures" / "site" / "truth.json").read_text(encoding="utf-8"))
STORIES = 7  # of the overloaded site
SHARED_STORY = "/gridpost/news/brockhurst-alder-rack-tidewater.html"  # word for word on two outlets
AMP_PAGE = "/gridpost/amp/chisholm-creek-supply-restored.html"
COUNTS = "select (select count(*) from articles), (select count(*) from events), (select count(*) from pages)"


def later(**delta: float) -> Callable[[], datetime]:
    """A clock that is ahead."""
    return lambda: datetime.now(UTC) + timedelta(**delta)


@contextmanager
def overloaded_site(asked: list[str]) -> Iterator[str]:
    """Serve a feed whose pages are all answered with 503; `asked` gets the paths."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            items = [{"id": str(n), "url": f"/story-{n}"} for n in range(STORIES)]
            feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Busy", "items": items}
            self.send_response({"/feed.json": 200, "/robots.txt": 404}.get(self.path, 503))
            self.end_headers()
            self.wfile.write(json.dumps(feed).encode() if self.path == "/feed.json" else b"")

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_first_run_stores_what_the_site_publishes(stored: Project, first_run: tuple[Path, int, RunReport]) -> None:
    report = first_run[2]
    assert report.exit_code == 0
    assert report.failing == ()
    kinds = dict(stored.rows("select canonical_url, kind from articles"))
    expected = set(TRUTH) - {SHARED_STORY, AMP_PAGE}
    assert {url.removeprefix(stored.site.base) for url in kinds} == expected
    assert kinds[f"{stored.site.base}/hashwire/2025/08/who-holds-the-old-rigs.html"] == "paywall"
    assert report.counts["events"] == stored.rows("select count(*) from events")[0][0] > 50
    assert stored.rows("select count(*) from items where state <> 'done'") == [(0,)]
    assert stored.rows("select outcome, json_extract(counts, '$.new') from runs") == [("done", report.counts["new"])]


def test_every_event_quotes_its_article(stored: Project) -> None:
    rows = stored.rows(
        "select quote, span_start, span_end, text, title from events join articles on articles.id = article_id"
    )
    assert rows
    for quote, start, end, text, title in rows:
        assert quote == (title if start is None else text[start:end])


def test_nothing_is_fetched_twice_and_nothing_that_is_closed(project: Project) -> None:
    run(project.settings)
    paths = [request.path for request in project.take_requests()]
    assert len(paths) == len(set(paths))
    assert not [path for path in paths if path.startswith("/private")]
    assert "/hashwire/2025/04/ravensworth-kemijarvi-hosting.html" in paths


def test_one_story_at_two_addresses_is_one_row(stored: Project) -> None:
    rows = stored.rows(
        "select articles.id, revision, items.url from items join articles on articles.id = article_id"
        " where canonical_url like '%/news/chisholm-creek-supply-restored.html' order by items.id"
    )
    assert [url.removeprefix(stored.site.base) for _, _, url in rows] == [
        "/gridpost/news/chisholm-creek-supply-restored.html",
        AMP_PAGE,
    ]
    assert {row[:2] for row in rows} == {(rows[0][0], 1)}


def test_another_language_is_stored_and_flagged(stored: Project, first_run: tuple[Path, int, RunReport]) -> None:
    report = first_run[2]
    rows = stored.rows("select language, extracted, kind from articles where extracted like '%language'")
    assert rows == [("de", "skipped: language", "article")]
    assert report.counts["other_language"] == 1


def test_a_second_run_asks_nothing(stored: Project) -> None:
    before = stored.rows(COUNTS)
    report = run(stored.settings)
    assert stored.take_requests() == []
    assert stored.rows(COUNTS) == before
    assert report.counts["feeds"] == report.counts["events"] == report.exit_code == 0


def test_a_forced_run_asks_only_on_condition(stored: Project) -> None:
    before = stored.rows(COUNTS)
    report = run(stored.settings, force=True)
    requests = stored.take_requests()
    assert requests
    assert all(request.conditional and request.status == 304 for request in requests)
    assert stored.rows(COUNTS) == before
    assert report.counts["feeds_unchanged"] == 4
    assert report.counts["new"] == report.counts["revised"] == report.counts["events"] == 0


@pytest.mark.parametrize("options", [[], ["--force"]])
def test_nothing_new_loads_no_spacy(stored: Project, options: list[str]) -> None:
    code = (
        "import sys\nfrom rigwire.cli.main import main\n"
        f"try:\n    main({['run', *options]!r})\n"
        "except SystemExit as end:\n    code = end.code\n"
        "print(code, [name for name in ('spacy', 'thinc', 'trafilatura') if name in sys.modules])\n"
    )
    done = stored.python("-c", code)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_an_edited_page_becomes_a_revision(stored: Project) -> None:
    path = "/hashwire/2025/05/saltmarsh-compute-machines-arrive.html"
    stored.edit(path, "2,600 machines", "2,750 machines")
    count = stored.rows("select count(*) from articles")
    report = run(stored.settings, force=True)
    assert (report.counts["new"], report.counts["revised"]) == (0, 1)
    assert stored.rows("select count(*) from articles") == count
    where = "where canonical_url like '%saltmarsh-compute-machines-arrive.html'"
    [(revision, text)] = stored.rows(f"select revision, text from articles {where}")
    assert revision == 2
    assert "2,750 machines" in text
    kept = stored.rows(f"select text from article_revisions where article_id = (select id from articles {where})")
    assert len(kept) == 1
    assert "2,600 machines" in kept[0][0]
    figures = {row[0] for row in stored.rows(
        "select value from machine_counts where url like '%saltmarsh-compute-machines-arrive.html'"
    )}  # fmt: skip
    assert 2750 in figures
    assert 2600 not in figures


def test_a_feed_that_says_an_article_changed_makes_it_be_looked_at(stored: Project) -> None:
    path = "/hashwire/2025/09/perak-raids.html"
    stored.edit("/feeds/hashwire.rss", "carry 1,860 miners out", "carry 1,900 miners out")
    stored.edit(path, "1,860", "1,900")
    report = run(stored.settings, clock=later(days=2))
    pages = [request for request in stored.take_requests() if request.path.startswith("/hashwire/")]
    assert [(request.path, request.conditional) for request in pages] == [(path, True)]
    assert report.counts["revised"] == 1


def test_a_page_that_fails_is_counted_and_tried_again(project: Project) -> None:
    page = project.pages / "gridpost/news/glen-bits-closes-cayuta-hall.html"
    away = page.rename(page.with_suffix(".away"))
    report = run(project.settings)
    assert (report.exit_code, report.counts["failed"]) == (1, 1)
    assert project.rows("select count(*) from articles")[0][0] == len(TRUTH) - 3
    [(attempts, error)] = project.rows("select attempts, error from items where state = 'pending'")
    assert attempts == 1
    assert "404" in error
    away.rename(page)
    assert run(project.settings).counts["new"] == 0
    report = run(project.settings, clock=later(hours=1))
    assert (report.exit_code, report.counts["new"]) == (0, 1)


def test_a_page_that_is_no_page_fails_alone(project: Project) -> None:
    page = project.pages / "gridpost/news/glen-bits-closes-cayuta-hall.html"
    page.write_bytes(b"%PDF-1.7 not a page")
    report = run(project.settings)
    assert (report.exit_code, report.counts["failed"]) == (1, 1)
    [(error,)] = project.rows("select error from items where state = 'failed'")
    assert "PDF" in error
    assert page.name in error


def test_a_feed_that_is_none_names_its_source(project: Project) -> None:
    (project.pages / "feeds" / "gridpost.atom").write_text("<html><body>Moved</body></html>", encoding="utf-8")
    report = run(project.settings)
    assert report.exit_code == 1
    assert report.failing == ("gridpost",)
    assert "failing: gridpost" in report.closing_line()
    assert report.counts["new"] > 20
    [(failures, error)] = project.rows("select failures, error from feed_state where source_id = 'gridpost'")
    assert failures == 1
    assert "gridpost.atom" in error


def test_a_feed_whose_links_lead_nowhere_fails(project: Project) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "M",
        "items": [{"id": "1", "url": "mailto:desk@minepress.example"}],
    }
    (project.pages / "feeds" / "minepress.json").write_text(json.dumps(feed), encoding="utf-8")
    assert run(project.settings).failing == ("minepress",)


def test_a_site_that_is_down_loses_nothing(tmp_path: Path) -> None:
    pages = shutil.copytree(ROOT / "fixtures" / "site", tmp_path / "site")
    with SiteServer(pages) as site:
        project = make_project(tmp_path, site)
    report = run(project.settings)
    assert report.failing == ("hashwire", "gridpost", "minepress", "ledgerlane")
    assert report.counts["new"] == 0
    with SiteServer(pages, int(site.base.rpartition(":")[2])):
        assert run(project.settings).counts["feeds"] == 0
        assert run(project.settings, clock=later(days=2)).counts["new"] > 20


def test_a_second_run_at_once_says_so(project: Project) -> None:
    with FileLock(f"{project.db}.lock"):
        done = project.rigwire("run")
    assert done.returncode == 0
    assert "another run" in done.stdout
    assert project.take_requests() == []


def test_a_run_that_was_killed_is_marked(project: Project) -> None:
    with open_database(project.db) as store:
        begin_run(store, "run", "0", datetime(2025, 1, 1, tzinfo=UTC))
    run(project.settings)
    assert project.rows("select outcome from runs order by id") == [("interrupted",), ("done",)]


def test_a_wrong_sources_file_is_an_error(project: Project) -> None:
    (project.folder / "sources.toml").write_text('[[source]]\nid = "a"\ncolour = 1\n', encoding="utf-8")
    with pytest.raises(UsageError, match="colour"):
        run(project.settings)


def test_runs_started_together_do_the_work_once(project: Project) -> None:
    command = [sys.executable, "-m", "rigwire", "run"]
    together = [
        subprocess.Popen(
            command,
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    printed = [running.communicate() for running in together]
    assert [running.returncode for running in together] == [0, 0, 0], printed
    paths = [request.path for request in project.take_requests()]
    assert len(paths) == len(set(paths))
    idle = [output for output, _ in printed if "another run" in output or "articles: 0 new" in output]
    assert len(idle) == 2, printed


def test_a_host_in_trouble_is_left_alone(tmp_path: Path) -> None:
    asked: list[str] = []
    with overloaded_site(asked) as base:
        (tmp_path / "sources.toml").write_text(
            f'[[source]]\nid = "busy"\nname = "Busy"\nsite = "{base}"\nfeeds = ["{base}/feed.json"]\n', encoding="utf-8"
        )
        settings = Settings(
            db=tmp_path / "rigwire.db",
            sources=(tmp_path / "sources.toml",),
            shipped_sources=False,
            allow_hosts=("127.0.0.1",),
            delay=0,
            retries=0,
        )
        report = run(settings)
    assert len([path for path in asked if path.startswith("/story")]) == FAILURES_IN_A_ROW
    assert report.counts["failed"] == FAILURES_IN_A_ROW
    assert report.counts["postponed"] == STORIES - FAILURES_IN_A_ROW
    with open_database(settings.db, readonly=True) as store:
        [row] = store.rows("select count(*) as untouched from items where state = 'pending' and attempts = 0")
    assert row["untouched"] == STORIES - FAILURES_IN_A_ROW
