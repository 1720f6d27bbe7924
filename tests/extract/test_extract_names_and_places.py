"""Which capitalised words are one name, which names are one firm, and which place a name stands for."""

import pytest

from rigwire.extract.aliases import gather
from rigwire.extract.names import find_names
from rigwire.extract.pipeline import scan
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


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("It bought a plant in Marietta in Ohio.", [("Ohio", "US-OH")]),
        ("It moved to Midland in Texas.", [("Midland", "US-TX"), ("Texas", "US-TX")]),
        ("It left Boden in Sweden.", [("Boden", "SE-BD"), ("Sweden", "SE")]),
        ("From Houston in October it went to Iceland.", [("Houston", "US-TX"), ("Iceland", "IS")]),
    ],
)
def test_a_town_lies_where_its_own_words_put_it(text: str, places: list[tuple[str, str]]) -> None:
    assert places_of(text) == places


def test_americans_without_a_continent_are_of_the_united_states() -> None:
    assert places_of("It is the largest American miner south of Lake Ontario.") == [("American", "US")]


@pytest.mark.parametrize(
    ("firm", "state", "code"),
    [
        ("Kentucky Power", "Kentucky", "US-KY"),
        ("Manitoba Hydro", "Manitoba", "CA-MB"),
        ("Sarawak Energy", "Sarawak", "MY-13"),
        ("Nebraska Public Power District", "Nebraska", "US-NE"),
    ],
)
def test_a_firm_named_after_its_state_leaves_the_state_a_place(firm: str, state: str, code: str) -> None:
    text = f"It signed with {firm}. Later {state} regulators approved, and it expanded in {state}."
    assert firms_of(text)[firm] == [firm]
    assert (state, code) in places_of(text)


def test_a_firm_named_after_its_city_leaves_the_city_a_place() -> None:
    text = "Plattsburgh BTC runs 220 machines in Plattsburgh. Plattsburgh raised the rate."
    assert firms_of(text)["Plattsburgh BTC"] == ["Plattsburgh BTC"]


def test_a_stated_alias_stands_for_the_firm_even_where_it_is_a_place() -> None:
    assert firms_of('He asked Osprey Power ("Osprey"). Then Osprey agreed.')["Osprey Power"][-1] == "Osprey"
    text = 'It signed with Kentucky Power ("Kentucky"). Then Kentucky agreed.'
    assert firms_of(text)["Kentucky Power"] == ["Kentucky Power", "Kentucky", "Kentucky"]


def test_the_first_words_of_a_firm_still_stand_for_it() -> None:
    assert firms_of("It signed with Osprey Power. Later Osprey agreed.")["Osprey Power"] == ["Osprey Power", "Osprey"]


def test_a_firm_is_the_same_where_something_remains_its_own() -> None:
    text = "Peachline Mining sold its hall. The machines remain Peachline’s. Peachline will rent it."
    assert firms_of(text) == {"Peachline Mining": ["Peachline Mining", "Peachline", "Peachline"]}


def test_a_firm_of_the_lexicon_is_the_same_where_something_is_its_own_though_named_nowhere_else() -> None:
    assert firms_of("The loans were NYDIG’s.") == {"NYDIG": ["NYDIG"]}


def test_a_firm_that_ends_with_the_name_of_a_place_keeps_its_whole_name() -> None:
    assert "FortisAlberta" in firms_of("On Monday FortisAlberta cut off a farm in Alberta.")


@pytest.mark.parametrize("role", ["Competitor", "Manufacturer", "Investor"])
def test_what_a_firm_is_called_at_the_opening_is_no_part_of_its_name(role: str) -> None:
    assert names_of(f"{role} Kafue Digital has 900 rigs.") == ["Kafue Digital"]


@pytest.mark.parametrize("firm", ["Cipher", "Stronghold"])
def test_a_firm_known_by_a_common_word_is_a_firm_where_it_opens_the_only_sentence_on_it(firm: str) -> None:
    text = f"Riot Platforms mined 410 bitcoin in May. {firm} grew to 5.2 EH/s."
    assert firm in [company.name for company in scan(text, "", "2022-06-03").companies]


