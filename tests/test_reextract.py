"""`rigwire reextract`: stored pages read again; what changed is counted, what was corrected stays."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from filelock import FileLock

from projects import Project
from rigwire.model import Event
from rigwire.store.changes import count_changes

FACTS = "select event_key, company, event_type, status, value, unit, words, quote, url from facts order by 1, 5"


def report(project: Project, *arguments: str) -> dict[tuple[str, str], dict[str, int]]:
    """Read again; return the counts by kind."""
    done = project.rigwire("reextract", "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return {(row["what"], row["kind"]): row for row in json.loads(done.stdout)}


def write(project: Project, *statements: str) -> None:
    connection = sqlite3.connect(project.db)
    connection.execute("pragma foreign_keys = on")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_same_extractor_says_the_same(stored: Project) -> None:
    before = stored.rows(FACTS)
    stored.take_requests()
    rows = report(stored)
    assert sum(row["same"] for (what, _), row in rows.items() if what == "figure") == len(before)
    assert not any(row[name] for row in rows.values() for name in ("changed", "new", "gone"))
    assert stored.rows(FACTS) == before
    assert stored.take_requests() == []
    assert stored.rows("select count(*) from articles where revision > 1") == [(0,)]
    assert stored.rows("select count(*) from rereading") == [(0,)]


def test_what_an_older_extractor_said_is_replaced_and_counted(stored: Project) -> None:
    before = stored.rows(FACTS)
    [(rates,)] = stored.rows("select count(*) from quantities where kind = 'hashrate'")
    [(orders,)] = stored.rows("select count(*) from events where type = 'order' and status <> 'cancelled'")
    write(
        stored,
        "delete from events where id in (select id from events where type = 'delivery' order by id limit 2)",
        "update quantities set value = value * 10 where kind = 'hashrate'",
        "update events set status = 'cancelled' where type = 'order'",
    )
    rows = report(stored)
    assert rows["event", "delivery"]["new"] == 2
    assert rows["figure", "hashrate"]["changed"] == rates
    assert rows["event", "order"]["changed"] == orders
    assert Counter(row[1:] for row in stored.rows(FACTS)) == Counter(row[1:] for row in before)


def test_corrections_outlive_it(stored: Project) -> None:
    [(key,)] = stored.rows("select event_key from hashrates join facts using (event_id) order by facts.value limit 1")
    assert stored.rigwire("correct", "change", key, "company=Borealis Compute").returncode == 0
    rows = report(stored)
    assert not any(row[name] for row in rows.values() for name in ("changed", "new", "gone"))
    assert stored.rows("select company_text, by_hand from events where key = ?", key) == [
        ("Borealis Compute", "changed")
    ]


def test_only_what_is_asked_for_and_articles_without_pages(stored: Project) -> None:
    write(stored, "update articles set page_id = null", "delete from pages", "delete from events where type = 'order'")
    [(day, url)] = stored.rows(
        "select published_day, canonical_url from articles where kind = 'article' order by published_day desc limit 1"
    )
    write(stored, "update articles set extractor_version = '0.0.1' where extracted = 'done'")
    report(stored, "--since", day, "--where", f"canonical_url = '{url}'")
    assert stored.rows("select canonical_url from articles where extractor_version <> '0.0.1'") == [(url,)]
    assert report(stored)["event", "order"]["new"] > 0


@pytest.mark.parametrize("where", ["colour = 'red'", "1; drop table pages", "1) union select (delete from pages"])
def test_wrong_condition_is_refused(stored: Project, where: str) -> None:
    done = stored.rigwire("reextract", "--where", where)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert stored.rows("select count(*) from rereading") == [(0,)]


def test_killed_it_goes_on_where_it_was(stored: Project) -> None:
    before = stored.rows(FACTS)
    command = [sys.executable, "-m", "rigwire", "reextract"]
    with subprocess.Popen(command, cwd=stored.folder, env=stored.environment, stdout=subprocess.DEVNULL) as process:
        total = stored.rows("select count(*) from articles")[0][0]
        while process.poll() is None and not 0 < stored.rows("select count(*) from rereading")[0][0] < total - 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    left = stored.rows("select count(*) from rereading")[0][0]
    assert 0 < left < total
    done = stored.rigwire("reextract")
    assert f"{left} articles read again, the rest of an interrupted pass" in done.stdout, done.stderr
    assert stored.rows(FACTS) == before
    assert stored.rows("select outcome from runs where command = 'reextract'") == [("interrupted",), ("done",)]


def test_a_second_one_is_told_so(stored: Project) -> None:
    with FileLock(stored.folder / "rigwire.db.reextract.lock"):
        done = stored.rigwire("reextract")
    assert (done.returncode, "another reextract" in done.stderr) == (2, True)


def test_changes_are_counted_under_the_kind_that_an_event_has_now() -> None:
    def read(kind: str, quote: str, status: str = "actual") -> Event:
        return Event("e", kind, status, None, None, None, None, None, (), None, 0.5, quote, None, None)

    changes = count_changes(
        [read("order", "One."), read("order", "Two."), read("site", "Three.")],
        [read("order", "One."), read("order", "Two.", "planned"), read("fleet", "Three.")],
    )
    assert changes == {
        ("event", "order", "same"): 1, ("event", "order", "changed"): 1, ("event", "site", "gone"): 1,
        ("event", "fleet", "new"): 1,
    }  # fmt: skip
