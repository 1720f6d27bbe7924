"""Where the phrase for an unnamed body starts and ends."""

import pytest

from rigwire.extract.bodies import find_bodies
from rigwire.extract.sentences import split_sentences


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("The utility shut two gas-fired sites on Monday.", "two gas-fired sites"),
        ("It cut off two cryptocurrency mining companies.", "two cryptocurrency mining companies"),
        ("ANDE counts 22 licensed miners in the region.", "22 licensed miners"),
        ("Last year 71 farms were found.", "71 farms"),
        ("It took 2,000 households off the grid.", "2,000 households"),
        ("On Tuesday Hut 8's new subsidiary was told.", "Hut 8's new subsidiary"),
        ("From Monday unlicensed miners get nothing.", "unlicensed miners"),
        ("No longer will it take new applications.", "new applications"),
        ("A letter of the Ministry of Energy says so.", "Ministry of Energy"),
        ("The Ministry of Water, Roads and Clean Energy told them.", "Ministry of Water, Roads and Clean Energy"),
        ("The Ministry of Energy, Kazakhstan said, will act.", "Ministry of Energy"),
        ("He asked Kazakhstan's national grid operator.", "Kazakhstan's national grid operator"),
    ],
)
def test_a_phrase_ends_at_its_count_or_before_what_is_no_modifier(sentence: str, phrase: str) -> None:
    assert phrase in [body.phrase for body in find_bodies(sentence, split_sentences(sentence))]
