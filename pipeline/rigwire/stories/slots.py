"""What a report says, slot by slot, in a form that can be compared: text, dates, figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rigwire.stories import figures as figure_rules
from rigwire.stories import periods
from rigwire.stories.parties import relation, same_words
from rigwire.stories.report import Figure, Party, Period, Report

NAMES = ("type", "status", "company", "counterparty", "jurisdiction", "site", "action", "issuer", "recipient")
DATES = ("date", "notified", "effective", "until")
# Free words for one thing differ without a contradiction.
_FREE = ("site", "recipient")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one report says in one slot. `content` is the text, `Party`, `Period` or figures behind `value`.

    `number` is the sum of the figures; `exactness` is higher for the more exact of two statements.
    """

    report: Report
    slot: str
    value: str
    content: Any
    words: str | None
    number: float | None
    exactness: tuple[float, ...]


def statements(report: Report) -> Iterator[Statement]:
    """Yield what a report states, at most one statement a slot."""
    yield from _name_statements(report)
    for name in DATES:
        # The date of a notice is the day on which it takes effect: one slot, not two.
        if name == "date" and "effective" in report.dates:
            continue
        if period := report.dates.get(name):
            extent = periods.extent(period)
            exactness = (extent.exactness,) if extent else (-400.0,)
            yield Statement(
                report, name, extent.text if extent else period.value, period, period.words or None, None, exactness
            )
    by_slot: dict[str, list[Figure]] = {}
    for figure in report.figures:
        by_slot.setdefault(figure_rules.slot(figure), []).append(figure)
    for slot, figures in by_slot.items():
        figures.sort(key=lambda figure: (-figure.value, figure_rules.text(figure), figure.words))
        yield Statement(
            report,
            slot,
            " + ".join(dict.fromkeys(map(figure_rules.text, figures))),
            tuple(figures),
            "; ".join(figure.words for figure in figures if figure.words) or None,
            sum(figure.value for figure in figures),
            max(figure_rules.exactness(figure) for figure in figures),
        )


def agree(one: Statement, other: Statement) -> bool:
    """Tell whether two statements of one slot can both be right."""
    if one is other:
        return True  # most stories have one report
    a, b = one.content, other.content
    if isinstance(a, Period) and isinstance(b, Period):
        return periods.agree(a, b)
    if isinstance(a, Party) and isinstance(b, Party):
        return relation(a, b) != "different"
    match one.slot:
        case "status":
            return a == b or _has_come_true(one, other) or _has_come_true(other, one)
        case "jurisdiction":
            return bool(a == b or a.startswith(f"{b}-") or b.startswith(f"{a}-"))
        case "issuer":
            return same_words(a, b)
        case "type" | "action":
            return bool(a == b)
        case slot if slot in _FREE:
            return True
    return figure_rules.sets_agree(a, b)




def _name_statements(report: Report) -> Iterator[Statement]:
    notice = report.notice
    contents: dict[str, Any] = {
        "type": report.type,
        "status": report.status,
        "company": report.company,
        "counterparty": report.counterparty,
        "jurisdiction": report.jurisdiction,
        "site": report.site,
        "action": notice.action if notice else None,
        "issuer": notice.issuer if notice else None,
        "recipient": notice.recipient if notice else None,
    }
    for slot in NAMES:
        content = contents[slot]
        if content is None:
            continue
        value = content.name if isinstance(content, Party) else content
        is_named = content.is_named if isinstance(content, Party) else slot == "issuer" and _is_named(report, content)
        yield Statement(report, slot, value, content, None, None, (float(is_named), float(len(value))))


def _is_named(report: Report, issuer: str) -> bool:
    """Tell whether the issuer of a notice is the firm that is the report's other party."""
    other = report.counterparty
    return other is not None and other.is_named and same_words(issuer, other.name)


def _has_come_true(plan: Statement, deed: Statement) -> bool:
    """Tell a plan that a later article reports as done: no disagreement."""
    if plan.content not in ("planned", "proposed") or deed.content != "actual":
        return False
    announced, done = plan.report.published, deed.report.published
    return announced is None or done is None or announced < done
