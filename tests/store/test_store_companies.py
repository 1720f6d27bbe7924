"""One row a company: by the lexicon's names, former names and listings, whatever the order of the articles."""

from itertools import permutations
from pathlib import Path

import pytest
from store_builders import article, company, event, machines, one, save, save_events
from story_builders import shared, tell

from rigwire.firms import load_firms
from rigwire.model import Company, Extraction
from rigwire.store import Store, catch_up, open_database
from rigwire.store.companies import company_row, settle_companies


def name(store: Store, number: int, *companies: Company) -> None:
    """Save an article that names companies."""
    url = f"https://halcyon.example/{number}"
    document = article(id=url, url=url, canonical_url=url, text=f"Article {number}")
    save(store, document, Extraction(document, companies))


def test_former_names_and_tickers_are_one_row_and_each_article_keeps_its_own(store: Store) -> None:
    name(store, 1, company("Marathon Digital"))
    name(store, 2, company("MARA"))
    name(store, 3, company("Marathon Patent", ticker="MARA", exchange="Nasdaq"))
    linked = "select distinct company_id from article_companies"
    assert store.rows(f"select name, ticker, country from companies where id in ({linked})") == [
        {"name": "MARA Holdings", "ticker": "MARA", "country": "US"}
    ]
    assert [row["name"] for row in store.rows("select name from article_companies order by article_id")] == [
        "Marathon Digital", "MARA", "Marathon Patent",
    ]  # fmt: skip


def test_an_alias_says_how_it_is_known(store: Store) -> None:
    name(store, 1, company("Iris Energy"))
    kinds = {row["alias"]: row["kind"] for row in store.rows("select alias, kind from company_aliases")}
    assert kinds["IREN"] == "name"
    assert kinds["Iris Energy"] == "former"


def test_a_subsidiary_points_to_its_owner(store: Store) -> None:
    name(store, 1, company("AEP Texas", "utility"))
    assert store.rows(
        "select child.name, parent.name as parent from companies as child join companies as parent"
        " on parent.id = child.parent_id"
    ) == [{"name": "AEP Texas", "parent": "American Electric Power"}]


def test_a_firm_and_its_owner_can_tell_one_story(store: Store) -> None:
    for outlet, firm in (("wire", "AEP Texas"), ("lane", "American Electric Power")):
        tell(store, outlet, 1, "2024-05-21", event("delivery", machines(1250), company=firm, jurisdiction="US-TX"))
    assert shared(store) == [["lane/1/e1", "wire/1/e1"]]
    assert one(store, "select disagreements from story_rows") == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_row_of_an_unknown_firm_does_not_depend_on_the_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    listing = {"ticker": "FNNK", "exchange": "NASDAQ"}
    named = (company("Fennmark"), company("Fennmark Holdings", **listing), company("Fennmark", **listing))
    with open_database(tmp_path / "a.db") as store:
        for number in order:
            name(store, number, named[number])
        assert store.rows("select name, ticker from companies") == [{"name": "Fennmark Holdings", "ticker": "FNNK"}]
        assert one(store, "select count(distinct company_id) from article_companies") == 1


def test_rows_of_an_older_lexicon_are_brought_up_to_date(store: Store) -> None:
    """As after an upgrade: the former name has a row of its own, with events, mentions and aliases."""
    save_events(store, 1, event("fleet", machines(10), company="Halcyon"))
    save_events(store, 2, event("fleet", machines(20), company="MARA"))
    store.db.execute("update companies set name = 'Marathon Digital', ticker = null where name = 'Halcyon'")
    catch_up(store)
    assert store.rows("select name from companies") == [{"name": "MARA Holdings"}]
    assert [row["company"] for row in store.rows("select company from machine_counts")] == ["MARA Holdings"] * 2
    assert [row["company"] for row in store.rows("select company from stories")] == ["MARA Holdings"] * 2
    assert store.rows("pragma foreign_key_check") == []


FACTS = (
    "select firm.name, firm.ticker, firm.exchange, firm.kind, firm.country, owner.name as owner"
    " from companies as firm left join companies as owner on owner.id = firm.parent_id order by firm.name"
)
ALIASES = (
    "select alias, company_aliases.kind, name"
    " from company_aliases join companies on companies.id = company_id order by alias"
)


@pytest.mark.parametrize(
    "older",
    [
        "update companies set ticker = 'OLD', exchange = 'OTC' where name = 'MARA Holdings'",
        "update companies set ticker = null, exchange = null where name = 'MARA Holdings'",
        "update companies set kind = 'other', country = 'CA' where name = 'AEP Texas'",
        "update companies set parent_id = null where name = 'AEP Texas'",
        "update companies set parent_id = (select id from companies where name = 'MARA Holdings')"
        " where name = 'AEP Texas'",
        "update companies set name = 'Mara Holdings' where name = 'MARA Holdings'",
        "delete from company_aliases where kind in ('alias', 'former')",
        "update company_aliases set kind = 'alias' where kind = 'former'",
        "update company_aliases set company_id = (select id from companies where name = 'AEP Texas')"
        " where alias = 'Marathon Digital'",
        "insert into company_aliases select 'Dune Rack', id, 'alias' from companies where name = 'MARA Holdings'",
    ],
)
def test_what_an_older_lexicon_said_of_a_firm_becomes_what_it_says_now(store: Store, older: str) -> None:
    save_events(store, 1, event("fleet", machines(10), company="MARA"))
    save_events(store, 2, event("fleet", machines(20), company="AEP Texas"))
    facts, aliases = store.rows(FACTS), store.rows(ALIASES)
    store.db.execute(older)
    assert (store.rows(FACTS), store.rows(ALIASES)) != (facts, aliases)
    catch_up(store)
    assert (store.rows(FACTS), store.rows(ALIASES)) == (facts, aliases)
    assert store.rows("pragma foreign_key_check") == []
    assert one(store, "select count(*) from story_queue") == 0


def test_rows_of_the_present_lexicon_are_left_alone(store: Store) -> None:
    with store.transaction():
        for firm in load_firms():
            company_row(store, company(firm))
    assert one(store, "select count(*) from companies") == len(load_firms())
    assert settle_companies(store) == 0


def test_a_weak_former_name_alone_is_not_the_firm(store: Store) -> None:
    """Block was Square; a square is also a place, so the name counts only beside the listing."""
    name(store, 1, company("Block"))
    name(store, 2, company("Square"))
    assert [row["name"] for row in store.rows("select name from companies order by name")] == ["Block", "Square"]
