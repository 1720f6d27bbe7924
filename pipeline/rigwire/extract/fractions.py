"""Shares in words: "about a fifth of the world's bitcoin mining". Other fractions are hardly ever more than a turn."""

import re
from functools import cache

from rigwire.extract.qualifiers import qualifier
from rigwire.extract.quantities import Measure
from rigwire.extract.unit_tables import alternatives, opening, single_spaced
from rigwire.knowledge import read_table, split_list


@cache
def _table() -> tuple[re.Pattern[str], dict[str, float]]:
    rows = list(read_table("lexicon/fractions.csv"))
    values = {f: float(row["value"]) for row in rows if row["role"] == "fraction" for f in split_list(row["forms"])}
    forms = {row["role"]: alternatives(split_list(row["forms"])) for row in rows}
    between = rf"(?:\s(?:{forms['between']}|\w+[’']s?)){{0,5}}\s(?:{forms['whole']})(?!\w)"
    parts = rf"(?:{alternatives(values)})(?=\sof\b)|half(?=\s(?:the|its|their|of)\b)"
    pattern = rf"{opening(values)}(?<![\w-])(?<!first )(?<!second )(?<!last )({parts}){between}"
    return re.compile(pattern, re.IGNORECASE), values


def fraction_measures(text: str) -> list[Measure]:
    """Return the parts of what is mined that are stated as fractions, in per cent."""
    pattern, values = _table()
    return [
        Measure(
            "share",
            values[single_spaced(match[1]).lower()],
            "%",
            qualifier(text, match.start(1), match.end(1)),
            match[1],
            match.start(1),
            match.end(1),
            noun="%",
        )
        for match in pattern.finditer(text)
    ]
