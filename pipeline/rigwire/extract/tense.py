"""Whether the words around a date tell of the past or of what is to come."""

import re
from functools import cache

from rigwire.extract.calendar import Direction, Side
from rigwire.knowledge import read_table, split_list

_REACH = 200
_BOUNDARY = re.compile(r"[!?;]\s|\n|,\s(?:and|but|while|which|after|who)\s")
_SENTENCE = re.compile(r"(?<!\.m)(?<![A-Z])[.!?]\s(?=[A-Z\"“])|\n")
_PARTICIPLE = re.compile(r"(?<!\bbe )(?<!\bbeing )(?<!\bto )\b\w{3,}ed\b(?!\s+to\b)", re.IGNORECASE)
_TO_DO = re.compile(r"\bto\s(?!the\b|a\b|an\b|its\b|\d)[a-z]{2,}\b")
_LEADS_UP = re.compile(
    r"\s+(?:the\s+)?(?:(?:end|middle|start|beginning|rest|close)\s+of\s+(?:the\s+)?)?"
    r"(?:(?:\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?|midnight|noon|\d\d:\d\d)\s+(?:on\s+)?)?(?:around\s+|about\s+|early\s+|late\s+|mid-?)?$"
)
_DONE = re.compile(r"\b[a-z]{3,}ed\b")
_HELPED = re.compile(
    r"\b(?:(?:will|to|would|be|should|must|may|could)\s+\w*|be\s+\w+(?:ed|en|wn|lt|nt|ght)\s+and)\s*$"
)
_SUPPOSED = re.compile(r"\b(?:must|may|might|could|should)\s(?:not\s)?have\s\w+(?:ed|en|wn|lt|nt|ght|ld|un|st|ad)\b")
"""Of the past, though it starts like what is to come."""
_FOILED = re.compile(
    r"\b(?:was|were|had been)\s(?:\w+ly\s)?"
    r"(?:expected|projected|scheduled|due|slated|planned|set (?:to|for)|supposed|meant|intended)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|through)\b[^.;,]{0,40}$", re.IGNORECASE)
_THROUGH = re.compile(r"\bthrough\b[^.;,]{0,40}$", re.IGNORECASE)
_STANDS = re.compile(r"\b(?:is|are|[’']s|[’']re)\s(?:\w+ly\s)?$")
_LASTED = re.compile(r"\b(?:was|were|ran|lasted|stayed|remained|worked|operated|kept|stood)\b")
_ASIDE = re.compile(r"\b(?:as|than)\s(?:planned|expected|scheduled|forecast|promised|targeted|guided)\b")
_FROM_THEN = re.compile(r"\b(?:from|starting|beginning|effective|as of)\s(?:\S+\s){0,3}$")
_THAT_FROM = re.compile(r"\bthat,?\s(?:(?:from|on|by|starting|as of|until)\s)?(?:\S+\s[ap]\.?m\.?\s(?:on\s)?)?$")
_STARTS = re.compile(r"\b(?:from|starting(?:\s(?:in|on|from))?|beginning(?:\s(?:in|on))?|as of)\s+$", re.IGNORECASE)
_TERM = re.compile(r"\b(?:by|until|till|before|to|for|as of)\s+$", re.IGNORECASE)
"""What ends or begins there was agreed for months rather than years, before the day of publication or after it."""
_SPANS = re.compile(r"^\S+(?:\s[\d,]+)?,?\s(?:to|until|till|through|and)\b")
_COMPARES = re.compile(r"\b(?:had|up|down|increase|decrease|rise|drop|gain|decline|compared|versus)\b|%")
_OPENING = re.compile(r"^\W*(?:from|starting|beginning|effective)\s*$", re.IGNORECASE)


@cache
def _words(side: str) -> re.Pattern[str]:
    forms = next(split_list(row["forms"]) for row in read_table("lexicon/tense.csv") if row["side"] == side)
    ordered = sorted(forms, key=len, reverse=True)
    flags = re.IGNORECASE if side.endswith("_strong") else 0  # "May" is no verb
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", flags)


def direction_at(text: str, start: int, floor: int | None = None, ceiling: int | None = None) -> Side:
    """Return the side of the present on which a date at `start` lies, and what tells it.

    `floor` and `ceiling` bound the sentence, where it is known.
    """
    left = text[max(floor or 0, start - _REACH) : start]
    if floor is None:
        left = left[max((m.end() for m in _SENTENCE.finditer(left)), default=0) :]
    left = _ASIDE.sub(lambda m: "-" * len(m.group()), left)
    clause = left[max((boundary.end() for boundary in _BOUNDARY.finditer(left)), default=0) :]
    clause = clause[:1].lower() + clause[1:]
    right = _SENTENCE.split(text[start : min(ceiling or len(text), start + _REACH)], maxsplit=1)[0]
    tail = _LEADS_UP.sub(" ", clause)
    direction, told = _told(left, clause, tail, right)
    return direction, "term" if _TERM.search(tail) else told


