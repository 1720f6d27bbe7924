"""Names that the article itself locates: after "at Wolf Hollow, Texas" each later "Wolf Hollow" is in Texas."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from rigwire.extract.encoder import Span
from rigwire.extract.facilities import facility_heads
from rigwire.extract.places import FoundPlace

_AT = re.compile(r"(?<!\w)(?:in|at|near|outside|from|to|of)\s(?:the\s)?$")
_THE = re.compile(r"(?<!\w)(?:the|its|our|their|his|her|at|from|[’']s)\s$")
_COMMA = re.compile(r",\s(?:in\s)?")
_LARGE = ("subdivision", "abbrev", "country", "region")
_REACH, _APART = 12, 60  # characters before a name, and between it and its place


def find_located(text: str, names: Iterable[Span], places: Iterable[FoundPlace]) -> list[FoundPlace]:
    """Return the later mentions of names that the article locates once, as places of kind "city".

    `names` are the spans of capitalised names, `places` what is known by itself, both in the order of the text.
    """
    known = [*places]
    starts = [place.start for place in known]
    taken = frozenset(starts)
    spans = [span for span in names if span[0] not in taken]
    located: dict[str, FoundPlace] = {}
    found = []
    for start, end in spans:
        name = _heads().sub("", text[start:end])
        following = known[bisect_right(starts, end) : bisect_right(starts, end + _APART)]
        if name in located:
            found.append(FoundPlace(located[name].code, "city", start, start + len(name)))
        elif following and (place := _beside(text, start, end, following[0])) is not None:
            located[name] = place
    return found


def _beside(text: str, start: int, end: int, following: FoundPlace) -> FoundPlace | None:
    """The place after a name that says where it lies: "at Wolf Hollow, Texas", "its Lake Mariner site in New York"."""
    if following.kind in _LARGE and _COMMA.fullmatch(text, end, following.start):
        return following if _AT.search(text, max(0, start - _REACH), start) else None
    named = _THE.search(text, max(0, start - _REACH), start) and _of_facility().fullmatch(text, end, following.start)
    return following if named else None


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"\s{facility_heads()}$")


@cache
def _of_facility() -> re.Pattern[str]:
    return re.compile(rf"\s{facility_heads()},?\s(?:in|near|at|outside)\s(?:the\s)?(?:[A-Z]\w+(?:\s[A-Z]\w+)?,\s)?")
