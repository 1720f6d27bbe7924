"""One story in many words: a miner ships machines abroad after a power notice. Names, places and figures vary.

A case is a file of fixtures/variants: the article and what a reader finds in it. With RIGWIRE_GOLD the two seed
documents, one dated and one not, are read as well.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from projects import ROOT
from rigwire.extract import extract
from rigwire.model import Extraction, Hints
from rigwire.parse import parse_text

CASES = sorted((ROOT / "fixtures" / "variants").glob("*.json"))
GOLD = Path(os.environ.get("RIGWIRE_GOLD", "")) / "dev" if os.environ.get("RIGWIRE_GOLD") else None
ISSUER = "State Grid Sichuan Ganzi Electric Power"


def read(document: dict[str, Any]) -> Extraction:
    hints = Hints(id=document["id"], title=document["title"], published=document["published"])
    return extract(parse_text(document["text"], hints, "-"))


def values(found: Extraction, kind: str) -> list[float]:
    return [q.value for event in found.events for q in event.quantities if q.kind == kind]


@pytest.fixture(params=CASES, ids=[case.stem for case in CASES])
def case(request: pytest.FixtureRequest) -> tuple[Extraction, dict[str, Any]]:
    document = json.loads(request.param.read_text(encoding="utf-8"))
    return read(document), document["expect"]


def test_there_are_variants() -> None:
    assert len(CASES) >= 5


def test_companies(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, expected = case
    assert {company.name for company in found.companies} == set(expected["companies"])


def test_jurisdictions(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, expected = case
    assert {place.code for place in found.jurisdictions} == set(expected["jurisdictions"])


def test_dates(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, expected = case
    assert {date.value for date in found.dates} == set(expected["dates"])


def test_machines_and_hashrate(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, expected = case
    assert values(found, "machines") == expected["machines"]
    assert values(found, "hashrate") == expected["hashrate"]


def test_notice(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, expected = case
    notices = [event.notice for event in found.events if event.notice]
    assert [{"issuer": n.issuer, "notified": n.notified, "effective": n.effective} for n in notices] == [
        expected["notice"]
    ]


def test_spans_give_back_their_words(case: tuple[Extraction, dict[str, Any]]) -> None:
    found, _ = case
    text = found.article.text
    for event in found.events:
        assert text[event.start : event.end] == event.quote
        for quantity in event.quantities:
            assert text[quantity.start : quantity.end] == quantity.text
    mentions = [m for named in (*found.companies, *found.jurisdictions) for m in named.mentions]
    for mention in (*mentions, *found.dates):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.skipif(GOLD is None, reason="RIGWIRE_GOLD names no folder of annotated documents")
@pytest.mark.parametrize(
    ("name", "dates", "notified", "effective"),
    [
        (
            "seed-dated",
            {"2021-06-21", "2021-06-27", "2021-07-01", "2021-06-19", "2021-06-19T09:00"},
            "2021-06-19",
            "2021-06-19T09:00",
        ),
        ("seed-undated", {"--06-27", "--07-01", "--06-19T09:00"}, None, "--06-19T09:00"),
    ],
)
def test_seed(name: str, dates: set[str], notified: str | None, effective: str) -> None:
    assert GOLD is not None
    found = read(json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8")))
    assert {company.name for company in found.companies} == {"BIT Mining", ISSUER}
    assert {place.code for place in found.jurisdictions} == {"KZ", "CN", "CN-SC", "US-TX"}
    assert {date.value for date in found.dates} == dates
    assert values(found, "machines") == [320, 2600]
    assert values(found, "hashrate") == [18.2]
    notices = [event.notice for event in found.events if event.notice]
    assert [(n.issuer, n.notified, n.effective) for n in notices] == [(ISSUER, notified, effective)]
