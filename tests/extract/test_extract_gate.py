"""The gate lets every annotated document through that holds a core quantity, and keeps others out."""

import json
import os
from collections import Counter

import pytest

from projects import ROOT
from rigwire.documents import Document
from rigwire.evaluation import read_gold
from rigwire.evaluation.floors import corpora
from rigwire.evaluation.gold import GoldDocument
from rigwire.extract.gate import may_hold_facts
from rigwire.extract.pipeline import load_pipeline, run
from rigwire.model import CORE_KINDS
from rigwire.stages import read_article

DOCUMENTS = [doc for folder in corpora(ROOT, os.environ.get("RIGWIRE_GOLD")).values() for doc in read_gold(folder)]


def is_kept_out(document: GoldDocument) -> bool:
    content = document.html or document.text or ""
    article = read_article(Document(document.id, content, document.html is not None, document.hints))
    return not may_hold_facts(article.title or "", article.text)


def test_the_gate_costs_at_most_one_core_quantity_of_all_documents() -> None:
    lost: Counter[str] = Counter()
    kept_out = [document for document in DOCUMENTS if is_kept_out(document)]
    for document in kept_out:
        quantities = (q for event in document.events if not event.optional for q in event.quantities)
        lost[document.id] += sum(quantity.kind in CORE_KINDS and not quantity.optional for quantity in quantities)
    assert kept_out
    assert lost.total() <= 1, lost


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("", "The self-mining business grew."),
        ("", "A deal for 40MW was signed."),
        ("", "A 9-megawatt load will go."),
        ("", "It runs GleamHash."),
        ("Miners wait", "Nobody answered."),
        ("", "The utility cut off its electricity."),
        ("", "The firm held 158,245 bitcoin."),
    ],
)
def test_what_speaks_of_mining_power_or_many_coins_passes(title: str, text: str) -> None:
    assert may_hold_facts(title, text)


@pytest.mark.parametrize("text", ["", "Ether rose 3% to $1,848.", "It holds 12 bitcoin.", "The token's price fell."])
def test_other_news_does_not(text: str) -> None:
    assert not may_hold_facts("", text)


PASSING = "The miners, who receive the fees, do not complain."
OTHER_NEWS = "A transfer cost $37 on average on Saturday. Users paid $2.6 billion for tokens and sold shares. " * 12


@pytest.mark.parametrize(
    ("text", "has_events"),
    [
        (OTHER_NEWS + PASSING, False),
        (OTHER_NEWS[:300] + PASSING, True),
        (OTHER_NEWS + PASSING + " Miners sold more.", True),
        (OTHER_NEWS + PASSING + " They sold 320 bitcoin.", True),
        (OTHER_NEWS + PASSING + " Riot Platforms raised $90 million.", True),
    ],
)
def test_one_word_of_mining_in_a_long_article_makes_no_events(text: str, has_events: bool) -> None:
    with load_pipeline().memory_zone():
        assert run(load_pipeline(), text, None, "2025-03-03").may_state_events() == has_events


def test_most_other_news_is_kept_out() -> None:
    lines = (ROOT / "fixtures" / "bench" / "other_news.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    assert sum(not may_hold_facts(article["title"], article["text"]) for article in articles) > 0.8 * len(articles)
