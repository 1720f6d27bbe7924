"""Exports: files that other programs read, of rows that a query returns."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import feedparser
import pyarrow.parquet
import pytest
from store_builders import article, company, event, extraction, machines, save

from rigwire.model import Extraction
from rigwire.store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    """Two articles, one of a company whose name a spreadsheet would take for a formula."""
    save(store, article(), extraction())
    evil = article(url="u:2", canonical_url="u:2", text="=cmd|calc told.", title="Second")
    order = event("order", machines(5), company="=cmd|calc", jurisdiction=None)
    save(store, evil, Extraction(evil, (company("=cmd|calc", text=evil.text),), (), (), (order,)))
    return store


def export(store: Store, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `rigwire export` beside the database."""
    command = [sys.executable, "-m", "rigwire", "export", *arguments, "--db", str(store.path), "-o", name]
    return subprocess.run(command, cwd=store.path.parent, capture_output=True, text=True, check=False)


def test_csv_has_no_formulas_and_jsonl_all_rows(filled: Store) -> None:
    folder = filled.path.parent
    assert export(filled, "a.csv", "machine_counts").stderr == ""
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["company"] for row in csv.DictReader(file)) == ["'=cmd|calc", "Halcyon Rigs"]
    export(filled, "a.jsonl", "select value, words from facts order by value")
    lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == [5.0, 35.0, 610.0, 4200.0]


def test_parquet_keeps_types_and_empty_cells(filled: Store) -> None:
    done = export(filled, "a.parquet", "select id, type, date, confidence from events order by id")
    assert done.returncode == 0, done.stderr
    table = pyarrow.parquet.read_table(filled.path.parent / "a.parquet")
    assert [str(field.type) for field in table.schema] == ["int64", "string", "string", "double"]
    assert table.column("date").to_pylist() == ["2023-05-02", None, "2023-05-10T09:00", None]
    assert export(filled, "b.parquet", "select * from events where type = 'sale'").returncode == 0
    assert pyarrow.parquet.read_table(filled.path.parent / "b.parquet").num_rows == 0


def test_geojson_has_a_point_for_each_jurisdiction(filled: Store) -> None:
    export(filled, "a.geojson", "select jurisdiction, value from machine_counts order by value")
    found = json.loads((filled.path.parent / "a.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    nowhere, iceland = found["features"]
    assert (nowhere["geometry"], nowhere["properties"]) == (None, {"jurisdiction": None, "value": 5, "point_of": None})
    longitude, latitude = iceland["geometry"]["coordinates"]
    assert -25 < longitude < -13
    assert 63 < latitude < 67
    assert iceland["properties"]["point_of"] == "IS"


def test_geojson_says_whose_point_stands_for_a_place_without_one(filled: Store) -> None:
    places = json.dumps(["AD-02", "AD", "US-TX", "QQ-1"])
    export(filled, "a.geojson", f"select value as jurisdiction from json_each('{places}')")
    features = json.loads((filled.path.parent / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert [feature["properties"]["point_of"] for feature in features] == ["AD", "AD", "US-TX", None]
    parish, andorra, _, unknown = [feature["geometry"] for feature in features]
    assert parish == andorra
    assert unknown is None


def test_atom_feed_is_read_by_a_feed_reader(filled: Store) -> None:
    arguments = ("latest-events", "--param", "since=2023-01-01")
    assert export(filled, "a.atom", *arguments).stderr == ""
    feed = feedparser.parse((filled.path.parent / "a.atom").read_bytes())
    assert not feed.bozo
    keys = {f"urn:rigwire:event:{row['key']}" for row in filled.rows("select key from events")}
    assert {entry.id for entry in feed.entries} == keys
    assert {entry.link for entry in feed.entries} == {"https://halcyon.example/news/1", "u:2"}
    assert {entry.updated for entry in feed.entries} == {"2023-05-03T08:00:00+00:00"}
    assert export(filled, "b.atom", "notices-in-force", "--param", "day=2023-05-11").returncode == 0


@pytest.mark.parametrize(
    ("name", "question", "reason"),
    [
        ("a.xls", "facts", "does not say the format"),
        ("a.geojson", "latest_articles", "needs a column jurisdiction"),
        ("a.atom", "facts", "needs a column event"),
        ("a.csv", "nothing", "no query named nothing"),
        ("none/a.csv", "facts", "can't be written"),
    ],
)
def test_wrong_export_is_one_line_and_leaves_no_file(filled: Store, name: str, question: str, reason: str) -> None:
    before = sorted(filled.path.parent.iterdir())
    done = export(filled, name, question)
    assert (done.returncode, reason in done.stderr, done.stderr.count("\n")) == (2, True, 1)
    assert sorted(filled.path.parent.iterdir()) == before


def test_parquet_without_pyarrow_says_what_to_install(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from rigwire.cli.main import main; main()"
    command = [sys.executable, "-c", code, "export", "facts", "--db", str(filled.path), "-o", "a.parquet"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "pip install 'rigwire[parquet]'" in done.stderr) == (2, True)
