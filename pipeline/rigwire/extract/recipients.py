"""Whom a notice addresses, in full: "miners who hold papers", "loads above 5 MW", "operators of three halls"."""

import re
from functools import cache

from rigwire.extract.bodies import body_words
from rigwire.extract.names import name_words
from rigwire.extract.unit_tables import alternatives
from rigwire.extract.view import View
from rigwire.knowledge import read_table

_REACH = 100  # characters after the body
_TOLD_OF = re.compile(r"\b(?:inform|notif|warn|advis|remind|assur)\w*\s(?:\w+\s){0,2}$", re.IGNORECASE)
"""What tells somebody *of* something: "informed miners of the restrictions"."""
_CAPITAL = r"[A-ZÀ-Þ][\w-]*(?:[’'](?!s\b)\w+)?"


def in_full(view: View, offset: int, name: str | None) -> str | None:
    """Return the recipient of the notice at `offset` with the words after it that say which of them are meant.

    The words are those of models/lexicon/recipient_clauses.csv; a firm has none.
    """
    named = [body for body in view.bodies if body.name == name]
    if name is None or not named:
        return name
    body = min(named, key=lambda body: abs(body.start - offset))
    if _TOLD_OF.search(view.text, max(0, body.start - 40), body.start) and view.text.startswith(" of ", body.end):
        return body.name
    matches = (pattern.match(view.text, body.end, body.end + _REACH) for pattern in clauses())
    told = next((match.end() for match in matches if match), 0)
    return view.text[body.start : max(told, body.end + len(body.place))]


@cache
def clauses() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of the table, the first that matches to be taken.

    `{word}` is any word, `{name}` one or two with capitals, no month or weekday, `{area}` what a province is called,
    `{stop}` a word that ends a clause, `{subject}` one with which "that" begins what was told.
    """
    marks = {
        "{word}": r"[\w’'-]+(?:[,.]\d+)*",
        "{name}": rf"(?!(?:{alternatives(name_words('calendar'))})\b){_CAPITAL}(?: {_CAPITAL}){{0,2}}(?![\w’'])",
        "{area}": rf"(?:{alternatives(body_words('area'))})(?![\w’'])",
        "{stop}": rf"(?:{alternatives(body_words('clause_end'))})(?![\w’'])",
        "{subject}": rf"(?:{alternatives(body_words('told_subject'))})(?![\w’'])",
    }
    patterns = [row["words"] for row in read_table("lexicon/recipient_clauses.csv")]
    for mark, meant in marks.items():
        patterns = [pattern.replace(mark, meant) for pattern in patterns]
    return tuple(re.compile(rf"\s{pattern}") for pattern in patterns)
