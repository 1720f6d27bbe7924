"""Figures of a change: which end of "from X to Y" one is; whether a percentage is growth, a rate or a part."""

import re
from functools import cache

from rigwire.extract.unit_tables import alternatives
from rigwire.knowledge import read_table, split_list

_AMOUNT = (
    r"(?:(?:about|around|some|nearly|roughly|approximately|almost|just|more than|less than"
    r"|over|under|only|another|a further|an? estimated|an?|the|its|his)\s)*"
)
_FROM_CHANGE = re.compile(r"(?:compared (?:with|to)|versus|vs\.?|against|from)\s+(?:\w+ ){0,3}\S{0,3}$", re.IGNORECASE)
_TO_CHANGE = re.compile(r"\bto\s+(?:\w+ ){0,2}\S{0,3}$", re.IGNORECASE)
_FROM_BEFORE = re.compile(rf"\bfrom\s{_AMOUNT}\S{{0,3}}$", re.IGNORECASE)
_BY_BEFORE = re.compile(rf"\bby\s{_AMOUNT}\S{{0,3}}$", re.IGNORECASE)
_BETWEEN_BEFORE = re.compile(r"\bbetween\b[^.;]{0,15}$", re.IGNORECASE)
_RANGE_DASH = re.compile(r"[-–—−]|or|through")


@cache
def _change_before() -> re.Pattern[str]:
    stems = next(split_list(row["forms"]) for row in read_table("lexicon/change_cues.csv") if row["cue"] == "verb_stem")
    return re.compile(rf"\b(?:{'|'.join(stems)})\w*\b[^.;]{{0,110}}\bfrom\b", re.IGNORECASE)


@cache
def _past_change() -> re.Pattern[str]:
    rows = (row for row in read_table("lexicon/change_cues.csv") if row["cue"] == "past_change")
    forms = "|".join(split_list(next(rows)["forms"]))
    return re.compile(rf"(?<![\w-])(?:{forms})\s(?:[\w’'-]+\s){{0,4}}\S{{0,3}}$", re.IGNORECASE)


def change_role(text: str, start: int) -> str | None:
    """Return "from" or "to" where the words before a figure make it an end of a change."""
    before = text[max(0, start - 40) : start]
    if re.search(r"\b" + _FROM_CHANGE.pattern, before, re.IGNORECASE):
        return "from"
    return "to" if _TO_CHANGE.search(before) else None


def joins_range(before: str, between: str, both_units: bool) -> bool:
    """Tell whether two figures with `between` between them are the ends of one range.

    `before` are the words before the first: "raised from 3 to 4" and "raised by 0.4 to 6.1" are changes, no ranges; so
    is "rose 40 MW to 310 MW", where each has its own unit (`both_units`).
    """
    joint = between.strip()
    if "\n" in between:
        return False
    if _RANGE_DASH.fullmatch(joint):
        return True
    if joint in ("to", "up to"):
        changed = _FROM_BEFORE.search(before) and _change_before().search(before)
        grown = joint == "to" and both_units and _past_change().search(before)
        return not (changed or grown or _BY_BEFORE.search(before))
    return joint == "and" and _BETWEEN_BEFORE.search(before) is not None


@cache
def _share_cues() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    cues: dict[tuple[str, str], list[str]] = {}
    for row in read_table("lexicon/share_cues.csv"):
        cues[row["role"], row["position"]] = split_list(row["forms"])
    return [
        (
            role,
            re.compile(rf"(?<!\w)(?:{alternatives(cues[role, 'before'])})\s?{_AMOUNT}$", re.IGNORECASE),
            re.compile(
                r"[\s-]*\(?(?:(?:annual|net|monthly|quarterly|fleet-wide)\s)?"
                rf"(?:{alternatives(cues[role, 'after'])})(?!\w)",
                re.IGNORECASE,
            ),
        )
        for role in ("part", "growth", "rate")
    ]


def share_role(text: str, start: int, end: int) -> str | None:
    """Return "part", "growth" or "rate" for a percentage: of a stated whole, a change, a price of money; else None."""
    before = text[max(0, start - 40) : start]
    cues = _share_cues()
    for role, _, after in cues:
        if after.match(text, end, end + 40):
            return role
    return next((role for role, left, _ in cues if left.search(before)), None)
