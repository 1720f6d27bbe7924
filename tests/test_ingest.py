"""`rigwire ingest`: archives, saved pages and JSONL into rows; what fails is named; what was read is left."""

import json
import shutil
import signal
import subprocess
import sys
import time

from filelock import FileLock

from projects import Project
from rigwire.store import open_database
from site_archives import site_pages, write_warc

STORY = "{} has received 1,250 machines at its site in Texas, the company said on Monday. More will follow."


def stored_urls(project: Project) -> list[str]:
    return [url for (url,) in project.rows("select canonical_url from articles order by canonical_url")]


def test_an_archive_gives_what_the_site_would_give(stored: Project) -> None:
    """The same article, by URL and words, and of the same source as by the feeds."""
    sql = (
        "select canonical_url, text_hash, source_id, extracted from articles"
        " where canonical_url like '%/hashwire/2025/0_/%' or canonical_url like '%/ledgerlane/news/%' order by 1"
    )
    by_feeds = {row[0]: row for row in stored.rows(sql)}
    stored.db.unlink()
    done = stored.rigwire("ingest", str(write_warc(stored)))
    assert (done.returncode, done.stderr) == (0, "")
    by_archive = stored.rows(sql)
    assert len(by_archive) > 10
    assert by_archive == [by_feeds[row[0]] for row in by_archive]
    assert stored.rows("select count(*) from pages where fetched_at = '2024-05-10T12:00:00Z'")[0][0] > 20
    assert stored.rows("select count(*) from events")[0][0] > 50


def test_what_was_read_is_not_read_again(project: Project) -> None:
    archive = str(write_warc(project))
    project.rigwire("ingest", archive)
    before = project.rows("select count(*), max(id) from events")
    done = project.rigwire("ingest", archive, archive)
    count = len(site_pages(project))
    assert f"{2 * count} documents ({2 * count} read before); articles: 0 new" in done.stdout
    assert done.returncode == 0
    assert project.rows("select count(*), max(id) from events") == before


def test_an_ingest_that_was_killed_goes_on(project: Project) -> None:
    notes = project.folder / "notes.jsonl"
    lines = ({"id": f"note-{n}", "text": f"Miner {n}: {n + 20} MW were switched on at site {n}."} for n in range(150))
    notes.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    files = [str(write_warc(project)), str(notes)]
    command = [sys.executable, "-m", "rigwire", "ingest", *files]
    for table, wanted in (("ingested", 1), ("runs", 2)):
        running = subprocess.Popen(command, cwd=project.folder, env=project.environment, stdout=subprocess.DEVNULL)
        while running.poll() is None and count(project, table) < wanted:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    done = project.rigwire("ingest", *files)
    assert done.returncode == 0
    assert "(0 read before)" not in done.stdout
    urls = stored_urls(project)
    shutil.move(project.db, project.folder / "killed.db")
    project.rigwire("ingest", *files)
    assert stored_urls(project) == urls
    with open_database(project.folder / "killed.db", readonly=True) as store:
        outcomes = [row["outcome"] for row in store.rows("select outcome from runs order by id")]
        [doubled] = store.rows("select count(*) - count(distinct canonical_url) as urls from articles")
        [untold] = store.rows(
            "select (select count(*) from events where id not in (select event_id from story_members)) as events,"
            " (select count(*) from story_queue) as waiting, (select count(*) from stories) as stories"
        )
    assert outcomes == ["interrupted", "interrupted", "done"]
    assert doubled["urls"] == 0
    assert (untold["events"], untold["waiting"]) == (0, 0)
    assert untold["stories"] == project.rows("select count(*) from stories")[0][0] > 0


def count(project: Project, table: str) -> int:
    """How many rows a table has; none before there is a database."""
    if not project.db.exists():
        return 0
    with open_database(project.db) as store:
        return int(store.db.table(table).count)