def _told(left: str, clause: str, tail: str, right: str) -> Side:
    """What the words before and after a date tell; `tail` is the clause up to the preposition of the date."""
    if _FOILED.search(clause):
        return None, "tense"
    future, past = _future(clause), max(_last("past", clause), _last_participle(clause))
    strong = _preposition(tail)
    if _STARTS.search(tail) and _begins(clause, right, future, past):
        return "future", "tense"
    if strong == "past":
        return "past", "preposition"
    if strong == "future":
        return _until(clause, left, right, future, past)
    if _THAT_FROM.search(clause):
        return _look_ahead("from", right), "tense"
    if future < 0 and past < 0:
        return _look_ahead(clause, right), "tense"
    return ("future" if future > past else "past"), "tense"


def _begins(clause: str, right: str, future: int, past: int) -> bool:
    """Whether what was agreed or told begins with the date, "granted 10 MW from April 1"; not "fell 5% from June"."""
    if _SPANS.match(right) or _COMPARES.search(clause):
        return False
    return future > past or _binds(clause)


def _binds(clause: str) -> bool:
    """Whether somebody orders, agrees or grants: it lasts."""
    return any(_words(side).search(clause) for side in ("lasting", "ordering"))


def _until(clause: str, left: str, right: str, future: int, past: int) -> Side:
    """ "By", "until" and "before" look ahead, unless the tale is one of the past: "it owed $2 million by July"."""
    had = re.search(r"\bhad\b", clause)
    if had:
        return None if future > had.start() else "past", "tense"
    if _UNTIL.search(clause) and future < 0 and _LASTED.search(clause):
        return "past", "tense"
    if _THROUGH.search(clause) and future < 0 and _tallied(clause, right, past):
        return None, "tense"
    if _UNTIL.search(clause):
        return "future", "preposition"
    if future < past and not _words("ordering").search(clause) and _last("future", left) < 0:
        return "past", "tense"
    if future < 0 and past < 0 and _look_ahead("", _BOUNDARY.split(right, maxsplit=1)[0]) == "past":
        return "past", "tense"
    return "future", "preposition"


def _tallied(clause: str, right: str, past: int) -> bool:
    """Whether "through" closes a count, "mined 310 BTC through June 30"; not "extended it", "is paid through June"."""
    if _binds(clause) or _STANDS.search(clause[: max(past, 0)]):
        return False
    return past >= 0 or _look_ahead("", _BOUNDARY.split(right, maxsplit=1)[0]) == "past"


def _future(clause: str) -> int:
    """Where the last word for what is to come stands; after an order, an infinitive with "from" is one."""
    order = (
        _words("ordering").search(clause) if _FROM_THEN.search(clause) and not re.search(r"\bhad\b", clause) else None
    )
    to_do = [m.start() for m in _TO_DO.finditer(clause, order.end())] if order else []
    return max([_last("future", clause), *to_do])


def _preposition(tail: str) -> Direction:
    for side in ("future", "past"):
        matches = list(_words(f"{side}_strong").finditer(tail, max(0, len(tail) - 30)))
        if matches and not tail[matches[-1].end() :].strip():
            return "future" if side == "future" else "past"
    return None


def _look_ahead(clause: str, right: str) -> Direction:
    """The first verb after the date tells; "from 1 July" with none of the past looks ahead."""
    coming = (m for m in _words("future").finditer(right) if not _SUPPOSED.match(right, m.start()))
    ahead = next((m.start() for m in coming if not m.group().endswith("ed")), None)
    done = next((m.start() for m in _DONE.finditer(right) if not _words("future").fullmatch(m.group())), None)
    told = _words("past").search(right)
    behind = min((start for start in (told.start() if told else None, done) if start is not None), default=None)
    if ahead is not None and (behind is None or ahead <= behind):
        return "future"
    if behind is None:
        return "future" if _OPENING.match(clause) else None
    return "past"


def _last(side: str, words: str) -> int:
    found = [m for m in _words(side).finditer(words) if side == "past" or not _SUPPOSED.match(words, m.start())]
    return max((m.start() for m in found if side != "past" or not _HELPED.search(words[: m.start()])), default=-1)


def _last_participle(words: str) -> int:
    """A past verb in -ed counts from where it stands, unless a future word takes it: "expected", "will be closed"."""
    found = [m for m in _PARTICIPLE.finditer(words) if not _words("future").fullmatch(m.group())]
    return max((m.start() for m in found if not _HELPED.search(words[: m.start()])), default=-1)
