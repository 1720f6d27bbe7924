"""The scores of stories as JSON and as text for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from rigwire.evaluation.report import aligned
from rigwire.evaluation.story_gold import StoryCorpus
from rigwire.evaluation.story_scores import StoryScore, score_annotated, score_extracted

_WAYS = {"annotated events": score_annotated, "extracted events": score_extracted}


def story_scores(corpora: Sequence[StoryCorpus]) -> dict[tuple[str, str], StoryScore]:
    """Return the scores of each corpus, of the annotated events and end to end, by its name and the way."""
    return {(corpus.name, way): score(corpus) for corpus in corpora for way, score in _WAYS.items()}


def stories_json(scores: dict[tuple[str, str], StoryScore], *, errors: bool) -> list[dict[str, Any]]:
    """Return a row a corpus and way; shares are rounded to four digits."""
    return [
        {
            "part": corpus, "of": way, "p": round(score.precision, 4), "r": round(score.recall, 4),
            "f1": round(score.f1, 4), "events": score.events, "found": score.found, "stories": score.stories,
            "right sources": score.sources, "right conflicts": score.conflicts,
        } | ({"errors": list(score.slips)} if errors else {})
        for (corpus, way), score in scores.items()
    ]  # fmt: skip


def stories_lines(scores: dict[tuple[str, str], StoryScore], *, errors: bool) -> Iterator[str]:
    """Yield the lines of the report for people; what went wrong comes first."""
    if errors:
        for (corpus, way), score in scores.items():
            yield f"{corpus}, {way}"
            yield from (f"  {slip}" for slip in score.slips or ["nothing went wrong"])
            yield ""
    header = ("B-cubed", "P", "R", "F1", "events", "found", "stories", "sources right", "conflicts right")
    rows = [
        (
            f"{corpus}, {way}", f"{score.precision:.4f}", f"{score.recall:.4f}", f"{score.f1:.4f}",
            f"{score.events:,}", f"{score.found:,}", f"{score.stories:,}", f"{score.sources:,}", f"{score.conflicts:,}",
        )
        for (corpus, way), score in scores.items()
    ]  # fmt: skip
    yield from aligned(header, rows)
