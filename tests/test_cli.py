"""The command line as a user has it: sources, formats, options, logs."""

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from projects import Project

STORY = (
    "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday.\n\n"
    "It expects to reach a hashrate of 2 EH/s by the end of June."
)

PAGE = (
    "<!doctype html><html><head><title>Machines arrive</title></head>"
    f"<body><article><p>{STORY}</p></article></body></html>"
)


@pytest.fixture
def folder(project: Project) -> Project:
    """A project with a story in a text file."""
    (project.folder / "story.txt").write_text(STORY, encoding="utf-8")
    return project


def test_one_bad_source_does_not_stop_the_others(folder: Project) -> None:
    done = folder.rigwire("parse", "nowhere.txt", "story.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["story.txt"]
    assert len(done.stderr.splitlines()) == 1


def test_a_failing_source_is_named_and_the_run_exits_1(project: Project) -> None:
    (project.pages / "feeds" / "hashwire.rss").write_text("<html>gone</html>", encoding="utf-8")
    done = project.rigwire("run", "-q")
    assert done.returncode == 1
    assert done.stdout.count("\n") == 1
    assert "failing: hashwire" in done.stdout
    assert done.stderr == ""


def test_json_is_the_codebook(folder: Project) -> None:
    done = folder.rigwire("extract", "story.txt", "--format", "json", "--published", "2024-05-21")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["schema_version", "article", "companies", "jurisdictions", "dates", "events"]
    article = found["article"]
    assert list(article) == [
        "id", "source", "url", "canonical_url", "site", "title", "authors", "published", "modified",
        "language", "text",
    ]  # fmt: skip
    assert (article["source"], article["published"], article["text"]) == ("story.txt", "2024-05-21", STORY)
    assert [company["name"] for company in found["companies"]] == ["Ostmark Mining"]
    assert [place["code"] for place in found["jurisdictions"]] == ["US-TX"]
    values = {quantity["kind"]: quantity for event in found["events"] for quantity in event["quantities"]}
    assert values["machines"]["value"] == 1250
    assert values["hashrate"]["value"] == 2000
    for event in found["events"]:
        assert event["quote"] == STORY[event["start"] : event["end"]]


def test_shapes_of_json(folder: Project) -> None:
    line = json.dumps({"id": "a", "text": STORY, "published": "2024-05-21"})
    (folder.folder / "one.jsonl").write_text(f"{line}\n", encoding="utf-8")
    (folder.folder / "two.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")

    def printed(*arguments: str) -> Any:
        return json.loads(folder.rigwire("parse", *arguments, "--format", "json").stdout)

    assert printed("one.jsonl")["id"] == "a"
    assert [article["id"] for article in printed("two.jsonl")] == ["a", "a"]
    assert len(printed("one.jsonl", "story.txt")) == 2
    assert len(printed("one.jsonl", "nowhere.txt")) == 1
    assert printed("nowhere.txt", "nowhere.html") == []


def test_a_page_from_the_web(project: Project) -> None:
    url = f"{project.site.base}/hashwire/2025/03/tarn-hash-orders-s21-pro.html"
    done = project.rigwire("parse", url, "--format", "jsonl")
    article = json.loads(done.stdout)
    assert (article["source"], article["published"][:10]) == (url, "2025-03-11")
    assert article["text"].startswith("Tarn Hash has ordered 7,400 Antminer S21 Pro machines")
    assert not project.db.exists()


def test_tables_for_people(folder: Project) -> None:
    done = folder.rigwire("extract", "story.txt", "--published", "2024-05-21")
    assert "companies: Ostmark Mining" in done.stdout
    assert "1,250 machines" in done.stdout
    assert "\x1b" not in done.stdout
    done = folder.rigwire("parse", "story.txt")
    assert STORY in done.stdout


def test_save_stores_once(folder: Project) -> None:
    for _ in range(2):
        done = folder.rigwire("extract", "story.txt", "--published", "2024-05-21", "--save")
        assert done.returncode == 0, done.stderr
    assert folder.rows("select count(*), max(revision) from articles") == [(1, 1)]
    assert folder.rows("select command, outcome from runs") == [("extract", "done")] * 2
    assert folder.rows("select count(*) from events")[0][0] > 0


def test_parse_loads_no_spacy(folder: Project) -> None:
    code = (
        "import sys\nfrom rigwire.cli.main import main\n"
        "try:\n    main(['parse', 'story.txt'])\nexcept SystemExit as end:\n    code = end.code\n"
        "print(code, 'spacy' in sys.modules)\n"
    )
    assert folder.python("-c", code).stdout.splitlines()[-1] == "0 False"


def test_importing_rigwire_is_light(folder: Project) -> None:
    code = "import sys, rigwire; print([n for n in ('spacy', 'requests', 'click', 'bs4') if n in sys.modules])"
    assert folder.python("-c", code).stdout == "[]\n"


@pytest.mark.parametrize("text", ["story.txt", "page.html", "story.jsonl"])
def test_standard_input_is_told_by_how_it_begins(folder: Project, text: str) -> None:
    contents = {
        "story.txt": STORY,
        "page.html": PAGE,
        "story.jsonl": json.dumps({"id": "7", "title": "Machines arrive", "text": STORY}),
    }
    done = folder.rigwire("parse", "-", "--format", "json", input=contents[text])
    article = json.loads(done.stdout)
    assert article["source"] == "-"
    assert article["title"] == (None if text == "story.txt" else "Machines arrive")
    assert "1,250 machines" in article["text"]


def test_options_stand_before_and_after_the_verb_in_file_and_environment(stored: Project) -> None:
    sql = "select count(*) from articles"
    moved = stored.db.rename(stored.folder / "other.db")
    expected = stored.rigwire("--db", "other.db", "query", sql).stdout
    assert expected
    assert stored.rigwire("query", "--db", str(moved), sql).stdout == expected
    stored.environment_extra["RIGWIRE_DB"] = "other.db"
    assert stored.rigwire("query", sql).stdout == expected
    stored.environment_extra.clear()
    with (stored.folder / "rigwire.toml").open("a", encoding="utf-8") as file:
        file.write('db = "other.db"\n')
    assert stored.rigwire("query", sql).stdout == expected
    elsewhere = stored.folder / "elsewhere.toml"
    (stored.folder / "rigwire.toml").rename(elsewhere)
    assert stored.rigwire("query", sql, "--config", str(elsewhere)).stdout == expected


def test_formats_of_rows(stored: Project) -> None:
    sql = "select id, title, published, null as empty from articles order by id limit 3"
    rows = stored.rows(sql)
    objects = json.loads(stored.rigwire("query", sql, "--format", "json").stdout)
    assert [tuple(row.values()) for row in objects] == rows
    lines = stored.rigwire("query", sql, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == objects
    table = list(csv.DictReader(io.StringIO(stored.rigwire("query", sql, "--format", "csv").stdout)))
    assert [row["title"] for row in table] == [row[1] for row in rows]
    plain = stored.rigwire("query", sql).stdout.splitlines()
    assert len(plain) == 5
    assert plain[0].split() == ["id", "title", "published", "empty"]
    assert len(stored.rigwire("query", sql, "--limit", "1", "--format", "jsonl").stdout.splitlines()) == 1


def test_no_cell_is_a_formula_in_a_spreadsheet(stored: Project) -> None:
    sql = "select '=1+1' as a, '@x' as b, '-x' as c, '+x' as d, -5 as e, 'x' as f"
    done = stored.rigwire("query", sql, "--format", "csv")
    assert done.stdout.splitlines()[1] == "'=1+1,'@x,'-x,'+x,-5,x"


def test_no_cell_steers_the_terminal(stored: Project) -> None:
    done = stored.rigwire("query", "select 'a' || char(27) || '[31m' || char(10) || 'b' as a")
    assert done.stdout.splitlines()[-1] == "a [31m b"


def test_columns_of_one_name_are_kept_apart(stored: Project) -> None:
    done = stored.rigwire("query", "select 1 as a, 2 as a, 3 as a", "--format", "jsonl")
    assert json.loads(done.stdout) == {"a": 1, "a_2": 2, "a_3": 3}


def test_parameters(stored: Project) -> None:
    done = stored.rigwire(
        "query", "select :n + 1 as n, :t as t", "--param", "n=41", "--param", "t=007", "--format", "csv"
    )
    assert done.stdout == "n,t\n42,007\n"
    done = stored.rigwire("query", "largest-fleets", "--param", "kind=hashrate", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)
    listed = stored.rigwire("query", "--list", "--format", "json")
    assert "largest-fleets" in [row["name"] for row in json.loads(listed.stdout)]


def test_a_reader_that_goes_away_is_no_error(stored: Project) -> None:
    sql = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000) select i from n"
    command = f"{sys.executable} -m rigwire query '{sql}' --format csv | head -1"
    done = subprocess.run(
        ["sh", "-c", command], cwd=stored.folder, env=stored.environment, capture_output=True, check=False
    )
    assert done.stdout == b"i\n"
    assert done.stderr == b""


def test_sources_are_listed_with_their_state(stored: Project) -> None:
    rows = json.loads(stored.rigwire("sources", "list", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["hashwire", "gridpost", "minepress", "ledgerlane"]
    assert all(row["last_success"] and row["next_due"] and row["items"] >= 10 for row in rows)
    assert "Ledger Lane" in stored.rigwire("sources").stdout


def test_sources_are_listed_before_the_first_run(project: Project) -> None:
    rows = json.loads(project.rigwire("sources", "list", "--format", "json").stdout)
    assert (rows[0]["id"], rows[0]["last_success"]) == ("hashwire", None)
    assert not project.db.exists()


def test_a_source_is_added_by_the_address_of_its_site(project: Project) -> None:
    (project.folder / "sources.toml").write_text("", encoding="utf-8")
    done = project.rigwire("sources", "add", f"{project.site.base}/gridpost/index.html")
    assert done.returncode == 0, done.stderr
    [row] = json.loads(project.rigwire("sources", "list", "--format", "json").stdout)
    assert row["name"] == "The Gridpost"
    again = project.rigwire("sources", "add", f"{project.site.base}/feeds/gridpost.atom")
    assert again.returncode == 0
    assert "already" in again.stdout
    assert project.rigwire("sources", "check").returncode == 0


OWN_SOURCE = """
[[source]]
id = "{id}"
name = "{name}"
site = "https://own.example"
feeds = ["https://own.example/feed"]
"""


def test_the_users_own_sources_are_read_whatever_files_are_named(project: Project) -> None:
    own = project.folder / ".config" / "rigwire" / "sources.toml"
    own.parent.mkdir(parents=True)
    tables = [OWN_SOURCE.format(id="mine", name="Mine"), OWN_SOURCE.format(id="gridpost", name="My Gridpost")]
    own.write_text("".join(tables), encoding="utf-8")
    rows = json.loads(project.rigwire("sources", "list", "--format", "json").stdout)
    assert [row["id"] for row in rows] == ["hashwire", "gridpost", "minepress", "ledgerlane", "mine"]
    assert {row["id"]: row["name"] for row in rows}["gridpost"] == "My Gridpost"


@pytest.mark.parametrize("named", [True, False])
def test_a_source_is_added_to_the_named_file_else_to_the_users_own(project: Project, named: bool) -> None:
    own, listed = project.folder / ".config" / "rigwire" / "sources.toml", project.folder / "sources.toml"
    own.parent.mkdir(parents=True)
    for file in (own, listed):
        file.write_text("", encoding="utf-8")
    if not named:
        config = project.folder / "rigwire.toml"
        content = config.read_text(encoding="utf-8")
        config.write_text(content.replace('sources = ["sources.toml"]', ""), encoding="utf-8")
    done = project.rigwire("sources", "add", f"{project.site.base}/gridpost/index.html")
    assert done.returncode == 0, done.stderr
    assert [bool(file.read_text(encoding="utf-8")) for file in (listed, own)] == [named, not named]


def test_check_reports_every_feed(project: Project) -> None:
    (project.pages / "feeds" / "minepress.json").write_text("[]", encoding="utf-8")
    done = project.rigwire("sources", "check", "--format", "json")
    assert done.returncode == 1
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert rows["hashwire"]["items"] == 11
    assert rows["hashwire"]["newest"].startswith("2025-09-02")
    assert rows["minepress"]["problem"]
    assert not project.db.exists()


def test_version_and_help(project: Project) -> None:
    assert project.rigwire("--version").stdout.startswith("rigwire ")
    assert project.rigwire("run", "--version").stdout == project.rigwire("--version").stdout
    help_text = project.rigwire("--help").stdout
    assert all(verb in help_text for verb in ("run", "extract", "parse", "query", "sources"))


def test_logs_have_a_timestamp_and_go_to_stderr(stored: Project) -> None:
    stored.edit("/feeds/hashwire.rss", "Police in Perak", "The police in Perak")
    done = stored.rigwire("run", "--force", "-v")
    assert done.stdout.count("\n") == 1
    lines = done.stderr.splitlines()
    assert lines
    assert all(line[4] == "-" and line[19] == "Z" and " INFO " in line for line in lines)


def test_a_progress_bar_on_a_terminal_only(stored: Project) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "rigwire", "run", "--force"]
    running = subprocess.Popen(
        command,
        cwd=stored.folder,
        env=stored.environment | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = _read_all(lambda: os.read(ours, 4096))
    output = running.communicate()[0]
    assert b"articles" in shown
    assert b"\x1b[" in shown
    assert output.count(b"\n") == 1


def _read_all(read: Callable[[], bytes]) -> bytes:
    """Read a terminal until the program at its other end has gone."""
    chunks = []
    try:
        while chunk := read():
            chunks.append(chunk)
    except OSError:
        pass
    return b"".join(chunks)


def test_an_interrupt_ends_a_run_without_a_word(project: Project) -> None:
    slow = (project.folder / "rigwire.toml").read_text(encoding="utf-8").replace("delay = 0", "delay = 60")
    (project.folder / "rigwire.toml").write_text(slow, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "rigwire", "run"],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while not project.site.requests:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    output, errors = running.communicate()
    assert running.returncode == 130
    assert (output, errors.strip()) == (b"", b"")
