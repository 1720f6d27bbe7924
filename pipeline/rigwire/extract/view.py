"""Everything that the scanners find in one article, side by side: what events are read from."""

from bisect import bisect_left
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rigwire.extract.bodies import Body
from rigwire.extract.companies import FoundCompany
from rigwire.extract.dates import FoundDate
from rigwire.extract.echoes import Echo
from rigwire.extract.encoder import Encoding, Span, Vectors
from rigwire.extract.facilities import Facility
from rigwire.extract.machines import ModelName
from rigwire.extract.places import FoundPlace
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import Sentence, sentence_at
from rigwire.extract.tables import Cell
from rigwire.extract.triggers import Trigger
from rigwire.extract.words import Word

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """One article with its sentences, words and findings, each list in the order of the text.

    `kept` holds what its readers would otherwise work out again and again.
    """

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
    echoes: list[Echo]
    facilities: list[Facility]
    models: list[ModelName]
    cells: list[Cell]
    encoding: Encoding | None
    sentence_starts: list[int]
    word_starts: list[int]
    classes: list[Trigger]
    class_starts: list[int]
    triggers: list[Trigger]
    trigger_starts: list[int]
    kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gives, reckoned once an article."""
        if key not in self.kept:
            self.kept[key] = make()
        made: T = self.kept[key]
        return made

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds `offset`."""
        return sentence_at(self.sentence_starts, offset)

    def spans_of(self, company: FoundCompany) -> tuple[Span, ...]:
        """Return where a firm is named or stands behind a description, in order."""

        def find() -> tuple[Span, ...]:
            return tuple(sorted([*company.spans, *((e.start, e.end) for e in self.echoes if e.name == company.name)]))

        return self.once(("spans", company.name), find)

    def fillers(self, sort: str) -> list[Span]:
        """Return where those are mentioned who can fill roles of a sort: who, where or when."""
        if sort == "who":
            firms = [span for company in self.companies for span in self.spans_of(company)]
            return firms + [(body.start, body.end) for body in self.bodies]
        found: list[FoundPlace] | list[FoundDate] = self.places if sort == "where" else self.dates
        return [(one.start, one.end) for one in found]

    def vector(self, span: Span) -> Vectors:
        """Return the vector of the words in `span`. The article must have been read by the encoder."""
        assert self.encoding is not None
        return self.encoding.mean(self.sentence_at(span[0]), span)

    def words_between(self, start: int, end: int) -> list[Word]:
        """Return the words that lie in `start:end`."""
        left = bisect_left(self.word_starts, start)
        return self.words[left : bisect_left(self.word_starts, end, left)]

    def count_words(self, start: int, end: int) -> int:
        """Return how many words lie in `start:end`."""
        left = bisect_left(self.word_starts, start)
        return bisect_left(self.word_starts, end, left) - left

    def triggers_between(self, start: int, end: int) -> list[Trigger]:
        """Return the trigger words that begin in `start:end`."""
        left = bisect_left(self.trigger_starts, start)
        return self.triggers[left : bisect_left(self.trigger_starts, end, left)]

    def classes_between(self, start: int, end: int) -> list[Trigger]:
        """Return the words of a class of meaning that begin in `start:end`."""
        left = bisect_left(self.class_starts, start)
        return self.classes[left : bisect_left(self.class_starts, end, left)]

    def cell_at(self, offset: int) -> Cell | None:
        """Return the table cell that holds `offset`."""
        return next((cell for cell in self.cells if cell.start <= offset < cell.end), None)
