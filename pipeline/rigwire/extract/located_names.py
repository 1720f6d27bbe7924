"""Names that the article itself locates: after "at Wolf Hollow, Texas" each later "Wolf Hollow" is in Texas."""

import re
from collections.abc import Iterable
from functools import cache

from rigwire.extract.encoder import Span
from rigwire.extract.places import FoundPlace
from rigwire.knowledge import read_table

_AT = re.compile(r"(?<!\w)(?:in|at|near|outside|from|to|of)\s(?:the\s)?$")
_THE = re.compile(r"(?<!\w)(?:the|its|our|their|his|her|at|from|[’']s)\s$")
_COMMA = re.compile(r",\s(?:in\s)?")
_LARGE = ("subdivision", "abbrev", "country", "region")
_REACH = 12  # characters


def find_located(text: str, names: Iterable[Span], places: Iterable[FoundPlace]) -> list[FoundPlace]:
    """Return the later mentions of names that the article locates once, as places of kind "city".

    `names` are the spans of capitalised names, `places` what is known by itself, both in the order of the text.
    """
    known = [*places]
    taken = {place.start for place in known}
    spans = [span for span in names if span[0] not in taken]
    located: dict[str, FoundPlace] = {}
    found = []
    for start, end in spans:
        name = _heads().sub("", text[start:end])
        if name in located:
            found.append(FoundPlace(located[name].code, "city", start, start + len(name)))
        elif (place := _beside(text, start, end, known)) is not None:
            located[name] = place
    return found


def _beside(text: str, start: int, end: int, places: list[FoundPlace]) -> FoundPlace | None:
    """The place that says where a name lies: "at Wolf Hollow, Texas", "its Lake Mariner site in New York"."""
    following = next((place for place in places if place.start > end), None)
    if following is None:
        return None
    if following.kind in _LARGE and _COMMA.fullmatch(text, end, following.start):
        return following if _AT.search(text, max(0, start - _REACH), start) else None
    named = _THE.search(text, max(0, start - _REACH), start) and _of_facility().fullmatch(text, end, following.start)
    return following if named else None


@cache
def _words() -> str:
    return "|".join(re.escape(row["head"]) for row in read_table("lexicon/facilities.csv"))


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"\s(?i:{_words()})$")


@cache
def _of_facility() -> re.Pattern[str]:
    return re.compile(rf"\s(?i:{_words()}),?\s(?:in|near|at|outside)\s(?:the\s)?(?:[A-Z]\w+(?:\s[A-Z]\w+)?,\s)?")
