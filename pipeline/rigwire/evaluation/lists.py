"""Companies, jurisdictions and dates: three sets of values, wherever the article states them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rigwire.evaluation.agreement import same_value
from rigwire.evaluation.case import Case
from rigwire.evaluation.gold import Texts
from rigwire.evaluation.matching import match_sets
from rigwire.evaluation.score import Score, Slip, Tally, total
from rigwire.evaluation.spellings import date_spellings, place_spellings
from rigwire.names import same_name


@dataclass(frozen=True, slots=True)
class _List:
    """What one list wants and what was found, with the span of each found value, and how to compare."""

    part: str
    wanted: tuple[Texts, ...]
    found: Sequence[str]
    spans: dict[str, tuple[int, int]]
    fits: Callable[[Texts, str], bool]
    spellings: Callable[[Texts], Iterable[str | None]]


def score_lists(case: Case) -> Score:
    """Return the tallies of the three lists. What the annotation calls optional counts neither way."""
    return total(_score(case, entries) for entries in (_companies(case), _places(case), _dates(case)))


def _companies(case: Case) -> _List:
    found, document = case.extraction.companies, case.document
    spans = {c.name: (c.mentions[0].start, c.mentions[0].end) for c in reversed(found) if c.mentions}
    return _List("companies", document.companies, [c.name for c in found], spans, same_name, lambda names: names)


def _places(case: Case) -> _List:
    found, document = case.extraction.jurisdictions, case.document
    spans = {p.code: (p.mentions[0].start, p.mentions[0].end) for p in reversed(found) if p.mentions}
    codes = [place.code for place in found]
    return _List("jurisdictions", document.jurisdictions, codes, spans, same_value, place_spellings)


def _dates(case: Case) -> _List:
    found, document = case.extraction.dates, case.document
    spans = {date.value: (date.start, date.end) for date in reversed(found)}
    return _List("dates", document.dates, sorted(spans), spans, same_value, date_spellings)


def _score(case: Case, entries: _List) -> Score:
    needed = [answers for answers in entries.wanted if None not in answers]
    optional = [tuple(a for a in answers if a) for answers in entries.wanted if None in answers]
    matched = match_sets(needed, entries.found, entries.fits)
    rest = [value for index, value in enumerate(entries.found) if index not in matched]
    excused = match_sets(optional, rest, entries.fits)
    wrong = [value for index, value in enumerate(rest) if index not in excused]
    missed = [answers for index, answers in enumerate(needed) if index not in matched.values()]
    tally = Tally(len(matched), len(needed), len(entries.found) - len(excused))
    return Score({entries.part: tally}, slips=tuple(_slips(case, entries, missed, wrong)))


def _slips(case: Case, entries: _List, missed: list[Texts], wrong: list[str]) -> Iterator[Slip]:
    for answers in missed:
        words = case.passages.holding(entries.spellings(answers))
        yield case.slip(entries.part, "missed", " or ".join(filter(None, answers)), words)
    for value in wrong:
        words = case.passages.at(*entries.spans.get(value, (None, None)))
        yield case.slip(entries.part, "wrong", value, words)
