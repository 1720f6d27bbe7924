"""Where the phrase for an unnamed body starts and ends."""

import pytest

from rigwire.documents import Document
from rigwire.extract.bodies import find_bodies
from rigwire.extract.pipeline import scan
from rigwire.extract.sentences import split_sentences
from rigwire.model import Hints
from rigwire.stages import extract_article, read_article


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
        ("The ministry of electricity told them.", "ministry of electricity"),
        ("The ministry of trade and industry told them.", "ministry of trade and industry"),
        ("The Ministry of Energy, Kazakhstan said, will act.", "Ministry of Energy"),
        ("He asked Kazakhstan's national grid operator.", "Kazakhstan's national grid operator"),
        ("Kuwait's Ministry of Electricity asked them.", "Ministry of Electricity"),
        ("It was built by the plant's owner.", "owner"),
        ("It was bought from an unnamed private firm.", "unnamed private firm"),
        ("It agreed with an undisclosed seller.", "undisclosed seller"),
    ],
)
def test_a_phrase_ends_at_its_count_or_before_what_is_no_modifier(sentence: str, phrase: str) -> None:
    assert phrase in [body.phrase for body in find_bodies(sentence, split_sentences(sentence))]


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("It sold them to a firm in Edmonton.", ["firm"]),
        ("The firm said that it would sell more.", []),
        ("Two firms came, and another reseller.", ["Two firms", "reseller"]),
        ("It hosts 4,000 machines and funds a school.", []),
        ("Its hosts were told, and so was the host.", ["hosts", "host"]),
        ("A miner in Plattsburgh bought the lot.", ["miner"]),
        ("A bankrupt tenant left it to the tenant of Acme.", ["bankrupt tenant"]),
    ],
)
def test_a_party_to_a_deal_is_a_noun_and_a_firm_is_introduced(sentence: str, phrases: list[str]) -> None:
    bodies = [body for body in find_bodies(sentence, split_sentences(sentence)) if body.kind == "party"]
    assert [body.phrase for body in bodies] == phrases


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("SESCO disconnected 14 shops on Monday.", ["14 shops"]),
        ("Crews cut off the last nine of them.", ["nine of them"]),
        ("Some of them stayed on.", []),
        ("Hesco turned down two others.", ["two others"]),
        ("The site of the others is dark.", []),
    ],
)
def test_premises_and_counts_of_what_was_named_are_users(sentence: str, phrases: list[str]) -> None:
    bodies = [body for body in find_bodies(sentence, split_sentences(sentence)) if body.kind == "user"]
    assert [body.phrase for body in bodies] == phrases


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("KEGOC told 23 miners in Kazakhstan to stop.", "23 miners in Kazakhstan"),
        ("KEGOC told the miners in the south to stop.", "miners in the south"),
        ("It was sold to a dealer from Paraguay.", "dealer from Paraguay"),
        ("It was raided by police in Kazakhstan on Monday.", "police"),
        ("KEGOC told the miners in January to stop.", "miners"),
        ("KEGOC told the miners in writing to stop.", "miners"),
    ],
)
def test_a_body_is_named_with_its_place(sentence: str, name: str) -> None:
    assert name in [body.name for body in scan(f"{sentence} Bitcoin mining uses 20 MW.", None, None).bodies]


def test_an_event_is_that_of_the_unnamed_body_that_acts() -> None:
    text = (
        "Bitdeer said on Monday that its hall in Ohio is full. Two hosting clients ordered 4,000 machines from Bitmain,"
        " and a Chinese fund bought a 30 MW site in Norway. Bitdeer itself has 9,000 machines in Ohio."
    )
    hints = Hints(title="Bitdeer's hall is full", published="2024-06-03")
    found = extract_article(read_article(Document("one", text, hints=hints))).events
    assert [(event.type, event.company) for event in found] == [
        ("order", "Two hosting clients"),
        ("site", "Chinese fund"),
        ("fleet", "Bitdeer"),
    ]


@pytest.mark.parametrize(
    ("sentence", "describes"),
    [
        ("BIT Mining Limited (BTCM), a cryptocurrency miner, has 20 MW.", True),
        ("Larkfield is a bitcoin mining company with 20 MW.", True),
        ("Larkfield sold 300 machines to a bitcoin mining company.", False),
        ("In May a bitcoin mining company bought 300 machines.", False),
    ],
)
def test_what_says_of_a_firm_what_it_is_is_no_actor(sentence: str, describes: bool) -> None:
    [body] = find_bodies(sentence, split_sentences(sentence))
    assert body.describes == describes
    assert not (body.describes and body.may_trade)
