"""An extraction as people read it."""

import click

from rigwire.cli.output import cell, print_table
from rigwire.model import Company, Event, Extraction, Quantity

COLUMNS = ("id", "type", "status", "company", "counterparty", "place", "date", "quantities", "sentence")
_SIGNS = {"about": "about ", "at_least": "at least ", "at_most": "at most "}


def print_extraction(extraction: Extraction) -> None:
    """Print title, origin, companies, places, dates, and a table of the events."""
    article = extraction.article
    click.echo(cell(article.title or "(no title)"))
    click.echo(" · ".join(cell(fact) for fact in (article.source, article.site, article.published) if fact))
    lists = {
        "companies": [_company(company) for company in extraction.companies],
        "places": [f"{place.name} ({place.code})" for place in extraction.jurisdictions],
        "dates": list(dict.fromkeys(date.value for date in extraction.dates)),
    }
    for name, entries in lists.items():
        if entries:
            click.echo(f"{name}: {cell(', '.join(entries))}")
    click.echo()
    if extraction.events:
        print_table(COLUMNS, [_row(event) for event in extraction.events])
    else:
        click.echo("no events")
    click.echo()


def _company(company: Company) -> str:
    return f"{company.name} ({company.ticker})" if company.ticker else company.name


def _row(event: Event) -> list[str | None]:
    place = " / ".join(part for part in (event.jurisdiction, event.site) if part)
    quantities = "; ".join(quantity_text(quantity) for quantity in event.quantities)
    counterparty = event.counterparty or (event.notice.issuer if event.notice else None)
    return [
        event.id, event.type, event.status, event.company, counterparty, place, event.date, quantities, event.quote,
    ]  # fmt: skip


def quantity_text(quantity: Quantity) -> str:
    """Return a figure as people write it: `about 1,250 machines (S21)`."""
    value = cell(float(quantity.value))
    if quantity.qualifier == "range" and quantity.low is not None and quantity.high is not None:
        value = f"{cell(float(quantity.low))} to {cell(float(quantity.high))}"
    words = [f"{_SIGNS.get(quantity.qualifier, '')}{value}", quantity.unit]
    words += [f"({detail})" for detail in (quantity.model, quantity.metric) if detail]
    return " ".join(words)
