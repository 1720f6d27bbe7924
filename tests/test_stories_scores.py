"""How well events are gathered into stories: the floors under the scores of fixtures/gold/stories."""

import json
from functools import cache

import pytest

from projects import ROOT, Project
from rigwire.evaluation.story_gold import StoryCorpus, story_corpora
from rigwire.evaluation.story_scores import b_cubed, score_annotated, score_extracted

FOLDER = ROOT / "fixtures" / "gold" / "stories"
CORPORA = {corpus.name: corpus for corpus in story_corpora(FOLDER)}
# B-cubed F1 of the annotated and of the extracted events.
FLOORS = {"dev": (0.98, 0.91), "held-out": (0.98, 0.93)}


@cache
def members(name: str) -> dict[str, set[str]]:
    """Return the articles of each story of a corpus."""
    found: dict[str, set[str]] = {}
    for report in CORPORA[name].reports:
        for label in report.labels.values():
            found.setdefault(label, set()).add(report.id)
    return found


@pytest.mark.parametrize("name", FLOORS)
def test_no_score_is_below_its_floor(name: str) -> None:
    annotated, extracted = score_annotated(CORPORA[name]), score_extracted(CORPORA[name])
    assert annotated.f1 >= FLOORS[name][0], annotated.slips
    assert extracted.f1 >= FLOORS[name][1], extracted.slips
    assert annotated.sources >= annotated.stories - 1
    assert annotated.conflicts >= annotated.stories - 1


def test_the_corpus_is_what_it_should_be() -> None:
    """At least fifteen stories of two to six articles each, whose look-alikes are other stories."""
    assert set(CORPORA) == set(FLOORS)
    shared = [articles for name in CORPORA for articles in members(name).values() if len(articles) > 1]
    assert len(shared) >= 15
    assert max(map(len, shared)) <= 6
    assert all(len(members(corpus.name)[story.label]) > 1 for corpus in CORPORA.values() for story in corpus.stories)


@pytest.mark.parametrize("corpus", CORPORA.values(), ids=CORPORA.keys())
def test_every_figure_and_sentence_stands_in_its_article(corpus: StoryCorpus) -> None:
    for report in corpus.reports:
        text = report.article.text
        for event in report.extraction.events:
            assert text[event.start : event.end] == event.quote
            for figure in event.quantities:
                assert text[figure.start : figure.end] == figure.text


def test_b_cubed() -> None:
    """The example of Bagga and Baldwin (1998): of five, two and five, the last two are found as one."""
    gold = {("d", str(n)): "abc"[(n > 4) + (n > 6)] for n in range(12)}
    found = {item: label if label == "a" else "bc" for item, label in gold.items()}
    precision, recall = b_cubed(found, gold)
    assert (round(precision, 4), recall) == (0.7619, 1.0)


def test_the_command_prints_them(project: Project) -> None:
    done = project.rigwire("evaluate", str(FOLDER / "held-out"), "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [(row["part"], row["of"]) for row in rows] == [
        ("held-out", "annotated events"), ("held-out", "extracted events"),
    ]  # fmt: skip
    assert rows[0]["f1"] >= 0.9
    told = project.rigwire("evaluate", str(FOLDER / "held-out"), "--errors")
    assert "is not with the others" in told.stdout
    assert f"{rows[1]['f1']:.4f}" in told.stdout.splitlines()[-1]
    assert project.rigwire("evaluate", str(FOLDER), "--by", "doc").returncode == 2


def test_a_broken_file_is_named(project: Project) -> None:
    folder = project.folder / "stories"
    folder.mkdir()
    (folder / "a.json").write_text('{"stories": {}, "articles": [{"id": "x"}]}', encoding="utf-8")
    done = project.rigwire("evaluate", str(folder))
    assert done.returncode == 1
    assert "a.json: is no file of annotated stories; it lacks" in done.stderr
