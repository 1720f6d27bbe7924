"""How exact a figure claims to be, by the words around it: "about", "at least", "up to", "or more"."""

import re
from functools import cache

from rigwire.extract.unit_tables import alternatives, single_spaced
from rigwire.knowledge import read_table, split_list

_REACH = 45
_ENDS = re.compile(r"[^\S\n]*(?:[.,;:)]|\n|$)")
"""After "20 MW plus": before more words it adds another thing ("$8 million plus interest")."""
_COMPARED = re.compile(r"(?:%|\bpercent)\s(?:more|less|higher|lower|fewer|greater)\sthan\s(?:the\s)?$")
"""This says how far two figures are apart, and nothing of how exact the second is."""
_PLUS = re.compile(r"\D{0,4}\d[\d.,]*[a-zA-Z]{0,2}\+")
"""The sign inside of a figure: "$50+ million"."""


@cache
def _table() -> tuple[re.Pattern[str], re.Pattern[str], dict[tuple[str, str], str]]:
    table = {
        (row["position"], form.lower()): row["qualifier"]
        for row in read_table("lexicon/qualifiers.csv")
        for form in split_list(row["forms"])
    }
    before = alternatives(form for position, form in table if position == "before")
    after = alternatives(form for position, form in table if position == "after")
    return (
        re.compile(rf"(?<![\w])({before})\s?(?:(?:the|a|an|another|additional|just|total of|a total of)\s)?$", re.I),
        re.compile(rf"(?:\s|-)?({after})(?![\w])", re.I),
        table,
    )


def qualifier(text: str, start: int, end: int) -> str:
    """Return how exact the figure at `start:end` claims to be: exact, about, at_least or at_most."""
    before, after, table = _table()
    match = before.search(text, max(0, start - _REACH), start)
    if match and _COMPARED.search(text, max(0, start - _REACH), start):
        return "exact"
    if match:
        return table["before", single_spaced(match.group(1).lower())]
    match = after.match(text, end)
    if match and not (match.group().endswith(" plus") and not _ENDS.match(text, match.end())):
        words = re.sub(r"\s+", " ", match.group(1).lower())
        return table.get(("after", words)) or table.get(("after", words.lstrip("-"))) or "exact"
    return "at_least" if _PLUS.match(text, start, end) else "exact"
