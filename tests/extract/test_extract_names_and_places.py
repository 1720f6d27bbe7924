"""Which capitalised words are one name, which names are one firm, and which place a name stands for."""

import pytest

from rigwire.extract.aliases import gather
from rigwire.extract.names import find_names
from rigwire.extract.places import find_places
from rigwire.extract.sentences import split_sentences


def names_of(text: str) -> list[str]:
    return [name.core for name in find_names(text, split_sentences(text), bytearray(len(text) + 1))]


def firms_of(text: str) -> dict[str, list[str]]:
    """The words of each candidate's mentions, by its fullest name."""
    avoid, sentences = bytearray(len(text) + 1), split_sentences(text)
    candidates = gather(text, sentences, find_names(text, sentences, avoid), avoid)
    return {c.forms[0]: [text[start:end] for start, end in sorted(c.spans)] for c in candidates}


def places_of(text: str) -> list[tuple[str, str]]:
    """The words of each place and its code."""
    names = find_names(text, split_sentences(text), bytearray(len(text) + 1))
    found = find_places(text, [(name.start, name.end) for name in names])
    return [(text[place.start : place.end], place.code) for place in found]


@pytest.mark.parametrize("part", ["North ", "Latin ", "Central ", "South ", "Pan-"])
def test_who_belongs_to_a_continent_belongs_to_no_country(part: str) -> None:
    assert places_of(f"The largest {part}American miner agreed.") == []


def test_americans_without_a_continent_are_of_the_united_states() -> None:
    assert places_of("It is the largest American miner south of Lake Ontario.") == [("American", "US")]
