"""Whether a confidence of 0.8 means that eight of ten are right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rigwire.evaluation.score import Judgement

CONFIDENT = 0.8
_BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The judgements with a confidence from `low` up to `low` + 0.1: how many, their mean, and how many right."""

    low: float
    count: int
    confidence: float
    precision: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Of facts or events: the expected calibration error, and what a filter at `CONFIDENT` keeps.

    `error` is the mean distance of confidence and precision over the bins, each weighed by its count
    (Naeini, Cooper and Hauskrecht 2015). `confident_share` is the share that the filter keeps.
    """

    count: int
    error: float
    precision: float
    confident_share: float
    confident_precision: float
    bins: tuple[Bin, ...]


def calibration(judgements: Iterable[Judgement], of: str) -> Calibration:
    """Return the calibration over the judgements of `fact` or `event`; of none all figures are 0."""
    chosen = [judgement for judgement in judgements if judgement.of == of]
    confident = [judgement for judgement in chosen if judgement.confidence >= CONFIDENT]
    bins = tuple(_bins(chosen))
    return Calibration(
        count=len(chosen),
        error=_mean([abs(b.confidence - b.precision) for b in bins for _ in range(b.count)]),
        precision=_precision(chosen),
        confident_share=len(confident) / len(chosen) if chosen else 0.0,
        confident_precision=_precision(confident),
        bins=bins,
    )


def _bins(judgements: Sequence[Judgement]) -> Iterable[Bin]:
    for number in range(_BINS):
        inside = [j for j in judgements if min(int(j.confidence * _BINS), _BINS - 1) == number]
        if inside:
            mean = _mean([judgement.confidence for judgement in inside])
            yield Bin(number / _BINS, len(inside), mean, _precision(inside))


def _precision(judgements: Sequence[Judgement]) -> float:
    return _mean([float(judgement.right) for judgement in judgements])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
