"""The scores over the corpora: they agree with the referee, and none is below its floor.

The parts of ../shared/gold, or wherever RIGWIRE_GOLD points, are tested where that is set.
"""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rigwire.evaluation import Evaluation, evaluate, read_gold
from rigwire.evaluation.floors import (
    FILE,
    Floors,
    corpora,
    corpus_digest,
    figures,
    main,
    moved,
    read_floors,
    shortfalls,
    write_floors,
)
from rigwire.evaluation.report import report_json

ROOT = Path(__file__).parents[1]
OUTSIDE = os.environ.get("RIGWIRE_GOLD")
CORPORA = corpora(ROOT, OUTSIDE)
REFEREE = Path(OUTSIDE).resolve().parent / "score.py" if OUTSIDE else None
ADVICE = "if that is meant, run `make floors`, with LOWER=1 where figures go down"


@cache
def evaluated(folder: Path) -> Evaluation:
    return evaluate(read_gold(folder))


@pytest.mark.parametrize("name", CORPORA)
def test_no_figure_is_below_its_floor(name: str) -> None:
    floors = read_floors(ROOT / FILE)
    assert name in floors, f"{name} has no floors; {ADVICE}"
    folder = CORPORA[name]
    evaluation = evaluated(folder)
    assert not evaluation.failures
    present = Floors(len(evaluation.documents), corpus_digest(folder), figures(evaluation))
    below = shortfalls(floors[name], present)
    assert not below, f"{name}: {'; '.join(below)}; {ADVICE}"
    assert present.digest == floors[name].digest, f"the documents of {name} have changed; {ADVICE}"


@pytest.mark.parametrize("name", CORPORA)
def test_every_span_gives_back_its_words(name: str) -> None:
    whole = evaluated(CORPORA[name]).whole
    assert [slip.what for slip in whole.slips if slip.part == "spans"] == []
    assert whole.counts["spans", "all"] > 0


@pytest.mark.skipif(not (REFEREE and REFEREE.is_file()), reason="no score.py beside RIGWIRE_GOLD")
@pytest.mark.parametrize("name", CORPORA)
def test_the_referee_says_the_same(name: str) -> None:
    ours = report_json(evaluated(CORPORA[name]), "kind", errors=False)
    theirs = _referee(CORPORA[name])
    assert {key: ours.get(key) for key in theirs} == theirs


def _referee(folder: Path) -> dict[str, Any]:
    """Return what the referee says of `rigwire extract`."""
    extract = f"{sys.executable} -m rigwire extract {{docs}} --format jsonl --quiet"
    command = [sys.executable, str(REFEREE), str(folder), "--json", "--command", extract]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_floors_go_up_and_only_down_when_told(tmp_path: Path) -> None:
    old = Floors(2, "aa", {"headline": 0.8, "dates": 0.9})
    now = Floors(3, "bb", {"headline": 0.85, "dates": 0.88, "events": 0.7})
    assert moved(old, now, lower=False) == Floors(3, "bb", {"headline": 0.85, "dates": 0.9, "events": 0.7})
    assert moved(old, now, lower=True) == now
    assert moved(None, now, lower=False) == now
    write_floors(tmp_path / "floors.toml", {"b": now, "a": old})
    assert read_floors(tmp_path / "floors.toml") == {"a": old, "b": now}


def test_a_shortfall_names_the_part_beyond_the_leeway() -> None:
    floors = Floors(1, "", {"headline": 0.8, "dates": 0.9, "notices": 0.5})
    present = Floors(1, "", {"headline": 0.7951, "dates": 0.8949})
    assert shortfalls(floors, present) == [
        "dates is 0.8949, its floor is 0.9000",
        "notices is 0.0000, its floor is 0.5000",
    ]


def test_a_changed_corpus_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    before = corpus_digest(tmp_path)
    (tmp_path / "notes.txt").write_text("no document")
    assert corpus_digest(tmp_path) == before
    (tmp_path / "b.json").write_text("")
    with_another = corpus_digest(tmp_path)
    (tmp_path / "a.json").write_text("{ }")
    assert len({before, with_another, corpus_digest(tmp_path)}) == 3


def test_the_command_writes_what_the_test_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold: dict[str, list[Any]] = {"companies": [], "jurisdictions": ["US-TX"], "dates": [], "events": []}
    folder = tmp_path / "fixtures" / "gold" / "test"
    folder.mkdir(parents=True)
    document = {"id": "a", "title": "", "text": "A storm has passed over Texas, the paper said.", "gold": gold}
    (folder / "a.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("RIGWIRE_GOLD", raising=False)
    assert main([]) == 1
    assert "has no floors yet" in capsys.readouterr().out
    assert main(["--write"]) == 0
    assert read_floors(FILE)["fixtures/gold/test"].figures == {"headline": 1.0, "jurisdictions": 1.0}
    gold["jurisdictions"].append("CA")
    (folder / "a.json").write_text(json.dumps(document), encoding="utf-8")
    assert main(["--write"]) == 1
    assert "jurisdictions is 0.6667, its floor is 1.0000" in capsys.readouterr().out
    assert main(["--write", "--lower"]) == 0
    assert read_floors(FILE)["fixtures/gold/test"].figures["jurisdictions"] == 0.6667
    (folder / "a.json").write_text("{}", encoding="utf-8")
    assert main([]) == 1
    assert "is no annotated document" in capsys.readouterr().err
