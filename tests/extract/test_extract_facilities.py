"""Facilities by name, and what only looks like one."""

import pytest

from rigwire.extract.pipeline import scan


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Riot energised 100 MW at its Corsicana Facility.", ["Corsicana Facility"]),
        ("The miner Argo sold the Helios campus in Texas.", ["Helios campus"]),
        ("The company’s Rockdale site has 700 MW.", ["Rockdale site"]),
        ("The miner expanded the Kearney 2 data center.", ["Kearney 2 data center"]),
        ("The miner expanded its Texas facility.", []),
        ("The miner rents the Bitdeer facility.", []),
        ("The miner built a facility and the site was large.", []),
    ],
)
def test_facilities(words: str, expected: list[str]) -> None:
    assert [facility.name for facility in scan(words, None, None).facilities] == expected
