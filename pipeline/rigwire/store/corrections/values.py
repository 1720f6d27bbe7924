"""The values that people give, checked: what a correction may set, and to what."""

import math
import re
from collections.abc import Mapping
from typing import Any

from rigwire.errors import UsageError
from rigwire.jurisdictions import place_name
from rigwire.model import (
    ACTIONS,
    EVENT_ATTRIBUTES,
    EVENT_TYPES,
    FIGURE_ATTRIBUTES,
    KINDS,
    METRICS,
    NOTICE_ATTRIBUTES,
    QUALIFIERS,
    STATUSES,
    UNITS,
)
from rigwire.store.times import covered_days

_CLOSED = {
    "type": EVENT_TYPES, "status": STATUSES, "action": ACTIONS, "kind": KINDS, "qualifier": QUALIFIERS,
    "metric": METRICS,
}  # fmt: skip
_NEEDED = ("type", "status", "action", "kind", "value", "unit", "qualifier")
_DATES = ("date", "notified", "effective", "until")
_NUMBERS = ("value", "low", "high")
_YEARLESS = re.compile(r"--\d{2}(-\d{2})?(T\d{2}:\d{2})?(/--\d{2}(-\d{2})?)?")


def event_changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes of an event with checked values. Raises `UsageError` for what can't be set or is wrong."""
    return _checked(given, (*EVENT_ATTRIBUTES, *NOTICE_ATTRIBUTES), "an event")


def figure_changes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return attributes of a quantity with checked values, its unit by its kind or currency. Raises as above."""
    changes = _checked(given, FIGURE_ATTRIBUTES, "a quantity")
    if "unit" not in changes and (unit := UNITS.get(changes.get("kind", ""))):
        changes["unit"] = unit
    elif "unit" not in changes and changes.get("currency"):
        is_price = changes.get("kind") == "energy_price"
        changes["unit"] = f"{changes['currency']}/kWh" if is_price else changes["currency"]
    low, high = changes.get("low"), changes.get("high")
    if (low is None) != (high is None) or (low is not None and low > high):
        raise UsageError("low and high go together, low first")
    if low is not None:
        changes |= {"qualifier": "range", "value": changes.get("value", (low + high) / 2)}
    return changes


def _checked(given: Mapping[str, Any], known: tuple[str, ...], of: str) -> dict[str, Any]:
    if not given:
        raise UsageError(f"say what of {of} is to change, as name=value; names are {', '.join(known)}")
    for name in given:
        if name not in known:
            raise UsageError(f"{of} has no {name}; it has {', '.join(known)}")
    return {name: _value(name, value) for name, value in given.items()}


def _value(name: str, value: Any) -> Any:
    """Return one value as its type; an empty text is none."""
    text = str(value).strip() if value is not None else ""
    if not text:
        if name in _NEEDED:
            raise UsageError(f"{name} can't be empty")
        return None
    if name in _CLOSED and text not in _CLOSED[name]:
        raise UsageError(f"{name} is {text!r}, but must be one of {', '.join(_CLOSED[name])}")
    if name in _NUMBERS:
        return _number(name, text)
    if name in _DATES and covered_days(text) == (None, None) and not _YEARLESS.fullmatch(text):
        raise UsageError(f"{name} is {text!r}, but must be a date such as 2021-06-19, 2021-Q3 or 2021-06-19T09:00")
    if name == "jurisdiction" and place_name(text) is None:
        raise UsageError(f"jurisdiction is {text!r}, but must be an ISO 3166 code such as KZ or US-TX")
    return text


def _number(name: str, text: str) -> float:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{name} is {text!r}, but must be a number")
    return number
