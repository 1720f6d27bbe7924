"""Bad input: one clear line, an exit code, and nothing else."""

import sqlite3

import pytest

from projects import Project

STORY = "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday."


@pytest.fixture
def folder(project: Project) -> Project:
    """A project with files that nobody should give to rigwire."""
    home = project.folder
    (home / "story.txt").write_text(STORY, encoding="utf-8")
    (home / "paper.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    (home / "empty.html").write_bytes(b"")
    (home / "blank.html").write_text("<html><body><p> </p></body></html>", encoding="utf-8")
    (home / "broken.jsonl").write_text('{"text": 5}\nnot json\n', encoding="utf-8")
    empty = '{"html": "<html><body><p> </p></body></html>"}'
    (home / "hollow.jsonl").write_text(f"\n{empty}\n", encoding="utf-8")
    (home / "hollow.json").write_text(f"[{empty}]", encoding="utf-8")
    (home / "nothing").mkdir()
    (home / "unknown-key.toml").write_text("delya = 2\n", encoding="utf-8")
    (home / "wrong-type.toml").write_text('delay = "soon"\n', encoding="utf-8")
    (home / "no-toml.toml").write_text("delay = = 2\n", encoding="utf-8")
    (home / "text.db").write_text("This is no database, whatever its name says. " * 20, encoding="utf-8")
    foreign = sqlite3.connect(home / "foreign.db")
    foreign.execute("create table accounts (id integer)")
    foreign.commit()
    foreign.close()
    return project


BAD: dict[str, tuple[list[str], int, str]] = {
    "no such file": (["extract", "nowhere.html"], 1, "nowhere.html"),
    "a PDF": (["extract", "paper.pdf"], 1, "PDF"),
    "an empty file": (["extract", "empty.html"], 1, "empty"),
    "an empty page": (["extract", "blank.html"], 1, "blank.html"),
    "an empty folder": (["parse", "nothing"], 1, "nothing"),
    "lines that are no documents": (["extract", "broken.jsonl"], 1, "line 1"),
    "a line with an empty page": (["extract", "hollow.jsonl"], 1, "hollow.jsonl: line 2:"),
    "an empty page in an array": (["extract", "hollow.json"], 1, "hollow.json: document 1:"),
    "no web address": (["extract", "ftp://example.org/a"], 1, "ftp://example.org/a"),
    "a refused address": (["extract", "http://10.0.0.1/a"], 1, "10.0.0.1"),
    "a page that is not there": (["extract", "{site}/none.html"], 1, "404"),
    "a page that robots.txt closes": (["extract", "{site}/private/board-notes.html"], 1, "robots.txt"),
    "a site without a feed": (["sources", "add", "{site}/private/none"], 1, "{site}"),
    "no such date": (["extract", "story.txt", "--published", "yesterday"], 2, "yesterday"),
    "no such verb": (["extrakt"], 2, "extrakt"),
    "no such option": (["run", "--fast"], 2, "--fast"),
    "no source": (["extract"], 2, "SOURCE"),
    "no such format": (["parse", "story.txt", "--format", "xml"], 2, "xml"),
    "no such configuration": (["run", "--config", "none.toml"], 2, "none.toml"),
    "an unknown setting": (["run", "--config", "unknown-key.toml"], 2, "delya"),
    "a wrong setting": (["run", "--config", "wrong-type.toml"], 2, "delay"),
    "a broken configuration": (["run", "--config", "no-toml.toml"], 2, "no-toml.toml"),
    "no such source": (["sources", "check", "nobody"], 2, "nobody"),
    "no question": (["query"], 2, "--list"),
    "no database yet": (["query", "select 1"], 3, "rigwire.db"),
    "another program's database": (["run", "--db", "foreign.db"], 3, "foreign.db"),
    "no database file": (["--db", "text.db", "query", "select 1"], 3, "text.db"),
    "no folder for it": (["run", "--db", "none/rigwire.db"], 3, "none"),
    "saving into the wrong file": (
        ["extract", "story.txt", "--save", "--db", "foreign.db"],
        3,
        "foreign.db",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_an_exit_code(folder: Project, name: str) -> None:
    arguments, code, named = BAD[name]
    base = folder.site.base
    done = folder.rigwire(*(argument.replace("{site}", base) for argument in arguments))
    assert done.returncode == code, done.stderr
    lines = done.stderr.splitlines()
    assert all(line.startswith("rigwire: ") for line in lines), done.stderr
    assert len(lines) == (2 if "broken.jsonl" in arguments else 1)
    assert named.replace("{site}", base) in done.stderr
    assert done.stdout == ""


BAD_QUERIES = {
    "delete from articles": "delete",
    "drop table articles": "schema",
    "insert into runs (command) values ('x')": "insert",
    "attach 'other.db' as other": "attach",
    "pragma user_version = 9": "pragma",
    "select 1; select 2": "one statement",
    "selec id from articles": "selec",
    "select nothing from articles": "nothing",
    "machines-mooved": "machines-moved",
    "vacuum": "vacuum",
}


@pytest.mark.parametrize("sql", BAD_QUERIES)
def test_queries_only_read(stored: Project, sql: str) -> None:
    before = stored.db.read_bytes()
    done = stored.rigwire("query", sql)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert BAD_QUERIES[sql] in done.stderr
    assert stored.db.read_bytes() == before


def test_a_locked_database_is_said_to_be_locked(stored: Project) -> None:
    holder = sqlite3.connect(stored.db, isolation_level=None)
    holder.execute("begin exclusive")
    done = stored.rigwire("run")
    holder.close()
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1
    assert "locked" in done.stderr
