"""Scores of small cases, reckoned by hand."""

from pathlib import Path

import pytest
from evaluation_builders import TEXT, company, date, event, found, gold, notice, place, quantity, row, span

from rigwire.evaluation.calibration import calibration
from rigwire.evaluation.corpus import judge
from rigwire.evaluation.score import Judgement, Score, Tally, total
from rigwire.model import Company, Mention

ARRIVED = {"type": "delivery", "company": "Fennmark Mining", "jurisdiction": "US-TX", "date": "2024-05-03"}
MACHINES = {"kind": "machines", "value": 1200, "qualifier": "exact"}


def test_lists_count_each_value_once_and_optional_ones_neither_way(tmp_path: Path) -> None:
    document = gold(
        tmp_path,
        companies=[{"name": "Fennmark Mining", "aliases": ["Fennmark"]}, ["Aldgate Rigs", None], "Caddo Power"],
        jurisdictions=["US-TX", ["CA", "CA-AB"]],
        dates=["2024-05-03", ["2024-06", None], "2024-05-09"],
    )
    score = judge(
        document,
        found(
            companies=(company("Fennmark Mining"), company("Aldgate Rigs"), company("Texas")),
            jurisdictions=(place("US-TX", "Texas"), place("CA-AB", "Texas")),
            dates=(date("2024-05-03", "3 May 2024"), date("2024-05-03", "May"), date("2024-05", "May")),
        ),
    )
    assert row(score, "companies") == (1, 2, 2)
    assert row(score, "jurisdictions") == (2, 2, 2)
    assert row(score, "dates") == (1, 2, 2)
    assert score.tally("companies").f1 == pytest.approx(0.5)
    said = {(slip.part, slip.problem, slip.what): slip.words for slip in score.slips}
    assert said["companies", "missed", "Caddo Power"] == (
        "[Caddo Power] told the miner that supply will end on 9 May 2024."
    )
    assert said["dates", "missed", "2024-05-09"] == (
        "Caddo Power told the miner that supply will end on [9 May] 2024."
    )
    assert "[Texas]" in (said["companies", "wrong", "Texas"] or "")
    assert ("companies", "missed", "Aldgate Rigs") not in said


def test_a_fact_needs_type_status_and_company_and_a_full_one_the_rest(tmp_path: Path) -> None:
    document = gold(tmp_path, ARRIVED | {"counterparty": ["Aldgate Rigs", None], "quantities": [MACHINES]})
    figure = quantity("machines", 1200, "1,200 machines")
    where = {"jurisdiction": "US-TX", "date": "2024-05-03"}
    cases = {
        (1, 1): event("delivery", "actual", "Fennmark Mining plc", figure, **where),
        (1, 0): event("delivery", "actual", "Fennmark Mining", figure, jurisdiction="US-TX"),
        (0, 0): event("order", "actual", "Fennmark Mining", figure, **where),
    }
    for (fact, full), guess in cases.items():
        score = judge(document, found(guess))
        assert row(score, "core facts") == row(score, "facts") == (fact, 1, 1)
        assert row(score, "core full facts") == row(score, "full facts") == (full, 1, 1)
        assert row(score, "core quantities") == row(score, "quantity:machines") == (1, 1, 1)
    [slip] = [slip for slip in judge(document, found(cases[0, 0])).slips if slip.part == "facts"]
    assert slip.what == "machines 1,200: type is order, should be delivery"
    assert slip.words == TEXT.split("\n\n")[0].replace("1,200 machines", "[1,200 machines]")


def test_of_two_equal_figures_each_goes_to_the_event_that_fits(tmp_path: Path) -> None:
    ordered = {"type": "order", "company": "Fennmark Mining", "quantities": [MACHINES]}
    document = gold(tmp_path, ARRIVED | {"quantities": [MACHINES]}, ordered)
    figure = quantity("machines", 1200, "1,200 machines")
    score = judge(
        document,
        found(
            event("order", "actual", "Fennmark Mining", figure),
            event("delivery", "actual", "Fennmark Mining", figure),
        ),
    )
    assert row(score, "facts") == (2, 2, 2)
    assert row(score, "events") == (2, 2, 2)


def test_an_optional_figure_is_no_loss_and_excuses_one(tmp_path: Path) -> None:
    document = gold(tmp_path, ARRIVED | {"quantities": [MACHINES | {"optional": True}]})
    assert row(judge(document, found()), "quantities") == (0, 0, 0)
    figure, load = quantity("machines", 1200, "1,200 machines"), quantity("power", 40, "40 MW")
    score = judge(document, found(event("order", "planned", None, figure, load)))
    assert row(score, "quantities") == (0, 0, 1)
    assert [judgement.of for judgement in score.judgements] == ["fact", "event"]


def test_an_optional_event_excuses_only_what_says_the_same(tmp_path: Path) -> None:
    document = gold(tmp_path, ARRIVED | {"optional": True})
    same = event("delivery", "actual", "Fennmark Mining")
    other = event("delivery", "planned", "Fennmark Mining")
    assert row(judge(document, found(same)), "events") == (0, 0, 0)
    assert row(judge(document, found(other)), "events") == (0, 0, 1)


