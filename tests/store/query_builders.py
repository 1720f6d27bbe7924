"""Values and helpers for the tests of the named queries."""

from datetime import date
from typing import Any

from store_builders import event, quantity

from rigwire.model import Notice
from rigwire.store import Store, run_named

TODAY = date(2023, 5, 11)


def ask(store: Store, name: str, **given: str) -> list[dict[str, Any]]:
    """Return the rows of a named query as dicts."""
    result = run_named(store, name, given, today=TODAY)
    return [dict(zip(result.columns, row, strict=True)) for row in result.rows]


def column(store: Store, name: str, key: str, **given: str) -> list[Any]:
    """Return one column of a named query."""
    return [row[key] for row in ask(store, name, **given)]


def hashrate(value: float, **changes: Any) -> Any:
    """A hashrate in PH/s."""
    return quantity("hashrate", value, "PH/s", f"{value:g} PH/s", **changes)


def power(value: float, **changes: Any) -> Any:
    """A load or capacity in MW."""
    return quantity("power", value, "MW", f"{value:g} MW", **changes)


def money(value: float, currency: str = "USD") -> Any:
    """A sum."""
    return quantity("money", value, currency, f"{value:g}", currency=currency)


def notice(action: str, effective: str | None, until: str | None = None, **changes: Any) -> Any:
    """A power notice of the grid operator for all miners of Kazakhstan."""
    slots = Notice(action, "KEGOC", "miners", None, effective, until)
    return event("power_notice", power(196), notice=slots, **{"jurisdiction": "KZ"} | changes)
