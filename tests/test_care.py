"""`rigwire check`, `backup`, `forget` and the retention of pages, as a user has them."""

import sqlite3

from projects import Project


def test_check_backup_forget(stored: Project) -> None:
    done = stored.rigwire("check")
    assert (done.returncode, done.stdout.count(": ok\n"), done.stderr) == (0, 5, "")
    assert stored.rigwire("backup", "copy.db").returncode == 0
    assert stored.rigwire("check", "--db", "copy.db").returncode == 0
    [(url, events)] = stored.rows(
        "select canonical_url, count(*) from events join articles on articles.id = article_id group by 1 limit 1"
    )
    done = stored.rigwire("forget", url)
    assert done.stdout.startswith(f"forgotten: 1 articles, {events} events, "), done.stderr
    assert stored.rigwire("run", "--force").returncode == 0
    assert stored.rows("select * from articles where canonical_url = ?", url) == []
    assert stored.rows("select * from items where url = ?", url) == []
    assert stored.rigwire("check").returncode == 0


def test_forgotten_source_that_is_still_declared_is_named(stored: Project) -> None:
    done = stored.rigwire("forget", "--source", "gridpost")
    assert done.returncode == 0
    assert "gridpost is still declared" in done.stderr
    assert stored.rows("select * from articles where source_id = 'gridpost'") == []
    assert stored.rigwire("run", "--force").returncode == 0
    assert stored.rows("select * from articles where source_id = 'gridpost'") != []


def test_wrong_use_is_one_line_and_exit_2(stored: Project) -> None:
    (stored.folder / "copy.db").touch()
    for arguments in (["forget"], ["forget", "https://nowhere.example/"], ["backup", "copy.db"]):
        done = stored.rigwire(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_damaged_database_is_reported(stored: Project) -> None:
    with stored.db.open("r+b") as file:
        file.seek(stored.db.stat().st_size - 40_000)
        file.write(b"\xff" * 30_000)
    done = stored.rigwire("check")
    # What was hit decides whether the check comes to its end, or SQLite refuses to read on.
    advice = {1: "restore the file from a copy", 3: "the file is damaged; restore it from a copy"}
    assert advice[done.returncode] in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_old_pages_go_with_a_run(stored: Project) -> None:
    config = stored.folder / "rigwire.toml"
    config.write_text(config.read_text(encoding="utf-8") + "keep_pages_days = 1\n", encoding="utf-8")
    connection = sqlite3.connect(stored.db)
    connection.execute("update pages set fetched_at = '2020-01-01T00:00:00Z'")
    connection.commit()
    connection.close()
    assert stored.rigwire("run").returncode == 0
    assert stored.rows("select count(*) from pages") == [(0,)]
