"""Texts that are longer than any article: read in portions, every span still that of the whole text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.documents import Document
from rigwire.extract.portions import LONGEST, portions
from rigwire.model import Extraction
from rigwire.stages import extract_article, read_article

STORY = "Ostmark Mining has received {:,} machines at its site in Texas on 3 May 2024, the company said.{}"


def long_story(end: str) -> tuple[str, list[int]]:
    """A text of three portions, with a figure at each fifth sentence."""
    counts = [1_000 + number for number in range(60)]
    filling = "The weather was dry and nobody expected otherwise for the season. " * 12
    return "".join(STORY.format(count, end) + filling.rstrip() + end for count in counts), counts


def read(text: str) -> Extraction:
    return extract_article(read_article(Document("long", text)))


@pytest.mark.parametrize("end", ["\n\n", " "])
def test_no_figure_is_lost_or_doubled_and_every_span_gives_its_words(end: str) -> None:
    text, counts = long_story(end)
    assert 2 * LONGEST < len(text) < 3 * LONGEST
    found = read(text)
    words = found.article.text
    quantities = [quantity for event in found.events for quantity in event.quantities]
    assert sorted(quantity.value for quantity in quantities if quantity.kind == "machines") == counts
    assert all(words[q.start : q.end] == q.text for q in quantities)
    assert all(words[event.start : event.end] == event.quote for event in found.events)
    assert [event.id for event in found.events] == [f"e{n}" for n in range(1, len(found.events) + 1)]
    assert [company.name for company in found.companies].count("Ostmark Mining") == 1
    mentions = next(company for company in found.companies if company.name == "Ostmark Mining").mentions
    assert all(words[m.start : m.end] == m.text for m in mentions)
    assert len(mentions) == len(counts)


@given(st.lists(st.sampled_from(["x" * 9_999, "word ", "End. ", "\n", "\n\n"]), max_size=40))
def test_portions_are_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = list(portions(text))
    assert "".join(words for _, words in found) == text
    assert all(text[start : start + len(words)] == words for start, words in found)
    assert all(len(words) <= LONGEST for _, words in found)
