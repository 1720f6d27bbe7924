"""Everything that the scanners find in one article, side by side: what events are read from."""

from bisect import bisect_right
from dataclasses import dataclass

from rigwire.extract.bodies import Body, find_bodies
from rigwire.extract.companies import FoundCompany, find_companies
from rigwire.extract.dates import FoundDate, find_dates
from rigwire.extract.ellipsis import elliptical_measures, model_counts
from rigwire.extract.machines import ModelName, find_models
from rigwire.extract.names import find_names
from rigwire.extract.numbers import find_numbers
from rigwire.extract.places import FoundPlace, find_places
from rigwire.extract.quantities import Measure, find_measures
from rigwire.extract.sentences import Sentence, split_sentences
from rigwire.extract.tables import Cell, find_cells, table_measures
from rigwire.extract.words import Word, split_words


@dataclass(frozen=True)
class View:
    """One article with its sentences, words and findings, each list in the order of the text."""

    text: str
    title: str
    published: str | None
    sentences: list[Sentence]
    words: list[Word]
    measures: list[Measure]
    dates: list[FoundDate]
    companies: list[FoundCompany]
    places: list[FoundPlace]
    bodies: list[Body]
    models: list[ModelName]
    cells: list[Cell]
    sentence_starts: list[int]
    word_starts: list[int]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds `offset`."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def words_between(self, start: int, end: int) -> list[Word]:
        """Return the words that lie in `start:end`."""
        left, right = bisect_right(self.word_starts, start - 1), bisect_right(self.word_starts, end - 1)
        return self.words[left:right]

    def cell_at(self, offset: int) -> Cell | None:
        """Return the table cell that holds `offset`."""
        return next((cell for cell in self.cells if cell.start <= offset < cell.end), None)


def scan(text: str, title: str | None, published: str | None) -> View:
    """Run the scanners over an article's text; `published` is ISO 8601 or None."""
    sentences = split_sentences(text)
    dates = find_dates(text, published)
    models = find_models(text)
    blocked = [(d.start, d.end) for d in dates] + [(m.model_start, m.end) for m in models]
    cells = find_cells(text)
    measures = _measures(text, blocked, models, cells)
    avoid = _mask(len(text), blocked)
    names = find_names(text, sentences, avoid)
    places = find_places(text, [(name.start, name.end) for name in names])
    companies = find_companies(text, sentences, avoid, {(p.start, p.end): p.code for p in places})
    inside = _mask(len(text), [span for company in companies for span in company.spans])
    words = split_words(text)
    return View(
        text=text,
        title=title or "",
        published=published,
        sentences=sentences,
        words=words,
        measures=measures,
        dates=dates,
        companies=companies,
        places=[place for place in places if not inside[place.start]],
        bodies=find_bodies(text, sentences),
        models=models,
        cells=cells,
        sentence_starts=[sentence.start for sentence in sentences],
        word_starts=[word.start for word in words],
    )


def _measures(text: str, blocked: list[tuple[int, int]], models: list[ModelName], cells: list[Cell]) -> list[Measure]:
    """All quantities: with a unit, in table cells, counted by a model's name, and with the noun left out."""
    measures = find_measures(text, blocked)
    mask = _mask(len(text), blocked + [(m.start, m.end) for m in measures])
    measures += [m for m in table_measures(text, cells) if not mask[m.start]]
    mask = _mask(len(text), blocked + [(m.start, m.end) for m in measures])
    bare = [n for n in find_numbers(text) if not any(mask[n.start : n.end])]
    counted = model_counts(text, bare, models)
    taken = {m.start for m in counted}
    rest = [n for n in bare if n.start not in taken]
    measures += counted
    measures += elliptical_measures(text, rest, measures)
    return sorted(measures, key=lambda m: m.start)


def _mask(length: int, spans: list[tuple[int, int]]) -> bytearray:
    mask = bytearray(length + 1)
    for start, end in spans:
        mask[start:end] = b"\1" * (end - start)
    return mask
