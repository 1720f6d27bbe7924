"""Places by ISO 3166 code: countries, subdivisions, demonyms, and the cities, counties and regions inside them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list

_LARGE_CITY = 500_000

_SKIP_AFTER = re.compile(
    r"(?:\$|\s+(?:dollars?|cents?|Stock Exchange|Securities Exchange|yuan|rubles?|roubles?|krona|kronor|Time)\b)"
)
_ABBREVIATION_BEFORE = re.compile(r"[A-Za-zÀ-ÿ.’'-]+,\s$")
_LOCATIVE_BEFORE = re.compile(
    r"\b(?:in|near|at|of|outside|around|from|to|into|across|throughout|for|toward|towards|reach|leave|left|and|southern|northern|eastern|western|central|rural|neighbou?ring|downtown|upstate)\s+(?:the\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a name in the gazetteer."""

    code: str
    kind: str
    weight: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named at `start:end`, with the code that the context decides for."""

    code: str
    kind: str
    start: int
    end: int


@cache
def _gazetteer() -> tuple[dict[str, list[Place]], dict[str, list[str]]]:
    """Readings by name, and names by their first word, longest first."""
    readings: dict[str, list[Place]] = {}
    for row in read_table("lexicon/places.csv"):
        place = Place(row["code"], row["kind"], int(float(row["weight"] or 0)), row["ambiguous"] == "1")
        readings.setdefault(row["name"], []).append(place)
    for name in [n for n in readings if len(n) > 3 and not n.isupper()]:
        readings.setdefault(name.upper(), readings[name])
    first: dict[str, list[str]] = {}
    for name in readings:
        first.setdefault(_first_word(name), []).append(name)
    for names in first.values():
        names.sort(key=len, reverse=True)
    return readings, first


def _first_word(name: str) -> str:
    match = re.match(r"\w+", name)
    return match.group() if match else name


@cache
def place_name(code: str) -> str | None:
    """Return the English name of an ISO 3166 code, or None; Kosovo's XK is in use, but not in the standard."""
    import pycountry

    if code == "XK":
        return "Kosovo"
    if "-" in code:
        found = pycountry.subdivisions.get(code=code)
        return str(found.name) if found else None
    found = pycountry.countries.get(alpha_2=code)
    return str(getattr(found, "common_name", found.name)) if found else None


def find_places(text: str, names: Iterable[tuple[int, int]] = ()) -> list[FoundPlace]:
    """Return the places that `text` names, in order, each with the reading that its surroundings ask for.

    `names` are the spans of capitalised names: "Nora Feld" and "Ironwood Compute" hold no place.
    """
    matches = _matches(text)
    around = {index: (start, end) for start, end in names for index in range(start, end)}
    readings, _ = _gazetteer()
    plain = [
        readings[name][0]
        for name, _, _ in matches
        if len({p.code for p in readings[name]}) == 1 and _is_sure(readings[name][0])
    ]
    support = _Support(Counter(p.code[:2] for p in plain), Counter(p.code for p in plain))
    found = []
    for index, (_, start, end) in enumerate(matches):
        place = _choose(text, matches, index, support)
        if place is not None and not _inside_name(text, start, end, around.get(start), place):
            found.append(FoundPlace(place.code, place.kind, start, end))
    return found


def _is_sure(place: Place) -> bool:
    return not place.ambiguous and (place.kind not in ("city", "county") or place.weight >= _LARGE_CITY)


def _inside_name(text: str, start: int, end: int, name: tuple[int, int] | None, place: Place) -> bool:
    """A place is none where it is a part of a longer name of something else."""
    if name is None or name == (start, end):
        return False
    rest = (text[name[0] : start] + " " + text[end : name[1]]).replace("’s", " ").replace("'s", " ").split()
    others = [word for word in rest if word.strip(".,").lower() not in _geographic_words() and word[0].isupper()]
    if not others:
        return False
    if place.kind in ("city", "county", "region") or (
        len(rest) == 1 and place.kind == "subdivision" and not _is_body(others[0])
    ):
        return True
    return others[-1] in _name_heads() and name[1] > end


@cache
def _bodies() -> frozenset[str]:
    return frozenset(
        form
        for row in read_table("lexicon/name_cues.csv")
        if row["cue"] == "head_public"
        for form in split_list(row["forms"])
    )


