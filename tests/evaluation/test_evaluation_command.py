"""`rigwire evaluate` as a user has it."""

import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_builders import TEXT, write_gold

from projects import Project

ANNOTATION: dict[str, Any] = {
    "companies": ["Fennmark Mining", "Ghost Hash"],
    "jurisdictions": ["US-TX"],
    "dates": ["2024-05-03", ["2024-06", None], "2024-05-09"],
    "events": [
        {
            "type": "delivery",
            "status": "actual",
            "company": "Fennmark Mining",
            "quantities": [{"kind": "machines", "value": 1200}, {"kind": "hashrate", "value": 77}],
        }
    ],
}


@pytest.fixture
def gold(project: Project) -> Path:
    """A folder with a text and a page."""
    folder = project.folder / "gold"
    folder.mkdir()
    write_gold(folder / "a.json", "a", ANNOTATION)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    html = f"<html><head><title>Machines arrive</title></head><body><article>{body}</article></body></html>"
    entry = {"id": "b", "published": "2024-05-06", "title": "Not to be seen", "html": html, "gold": ANNOTATION}
    (folder / "b.json").write_text(json.dumps(entry), encoding="utf-8")
    return folder


def test_the_table_has_parts_kinds_types_and_the_rest(project: Project, gold: Path) -> None:
    done = project.rigwire("evaluate", "gold")
    assert done.returncode == 0, done.stderr
    rows = {line.split("  ")[0]: line.split()[-5:] for line in done.stdout.splitlines()}
    assert rows["jurisdictions"] == ["1.0000", "1.0000", "1.0000", "2", "2"]
    assert rows["dates"] == ["1.0000", "1.0000", "1.0000", "4", "4"]
    assert rows["quantity:hashrate"] == ["1.0000", "0.0000", "0.0000", "2", "0"]
    for part in ("core facts", "core full facts", "facts", "full facts", "events", "notices", "event:delivery"):
        assert len(rows[part]) == 5, part
    assert "spans that do not give back their words: 0 of" in done.stdout
    assert "confidence of facts: calibration error" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("over 2 documents")


def test_json_has_the_same_figures(project: Project, gold: Path) -> None:
    report = json.loads(project.rigwire("evaluate", "gold", "--format", "json").stdout)
    assert report["documents"] == 2
    assert report["dates"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 4, "guess": 4}
    assert report["provenance"]["wrong"] == 0
    assert set(report["calibration"]) == {"fact", "event"}
    assert "errors" not in report
    by_doc = json.loads(project.rigwire("evaluate", "gold", "--by", "doc", "--format", "json").stdout)
    assert [row["dates"]["gold"] for row in by_doc["by document"].values()] == [2, 2]
    bins = json.loads(project.rigwire("evaluate", "gold", "--by", "confidence", "--format", "json").stdout)
    facts = bins["calibration"]["fact"]
    assert sum(one["count"] for one in facts["bins"]) == facts["count"] > 0


def test_errors_are_in_the_words_of_the_article(project: Project, gold: Path) -> None:
    done = project.rigwire("evaluate", "gold", "--errors", "--by", "doc")
    assert "companies missed: Ghost Hash" in done.stdout
    assert "quantities missed: hashrate 77" in done.stdout
    assert "[40 MW]" in done.stdout
    assert done.stdout.splitlines()[0] == "a"
    errors = json.loads(project.rigwire("evaluate", "gold", "--errors", "--format", "json").stdout)["errors"]
    wrong = [error for error in errors if error["what"].startswith("power 40")]
    assert {error["document"] for error in wrong} == {"a", "b"}
    assert "It plans to add [40 MW] by June." in {error["words"] for error in wrong}


def test_a_document_that_cannot_be_read_is_named_and_missing(project: Project, gold: Path) -> None:
    entry = {"id": "c", "html": "<html><body></body></html>", "gold": ANNOTATION}
    (gold / "c.json").write_text(json.dumps(entry), encoding="utf-8")
    done = project.rigwire("evaluate", "gold", "--format", "json")
    assert done.returncode == 1
    assert done.stderr.startswith("rigwire: gold/c.json: ")
    assert len(done.stderr.splitlines()) == 1
    report = json.loads(done.stdout)
    assert report["missing documents"]["gold"] == 1
    assert report["dates"]["gold"] == 6


BAD = {
    "no folder": ("none", None, 2, "none"),
    "a folder without documents": ("", None, 1, "no annotated documents here; try one of gold"),
    "no JSON": ("gold", "not json", 1, "c.json"),
    "no gold": ("gold", '{"id": "c", "text": "x"}', 1, "lacks 'gold'"),
    "objects in place of names": (
        "gold",
        '{"id": "c", "text": "x", "gold": {"companies": [[{"name": "Riot"}, null]], "jurisdictions": [], "dates": [],'
        ' "events": []}}',
        1,
        "a plain value is wanted in place of ({'name': 'Riot'}, None)",
    ),
    "no object": ("gold", "[1]", 1, "c.json"),
    "an id used twice": ("gold", None, 1, "has the id of gold/a.json"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_gold_is_one_line(project: Project, gold: Path, name: str) -> None:
    folder, content, code, words = BAD[name]
    if content is not None:
        (gold / "c.json").write_text(content, encoding="utf-8")
    elif code == 1 and folder:
        write_gold(gold / "c.json", "a", ANNOTATION)
    done = project.rigwire("evaluate", folder or ".")
    assert done.returncode == code
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
