"""How well reports are gathered into stories: B-cubed over the annotated events, by annotation and end to end.

B-cubed: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space model" (1998).
"""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from rigwire.documents import Document
from rigwire.evaluation.story_gold import GoldReport, StoryCorpus
from rigwire.model import Event, Extraction, Hints
from rigwire.stages import extract_article, read_article
from rigwire.store import Store, begin_run, open_database, save_article

# An annotated event: the id of its article, its id there.
Item: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class StoryScore:
    """B-cubed precision and recall over `events`, of which `found` were there to be gathered.

    `sources` and `conflicts` count the stories whose number of independent sources and whose disputed slots are
    right. `slips` says in words what was joined or parted wrongly.
    """

    precision: float
    recall: float
    events: int
    found: int
    stories: int
    sources: int
    conflicts: int
    slips: tuple[str, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def score_annotated(corpus: StoryCorpus) -> StoryScore:
    """Return how well the annotated events are gathered: the gathering alone."""
    return _score(corpus, lambda report: report.extraction)


def score_extracted(corpus: StoryCorpus) -> StoryScore:
    """Return how well what is extracted from the articles is gathered; an event that was missed stands alone."""
    return _score(corpus, _extracted)


def b_cubed(found: Mapping[Item, Any], gold: Mapping[Item, str]) -> tuple[float, float]:
    """Return precision and recall: the mean share, over all items, of its group's items that belong with it."""
    groups, stories = Counter(found[item] for item in gold), Counter(gold.values())
    both = Counter((found[item], gold[item]) for item in gold)
    precision = sum(both[found[item], gold[item]] / groups[found[item]] for item in gold)
    recall = sum(both[found[item], gold[item]] / stories[gold[item]] for item in gold)
    return (precision / len(gold), recall / len(gold)) if gold else (1.0, 1.0)


def _extracted(report: GoldReport) -> Extraction:
    article = report.article
    hints = Hints(article.id, article.url, article.title, article.published, (), article.site)
    return extract_article(read_article(Document(article.source, article.text, False, hints)))


def _score(corpus: StoryCorpus, read: Callable[[GoldReport], Extraction]) -> StoryScore:
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "stories.db") as store:
        extractions = {report.id: read(report) for report in corpus.reports}
        _save(store, extractions.values())
        gold = {(report.id, event): label for report in corpus.reports for event, label in report.labels.items()}
        pairs = {item: local for report in corpus.reports for item, local in _matched(report, extractions[report.id])}
        rows = {(row["document_id"], row["local_id"]): row for row in store.rows(_STORIES)}
        # What was not extracted is a story of its own.
        groups = {item: rows[pairs[item]]["story_id"] if item in pairs else item for item in gold}
        disputed: dict[Any, set[str]] = defaultdict(set)
        for row in store.rows("select story_id, slot from story_conflicts"):
            disputed[row["story_id"]].add(row["slot"])
        sources = {row["story_id"]: row["sources"] for row in rows.values()}
    precision, recall = b_cubed(groups, gold)
    told = {story.label: _main_group(groups, gold, story.label) for story in corpus.stories}
    return StoryScore(
        precision, recall, len(gold), len(pairs), len(corpus.stories),
        sum(sources.get(told[story.label]) == story.sources for story in corpus.stories),
        sum(disputed[told[story.label]] == story.conflicts for story in corpus.stories),
        tuple(_slips(corpus, groups, gold, told, sources, disputed)),
    )  # fmt: skip


_STORIES = """
    select articles.document_id, events.local_id, story_rows.id as story_id, story_rows.sources
    from events join articles on articles.id = events.article_id
    join story_members on story_members.event_id = events.id join story_rows on story_rows.id = story_members.story_id
"""


def _save(store: Store, extractions: Iterable[Extraction]) -> None:
    now = datetime(2000, 1, 1, tzinfo=UTC)
    run_id = begin_run(store, "evaluate", "0", now)
    for extraction in extractions:
        save_article(
            store, page=None, article=extraction.article, extraction=extraction, source_id=None, run_id=run_id,
            now=now, extractor_version="0",
        )  # fmt: skip


def _matched(report: GoldReport, extraction: Extraction) -> list[tuple[Item, Item]]:
    """Return the annotated events with the extracted ones that state them, the best pairs first, each once."""
    pairs = [
        (-likeness, gold.id, event.id)
        for gold in report.extraction.events
        for event in extraction.events
        if (likeness := _likeness(gold, event)) > 0
    ]
    matched: dict[str, str] = {}
    for _, gold_id, event_id in sorted(pairs):
        if gold_id not in matched and event_id not in matched.values():
            matched[gold_id] = event_id
    return [((report.id, gold_id), (report.id, event_id)) for gold_id, event_id in matched.items()]


def _likeness(gold: Event, event: Event) -> float:
    """Score how likely an extracted event is the annotated one: by its figures, else by type and sentence."""
    values = {(q.kind, q.value) for q in gold.quantities} & {(q.kind, q.value) for q in event.quantities}
    overlaps = gold.quote in event.quote or event.quote in gold.quote
    if (gold.quantities and not values) or (not gold.quantities and not (gold.type == event.type and overlaps)):
        return 0.0
    return 2.0 * len(values) + (gold.type == event.type) + (gold.status == event.status) * 0.5 + overlaps * 0.5


def _main_group(groups: Mapping[Item, Any], gold: Mapping[Item, str], label: str) -> Any:
    """Return the group that most of a story's events are in."""
    counted = Counter(str(groups[item]) for item in gold if gold[item] == label)
    most = max(sorted(counted), key=lambda name: counted[name])
    return next(groups[item] for item in gold if gold[item] == label and str(groups[item]) == most)


def _slips(
    corpus: StoryCorpus,
    groups: Mapping[Item, Any],
    gold: Mapping[Item, str],
    told: Mapping[str, Any],
    sources: Mapping[Any, int],
    disputed: Mapping[Any, set[str]],
) -> Iterable[str]:
    for label in sorted(set(gold.values())):
        own = sorted(item for item in gold if gold[item] == label)
        for item in own:
            if groups[item] != _main_group(groups, gold, label):
                yield f"{label}: {'/'.join(item)} is not with the others"
        strangers = {gold[item] for item in gold if groups[item] == _main_group(groups, gold, label)} - {label}
        yield from (f"{label}: is joined with {other}" for other in sorted(strangers))
    for story in corpus.stories:
        group = told[story.label]
        if sources.get(group) != story.sources:
            yield f"{story.label}: has {sources.get(group)} independent sources, not {story.sources}"
        if disputed[group] != story.conflicts:
            yield f"{story.label}: disputed are {sorted(disputed[group])}, not {sorted(story.conflicts)}"
