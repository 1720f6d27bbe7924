""" "A and B mined 155 and 164 BTC respectively": figures and names of two lists, told in the same order."""

import re
from collections.abc import Sequence
from itertools import pairwise

from rigwire.extract.encoder import Span
from rigwire.extract.heads import ROLES
from rigwire.extract.view import View

Mention = tuple[Span, str]

SURE = 0.95
"""How sure a filler is that stands in the list."""
_REACH = 160  # characters from the last figure to the word
_WORD = re.compile(r"\brespectively\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?:(?:in|on|at|for|to|from|about|some|roughly|the|a|an)\s){0,2}", re.I
)


def respective(view: View, start: int, role: str, chosen: str | None) -> str | None:
    """Return who stands in the place of the figure at `start` in a list of fillers that `chosen` belongs to.

    None where the sentence has no two such lists of one length.
    """
    sentence = view.sentences[view.sentence_at(start)]
    if chosen is None or not _WORD.search(view.text, start, sentence.end):
        return None
    figures = [((m.start, m.end), "") for m in view.measures if sentence.start <= m.start < sentence.end]
    figure = next((run for run in _runs(view.text, figures) if any(span[0] == start for span, _ in run)), [])
    if len(figure) < 2 or not _WORD.search(view.text, figure[-1][0][1], min(sentence.end, figure[-1][0][1] + _REACH)):
        return None
    named = [m for m in _mentions(view, ROLES[role]) if sentence.start <= m[0][0] < sentence.end]
    lists = [[value for _, value in run] for run in _runs(view.text, named)]
    fitting = [values for values in lists if len(values) == len(set(values)) == len(figure) and chosen in values]
    place = next(number for number, (span, _) in enumerate(figure) if span[0] == start)
    return fitting[0][place] if len(fitting) == 1 else None


def _mentions(view: View, sort: str) -> list[Mention]:
    """Where fillers of a sort are named, in order."""
    if sort == "who":
        return sorted((span, company.name) for company in view.companies for span in view.spans_of(company))
    if sort == "where":
        return [((place.start, place.end), place.code) for place in view.places]
    return [((date.start, date.end), date.value) for date in view.dates]


def _runs(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Part mentions into lists: of each only a comma or an "and" stands before the next."""
    runs = [[mention] for mention in mentions[:1]]
    for before, mention in pairwise(mentions):
        if _BETWEEN.fullmatch(text, before[0][1], mention[0][0]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs
