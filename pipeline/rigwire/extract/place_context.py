"""What the words around a name say of it: a place, a person, a river, a stock exchange, a part of a firm's name."""

import re
from functools import cache

from rigwire.extract.firms import weak_names
from rigwire.extract.gazetteer import Place, geographic_words
from rigwire.knowledge import read_table, split_list

LARGE_CITY = 500_000  # people; smaller ones need to be located, or the article to speak of their country
_ABBREVIATION_BEFORE = re.compile(r"[A-Za-zÀ-ÿ.’'-]+,\s$")
_DATELINE_AFTER = re.compile(r"(?:,[^\n]{0,40})?\s*[-–—(]")
_PART_NUMBER = re.compile(r"\s(?:\d{1,2}|[IV]{2,3})[A-Z]?\b(?![.,:%]?\d)(?!\s?(?:MW|EH|PH|BTC|%))")
_CELL_ENDS = ("|", "\t", "\n")


@cache
def _forms(role: str) -> list[str]:
    return [
        form
        for row in read_table("lexicon/place_words.csv")
        if row["role"] == role
        for form in split_list(row["forms"])
    ]


def _any_of(role: str) -> str:
    return "|".join(re.escape(form) for form in sorted(_forms(role), key=len, reverse=True))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "located": re.compile(rf"(?<!\w)(?:{_any_of('locative')})\s+(?:the\s+)?$", re.IGNORECASE),
        "inside": re.compile(r"(?<!\w)(?:in|near|outside|around)\s+(?:the\s+)?$", re.IGNORECASE),
        "based": re.compile(rf"(?:{_any_of('based')})(?!\w)"),
        "article": re.compile(r"(?<!\w)(?:the|a|an|its|their|this|that|another)\s(?:[a-z]+\s)?$", re.IGNORECASE),
        "local": re.compile(rf"(?:[’']s)?\s(?:[a-z-]+\s)?(?:{_any_of('local_noun')})(?!\w)"),
        "no_place_before": re.compile(rf"(?<!\w)(?:{_any_of('water_before')}|{_any_of('thing_before')})\s$"),
        "no_place_after": re.compile(rf"\$|\s(?:{_any_of('thing_after')})(?!\w)"),
        "continent_before": re.compile(rf"(?<!\w)(?:{_any_of('continent_before')})[\s-]$"),
        "traded": re.compile(rf"(?:{_any_of('traded')})(?!\w)"),
        "said_after": re.compile(rf"(?:[’']s?)?\s(?:{_any_of('said')})(?!\w)"),
        "said_before": re.compile(rf"(?<!\w)(?:{_any_of('said')})\s$"),
        "title_before": re.compile(rf"(?<!\w)(?:{_any_of('title')})\s$"),
    }


def is_sure(place: Place) -> bool:
    """Tell whether a reading holds wherever its name stands."""
    return not place.ambiguous and (place.kind not in ("city", "county") or place.weight >= LARGE_CITY)


def stands_for_abbreviation(text: str, start: int) -> bool:
    """Tell whether a short form ("TX", "Miss.") follows "City, "."""
    return _ABBREVIATION_BEFORE.search(text, max(0, start - 30), start) is not None


def is_no_place(text: str, start: int, end: int, place: Place) -> bool:
    """Tell a place from what is called after it: "Lake Ontario", "London-listed", "NYSE American", "Kati 1"."""
    patterns = _patterns()
    if patterns["no_place_before"].search(text, max(0, start - 22), start) or patterns["no_place_after"].match(
        text, end
    ):
        return True
    if (place.kind, place.code) == ("demonym", "US"):
        return patterns["continent_before"].search(text, max(0, start - 10), start) is not None
    return place.kind in ("city", "county", "region") and (
        is_numbered(text, end) or patterns["traded"].match(text, end) is not None
    )


def is_numbered(text: str, end: int) -> bool:
    """Tell whether a number makes a name a project's: "Kati 1", "Dorothy II"."""
    return _PART_NUMBER.match(text, end, end + 12) is not None


def is_located(text: str, start: int, end: int) -> bool:
    """Tell whether the words around take a name for a place: "in X", "X-based", "the X miner", a dateline, a cell."""
    patterns = _patterns()
    if text[start:end] in weak_names():
        return patterns["inside"].search(text, max(0, start - 24), start) is not None
    if patterns["located"].search(text, max(0, start - 24), start) or patterns["based"].match(text, end):
        return True
    if patterns["article"].search(text, max(0, start - 24), start) and patterns["local"].match(text, end, end + 40):
        return True
    return is_dateline(text, start, end) or _fills_cell(text, start, end)


def _fills_cell(text: str, start: int, end: int) -> bool:
    left, right = text[max(0, start - 3) : start].rstrip(" "), text[end : end + 3].lstrip(" ")
    return left.endswith(_CELL_ENDS) and right.startswith(_CELL_ENDS) and ("|" in left + right or "\t" in left + right)


def is_dateline(text: str, start: int, end: int) -> bool:
    """Tell whether a place opens a paragraph in capitals or before a dash."""
    opens = start == 0 or text[start - 1] in "\n/"
    return opens and (text[start:end].isupper() or _DATELINE_AFTER.match(text, end, end + 45) is not None)


def speaks(text: str, start: int, end: int) -> bool:
    """Tell whether a name is a person's: "Austin said", "Ms. Dawn"."""
    patterns = _patterns()
    if patterns["title_before"].search(text, max(0, start - 12), start) or patterns["said_after"].match(
        text, end, end + 16
    ):
        return True
    return patterns["said_before"].search(text, max(0, start - 12), start) is not None and text[end : end + 1] in (
        ",",
        ".",
    )


def name_hides_place(text: str, start: int, end: int, name: tuple[int, int] | None, place: Place) -> bool:
    """Tell whether a place is a part of a longer name of something else; `name` is the span of that name."""
    if name is None or name == (start, end):
        return False
    rest = (text[name[0] : start] + " " + text[end : name[1]]).replace("’s", " ").replace("'s", " ").split()
    others = [w for w in rest if w.strip(".,").lower() not in geographic_words() and w[0].isupper()]
    if not others:
        return False
    if place.kind in ("city", "county", "region"):
        return True
    if len(rest) == 1 and place.kind == "subdivision" and others[0].strip(".,") not in _heads("head_public"):
        return True
    if _goes_on_as_body(text, name[1]):
        return False
    heads = (
        _heads("head_press") | _heads("head_money") | _heads("head_firm") | _heads("head_lobby") | _heads("head_power")
    )
    return others[-1] in heads and name[1] > end


def _goes_on_as_body(text: str, end: int) -> bool:
    """Tell whether "and Exchange Commission" follows, which makes the name a public body's."""
    rest = re.match(r"\s(?:and|of|for)\s((?:[A-Z]\w+\s?){1,4})", text[end : end + 60])
    return rest is not None and bool(set(rest[1].split()) & _heads("head_public"))


@cache
def _heads(cue: str) -> frozenset[str]:
    """Last words of the names of firms, papers or bodies that may start with a place."""
    rows = [row for row in read_table("lexicon/name_cues.csv") if row["cue"] == cue]
    return frozenset(form for row in rows for form in split_list(row["forms"]))