def _is_body(word: str) -> bool:
    return word.strip(".,") in _bodies()


@cache
def _geographic_words() -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("lexicon/geographic_words.csv"))


@cache
def _name_heads() -> frozenset[str]:
    """Last words of the names of firms, papers and bodies that may start with a place."""
    heads = [
        row
        for row in read_table("lexicon/name_cues.csv")
        if row["cue"] in ("head_press", "head_money", "head_firm", "head_lobby", "head_power")
    ]
    return frozenset(form for row in heads for form in split_list(row["forms"]))


def _matches(text: str) -> list[tuple[str, int, int]]:
    _, first = _gazetteer()
    matches: list[tuple[str, int, int]] = []
    position = 0
    for word in re.finditer(r"[^\W\d_]\w*", text):
        if word.start() < position or word.group() not in first:
            continue
        for name in first[word.group()]:
            end = word.start() + len(name)
            if (
                text.startswith(name, word.start())
                and not re.match(r"\w", text[end : end + 1])
                and not _SKIP_AFTER.match(text, end)
            ):
                matches.append((name, word.start(), end))
                position = end
                break
    return matches


def _choose(text: str, matches: list[tuple[str, int, int]], index: int, support: "_Support") -> Place | None:
    readings, _ = _gazetteer()
    name, start, end = matches[index]
    options = [
        p for p in readings[name] if p.kind != "abbrev" or _ABBREVIATION_BEFORE.search(text, max(0, start - 30), start)
    ]
    if not options:
        return None
    qualified, contradicted = _qualified(text, matches, index, options)
    if qualified is not None or contradicted:
        return qualified
    best = max(options, key=lambda p: (support.of(p), _rank(p), p.weight))
    located = bool(_LOCATIVE_BEFORE.search(text, max(0, start - 24), start)) or _is_dateline(text, start, end)
    if best.ambiguous:
        return best if located and (best.kind != "county" or support.of(best)) else None
    if best.kind == "city" and not located and best.weight < _LARGE_CITY and not support.of(best):
        return None
    return best


def _is_dateline(text: str, start: int, end: int) -> bool:
    """A place that opens a paragraph in capitals or before a dash is a dateline."""
    opens = start == 0 or text[start - 1] == "\n"
    return opens and (
        text[start:end].isupper() or re.match(r"(?:,[^\n]{0,40})?\s*[-–—(]", text[end : end + 45]) is not None
    )


def _qualified(
    text: str, matches: list[tuple[str, int, int]], index: int, options: list[Place]
) -> tuple[Place | None, bool]:
    """Read "Dalton, Georgia" and "Ward County, Texas" together: the second name decides, or rules all readings out."""
    readings, _ = _gazetteer()
    _, _, end = matches[index]
    if index + 1 >= len(matches):
        return None, False
    name, start, _ = matches[index + 1]
    if not re.fullmatch(r",\s(?:in\s|the\s)?|\s\(|,\s[A-Z][\w .]{2,20}County,\s", text[end:start]):
        return None, False
    outer = [q for q in readings[name] if q.kind in ("country", "subdivision", "region", "abbrev")]
    exact = [p for p in options for q in outer if p.code == q.code]
    inside = [p for p in options for q in outer if "-" in p.code and p.code[:2] == q.code]
    if exact or inside:
        return (exact or inside)[0], False
    states_town = text[end:start] == ", " and bool(outer) and all(p.kind in ("city", "county") for p in options)
    return None, states_town and all(p.code[:2] == "US" or p.code[:2] != q.code[:2] for p in options for q in outer)


@dataclass(frozen=True, slots=True)
class _Support:
    """How often the article names each country and subdivision beyond doubt."""

    countries: Counter[str]
    codes: Counter[str]

    def of(self, place: Place) -> int:
        """How much of the article speaks for a reading: 2 for its subdivision, 1 for its country."""
        if "-" in place.code and self.codes[place.code]:
            return 2
        return 1 if self.countries[place.code[:2]] else 0


def _rank(place: Place) -> int:
    return {"country": 5, "demonym": 4, "subdivision": 4, "region": 3, "abbrev": 3, "city": 2, "county": 1}.get(
        place.kind, 0
    )
