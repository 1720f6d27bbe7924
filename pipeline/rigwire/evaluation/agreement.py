"""When a figure, or an attribute of its event, is what the annotation says."""

from rigwire.evaluation.gold import GoldEvent, GoldQuantity, Numbers, Texts
from rigwire.model import UNITS, Event, Quantity
from rigwire.names import same_name, same_phrase

LINKS = ("type", "status", "company", "counterparty", "jurisdiction", "date", "qualifier")

_COUNTED = ("machines", "sites")  # a count is exact
_TOLERANCE = 0.0005  # of the value, for what is measured


def same_value(answers: Texts, value: str | None) -> bool:
    """Tell whether a value is one of the right ones."""
    return value in answers


def same_number(answers: Numbers, value: float | None, tolerance: float = _TOLERANCE) -> bool:
    """Tell whether a number is one of the right ones, to a share of them."""
    return any(_near(answer, value, tolerance) for answer in answers)


def _near(answer: float | None, value: float | None, tolerance: float) -> bool:
    if answer is None or value is None:
        return answer is value
    return abs(answer - value) <= tolerance * abs(answer) + 1e-12


def same_quantity(gold: GoldQuantity, found: Quantity) -> bool:
    """Tell whether two figures are the same: kind, value, and what gives the value its meaning."""
    tolerance = 0.0 if gold.kind in _COUNTED else _TOLERANCE
    if gold.kind != found.kind or not same_number(gold.value, found.value, tolerance):
        return False
    if not _same_unit(gold, found):
        return False
    ends = ((gold.low, found.low), (gold.high, found.high))
    return all(not answers or same_number(answers, value) for answers, value in ends)


def _same_unit(gold: GoldQuantity, found: Quantity) -> bool:
    match gold.kind:
        case "money" | "energy_price":
            return not gold.currency or same_value(gold.currency, found.currency)
        case "coins":
            return not gold.unit or same_value(gold.unit, found.unit)
    return found.unit == UNITS.get(gold.kind, found.unit)


def right_links(gold: GoldQuantity, gold_event: GoldEvent, found: Quantity, event: Event) -> frozenset[str]:
    """Return which of `LINKS` are right for a figure that was found."""
    right = {
        "type": same_value(gold_event.type, event.type),
        "status": same_value(gold_event.status, event.status),
        "company": same_name(gold_event.company, event.company),
        "counterparty": same_phrase(gold_event.counterparty, event.counterparty),
        "jurisdiction": same_value(gold_event.jurisdiction, event.jurisdiction),
        "date": same_value(gold_event.date, event.date),
        "qualifier": same_value(gold.qualifier, found.qualifier),
    }
    return frozenset(link for link in LINKS if right[link])
