"""Long documents in stretches: an event is read from what stands near it, so time grows with the length alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from rigwire.extract.companies import FoundCompany
from rigwire.extract.view import View

_WHOLE = 24_000  # characters; shorter documents, nearly all, are read as one stretch
_STEP = 12_000
_BEFORE, _AFTER = 12_000, 6_000  # what is seen around a stretch


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Placed)


@dataclass(frozen=True)
class Stretch:
    """The part `start:end` of an article, and a view that holds the findings in and around it alone."""

    view: View
    start: int
    end: int

    def own(self, items: Iterable[T]) -> list[T]:
        """Return what begins in the stretch."""
        return [item for item in items if self.start <= item.start < self.end]


def cut_stretches(view: View) -> Iterator[Stretch]:
    """Yield the stretches of an article in order."""
    length = len(view.text)
    if length <= _WHOLE:
        yield Stretch(view, 0, length)
        return
    for start in range(0, length, _STEP):
        end = min(start + _STEP, length)
        yield Stretch(_near(view, start - _BEFORE, end + _AFTER), start, end)


def _near(view: View, low: int, high: int) -> View:
    def near(items: Sequence[T]) -> list[T]:
        return [item for item in items if low <= item.start < high]

    classes, triggers = near(view.classes), near(view.triggers)
    return replace(
        view,
        measures=near(view.measures),
        dates=near(view.dates),
        companies=[one for company in view.companies if (one := _mentioned(company, low, high)) is not None],
        places=near(view.places),
        bodies=near(view.bodies),
        echoes=near(view.echoes),
        facilities=near(view.facilities),
        models=near(view.models),
        cells=near(view.cells),
        classes=classes,
        class_starts=[found.start for found in classes],
        triggers=triggers,
        trigger_starts=[found.start for found in triggers],
        kept={},
    )


def _mentioned(company: FoundCompany, low: int, high: int) -> FoundCompany | None:
    """The firm with its mentions in `low:high`; None without one."""
    spans = tuple(span for span in company.spans if low <= span[0] < high)
    return replace(company, spans=spans) if spans else None