def test_an_event_of_several_types_counts_for_the_one_found(tmp_path: Path) -> None:
    document = gold(tmp_path, {"type": ["site", "deployment"], "company": "Fennmark Mining"})
    score = judge(document, found(event("deployment", "actual", "Fennmark Mining")))
    assert row(score, "event:deployment") == (1, 1, 1)
    assert "event:site" not in score.tallies
    assert row(judge(document, found()), "event:site") == (0, 1, 0)


NOTICE = {
    "type": "power_notice",
    "status": "planned",
    "company": "Fennmark Mining",
    "jurisdiction": ["US-TX", None],
    "notice": {
        "action": "cut",
        "issuer": "Caddo Power",
        "recipient": ["the miner", "Fennmark Mining"],
        "notified": None,
        "effective": "2024-05-09",
        "until": None,
    },
}


def test_notices_are_counted_by_slot(tmp_path: Path) -> None:
    document = gold(tmp_path, NOTICE)
    right = notice("cut", issuer="Caddo Power", recipient="miner", effective="2024-05-09")
    score = judge(document, found(event("power_notice", "planned", "Fennmark Mining", notice=right)))
    assert row(score, "notices") == (4, 4, 4)
    # A wrong action, no issuer, a day of telling that nothing states; the place may be given.
    wrong = notice("curtail", recipient="miner", notified="2024-05-06", effective="2024-05-09")
    guess = event("power_notice", "planned", "Fennmark Mining", notice=wrong, jurisdiction="US-TX")
    score = judge(document, found(guess))
    assert row(score, "notices") == (2, 4, 4)
    assert score.counts["slot", "action"] == score.counts["slot", "issuer"] == 1
    assert score.counts["slot", "recipient"] == score.counts["notices", "false"] == 0


def test_a_lost_notice_loses_its_slots_and_a_false_one_adds_its_own(tmp_path: Path) -> None:
    document = gold(tmp_path, NOTICE)
    assert row(judge(document, found()), "notices") == (0, 4, 0)
    empty = gold(tmp_path)
    guess = event("power_notice", "actual", None, notice=notice("cut", issuer="Caddo Power"), jurisdiction="US-TX")
    score = judge(empty, found(guess))
    assert row(score, "notices") == (0, 0, 3)
    assert score.counts["notices", "false"] == 1


def test_an_optional_notice_excuses_the_same_action_of_the_same_issuer(tmp_path: Path) -> None:
    document = gold(tmp_path, NOTICE | {"optional": True})
    same = event("power_notice", "planned", None, notice=notice("cut", issuer="Caddo Power", until="2024-06"))
    assert row(judge(document, found(same)), "notices") == (0, 0, 0)
    elsewhere = notice("cut", issuer="Aldgate Rigs")
    other = event("power_notice", "planned", None, notice=elsewhere, jurisdiction="CA")
    assert row(judge(document, found(other)), "notices") == (0, 0, 3)


def test_spans_give_back_their_words(tmp_path: Path) -> None:
    document = gold(tmp_path)
    start, end = span("Fennmark Mining")
    shifted = Company("Fennmark", None, None, "miner", (Mention("Fennmark Mining", start + 1, end + 1),))
    from_title = event("delivery", "actual", None, quote="Machines arrive", start=None, end=None)
    not_in_title = event("delivery", "actual", None, quote="Machines leave", start=None, end=None)
    score = judge(document, found(from_title, not_in_title, companies=(shifted, company("Caddo Power"))))
    assert (score.counts["spans", "all"], score.counts["spans", "wrong"]) == (4, 2)
    assert {slip.what for slip in score.slips if slip.part == "spans"} == {
        "event 'Machines leave'",
        "company 'Fennmark Mining'",
    }


def test_the_headline_is_the_mean_of_the_parts_that_there_are() -> None:
    score = Score({"companies": Tally(1, 1, 1), "dates": Tally(1, 2, 2), "notices": Tally(0, 0, 3), "events": Tally()})
    assert score.headline == pytest.approx(0.75)
    assert Score().headline == 1.0
    assert total([score, score]).tally("dates") == Tally(2, 4, 4)


def test_calibration() -> None:
    judgements = [
        *(Judgement("fact", 0.9, right) for right in (True, True, True, False)),
        *(Judgement("fact", 0.35, right) for right in (True, False)),
        Judgement("event", 0.1, True),
    ]
    figures = calibration(judgements, "fact")
    # Bins: four of 0.9 with 0.75 right, two of 0.35 with 0.5 right; both are 0.15 off.
    assert figures.error == pytest.approx(0.15)
    assert (figures.count, figures.precision) == (6, pytest.approx(4 / 6))
    assert (figures.confident_share, figures.confident_precision) == (pytest.approx(4 / 6), 0.75)
    assert [(one.low, one.count) for one in figures.bins] == [(0.3, 2), (0.9, 4)]
    assert calibration([Judgement("fact", 1.0, True)], "fact").bins[0].low == 0.9
    assert calibration([], "fact").error == 0.0
