"""Where reports that may be one event meet, so that a new one is compared with few."""

from datetime import date, timedelta

from rigwire.stories import figures
from rigwire.stories.parties import root_key
from rigwire.stories.report import Report
from rigwire.stories.rules import rules


def blocks_of(report: Report) -> frozenset[str]:
    """Return the blocks of a report: its firms, its place, and where it lacks either its figures.

    Only reports that share one are compared: a link needs a firm, a place or a figure in common.
    """
    firms = [party for party in (report.company, report.counterparty) if party and party.is_named]
    found = {f"firm {root_key(party)}" for party in firms}
    if report.jurisdiction:
        found.add(f"place {report.jurisdiction.partition('-')[0]} {_family(report.type)}")
    if not (firms and report.jurisdiction):
        found |= {f"figure {figures.slot(figure)} {figure.value:.4g}" for figure in report.figures}
    return frozenset(found)


def within_reach(one: Report, other: Report) -> bool:
    """Tell whether two articles are near enough in time to be compared; undated ones always are."""
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= reach()


def reach() -> int:
    """Return the most days between the publication of two reports of one event."""
    return max(rules().window[name] for name in ("plain", "target", "same_date"))


def days_within_reach(published: date) -> tuple[str, str]:
    """Return the first and the last day of publication that a report is compared with."""
    span = timedelta(days=reach())
    return (published - span).isoformat(), (published + span).isoformat()


def _family(kind: str) -> str:
    """Return the types that a type can be the same as; a type outside of all families stands alone."""
    joined = {kind}
    families = [set(family) for family in rules().families.values()]
    while more := [family for family in families if family & joined and not family <= joined]:
        joined |= set().union(*more)
    return min(joined)
