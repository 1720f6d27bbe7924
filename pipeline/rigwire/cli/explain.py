"""One event in full: each attribute, its value, and which rule or component gave it."""

import click

from rigwire.cli.output import cell, print_table
from rigwire.cli.report import quantity_text
from rigwire.model import EVENT_ATTRIBUTES, NOTICE_ATTRIBUTES, Event, Extraction

COLUMNS = ("attribute", "value", "given by")


def print_explanation(extraction: Extraction, event: Event) -> None:
    """Print where an event stands, its words, and a table of its attributes with what gave them."""
    span = "the title" if event.start is None else f"characters {event.start:,} to {event.end:,}"
    click.echo(f"{event.id} of {cell(extraction.article.source)}, {span}, confidence {event.confidence:.2f}")
    click.echo(f"“{cell(event.quote)}”")
    click.echo()
    print_table(COLUMNS, explanation(event))
    click.echo()


def explanation(event: Event) -> list[tuple[str, str, str]]:
    """Return attribute, value and origin for what the event has, and for what was looked for and not found."""
    rows = [(name, getattr(event, name) or "", event.trace.get(name, "")) for name in EVENT_ATTRIBUTES]
    if event.notice:
        rows += [(slot, getattr(event.notice, slot) or "", event.trace.get(slot, "")) for slot in NOTICE_ATTRIBUTES]
    rows = [row for row in rows if row[1] or row[2]]
    for quantity in event.quantities:
        origin = event.trace.get(quantity.kind) or event.trace.get("quantities", "")
        rows.append((quantity.kind, f"{quantity_text(quantity)}, from “{quantity.text}”", origin))
    shown = {name for name, _, _ in rows} | {"quantities"}
    return rows + [(name, "", origin) for name, origin in event.trace.items() if name not in shown]
