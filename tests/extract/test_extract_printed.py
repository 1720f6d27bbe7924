"""Typeset texts: read like plain ones, quoted as they are printed."""

from rigwire.documents import Document
from rigwire.extract.network import is_beyond_firms
from rigwire.model import Extraction, Hints
from rigwire.stages import extract_article, read_article

STORY = (
    "Ostmark Mining opened a 30-megawatt site at Odessa, Texas, on 3 May 2024, the company said. "
    "Its five-year contract covers another 20-MW hall, where 4,100 machines are to run."
)


def read(text: str, published: str | None = None) -> Extraction:
    return extract_article(read_article(Document("typeset", text, hints=Hints(published=published))))


def test_hyphens_of_a_typesetter_change_nothing_but_the_words() -> None:
    plain, typeset = read(STORY), read(STORY.replace("-", "\u2011"))
    kinds = [[(e.type, e.status, e.company, q.kind, q.value) for e in found.events for q in e.quantities]
             for found in (plain, typeset)]  # fmt: skip
    assert kinds[0]
    assert kinds[0] == kinds[1]
    words = typeset.article.text
    quantities = [quantity for event in typeset.events for quantity in event.quantities]
    assert "30\u2011megawatt" in [quantity.text for quantity in quantities]
    assert all(words[q.start : q.end] == q.text for q in quantities)
    assert all(words[event.start : event.end] == event.quote for event in typeset.events)
    assert all(words[d.start : d.end] == d.text for d in typeset.dates)
    assert all(words[m.start : m.end] == m.text for named in typeset.companies for m in named.mentions)


def test_no_firm_computes_half_of_what_the_network_does() -> None:
    assert is_beyond_firms(74_000, "2019-08-22")
    assert not is_beyond_firms(74_000, "2025-08-22")
    assert is_beyond_firms(2_000_000, "2040-01-01")
    assert not is_beyond_firms(74_000, "2009-01-03")
    assert not is_beyond_firms(74_000, None)


def test_a_hashrate_beyond_firms_is_the_networks() -> None:
    text = "Poolin says that its clients in Sichuan had to stop. The average hashrate went from 78 EH/s to 74 EH/s."
    found = [event for event in read(text, "2019-08-22").events if event.quantities]
    assert {(event.type, event.company) for event in found} == {("network", None)}
    assert sorted(quantity.value for event in found for quantity in event.quantities) == [74_000, 78_000]


def test_a_target_may_be_larger_than_the_network_of_today() -> None:
    text = "CleanSpark, the bitcoin miner, plans to raise its hashrate to 100 EH/s by the end of 2024, it said."
    (event,) = [event for event in read(text, "2022-08-22").events if event.quantities]
    assert (event.status, event.company) == ("planned", "CleanSpark")
