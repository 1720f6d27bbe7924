"""How an article may write a value that the annotation has in its plain form, so that its words can be shown."""

import calendar
import re
from collections.abc import Iterable, Iterator

from rigwire.jurisdictions import place_name

# What the figure before the unit is multiplied by, in the order of what news writes most.
_SCALES: dict[str, tuple[float, ...]] = {
    "hashrate": (1, 1e-3, 1e3),
    "power": (1, 1e-3, 1e3),
    "energy": (1, 1e-3, 1e3),
    "energy_price": (1, 1e2, 1e3),
    "money": (1e-6, 1e-9, 1, 1e-3),
    "coins": (1, 1e-3),
}
_DATE = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")


def number_spellings(kind: str, value: float) -> Iterator[str]:
    """Yield the digits that may stand for a value in the unit of its kind: 3400 PH/s is "3,400" or "3.4"."""
    for scale in _SCALES.get(kind, (1,)):
        scaled = round(value * scale, 6)
        if scaled:
            plain = f"{scaled:.6f}".rstrip("0").rstrip(".")
            yield f"{scaled:,.6f}".rstrip("0").rstrip(".")
            yield plain


def date_spellings(values: Iterable[str | None]) -> Iterator[str]:
    """Yield what may stand for dates: 2021-06-27 is "June 27", "27 June", "June"; 2021 is "2021"."""
    for value in values:
        parts = _DATE.match(value or "")
        if not parts:
            continue
        month = calendar.month_name[int(parts["month"])] if parts["month"] else ""
        if parts["day"]:
            day = int(parts["day"])
            yield from (f"{month} {day}", f"{month[:3]} {day}", f"{day} {month}", f"{day} {month[:3]}")
        if month:
            yield month
        elif parts["year"] != "-":
            yield parts["year"]


def place_spellings(codes: Iterable[str | None]) -> Iterator[str]:
    """Yield the English names of ISO 3166 codes."""
    yield from (name for code in codes if code and (name := place_name(code)))
