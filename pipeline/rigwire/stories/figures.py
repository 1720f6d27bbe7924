"""Whether two figures can both be right, and how exact a figure is."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from rigwire.stories.report import Figure
from rigwire.stories.rules import rules

# How far off "about" may be, and how far beyond "at least" or below "at most" a figure still is the same one.
_ABOUT = 0.05
_OPEN = 0.25
# A figure with fewer digits than this is no rounding: "5 sites" is five.
_LEAST_DIGITS = 2
_MOST_ROUNDING = 0.03
_COMPARISON = re.compile(r"\bmore than\W*$", re.IGNORECASE)
_EXACTNESS = {"exact": 3, "about": 2, "at_least": 1, "at_most": 1, "range": 0}


def slot(figure: Figure) -> str:
    """Return what a figure is of: `machines`, `money USD`, `coins BTC`, `money USD revenue`."""
    unit = figure.currency or (figure.unit if figure.kind == "coins" else None)
    return " ".join(part for part in (figure.kind, unit, figure.metric) if part)


def agree(one: Figure, other: Figure) -> bool:
    """Tell whether two figures of one slot can both be right.

    They are where they are equal, one is the other rounded, or within what "about", "at least", "at most" and a
    range leave; never where one is said to be all there is and the other to come on top.
    """
    if one.scope and other.scope and one.scope != other.scope:
        return False
    return equal(one.value, other.value) or _allows(one, other) or _allows(other, one)


def sets_agree(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Tell whether two reports agree on a slot: in a figure of both, or in a sum that the other states."""
    if any(agree(one, other) for one in ones for other in others):
        return True
    return _sums_to(ones, others) or _sums_to(others, ones)


def equal(one: float, other: float) -> bool:
    """Tell whether two values are the same but for the arithmetic of units."""
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-12)


def digits(value: float) -> int:
    """Return the number of significant digits, at most 12: 2,600 has two, 18.2 three."""
    return len(Decimal(f"{value:.12g}").normalize().as_tuple().digits)


def exactness(figure: Figure) -> tuple[int, int]:
    """Return what is higher for the more exact of two figures."""
    return _EXACTNESS[figure.qualifier], digits(figure.value)


def text(figure: Figure) -> str:
    """Return a figure as text that is the same for the same figure: `about 2,600 machines more`."""
    number = f"{figure.value:,.6f}".rstrip("0").rstrip(".")
    before = {"about": "about ", "at_least": "at least ", "at_most": "at most "}.get(figure.qualifier, "")
    if figure.qualifier == "range" and figure.low is not None and figure.high is not None:
        number = f"{figure.low:,g} to {figure.high:,g}"
    after = {"total": " in all", "more": " more"}.get(figure.scope or "", "")
    return f"{before}{number} {figure.currency or figure.unit}{after}"


def scope_of(before: str, words: str, after: str) -> str | None:
    """Return `total` or `more` where the words of a figure or those right beside it say so, else None."""
    if re.match(r"\W*more than\b", f"{words}{after}", re.IGNORECASE) or _COMPARISON.search(before):
        return None
    for scope in ("more", "total"):
        cue = _scope_cue(scope).pattern
        beside = (rf"{cue}\W*$", before), (cue, words), (rf"^\W*(?:\w+\W+)?{cue}", after)
        if any(re.search(pattern, text, re.IGNORECASE) for pattern, text in beside):
            return scope
    return None


@cache
def _scope_cue(scope: str) -> re.Pattern[str]:
    forms = sorted(rules().scopes[scope], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


def _allows(loose: Figure, figure: Figure) -> bool:
    """Tell whether the looser of two figures leaves room for the other."""
    value, other = loose.value, figure.value
    match loose.qualifier:
        case "about":
            return math.isclose(value, other, rel_tol=_ABOUT)
        case "at_least":
            return value <= other <= value * (1 + _OPEN)
        case "at_most":
            return value * (1 - _OPEN) <= other <= value
        case "range":
            return loose.low is not None and loose.high is not None and loose.low <= other <= loose.high
        case _:
            return _is_rounding(value, other)


def _is_rounding(value: float, other: float) -> bool:
    known = digits(value)
    if known < _LEAST_DIGITS or not math.isclose(value, other, rel_tol=_MOST_ROUNDING):
        return False
    return equal(float(f"{other:.{known}g}"), value)


def _sums_to(parts: Sequence[Figure], wholes: Sequence[Figure]) -> bool:
    total = sum(part.value for part in parts)
    return len(parts) > 1 and any(math.isclose(whole.value, total, rel_tol=0.01) for whole in wholes)
