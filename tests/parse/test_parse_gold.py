"""The measured quality on annotated pages and texts, where `RIGWIRE_GOLD` names their folder: floors, not goals."""

import json
import os
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from rigwire.model import Article, Hints
from rigwire.parse import parse_html, parse_text

GOLD = Path(os.environ.get("RIGWIRE_GOLD", "/nonexistent"))
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="RIGWIRE_GOLD names no folder of annotated documents")
TOKEN_F1 = 0.985
LEAKED = 0.01


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def documents(part: str) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((GOLD / part).glob("*.json"))]


@pytest.fixture(scope="module")
def pages() -> list[tuple[dict[str, Any], Article]]:
    return [(doc, parse_html(doc["html"], Hints(id=doc["id"]), doc["id"], doc["url"])) for doc in documents("devb")]


def token_f1(doc: dict[str, Any], text: str) -> float:
    truth, found = words(doc["body"]), words(text)
    found -= (found - truth) & words(" ".join(doc.get("body_optional") or []))
    return 2 * sum((truth & found).values()) / (sum(truth.values()) + sum(found.values()))


def test_text_of_pages(pages: list[tuple[dict[str, Any], Article]]) -> None:
    scores = [token_f1(doc, article.text) for doc, article in pages]
    assert sum(scores) / len(scores) >= TOKEN_F1


def test_what_must_not_be_in_the_text(pages: list[tuple[dict[str, Any], Article]]) -> None:
    found = [
        " ".join(s.split()) in " ".join(article.text.split()) for doc, article in pages for s in doc["not_in_body"]
    ]
    assert sum(found) <= LEAKED * len(found)


@pytest.mark.parametrize("piece", ["title", "site", "canonical_url", "language"])
def test_metadata_of_pages(pages: list[tuple[dict[str, Any], Article]], piece: str) -> None:
    assert {doc["id"]: getattr(article, piece) for doc, article in pages} == {doc["id"]: doc[piece] for doc, _ in pages}


def test_authors_of_pages(pages: list[tuple[dict[str, Any], Article]]) -> None:
    assert {doc["id"]: list(article.authors) for doc, article in pages} == {
        doc["id"]: doc["authors"] for doc, _ in pages
    }


@pytest.mark.parametrize("piece", ["published", "modified"])
def test_dates_of_pages(pages: list[tuple[dict[str, Any], Article]], piece: str) -> None:
    def moment(text: str | None) -> datetime | str | None:
        return datetime.fromisoformat(text) if text and len(text) > 10 else text

    found = {doc["id"]: moment(getattr(article, piece)) for doc, article in pages}
    assert found == {doc["id"]: moment(doc[f"{piece}_gold"]) for doc, _ in pages}


@pytest.mark.parametrize("part", ["dev", "prdev"])
def test_texts_keep_the_words_of_their_source(part: str) -> None:
    for doc in documents(part):
        text = parse_text(doc["text"], Hints(title=doc["title"]), doc["id"]).text
        source = " ".join(doc["text"].split())
        assert len(text) > 0.4 * len(source)
        assert all(" ".join(line.split()) in source for line in text.split("\n"))