def test_a_country_before_a_firm_is_no_part_of_its_name() -> None:
    text = "In Zambia Kafue Digital has permission for 20 MW. Kafue Digital runs 900 rigs."
    assert firms_of(text)["Kafue Digital"] == ["Kafue Digital", "Kafue Digital"]
    text = "In New York Kafue Digital has permission for 20 MW. Kafue Digital runs 900 rigs."
    assert firms_of(text)["Kafue Digital"] == ["Kafue Digital", "Kafue Digital"]


def test_a_word_of_the_trade_may_lead_a_name() -> None:
    assert "Crypto Hub Balkans" in names_of("KEDS cut off Crypto Hub Balkans on Monday.")
    assert "Bitcoin Holdings" not in names_of("They disclosed Bitcoin Holdings of 90 coins.")


def test_a_firm_has_its_present_name_where_the_article_uses_it() -> None:
    text = "Cathedra Bitcoin Inc. (TSX-V: CBIT) mined 14 BTC. It was Fortress Blockchain."
    assert firms_of(text)["Cathedra Bitcoin"][-1] == "Fortress Blockchain"
    text = "American Bitcoin, formerly American Data Centers, has 24 EH/s. American Bitcoin is growing."
    assert "American Bitcoin" in firms_of(text)
    assert "Hut 8 Mining" in firms_of("Hut 8 Mining has 2 EH/s. Hut 8 is growing.")
    assert "Iris Energy" in firms_of("Iris Energy (NASDAQ: IREN) mined 14 BTC. Iris Energy has 20 MW.")


@pytest.mark.parametrize("firm", ["Hut 8", "Sphere 3D"])
def test_a_firm_with_a_number_is_mentioned_once_a_place(firm: str) -> None:
    text = f"On Monday {firm} said so."
    assert firms_of(text)[firm] == [firm]


@pytest.mark.parametrize(
    "firm", ["Osprey City Power and Light", "Horizon Gas and Electric", "Dubai Electricity and Water Authority"]
)
def test_what_utilities_sell_together_is_one_name(firm: str) -> None:
    assert names_of(f"It signed with {firm} in full.") == [firm]


def test_two_firms_joined_by_and_are_two_names() -> None:
    assert names_of("It pays Horizon Power and Osprey Light in full.") == ["Horizon Power", "Osprey Light"]


@pytest.mark.parametrize("town", ["Pittsford, N.Y.", "Lubbock, Tex.", "Washington, D.C.", "Keyser, W. Va."])
def test_a_firm_after_a_state_in_short_is_a_name_of_its_own(town: str) -> None:
    assert names_of(f"It is based in {town} Osprey has 40 megawatts.")[-1] == "Osprey"


def test_a_state_in_short_within_a_firm_stays_a_part_of_it() -> None:
    assert names_of("The town asked N.Y. Osprey Power for more.") == ["N.Y. Osprey Power"]


@pytest.mark.parametrize(
    ("town", "state", "code"),
    [
        ("Moscow", "Idaho", "US-ID"),
        ("Peru", "Indiana", "US-IN"),
        ("Mexico", "Missouri", "US-MO"),
        ("Lebanon", "Ohio", "US-OH"),
        ("Lima", "Ohio", "US-OH"),
        ("Hamburg", "New York", "US-NY"),
        ("Athens", "Ohio", "US-OH"),
        ("Berlin", "New Hampshire", "US-NH"),
    ],
)
def test_a_town_called_after_a_capital_or_country_is_known_by_its_state(town: str, state: str, code: str) -> None:
    text = f"It opened a plant in {town}, {state}. The plant in {town} has 40 megawatts."
    assert places_of(text) == [(town, code), (state, code), (town, code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It left Missouri. Two plants in Mexico stay.", "MX"),
        ("It left Indiana. Two plants in Peru stay.", "PE"),
        ("The American firm has two plants in Moscow.", "RU-MOW"),
        ("It left Texas. Two plants in Berlin stay.", "DE-BE"),
    ],
)
def test_a_capital_or_country_without_a_state_beside_it_is_no_town(text: str, code: str) -> None:
    assert places_of(text)[-1][1] == code
