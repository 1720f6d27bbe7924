"""`rigwire correct` as a user has it."""

import json

from projects import Project

FLEET = "select event_key, company, value, quote, url from facts where event_type = 'fleet' order by value desc limit 1"


def ask(project: Project, sql: str) -> dict[str, str]:
    """Return the first row of a query."""
    done = project.rigwire("query", sql, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, str]] = json.loads(done.stdout)
    return rows[0]


def test_change_strike_add_list_undo_and_export(stored: Project) -> None:
    before = ask(stored, FLEET)
    done = stored.rigwire("correct", "change", before["event_key"][:8], "company=Borealis Compute", "--by", "Ada")
    assert done.stdout == "correction 1 made; `rigwire correct undo 1` takes it back\n", done.stderr
    assert ask(stored, FLEET) == before | {"company": "Borealis Compute"}
    assert stored.rigwire("correct", "strike", before["event_key"]).returncode == 0
    assert ask(stored, FLEET) != before | {"company": "Borealis Compute"}
    added = stored.rigwire("correct", "add", before["url"], before["quote"], "type=site", "status=actual")
    assert added.returncode == 0, added.stderr
    assert ask(stored, "select count(*) as n from events where by_hand = 'added'") == {"n": 1}
    listed = stored.rigwire("correct", "list", "--format", "json")
    assert [(row["action"], row["author"]) for row in json.loads(listed.stdout)][1:][-1] == ("change", "Ada")
    assert [stored.rigwire("correct", "undo", str(n)).returncode for n in (2, 1)] == [0, 0]
    assert ask(stored, FLEET) == before
    assert "1 documents" in stored.rigwire("correct", "export", "mine").stdout
    assert stored.rigwire("evaluate", "mine").returncode == 0


def test_mistakes_are_one_line_and_exit_2(stored: Project) -> None:
    for arguments in (["change", "zz", "company=A"], ["change", "zz", "company"], ["undo", "7"], ["strike", ""]):
        done = stored.rigwire("correct", *arguments)
        assert done.returncode == 2
        assert done.stderr.startswith("rigwire: ")
        assert done.stderr.count("\n") == 1
