"""The best values of a story, how many independent sources stand behind them, and what contradicts them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from rigwire.stories.report import Figure, Report
from rigwire.stories.slots import Statement, agree, statements


@dataclass(frozen=True, slots=True)
class Choice:
    """The best statement of a slot, and the number of independent sources that agree with it."""

    best: Statement
    sources: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values of a slot that can't both be right; `sources` state exactly one, `other_sources` the other."""

    slot: str
    value: str
    other: str
    number: float | None
    other_number: float | None
    sources: int
    other_sources: int

    @property
    def difference(self) -> float | None:
        """The difference of the numbers as a share of the larger; None for values without numbers."""
        if self.number is None or self.other_number is None:
            return None
        largest = max(abs(self.number), abs(self.other_number))
        return abs(self.number - self.other_number) / largest if largest else 0.0


@dataclass(frozen=True, slots=True)
class Story:
    """What the reports of one event come to. `statements` are all of them, with whether they agree with the best."""

    reports: tuple[Report, ...]
    lead: Report
    choices: dict[str, Choice]
    statements: tuple[tuple[Statement, bool], ...]
    conflicts: tuple[Conflict, ...]
    sources: int
    first: date | None
    last: date | None

    @property
    def figures(self) -> list[tuple[Figure, int]]:
        """The best figures, each with the number of independent sources that agree with it."""
        return [
            (figure, choice.sources)
            for choice in self.choices.values()
            if isinstance(choice.best.content, tuple)
            for figure in choice.best.content
        ]


def tell(reports: Sequence[Report]) -> Story:
    """Return the story of reports that are one event; a function of their set."""
    reports = sorted(reports, key=lambda report: report.key)
    origins = independent(reports)
    by_slot: dict[str, list[Statement]] = {}
    for report in reports:
        for statement in statements(report):
            by_slot.setdefault(statement.slot, []).append(statement)
    choices = {slot: _choice(slot, given, origins) for slot, given in by_slot.items()}
    judged = [
        (statement, agree(statement, choices[slot].best)) for slot, given in by_slot.items() for statement in given
    ]
    days = sorted(report.published for report in reports if report.published)
    return Story(
        reports=tuple(reports),
        lead=_lead(reports, judged),
        choices=choices,
        statements=tuple(judged),
        conflicts=tuple(pair for slot, given in by_slot.items() for pair in _conflicts(given, choices[slot], origins)),
        sources=len(set(origins.values())),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def independent(reports: Iterable[Report]) -> dict[str, str]:
    """Return for each article the source that it counts as: those of one outlet are one, and copies of one text."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    articles = sorted({(report.article, report.outlet, report.copies) for report in reports})
    for article, outlet, copies in articles:
        for shared in (f"outlet {outlet}", f"text {copies}"):
            a, b = root(f"article {article}"), root(shared)
            parent[max(a, b)] = min(a, b)
    return {article: root(f"article {article}") for article, _, _ in articles}


def _choice(slot: str, given: Sequence[Statement], origins: dict[str, str]) -> Choice:
    """Choose what the most sources agree with, then the most exact, then what most state, then the latest.

    What a person has corrected comes before all that. A status is the latest one: what was planned comes true or is
    called off.
    """

    def rank(statement: Statement) -> tuple[object, ...]:
        supporters = _sources((other for other in given if agree(statement, other)), origins)
        own = _sources((other for other in given if other.value == statement.value), origins)
        published = statement.report.published
        latest = published.toordinal() if published else 0
        exact = tuple(-part for part in statement.exactness)
        checked = not statement.report.is_checked
        first = (checked, -latest) if slot == "status" else (checked,)
        last = (-statement.report.confidence, statement.value, statement.report.key)
        return (*first, -supporters, exact, -own, -latest, *last)

    best = min(given, key=rank) if len(given) > 1 else given[0]
    return Choice(best, _sources((other for other in given if agree(best, other)), origins))


def _conflicts(given: Sequence[Statement], choice: Choice, origins: dict[str, str]) -> list[Conflict]:
    """Return the pairs of values of which no two reports agree, the value with more behind it first."""
    if len(given) < 2:
        return []
    by_value: dict[str, list[Statement]] = {}
    for statement in given:
        by_value.setdefault(statement.value, []).append(statement)

    def rank(value: str) -> tuple[bool, int, str]:
        return value != choice.best.value, -_sources(by_value[value], origins), value

    found = []
    for value, other in combinations(sorted(by_value, key=rank), 2):
        ones, others = by_value[value], by_value[other]
        if any(agree(a, b) for a in ones for b in others):
            continue
        found.append(
            Conflict(
                choice.best.slot, value, other, ones[0].number, others[0].number,
                _sources(ones, origins), _sources(others, origins),
            )
        )  # fmt: skip
    return found


def _sources(given: Iterable[Statement], origins: dict[str, str]) -> int:
    return len({origins[statement.report.article] for statement in given})


def _lead(reports: Sequence[Report], judged: Collection[tuple[Statement, bool]]) -> Report:
    """Return the report that speaks for the story: the one with the most that agrees, then the surest and earliest."""

    def rank(report: Report) -> tuple[object, ...]:
        right = sum(agrees for statement, agrees in judged if statement.report is report)
        wrong = sum(not agrees for statement, agrees in judged if statement.report is report)
        day = report.published or date.max
        return wrong - right, -report.confidence, day, report.key

    return min(reports, key=rank)
