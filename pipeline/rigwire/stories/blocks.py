"""Where reports that may be one event meet, so that a new one is compared with few.

Reports are compared that share a firm, a place and family of types, or, where they lack either, a figure. Articles that
came out far from each other, or on an unknown day, are compared only where both also state the same day.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from rigwire.stories import figures
from rigwire.stories.parties import root_key
from rigwire.stories.periods import is_day
from rigwire.stories.report import Report
from rigwire.stories.rules import rules


def blocks_of(report: Report) -> frozenset[str]:
    """Return the blocks in which a report is found."""
    return frozenset([*_with_day(report, _blocks(report, seeking=False))])


def sought_blocks(report: Report) -> frozenset[str]:
    """Return the blocks in which a report looks for others.

    One that names its firm meets others that do by the firm, so by the place it looks only for those that don't.
    """
    return frozenset([*_with_day(report, _blocks(report, seeking=True))])


def is_dated(block: str) -> bool:
    """Tell a block of reports that state the same day, however far apart they came out."""
    return block.startswith("day ")


def days_within_reach(published: date, *, dated: bool) -> tuple[str, str]:
    """Return the first and the last day of publication of the reports of a block that one is compared with."""
    window = rules().window
    span = timedelta(days=window["same_date"] if dated else max(window["plain"], window["target"]))
    return (published - span).isoformat(), (published + span).isoformat()


def _blocks(report: Report, *, seeking: bool) -> Iterator[str]:
    firms = [party for party in (report.company, report.counterparty) if party and party.is_named]
    yield from (f"firm {root_key(party)}" for party in firms)
    if report.jurisdiction:
        is_named = report.company is not None and report.company.is_named
        own, other = ("named", "open") if is_named else ("open", "named")
        place = f"place {report.jurisdiction.partition('-')[0]} {_family(report.type)}"
        sought = (other,) if is_named else (own, other)
        yield from (f"{place} {kind}" for kind in (sought if seeking else (own,)))
    if not (firms and report.jurisdiction):
        yield from (f"figure {figures.slot(figure)} {figure.value:.4g}" for figure in report.figures)


def _with_day(report: Report, blocks: Iterator[str]) -> Iterator[str]:
    """Yield blocks as they are where the article has a day, and for the day that an event states."""
    stated = report.dates.get("date")
    for block in blocks:
        if report.published:
            yield block
        if stated and stated.start and is_day(stated):
            yield f"day {stated.start} {block}"


@cache
def _family(kind: str) -> str:
    """Return the types that a type can be the same as; a type outside of all families stands alone."""
    joined = {kind}
    families = [set(family) for family in rules().families.values()]
    while more := [family for family in families if family & joined and not family <= joined]:
        joined |= set().union(*more)
    return min(joined)