def test_an_archive_that_breaks_off_is_said_to_and_its_whole_records_count(project: Project) -> None:
    path = write_warc(project)
    path.write_bytes(path.read_bytes()[:-2_000])
    done = project.rigwire("ingest", str(path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "breaks off" in done.stderr
    assert str(path) in done.stderr
    assert "1 failed" in done.stdout
    whole = project.rows("select count(*) from ingested")[0][0]
    assert 15 < whole < len(site_pages(project))


def test_records_that_fail_are_named_one_by_one(project: Project) -> None:
    file = project.folder / "news.jsonl"
    lines = [json.dumps({"id": str(n), "text": STORY.format(f"Ostmark {n}")}) for n in range(3)]
    file.write_text("\n".join([lines[0], "no json", lines[1], '{"title": "x"}', lines[2]]), encoding="utf-8")
    done = project.rigwire("ingest", str(file), "nowhere.warc", project.site.base)
    assert done.returncode == 1
    errors = done.stderr.splitlines()
    assert len(errors) == 4
    for error, words in zip(errors, ["line 2", "line 4", "nowhere.warc", "extract --save"], strict=True):
        assert words in error
    assert "articles: 3 new" in done.stdout
    assert "4 failed" in done.stdout


def test_a_document_that_the_schema_refuses_takes_no_other_with_it(project: Project) -> None:
    file = project.folder / "news.jsonl"
    lines = [json.dumps({"id": str(n), "text": STORY.format(f"{'ABCDE'[n]}mark Mining")}) for n in range(5)]
    file.write_text("\n".join(lines), encoding="utf-8")
    project.rigwire("ingest", "nowhere.warc")
    with open_database(project.db) as store:
        store.db.execute(
            "create trigger refuse before insert on events when new.company_text like 'Cmark%'"
            " begin select raise(abort, 'no events of Cmark'); end"
        )
    done = project.rigwire("ingest", str(file))
    assert done.returncode == 1
    [error] = done.stderr.splitlines()
    assert "no events of Cmark" in error
    assert "articles: 5 new" in done.stdout
    assert "1 failed" in done.stdout
    with_events = "select group_concat(distinct substr(company_text, 1, 5)) from events"
    assert set(project.rows(with_events)[0][0].split(",")) == {"Amark", "Bmark", "Dmark", "Emark"}
    assert project.rows("select count(*), count(error) from ingested where article_id is not null") == [(5, 1)]
    assert project.rows("select count(*) from articles where failure is not null") == [(1,)]


def test_a_folder_of_saved_pages(project: Project) -> None:
    folder = project.folder / "saved"
    (folder / "Story_files").mkdir(parents=True)
    page = "<html><head><title>Story</title></head><body><article><p>" + STORY.format("Ostmark") + "</p></article>"
    origin = "<!-- saved from url=(0030)https://www.a.example/news/rigs-2 -->"
    (folder / "Story.html").write_text(f"<!DOCTYPE html>\n{origin}\n{page}", encoding="utf-8")
    (folder / "Story_files" / "frame.html").write_text(page.replace("Ostmark", "An advert"), encoding="utf-8")
    (folder / "Other.htm").write_text(page.replace("Ostmark", "Westmark"), encoding="utf-8")
    (folder / "note.txt").write_text(STORY.format("Nordmark"), encoding="utf-8")
    done = project.rigwire("ingest", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert project.rows("select count(*) from articles where text like '%advert%'") == [(0,)]
    urls = stored_urls(project)
    assert len(urls) == 3
    assert "https://www.a.example/news/rigs-2" in urls


def test_a_document_that_exceeds_its_limits_waits_for_another_extractor(project: Project) -> None:
    file = project.folder / "news.jsonl"
    large = "".join(f'<a href="https://example.org/{n}" title="{n}" class="c{n}">x</a>' for n in range(60_000))
    lines = [json.dumps({"html": large}), json.dumps({"text": STORY.format("Ostmark")})]
    file.write_text("\n".join(lines), encoding="utf-8")
    project.environment_extra["RIGWIRE_WORKER_MEMORY_MB"] = "500"
    done = project.rigwire("ingest", str(file))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "needed more than 500 MB" in done.stderr
    assert "articles: 1 new" in done.stdout
    project.environment_extra.clear()
    done = project.rigwire("ingest", str(file))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "does not try again" in done.stderr
    with open_database(project.db) as store, store.transaction():
        store.db.execute("update ingested set failed_version = '0.0.1' where error is not null")
    done = project.rigwire("ingest", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "(1 read before)" in done.stdout


def test_one_ingest_at_a_time(project: Project) -> None:
    with FileLock(f"{project.db}.ingest.lock"):
        done = project.rigwire("ingest", str(project.folder))
    assert done.returncode == 2
    assert "another ingest" in done.stderr


def test_two_workers_give_the_rows_of_one(project: Project) -> None:
    archive = str(write_warc(project))
    project.rigwire("ingest", archive)
    one = project.rows("select canonical_url, text_hash, extracted from articles order by 1")
    project.db.unlink()
    project.environment_extra["RIGWIRE_WORKERS"] = "2"
    project.rigwire("ingest", archive)
    assert project.rows("select canonical_url, text_hash, extracted from articles order by 1") == one
