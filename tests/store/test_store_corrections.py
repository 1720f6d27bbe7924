"""Corrections by hand: what they change, that they win everywhere, and that another extraction leaves them standing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store_builders import NOW, TEXT, article, event, extraction, mention, quantity, save, save_events

from rigwire.errors import UsageError
from rigwire.evaluation import read_gold
from rigwire.model import Article, Extraction
from rigwire.store import (
    Author,
    Store,
    add_event,
    change_event,
    gold_documents,
    list_corrections,
    open_database,
    run_named,
    stored_extraction,
    strike_event,
    undo_correction,
)

AUTHOR = Author(NOW, "Ada", "read it again")
URL = "https://halcyon.example/news/1"
LEVEL = "The fleet in Reykjanesbær runs at 0.61 EH/s."


def key(store: Store, kind: str) -> str:
    """Return the key of the only event of a type."""
    (row,) = store.rows("select key from events where type = ?", [kind])
    return str(row["key"])


def again(store: Store, found: Extraction | None = None, document: Article | None = None) -> None:
    """Extract the article anew: the rows are written once more."""
    document = document or article()
    store.db.execute("update articles set extracted = 'pending', extractor_version = null")
    save(store, document, found or extraction(document), extractor_version="10.0.0")


def without_level(found: Extraction) -> Extraction:
    """What an extractor says that misses the level."""
    return replace(found, events=tuple(e for e in found.events if e.type != "fleet"))


def sentences() -> Extraction:
    """The invented extraction, each event with its own sentence."""
    quotes = [TEXT[:72], LEVEL, TEXT[TEXT.index("Landsnet") :]]
    found = extraction()
    return replace(
        found,
        events=tuple(
            replace(e, quote=quote, start=TEXT.index(quote), end=TEXT.index(quote) + len(quote))
            for e, quote in zip(found.events, quotes, strict=True)
        ),
    )


@pytest.fixture
def saved(store: Store) -> Store:
    """The invented article with what it states."""
    save(store, article(), sentences())
    return store


def test_changed_company_wins_in_the_views_and_after_another_extraction(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute", "status": "planned"}, AUTHOR)
    wanted = [{"company": "Borealis Compute", "status": "planned", "value": 610.0, "by_hand": "changed"}]
    sql = "select company, status, value, by_hand from facts where event_type = 'fleet'"
    assert saved.rows(sql) == wanted
    again(saved, sentences())
    assert saved.rows(sql) == wanted
    rows = run_named(saved, "company-hashrate", {"company": "Borealis"}, today=NOW.date()).rows
    assert len(list(rows)) == 1
    assert saved.rows("select extractor_version from uncorrected") == [{"extractor_version": "10.0.0"}]


def test_what_the_extractor_said_is_kept_as_it_was(saved: Store) -> None:
    before = stored_extraction(saved, 1)
    change_event(saved, key(saved, "delivery"), {"value": 2400}, AUTHOR, figure="4,200 miners")
    (row,) = saved.rows("select extraction from uncorrected")
    assert [e["quantities"][0]["value"] for e in json.loads(row["extraction"])["events"]] == [4200, 610, 35]
    assert saved.rows("select value, words from machine_counts") == [{"value": 2400.0, "words": "4,200 miners"}]
    undo_correction(saved, 1, NOW)
    assert stored_extraction(saved, 1) == before
    assert saved.rows("select * from uncorrected") == []


def test_corrections_of_one_event_add_up_and_the_last_one_wins(saved: Store) -> None:
    for value in ("JP", "NO", "SE"):
        change_event(saved, key(saved, "fleet"), {"jurisdiction": value}, AUTHOR)
    change_event(saved, key(saved, "fleet"), {"site": "Hall 2"}, AUTHOR)
    again(saved, sentences())
    sql = "select jurisdiction, place, site from facts where event_type = 'fleet'"
    assert saved.rows(sql) == [{"jurisdiction": "SE", "place": "Sweden", "site": "Hall 2"}]
    undo_correction(saved, 3, NOW)
    assert saved.rows(sql) == [{"jurisdiction": "NO", "place": "Norway", "site": "Hall 2"}]


def test_struck_event_stays_away_and_its_neighbour_of_another_type_comes(saved: Store) -> None:
    strike_event(saved, key(saved, "fleet"), AUTHOR)
    assert saved.rows("select * from hashrates") == []
    again(saved, sentences())
    assert saved.rows("select * from hashrates") == []
    found = sentences()
    level = found.events[1]
    again(saved, replace(found, events=(*found.events, replace(level, id="e4", type="deployment"))))
    assert saved.rows("select event_type from hashrates") == [{"event_type": "deployment"}]


def test_struck_and_added_figures(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"kind": "machines", "value": "4200"}, AUTHOR, figure="4,200 miners")
    strike_event(saved, key(saved, "fleet"), AUTHOR, figure="0.61 EH/s")
    again(saved, sentences())
    rows = saved.rows("select kind, value, unit, words from facts where event_type = 'fleet'")
    assert rows == [{"kind": "machines", "value": 4200.0, "unit": "machines", "words": "4,200 miners"}]


def test_changed_event_that_the_extractor_no_longer_finds_stays(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute"}, AUTHOR)
    again(saved, without_level(sentences()))
    assert saved.rows("select company, value from hashrates") == [{"company": "Borealis Compute", "value": 610.0}]


def test_correction_follows_its_words_when_the_article_is_edited(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute"}, AUTHOR)
    edited = article(text=f"An update was made on 4 May. {TEXT}")
    save(saved, edited, Extraction(edited))
    (row,) = saved.rows("select span_start, span_end, quote from events")
    assert edited.text[row["span_start"] : row["span_end"]] == row["quote"] == LEVEL
    (figure,) = saved.rows("select span_start, span_end from quantities")
    assert edited.text[figure["span_start"] : figure["span_end"]] == "0.61 EH/s"


def test_correction_whose_words_are_gone_is_lost_and_comes_back_with_them(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute"}, AUTHOR)
    rewritten = article(text="Quite another text about nothing.")
    save(saved, rewritten, Extraction(rewritten))
    assert saved.rows("select * from facts") == []
    assert [row["is_lost"] for row in list_corrections(saved)] == [1]
    assert list(gold_documents(saved)) == []
    save(saved, article(), sentences())
    assert saved.rows("select company from hashrates") == [{"company": "Borealis Compute"}]
    assert [row["is_lost"] for row in list_corrections(saved)] == [0]


def test_added_event_survives_and_can_be_corrected_itself(saved: Store) -> None:
    figures = [{"text": "35 MW", "kind": "power", "value": 35}]
    add_event(
        saved, URL, LEVEL.removesuffix("."), {"type": "power_deal", "status": "proposed", "company": "Halcyon Rigs"},
        AUTHOR, figures=figures,
    )  # fmt: skip
    change_event(saved, key(saved, "power_deal"), {"status": "actual"}, AUTHOR)
    again(saved, sentences())
    rows = saved.rows("select company, status, value, by_hand, event_key from facts where event_type = 'power_deal'")
    assert len(rows) == 1
    assert list(rows[0].values())[:4] == ["Halcyon Rigs", "actual", 35.0, "added"]
    strike_event(saved, rows[0]["event_key"], AUTHOR)
    again(saved, sentences())
    assert saved.rows("select * from facts where event_type = 'power_deal'") == []


def test_notice_slots_change_with_the_days_that_queries_look_at(saved: Store) -> None:
    change_event(saved, key(saved, "power_notice"), {"effective": "2023-06-01T09:00", "until": "2023-06"}, AUTHOR)
    rows = saved.rows("select issuer, effective_day, until_day from power_notices")
    assert rows == [{"issuer": "Landsnet", "effective_day": "2023-06-01", "until_day": "2023-06-30"}]


def test_event_becomes_a_notice_and_stops_being_one(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"type": "power_notice", "action": "cut", "issuer": "Landsnet"}, AUTHOR)
    assert [row["action"] for row in saved.rows("select action from power_notices order by action")] == [
        "curtail", "cut",
    ]  # fmt: skip
    (notice,) = saved.rows("select event_key from power_notices where action = 'curtail'")
    change_event(saved, notice["event_key"], {"type": "power_deal"}, AUTHOR)
    assert saved.rows("select action from power_notices") == [{"action": "cut"}]


def test_stories_follow_a_correction(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute"}, AUTHOR)
    assert saved.rows("select company from stories where hashrate_phs = 610") == [{"company": "Borealis Compute"}]
    strike_event(saved, key(saved, "fleet"), AUTHOR)
    assert saved.rows("select * from stories where hashrate_phs = 610") == []
    assert saved.rows("select * from story_queue") == []


def test_words_for_an_unnamed_body_are_no_company(saved: Store) -> None:
    change_event(saved, key(saved, "fleet"), {"company": "two farms"}, AUTHOR)
    assert saved.rows("select company, company_id from hashrates") == [{"company": "two farms", "company_id": None}]


def test_keys_stay_when_the_extractor_reads_an_event_otherwise(saved: Store) -> None:
    before = {row["type"]: row["key"] for row in saved.rows("select type, key from events")}
    found = sentences()
    level, *others = (found.events[1], found.events[2], found.events[0])
    read = (replace(level, id="e1", company=None, status="planned"), *(replace(e, id=f"x{e.id}") for e in others))
    again(saved, replace(found, events=read))
    assert {row["type"]: row["key"] for row in saved.rows("select type, key from events")} == before


def test_keys_of_another_database_are_the_same(saved: Store, tmp_path: Path) -> None:
    with open_database(tmp_path / "other.db") as other:
        save_events(other, 7, event("order"))
        save(other, article(), sentences())
        sql = "select key from events where article_id = (select id from articles where canonical_url = ?) order by key"
        assert other.rows(sql, [URL]) == saved.rows(sql, [URL])


def test_twins_of_one_sentence_have_keys_of_their_own(store: Store) -> None:
    save_events(store, 1, event("order"), event("order"), event("order"))
    assert len({row["key"] for row in store.rows("select key from events")}) == 3


def test_corrected_article_is_a_gold_document(saved: Store, tmp_path: Path) -> None:
    save_events(saved, 2, event("order", company="Alpha"))
    change_event(saved, key(saved, "fleet"), {"company": "Borealis Compute"}, AUTHOR)
    (document,) = gold_documents(saved)
    (tmp_path / "a.json").write_text(json.dumps(document), encoding="utf-8")
    (gold,) = read_gold(tmp_path)
    assert gold.text == TEXT
    assert {e.company for e in gold.events} == {("Halcyon Rigs",), ("Borealis Compute",)}
    assert {q.words: q.value for e in gold.events for q in e.quantities}["0.61 EH/s"] == (610,)
    assert [e.notice.effective for e in gold.events if e.notice] == [("2023-05-10T09:00",)]


@pytest.mark.parametrize(
    ("changes", "figure", "reason"),
    [
        ({}, None, "say what of an event is to change"),
        ({"colour": "red"}, None, "an event has no colour"),
        ({"value": "3"}, None, "an event has no value"),
        ({"status": "soon"}, None, "must be one of actual"),
        ({"status": ""}, None, "can't be empty"),
        ({"date": "next week"}, None, "must be a date such as"),
        ({"jurisdiction": "Texas"}, None, "ISO 3166 code"),
        ({"value": "many"}, "0.61 EH/s", "must be a number"),
        ({"value": "nan"}, "0.61 EH/s", "must be a number"),
        ({"value": "3", "kind": "power"}, "3 MW", "does not have the words '3 MW'"),
        ({"value": "3"}, "35 MW", "needs its words, kind and value"),
        ({"low": "3"}, "0.61 EH/s", "low and high go together"),
    ],
)
def test_wrong_correction_is_refused_and_nothing_stored(
    saved: Store, changes: dict[str, Any], figure: str | None, reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        change_event(saved, key(saved, "fleet"), changes, AUTHOR, figure=figure)
    assert list_corrections(saved) == []


def test_unknown_event_quote_figure_and_correction_are_refused(saved: Store) -> None:
    with pytest.raises(UsageError, match="there is no event zzz"):
        strike_event(saved, "zzz", AUTHOR)
    with pytest.raises(UsageError, match="several events"):
        strike_event(saved, "", AUTHOR)
    with pytest.raises(UsageError, match=r"no quantity '9 MW'; it has '0\.61 EH/s'"):
        strike_event(saved, key(saved, "fleet"), AUTHOR, figure="9 MW")
    with pytest.raises(UsageError, match="does not have the words"):
        add_event(saved, URL, "Not in it.", {"type": "order", "status": "actual"}, AUTHOR)
    with pytest.raises(UsageError, match="no article with the URL"):
        add_event(saved, "https://nowhere.example/", LEVEL, {"type": "order", "status": "actual"}, AUTHOR)
    with pytest.raises(UsageError, match="needs its status"):
        add_event(saved, URL, LEVEL, {"type": "order"}, AUTHOR)
    with pytest.raises(UsageError, match="no correction 9"):
        undo_correction(saved, 9, NOW)


def test_range_and_single_value(saved: Store) -> None:
    level = key(saved, "fleet")
    change_event(saved, level, {"low": 600, "high": 640}, AUTHOR, figure="0.61 EH/s")
    sql = "select value, low, high, qualifier from hashrates"
    assert list(saved.rows(sql)[0].values()) == [620.0, 600.0, 640.0, "range"]
    change_event(saved, level, {"value": 615}, AUTHOR, figure="0.61 EH/s")
    assert list(saved.rows(sql)[0].values()) == [615.0, None, None, "exact"]


def test_stored_extraction_is_what_was_saved(store: Store) -> None:
    found = extraction()
    sites = quantity("sites", 2, "sites", "2")
    whole = replace(found, events=tuple(replace(e, quantities=(*e.quantities, sites)) for e in found.events))
    save(store, article(), whole)
    back = stored_extraction(store, 1)
    assert (back.events, back.dates, back.jurisdictions) == (whole.events, whole.dates, whole.jurisdictions)
    assert sorted(c.name for c in back.companies) == ["Halcyon Rigs", "Landsnet"]
    assert mention("Landsnet") in next(c for c in back.companies if c.name == "Landsnet").mentions
