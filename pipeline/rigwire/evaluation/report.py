"""An evaluation as JSON and as text for people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from rigwire.evaluation.agreement import LINKS
from rigwire.evaluation.calibration import CONFIDENT, Calibration, calibration
from rigwire.evaluation.corpus import MISSING, Evaluation
from rigwire.evaluation.notices import SLOTS
from rigwire.evaluation.score import HEADLINE, Score, Slip, Tally
from rigwire.model import EVENT_TYPES, KINDS

PARTS = (
    "companies", "jurisdictions", "dates", "core quantities", "quantities", "core facts", "core full facts",
    "facts", "full facts", "events", "notices",
)  # fmt: skip
_JUDGED = ("fact", "event")


def report_json(evaluation: Evaluation, breakdown: str, *, errors: bool) -> dict[str, Any]:
    """Return the report: a row a part, the counts, the calibration, and what `breakdown` and `errors` ask for.

    Shares are rounded to four digits.
    """
    whole = evaluation.whole
    report: dict[str, Any] = {"documents": len(evaluation.documents), "headline": round(whole.headline, 4)}
    report |= {part: _row(whole.tally(part)) for part in _parts(whole)}
    report["attributes"] = _links(whole)
    report["notice slots missed"] = {s: whole.counts["slot", s] for s in SLOTS if whole.counts["slot", s]}
    report["false notices"] = whole.counts["notices", "false"]
    report["provenance"] = {"spans": whole.counts["spans", "all"], "wrong": whole.counts["spans", "wrong"]}
    report["calibration"] = {of: _rounded(calibration(whole.judgements, of), breakdown) for of in _JUDGED}
    if breakdown == "doc":
        report["by document"] = {
            name: {"headline": round(score.headline, 4)} | {part: _row(score.tally(part)) for part in PARTS}
            for name, score in evaluation.documents.items()
        }
    if errors:
        report["errors"] = [asdict(slip) for slip in whole.slips]
    return report


def report_lines(evaluation: Evaluation, breakdown: str, *, errors: bool) -> Iterator[str]:
    """Yield the lines of the report for people; what went wrong comes first."""
    whole = evaluation.whole
    if errors:
        yield from _slip_lines(whole.slips)
    match breakdown:
        case "doc":
            yield from _document_lines(evaluation)
        case "confidence":
            yield from _confidence_lines(whole)
        case _:
            yield from _part_lines(whole)
    yield ""
    yield f"headline {whole.headline:.4f} over {len(evaluation.documents)} documents"


def _parts(score: Score) -> list[str]:
    """Return the parts that have a row: always the main ones, and each kind and type that occurs."""
    detailed = [f"quantity:{kind}" for kind in KINDS] + [f"event:{type_}" for type_ in EVENT_TYPES]
    return [*PARTS, *(part for part in (*detailed, MISSING) if part in score.tallies)]


def _row(tally: Tally) -> dict[str, float]:
    shares = {"p": tally.precision, "r": tally.recall, "f1": tally.f1}
    return {name: round(share, 4) for name, share in shares.items()} | {"gold": tally.gold, "guess": tally.found}


def _links(score: Score) -> dict[str, float]:
    linked = score.counts["linked", "all"]
    return {link: round(score.counts["link", link] / linked, 4) for link in LINKS} if linked else {}


def _rounded(figures: Calibration, breakdown: str) -> dict[str, Any]:
    plain = asdict(figures)
    bins = plain.pop("bins")
    kept = {name: round(value, 4) for name, value in plain.items()}
    if breakdown == "confidence":
        kept["bins"] = [{name: round(value, 4) for name, value in one.items()} for one in bins]
    return kept


def _part_lines(score: Score) -> Iterator[str]:
    header = ("", "P", "R", "F1", "gold", "found")
    rows = [
        (part, f"{t.precision:.4f}", f"{t.recall:.4f}", f"{t.f1:.4f}", f"{t.gold:,}", f"{t.found:,}")
        for part, t in ((part, score.tally(part)) for part in _parts(score))
    ]
    yield from aligned(header, rows)
    yield ""
    links = [(link, f"{share:.4f}") for link, share in _links(score).items()]
    yield from aligned(("of the quantities found, right in", ""), links)
    yield ""
    missed = {slot: score.counts["slot", slot] for slot in SLOTS if score.counts["slot", slot]}
    yield f"notice slots missed: {', '.join(f'{s} {n}' for s, n in missed.items()) or 'none'}"
    yield f"notices where there is none: {score.counts['notices', 'false']}"
    wrong, spans = score.counts["spans", "wrong"], score.counts["spans", "all"]
    yield f"spans that do not give back their words: {wrong:,} of {spans:,}"
    yield from (_calibration_line(score, of) for of in _JUDGED)


def _calibration_line(score: Score, of: str) -> str:
    figures = calibration(score.judgements, of)
    return (
        f"confidence of {of}s: calibration error {figures.error:.4f}; {figures.confident_share:.0%} have "
        f"{CONFIDENT} or more, of which {figures.confident_precision:.4f} are right, of all {figures.precision:.4f}"
    )


def _document_lines(evaluation: Evaluation) -> Iterator[str]:
    parts = (*HEADLINE[:-1], "events", "notices")
    rows = [
        (name, f"{score.headline:.4f}", *(_f1(score.tally(part)) for part in parts))
        for name, score in evaluation.documents.items()
    ]
    yield from aligned(("F1", "headline", *parts), rows)


def _f1(tally: Tally) -> str:
    """Return the F1 of a part; nothing where there is nothing of it."""
    return f"{tally.f1:.4f}" if tally.gold or tally.found else "-"


def _confidence_lines(score: Score) -> Iterator[str]:
    for of in _JUDGED:
        rows = [
            (f"{b.low:.1f}", f"{b.count:,}", f"{b.confidence:.4f}", f"{b.precision:.4f}")
            for b in calibration(score.judgements, of).bins
        ]
        yield from aligned((f"{of}s from", "count", "confidence", "right"), rows)
        yield _calibration_line(score, of)
        yield ""


def _slip_lines(slips: Iterable[Slip]) -> Iterator[str]:
    for document, own in groupby(slips, key=lambda slip: slip.document):
        yield document
        for slip in own:
            yield f"  {slip.part} {slip.problem}: {slip.what}"
            if slip.words:
                yield f"    “{' '.join(slip.words.split())}”"
        yield ""


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield aligned lines: the first column to the left, figures to the right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
