"""The gazetteer of models/lexicon/places.csv, looked up by the first word of a name; loading makes no index of it."""

import csv
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from rigwire.knowledge import models_dir, read_table

_WIDE = ("country", "demonym", "subdivision", "region")
_LAST = "\U0010ffff"
_SHORTEST_CAPITALS = 4  # names no longer than an abbreviation are not matched in capitals


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a name in the gazetteer."""

    code: str
    kind: str
    weight: int
    ambiguous: bool


Readings = tuple[Place, ...]


@cache
def _lines() -> list[str]:
    """The rows of the table as sorted lines "name,code,kind,weight,ambiguous"; names with a comma are kept apart."""
    lines = (models_dir() / "lexicon/places.csv").read_text(encoding="utf-8").split("\n")[1:]
    plain = [line for line in lines if line and line[0] != '"']
    plain.sort()
    return plain


@cache
def _quoted() -> list[list[str]]:
    lines = (models_dir() / "lexicon/places.csv").read_text(encoding="utf-8").split("\n")[1:]
    return list(csv.reader(line for line in lines if line.startswith('"')))


@lru_cache(maxsize=65536)
def names_from(word: str) -> tuple[tuple[str, Readings], ...]:
    """Return the names whose first word is `word`, the longest first, each with its readings.

    A word in capitals also stands for the name in capitals: "TEXAS", "NEW YORK".
    """
    found: dict[str, list[Place]] = {}
    for name, code, kind, weight, ambiguous in _rows(word):
        found.setdefault(name, []).append(Place(code, kind, int(float(weight or 0)), ambiguous == "1"))
    if word.isupper() and word.capitalize() != word:
        for name, readings in names_from(word.capitalize()):
            if len(name) >= _SHORTEST_CAPITALS and not name.isupper():
                found.setdefault(name.upper(), list(readings))
    return tuple(sorted(((name, tuple(places)) for name, places in found.items()), key=lambda item: -len(item[0])))


def _rows(word: str) -> list[list[str]]:
    lines = _lines()
    start = bisect_left(lines, word)
    end = bisect_left(lines, word + _LAST, start)
    rows = [line.split(",") for line in lines[start:end] if _ends(line, len(word))]
    return rows + [row for row in _quoted() if row[0].startswith(word) and _ends(row[0], len(word))]


def _ends(name: str, length: int) -> bool:
    """Tell whether the first word of a name is no longer than `length`."""
    return not (name[length : length + 1].isalnum() or name[length : length + 1] == "_")


def names_wide_area(name: str) -> bool:
    """Tell whether `name` is beyond doubt a country's, a subdivision's or a region's, or that of its people."""
    return any(place.kind in _WIDE and not place.ambiguous for place in _readings(name))


def names_place(name: str) -> bool:
    """Tell whether `name` is that of a place, whatever else it may be."""
    return bool(_readings(name))


def is_short_subdivision(name: str) -> bool:
    """Tell whether `name` is a subdivision's in short with a full stop: "N.Y.", "Tex."."""
    return name.endswith(".") and any(place.kind in ("abbrev", "subdivision") for place in _readings(name))


def _readings(name: str) -> Readings:
    first = re.match(r"\w+", name)
    return dict(names_from(first.group())).get(name, ()) if first else ()


@cache
def geographic_words() -> frozenset[str]:
    """Return the words that may stand in a name beside a place and leave it one: "Irkutsk Region"."""
    return frozenset(row["form"] for row in read_table("lexicon/geographic_words.csv"))
