""" "A and B mined 155 and 164 BTC respectively": figures and names of two lists, told in the same order."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rigwire.extract.encoder import Span
from rigwire.extract.heads import ROLES
from rigwire.extract.view import View

SURE = 0.95
"""How sure a filler is that stands in the list."""
_REACH = 160  # characters from the last figure to the word
_WORD = re.compile(r"\brespectively\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:the (?:pair|two|duo|three|trio|companies|firms|miners)|both|they)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?:(?:in|on|at|for|to|from|about|some|roughly|the|a|an)\s){0,2}", re.I
)


def respective(view: View, start: int, role: str, chosen: str | None) -> str | None:
    """Return who stands in the place of the figure at `start` in a list of fillers that `chosen` belongs to.

    The list may be firms that the sentence names apart ("the pair"). None where it has no two lists of one length.
    """
    sentence = view.sentences[view.sentence_at(start)]
    if chosen is None or not _WORD.search(view.text, start, sentence.end):
        return None
    figures = [(m.start, m.end) for m in view.measures if sentence.start <= m.start < sentence.end]
    run = next((run for run in _runs(view.text, figures) if start in [span[0] for span in run]), [])
    if len(run) < 2 or not _WORD.search(view.text, run[-1][1], min(sentence.end, run[-1][1] + _REACH)):
        return None
    named = {s: value for s, value in _mentions(view, ROLES[role]) if sentence.start <= s[0] < sentence.end}
    lists = [[named[span] for span in spans] for spans in _runs(view.text, sorted(named))]
    fitting = [values for values in lists if len(values) == len(set(values)) == len(run) and chosen in values]
    if not fitting and role == "company" and _TOGETHER.search(view.text, sentence.start, run[0][0]):
        before = list(dict.fromkeys(named[span] for span in sorted(named) if span[1] <= run[0][0]))
        fitting = [before] if len(before) == len(run) and chosen in before else []
    return fitting[0][[span[0] for span in run].index(start)] if len(fitting) == 1 else None


def _mentions(view: View, sort: str) -> Iterator[tuple[Span, str]]:
    """Yield where fillers of a sort are named."""
    if sort == "who":
        yield from ((span, company.name) for company in view.companies for span in view.spans_of(company))
    elif sort == "where":
        yield from (((place.start, place.end), place.code) for place in view.places)
    else:
        yield from (((date.start, date.end), date.value) for date in view.dates)


def _runs(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """Part spans into lists: of each only a comma or an "and" stands before the next."""
    runs = [[span] for span in spans[:1]]
    for before, span in pairwise(spans):
        if _BETWEEN.fullmatch(text, before[1], span[0]):
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs
