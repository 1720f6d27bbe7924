"""Whether the words around a date tell of the past or of what is to come."""

import re
from functools import cache

from rigwire.extract.calendar import Direction
from rigwire.knowledge import read_table, split_list

_BOUNDARY = re.compile(r"[!?;]\s|(?<!\.m)(?<![A-Z])\.\s(?=[A-Z\"“])|\n|,\s(?:and|but|while|which|after)\s")
_PARTICIPLE = re.compile(r"(?<!\bbe )(?<!\bbeing )(?<!\bto )\b\w{3,}ed\b(?!\s+to\b)", re.IGNORECASE)


@cache
def _words(side: str) -> re.Pattern[str]:
    forms = next(split_list(row["forms"]) for row in read_table("lexicon/tense.csv") if row["side"] == side)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")


def direction_at(text: str, start: int) -> tuple[Direction, bool]:
    """Return the side of the present on which a date at `start` lies and whether its own preposition says so."""
    left = text[max(0, start - 160) : start]
    clause = left[max((boundary.end() for boundary in _BOUNDARY.finditer(left)), default=0) :]
    future, past = _last("future", clause), max(_last("past", clause), _last_participle(clause))
    strong = _preposition(clause)
    if strong == "past":
        return "past", True
    if strong == "future":
        return ("past", False) if past > future >= 0 or re.search(r"\bhad\b", clause) else ("future", True)
    if future < 0 and past < 0:
        return _look_ahead(_BOUNDARY.split(text[start : start + 130])[0]), False
    return ("future" if future > past else "past"), False


def _preposition(clause: str) -> Direction:
    tail = re.sub(
        r"\s+(?:the\s+)?(?:(?:end|middle|start|beginning|rest)\s+of\s+(?:the\s+)?)?(?:around\s+|about\s+|early\s+|late\s+|mid-?)?$",
        " ",
        clause,
    )
    for side in ("future", "past"):
        matches = list(_words(f"{side}_strong").finditer(tail))
        if matches and not tail[matches[-1].end() :].strip():
            return "future" if side == "future" else "past"
    return None


def _look_ahead(clause: str) -> Direction:
    ahead = _words("future").search(clause)
    behind = min((m.start() for m in (_words("past").search(clause), _PARTICIPLE.search(clause)) if m), default=None)
    if ahead and (behind is None or ahead.start() <= behind):
        return "future"
    return "past" if behind is not None else None


def _last(side: str, words: str) -> int:
    return max((match.start() for match in _words(side).finditer(words)), default=-1)


def _last_participle(words: str) -> int:
    """A past verb in -ed counts from where it stands, unless a future word takes it: "expected", "will be closed"."""
    found = [m for m in _PARTICIPLE.finditer(words) if not _words("future").fullmatch(m.group())]
    return max(
        (m.start() for m in found if not re.search(r"\b(?:will|to|would)\s+\w*\s*$", words[: m.start()])), default=-1
    )
