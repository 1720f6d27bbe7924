"""Which line of the accounts a `results` figure is: revenue, cost, cash ..."""

import re
from functools import cache

from rigwire.extract.quantities import Measure
from rigwire.extract.view import View
from rigwire.knowledge import read_table, split_list

_LOSSES = ("net_loss", "cost", "capex")
_AFTER = 8  # characters by which a word after the figure counts as further off


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    return [
        (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, split_list(row['forms'])))})(?!\w)", re.IGNORECASE),
            row["metric"],
        )
        for row in read_table("lexicon/metrics.csv")
    ]


def metric_of(view: View, measure: Measure) -> str:
    """Return the metric whose words stand nearest to the figure in its sentence or table row, "other" if none does."""
    sentence = view.sentences[view.sentence_at(measure.start)]
    best, nearest = "other", (len(view.text), 0)
    for pattern, metric in _forms():
        for match in pattern.finditer(view.text, sentence.start, sentence.end):
            before = match.end() <= measure.start
            gap = measure.start - match.end() if before else _AFTER + match.start() - measure.end
            rank = (gap, match.start() - match.end())  # "cost of revenue" goes before "revenue"
            if gap >= 0 and rank < nearest:
                best, nearest = metric, rank
    return _negative(best) if ")" in measure.text else best


def _negative(metric: str) -> str:
    """The metric of a sum in brackets, as all amounts are positive: what would need a sign has none."""
    return "net_loss" if metric == "net_income" else metric if metric in _LOSSES else "other"
