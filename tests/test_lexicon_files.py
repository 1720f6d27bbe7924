"""The lexicon tables under models/lexicon are consistent in themselves and with each other."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest

LEXICON = Path(__file__).resolve().parents[1] / "models" / "lexicon"
Row = dict[str, str]

COMPANY_COLUMNS = [
    "name", "kind", "country", "ticker", "exchange", "aliases", "weak_aliases", "former_names", "parent",
]  # fmt: skip
MACHINE_COLUMNS = ["model", "maker", "algorithm", "hashrate", "unit", "power_w", "aliases"]
KINDS = {"miner", "pool", "manufacturer", "host", "utility", "investor", "exchange", "other"}
EXCHANGES = {
    "ADX", "ASX", "ATH", "B3", "BIST", "BME", "BVB", "BYMA", "Bursa Malaysia", "CPH", "CSE", "DFM",
    "Euronext", "HEL", "HKEX", "KASE", "KRX", "LSE", "MIL", "MOEX", "MSX", "NASDAQ", "NYSE",
    "NYSE American", "NZX", "OSLO", "OTC", "PSX", "Prague", "SGX", "SIX", "SSE", "STO", "SZSE",
    "TSE", "TSX", "TSXV", "TWSE", "Tadawul", "VIE", "WSE", "XETRA",
}  # fmt: skip
ALGORITHMS = {
    "", "blake3", "cryptonight", "cuckatoo32", "eaglesong", "equihash", "etchash", "ethash",
    "handshake", "kadena", "kheavyhash", "randomx", "scrypt", "sha256", "x11",
}  # fmt: skip
UNITS = {"", "TH/s", "GH/s", "MH/s", "KH/s", "kSol/s"}
# Kosovo's code is user-assigned, so the ISO table lacks it.
USER_ASSIGNED_COUNTRIES = {"XK"}
LEGAL_SUFFIX = re.compile(
    r"[\s,](?:Inc|Incorporated|Corp|Corporation|Co|Ltd|Limited|LLC|LP|LLP|PLC|plc|AG|SA|S\.A|GmbH|Oyj?|AB|AS|ASA|NV|BV"
    r"|SpA|PJSC|OJSC|JSC|Pte|Pty|Bhd|Berhad)\.?$"
)
FORMER_NAME = re.compile(r"(?P<name>[^()]+?)(?: \((?P<first>\d{4})(?:-(?P<last>\d{4}))?\))?")

EXAMPLES = [
    ("companies", "Marathon Digital Holdings", "MARA Holdings"),
    ("companies", "Riot Blockchain", "Riot Platforms"),
    ("companies", "Iris Energy", "IREN"),
    ("companies", "Bitfarms", "Keel Infrastructure"),
    ("companies", "BIT Mining", "SOLAI"),
    ("companies", "Bitmain Technologies", "Bitmain"),
    ("companies", "Chelan PUD", "Chelan County PUD"),
    ("companies", "Electric Reliability Council of Texas", "ERCOT"),
    ("companies", "Hydro-Quebec", "Hydro-Québec"),
    ("companies", "AWS", "Amazon"),
    ("machines", "S19 XP", "Antminer S19 XP"),
    ("machines", "S19jPro", "Antminer S19j Pro"),
    ("machines", "M50S++", "Whatsminer M50S++"),
    ("machines", "AvalonMiner 1066", "Avalon A1066"),
    ("machines", "GB300 NVL72", "Nvidia GB300"),
]


def read(table: str, columns: list[str]) -> list[Row]:
    """The rows of one table; a line with too few or too many fields fails here."""
    with (LEXICON / f"{table}.csv").open(newline="", encoding="utf-8") as handle:
        header, *lines = csv.reader(handle)
    assert header == columns
    assert not [line for line in lines if len(line) != len(columns)]
    return [dict(zip(columns, line, strict=True)) for line in lines]


COMPANIES = read("companies", COMPANY_COLUMNS)
MACHINES = read("machines", MACHINE_COLUMNS)


def parts(cell: str) -> list[str]:
    """The members of a cell joined by `|`."""
    return cell.split("|") if cell else []


def former_names(row: Row) -> list[str]:
    """Former names of a firm without their years."""
    matches = (FORMER_NAME.fullmatch(part) for part in parts(row["former_names"]))
    return [match["name"] for match in matches if match]


def strong_forms(row: Row) -> list[str]:
    """What names this firm wherever it stands."""
    weak = set(parts(row["weak_aliases"]))
    forms = [row["name"], *parts(row["aliases"]), *former_names(row)]
    return [form for form in forms if form not in weak]


def machine_forms(row: Row) -> list[str]:
    """Full and short names of a machine."""
    return [row["model"], *parts(row["aliases"])]


def owners(table: str) -> Iterator[tuple[str, str]]:
    """Every strong form of a table with the name of the row that it stands for."""
    if table == "companies":
        yield from ((form, row["name"]) for row in COMPANIES for form in strong_forms(row))
    else:
        yield from ((form, row["model"]) for row in MACHINES for form in machine_forms(row))


def repeated(values: list[str]) -> list[str]:
    """Values that occur more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


@pytest.mark.parametrize(("table", "form", "name"), EXAMPLES)
def test_a_known_form_stands_for_its_row(table: str, form: str, name: str) -> None:
    assert dict(owners(table))[form] == name


def test_tables_are_large_enough() -> None:
    assert len(COMPANIES) >= 250
    assert len(MACHINES) >= 120


@pytest.mark.parametrize(("rows", "key"), [(COMPANIES, "name"), (MACHINES, "model")])
def test_rows_are_sorted(rows: list[Row], key: str) -> None:
    names = [row[key].casefold() for row in rows]
    assert names == sorted(names)


@pytest.mark.parametrize("rows", [COMPANIES, MACHINES], ids=["companies", "machines"])
def test_no_cell_or_member_has_stray_blanks(rows: list[Row]) -> None:
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell != " ".join(cell.split())]
    assert not [cell for cell in cells if "" in cell.split("|")[1:] or cell.startswith("|")]
    assert not [cell for cell in cells for part in cell.split("|") if part != part.strip()]


@pytest.mark.parametrize("table", ["companies", "machines"])
def test_a_strong_form_belongs_to_one_row(table: str) -> None:
    assert not repeated([form for form, _ in owners(table)])


@pytest.mark.parametrize("table", ["companies", "machines"])
def test_forms_of_two_rows_differ_by_more_than_case(table: str) -> None:
    assert not repeated([form for form, _ in {(form.casefold(), name) for form, name in owners(table)}])


def test_closed_lists_of_firms() -> None:
    assert {row["kind"] for row in COMPANIES} == KINDS
    assert {row["exchange"] for row in COMPANIES} - {""} <= EXCHANGES


def test_countries_exist() -> None:
    known = {country.alpha_2 for country in pycountry.countries} | USER_ASSIGNED_COUNTRIES
    assert not {row["name"]: row["country"] for row in COMPANIES if row["country"] not in known}


def test_every_firm_has_an_alias_or_a_ticker() -> None:
    assert not [row["name"] for row in COMPANIES if not (row["aliases"] or row["ticker"])]


def test_a_listing_is_whole_and_unique() -> None:
    assert not [row["name"] for row in COMPANIES if bool(row["ticker"]) != bool(row["exchange"])]
    assert not repeated([f"{row['exchange']}:{row['ticker']}" for row in COMPANIES if row["ticker"]])


def test_no_legal_suffix_in_a_name() -> None:
    assert not [row["name"] for row in COMPANIES if LEGAL_SUFFIX.search(row["name"])]


def test_weak_aliases_are_nobodys_strong_form() -> None:
    strong = dict(owners("companies"))
    weak = [(form, row["name"]) for row in COMPANIES for form in parts(row["weak_aliases"])]
    assert not [(form, name, strong[form]) for form, name in weak if form in strong]


def test_an_alias_is_not_strong_and_weak_at_once() -> None:
    both = {row["name"]: {*parts(row["aliases"])} & {*parts(row["weak_aliases"])} for row in COMPANIES}
    assert not {name: forms for name, forms in both.items() if forms}


def test_a_firm_with_a_weak_name_keeps_a_strong_alias() -> None:
    assert not [row["name"] for row in COMPANIES if not strong_forms(row)]


def test_former_names_are_well_formed() -> None:
    for row in COMPANIES:
        for part in parts(row["former_names"]):
            match = FORMER_NAME.fullmatch(part)
            assert match, f"{row['name']}: {part}"
            assert (match["first"] or "0") <= (match["last"] or "9999"), f"{row['name']}: {part}"


def test_parents_exist_and_form_no_circle() -> None:
    parent_of = {row["name"]: row["parent"] for row in COMPANIES}
    for row in COMPANIES:
        chain = [row["name"]]
        while parent := parent_of[chain[-1]]:
            assert parent in parent_of, f"{chain[-1]}: unknown parent {parent}"
            assert parent not in chain, f"{row['name']}: circle through {parent}"
            chain.append(parent)


def test_makers_are_firms_that_make_machines() -> None:
    kind_of = {row["name"]: row["kind"] for row in COMPANIES}
    assert {kind_of.get(row["maker"]) for row in MACHINES} <= {"manufacturer", "miner"}


def test_closed_lists_of_machines() -> None:
    assert {row["algorithm"] for row in MACHINES} == ALGORITHMS
    assert {row["unit"] for row in MACHINES} == UNITS


def test_a_hashrate_has_a_unit_and_an_algorithm() -> None:
    for row in MACHINES:
        assert bool(row["hashrate"]) == bool(row["unit"]), row["model"]
        assert row["algorithm"] or not row["hashrate"], row["model"]
        assert all(float(row[key]) > 0 for key in ("hashrate", "power_w") if row[key]), row["model"]
        assert row["algorithm"] != "sha256" or row["unit"] in ("TH/s", ""), row["model"]


def test_sha256_machines_have_a_plausible_efficiency() -> None:
    """From 2,000 J/TH of the first machine of 2013 down to the 9.5 J/TH announced in 2025."""
    for row in MACHINES:
        if row["algorithm"] == "sha256" and row["hashrate"] and row["power_w"]:
            assert 9 <= float(row["power_w"]) / float(row["hashrate"]) <= 2000, row["model"]
