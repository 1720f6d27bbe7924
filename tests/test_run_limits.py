"""Pages that no parser finishes: stored as failed with the reason, and left until another extractor comes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from projects import Project
from rigwire.run.job import run
from rigwire.run.report import RunReport
from rigwire.settings import Settings
from rigwire.store import open_database

PATH = "gridpost/news/glen-bits-closes-cayuta-hall.html"
SENTENCE = "Example Mining ordered {:,} Antminer S21 machines for its site in Texas on 3 May 2024."
LINK = '<a href="https://example.org/{0}" title="{0}" class="c{0}">x</a>'


def long_page(title: str) -> str:
    """A page whose article takes minutes to be extracted."""
    text = "".join(f"<p>{SENTENCE.format(1000 + n)}</p>" for n in range(5_000))
    return f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"


def large_page() -> str:
    """A page within every limit of the parser whose tree takes several hundred megabytes."""
    return "".join(LINK.format(n) for n in range(60_000))


def later(settings: Settings, **delta: float) -> RunReport:
    """Run at a later time."""
    return run(settings, clock=lambda: datetime.now(UTC) + timedelta(**delta))


def pretend_older_extractor(project: Project) -> None:
    """Have the failures be those of a version before this one."""
    with open_database(project.db) as store, store.transaction():
        for table in ("items", "articles"):
            store.db.execute(f"update {table} set failed_version = '0.0.1' where failed_version is not null")


def test_a_page_that_takes_too_much_memory_fails_alone_until_the_extractor_changes(project: Project) -> None:
    page = project.pages / PATH
    whole = page.read_text(encoding="utf-8")
    page.write_text(large_page(), encoding="utf-8")
    tight = replace(project.settings, worker_memory_mb=500)
    report = run(tight)
    assert (report.exit_code, report.counts["failed"]) == (1, 1)
    assert report.counts["new"] > 30
    [(url, error)] = project.rows("select url, error from items where state = 'failed'")
    assert url.endswith(PATH)
    assert error == f"{url}: needed more than 500 MB (worker_memory_mb)"
    assert project.rows("select length(body) > 0 from pages where url = ?", url) == [(1,)]

    project.take_requests()
    assert later(tight, days=3).counts["failed"] == 0
    assert PATH not in {request.path.lstrip("/") for request in project.take_requests()}

    page.write_text(whole, encoding="utf-8")
    pretend_older_extractor(project)
    assert later(project.settings, days=6).counts["new"] == 1
    assert project.rows("select count(*) from items where state <> 'done' or failed_version is not null") == [(0,)]


def test_an_article_whose_facts_take_too_long_is_stored_without_them(project: Project) -> None:
    page = project.pages / PATH
    page.write_text(long_page("Example Mining orders machines"), encoding="utf-8")
    hasty = replace(project.settings, parse_timeout=5)
    report = run(hasty)
    assert (report.exit_code, report.counts["failed"]) == (1, 1)
    [(text, extracted, failure)] = project.rows(
        "select text, extracted, failure from articles where failure is not null"
    )
    assert text.count("Antminer S21") == 5_000
    assert (extracted, failure) == ("pending", "took longer than 5 s (parse_timeout)")
    [(error,)] = project.rows("select error from items where state = 'failed'")
    assert "stored without its facts: took longer than 5 s" in error
    assert later(hasty, days=3).counts["failed"] == 0

    pretend_older_extractor(project)
    assert later(hasty, days=6).counts["failed"] == 1
    assert project.rows("select count(*) from articles where failure is not null") == [(1,)]


def test_a_run_without_new_pages_starts_no_worker(stored: Project) -> None:
    """With this little memory none could start."""
    hopeless = replace(stored.settings, worker_memory_mb=1)
    assert run(hopeless, force=True).counts["unchanged"] > 30


def test_the_run_itself_loads_no_parser_and_no_model(project: Project) -> None:
    code = (
        "import sys\nfrom rigwire.cli.main import main\n"
        "try:\n    main(['run'])\nexcept SystemExit as end:\n    code = end.code\n"
        "print(code, [name for name in ('spacy', 'thinc', 'trafilatura', 'lxml') if name in sys.modules])\n"
    )
    done = project.python("-c", code)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr
    assert project.rows("select count(*) from events")[0][0] > 50


def test_two_workers_store_what_one_stores(stored: Project) -> None:
    sql = "select canonical_url, text_hash, (select count(*) from events where article_id = articles.id) from articles"
    one = sorted(stored.rows(sql))
    stored.db.unlink()
    run(replace(stored.settings, workers=2))
    assert sorted(stored.rows(sql)) == one
