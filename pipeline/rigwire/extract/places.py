"""Places by ISO 3166 code: countries, subdivisions, demonyms, and the cities, counties and regions inside them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rigwire.extract.gazetteer import Place, Readings, names_from
from rigwire.extract.place_context import (
    LARGE_CITY,
    is_dateline,
    is_located,
    is_no_place,
    is_numbered,
    is_sure,
    name_hides_place,
    speaks,
    stands_for_abbreviation,
)

_QUALIFIES = re.compile(r",\s(?:in\s|the\s)?|\s\(|,\s[A-Z][\w .]{2,20}County,\s|\sin\s(?:the\s)?")
_LISTED = re.compile(r",?\s(?:and\s)?|,\s(?:in\s)?")
_RANK = {"country": 5, "demonym": 4, "subdivision": 4, "region": 3, "abbrev": 3, "city": 2, "county": 1}
_SMALL = ("city", "county")
_WITH_STATES = ("US", "CA", "AU")  # where a town's own state is named after it, or another town is meant
_BIG_CITY = 200_000  # people; smaller ones give way to a country or subdivision of the same name


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place named at `start:end`, with the code that the context decides for."""

    code: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Match:
    """A name of the gazetteer in the text, with its readings."""

    readings: Readings
    start: int
    end: int

    @property
    def alone(self) -> Readings:
        """The readings where no state follows: then Peru is the country, and no town of Indiana."""
        country = any(p.kind == "country" and is_sure(p) for p in self.readings)
        return tuple(p for p in self.readings if not (country and _is_namesake(p)))

    @property
    def one_code(self) -> bool:
        """Whether all readings lie in one country or subdivision, or none is a mere town."""
        return len({p.code for p in self.alone}) == 1 or all(p.kind not in _SMALL for p in self.alone)

    @property
    def sole(self) -> Place | None:
        """The reading of a name that is beyond doubt."""
        first = self.alone[0]
        return first if len({p.code for p in self.alone}) == 1 and is_sure(first) else None


@dataclass(frozen=True, slots=True)
class _Support:
    """How often the article names each country and subdivision beyond doubt."""

    countries: Counter[str]
    codes: Counter[str]

    def of(self, place: Place) -> tuple[int, int]:
        """How much of the article speaks for a reading: 2 for its subdivision, 1 for its country; and how often."""
        often = self.countries[place.code[:2]]
        return (2 if "-" in place.code and self.codes[place.code] else 1 if often else 0), often


@dataclass(frozen=True, slots=True)
class _Scene:
    """The names of a text and what is settled of them: `stated` by what stands beside a name, for all its uses."""

    text: str
    matches: list[_Match]
    support: _Support
    stated: dict[str, Place]


def find_places(text: str, names: Iterable[tuple[int, int]] = ()) -> list[FoundPlace]:
    """Return the places that `text` names, in order, each with the reading that its surroundings ask for.

    `names` are the spans of capitalised names: "Nora Feld" and "Ironwood Compute" hold no place.
    """
    matches, hidden = _matches(text)
    around = {index: (start, end) for start, end in names for index in range(start, end)}
    scene = _Scene(text, matches, _count(match.sole for match in matches), {})
    first = [_choose(scene, index) if match.one_code else None for index, match in enumerate(matches)]
    scene = _Scene(text, matches, _count(first), scene.stated)
    found: list[FoundPlace] = []
    for index, match in enumerate(matches):
        place = _choose(scene, index)
        words, name = text[match.start : match.end], around.get(match.start)
        if place is None:
            continue
        if name_hides_place(text, match.start, match.end, name, place):
            hidden.add(words)
        elif not (place.kind in _SMALL and (words in hidden or speaks(text, match.start, match.end))):
            found.append(FoundPlace(place.code, place.kind, match.start, match.end))
    return found


def _count(places: Iterable[Place | None]) -> _Support:
    known = [place for place in places if place is not None]
    return _Support(Counter(p.code[:2] for p in known), Counter(p.code for p in known))


def _matches(text: str) -> tuple[list[_Match], set[str]]:
    """Return the names of the gazetteer in `text`, the longest at each place, and those proven to be no places."""
    found: list[_Match] = []
    hidden: set[str] = set()
    position = 0
    text = text.replace("\u00a0", " ")
    for word in re.finditer(r"[^\W\d_]\w*", text):
        if word.start() < position:
            continue
        for name, readings in names_from(word.group()):
            end = word.start() + len(name)
            if text.startswith(name, word.start()) and not text[end : end + 1].isalnum():
                position = end
                if not is_no_place(text, word.start(), end, readings[0]):
                    found.append(_Match(readings, word.start(), end))
                elif is_numbered(text, end):
                    hidden.add(name)
                break
    return found, hidden


def _choose(scene: _Scene, index: int) -> Place | None:
    match, text, support = scene.matches[index], scene.text, scene.support
    start, end = match.start, match.end
    options = [p for p in match.readings if p.kind != "abbrev" or stands_for_abbreviation(text, start)]
    if not options:
        return None
    qualified, contradicted = _qualified(text, scene.matches, index, options)
    if qualified is not None or contradicted:
        if qualified is not None and qualified.kind == "city":
            scene.stated.setdefault(text[start:end], qualified)
        return qualified
    capital = next((p for p in options if p.code == "US-DC"), None)
    if capital is not None and is_dateline(text, start, end):
        return capital
    listed = next((p for p in options if p.kind == "city" and p.code in _neighbours(text, scene.matches, index)), None)
    listed = listed or _alike(text, scene.matches, index, options) or _after_town(scene, index, options)
    stated = scene.stated.get(text[start:end]) or listed
    if stated is not None and stated in options:
        scene.stated.setdefault(text[start:end], stated)
        return stated
    options = _plausible([p for p in options if p in match.alone], support)
    best = max(options, key=lambda p: (support.of(p)[0], _rank(p), support.of(p)[1], p.weight))
    located = is_located(text, start, end)
    if best.ambiguous:
        return best if located and (best.kind != "county" or support.of(best)[0]) else None
    if best.kind == "city" and not located and best.weight < LARGE_CITY and not support.of(best)[0]:
        return None
    return best


def _is_namesake(place: Place) -> bool:
    return place.ambiguous and place.kind in _SMALL and place.weight < _BIG_CITY


def _plausible(options: list[Place], support: _Support) -> list[Place]:
    """Leave out towns called after a subdivision beyond doubt, unless the article names their own: Moscow in Idaho."""
    sure = any(p.kind == "subdivision" and is_sure(p) for p in options)
    return [p for p in options if not (sure and _is_namesake(p) and not support.codes[p.code])]


def _neighbours(text: str, matches: list[_Match], index: int) -> set[str]:
    """The codes of the towns listed on both sides: "Norcross, Washington and Dalton" are all in Georgia."""
    found = []
    for left, right, other in _pairs_around(matches, index):
        if _LISTED.fullmatch(text, left.end, right.start):
            found.append({p.code for p in other.readings if p.kind == "city"})
    return set.intersection(*found) if len(found) == 2 else set()


def _alike(text: str, matches: list[_Match], index: int, options: list[Place]) -> Place | None:
    """The reading of a country's and a state's name that its neighbour in a list has: "Iceland and Georgia"."""
    kinds = {p.kind: p for p in options if p.kind in ("country", "subdivision")}
    if len(kinds) < 2:
        return None
    land = kinds["subdivision"].code[:2]
    beside = set()
    for left, right, other in _pairs_around(matches, index):
        if other.sole is None or not _LISTED.fullmatch(text, left.end, right.start):
            continue
        if other.sole.kind == "country" and (other.sole.code != land or "and" in text[left.end : right.start]):
            beside.add("country")
        elif other.sole.code[:2] == land:
            beside.add("subdivision")
    return kinds[beside.pop()] if len(beside) == 1 else None


def _after_town(scene: _Scene, index: int, options: list[Place]) -> Place | None:
    """The state of a country's and a state's name after a town that isn't the country's: "near Jessup, Georgia"."""
    kinds = {p.kind: p for p in options if p.kind in ("country", "subdivision")}
    start = scene.matches[index].start
    if len(kinds) < 2 or not stands_for_abbreviation(scene.text, start):
        return None
    land = kinds["country"].code
    towns = {p.code[:2] for p in scene.matches[index - 1].readings} if index > 0 else set()
    return None if scene.support.countries[land] or land in towns else kinds["subdivision"]


def _pairs_around(matches: list[_Match], index: int) -> Iterator[tuple[_Match, _Match, _Match]]:
    """Yield a name and each of its neighbours, in their order, and that neighbour."""
    if index > 0:
        yield matches[index - 1], matches[index], matches[index - 1]
    if index + 1 < len(matches):
        yield matches[index], matches[index + 1], matches[index + 1]


def _qualified(text: str, matches: list[_Match], index: int, options: list[Place]) -> tuple[Place | None, bool]:
    """Read "Dalton, Georgia" and "Dalton in Georgia" together: the second name decides, or rules all readings out."""
    if index + 1 >= len(matches):
        return None, False
    match, following = matches[index], matches[index + 1]
    between = text[match.end : following.start] if following.start - match.end < 40 else ""
    if not _QUALIFIES.fullmatch(between):
        return None, False
    outer = [q for q in following.readings if q.kind in ("country", "subdivision", "region", "abbrev")]
    exact = [p for p in options for q in outer if p.code == q.code]
    inside = [p for p in options for q in outer if "-" in p.code and p.code[:2] == q.code]
    if exact or inside:
        return (exact or inside)[0], False
    states_town = between in (", ", " in ") and bool(outer) and all(p.kind in _SMALL or p.ambiguous for p in options)
    return None, states_town and all(
        p.code[:2] in _WITH_STATES or p.code[:2] != q.code[:2] for p in options for q in outer
    )


def _rank(place: Place) -> int:
    return _RANK.get(place.kind, 0)
