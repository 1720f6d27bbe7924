"""Everything that the scanners find in one article, side by side: what events are read from."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any

from rigwire.extract.bodies import Body
from rigwire.extract.companies import FoundCompany
from rigwire.extract.dates import FoundDate
from rigwire.extract.echoes import Echo
from rigwire.extract.machines import ModelName
from rigwire.extract.places import FoundPlace
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import Sentence
from rigwire.extract.syntax import Tree
from rigwire.extract.tables import Cell
from rigwire.extract.triggers import Trigger
from rigwire.extract.words import Word


@dataclass(frozen=True)
class View:
    """One article with its sentences, words and findings, each list in the order of the text.

    `memory` keeps what its readers would otherwise work out again and again.
    """

    text: str
    title: str
    published: str | None
    may_hold_facts: bool
    sentences: list[Sentence]
    words: list[Word]
    measures: list[Measure]
    dates: list[FoundDate]
    companies: list[FoundCompany]
    places: list[FoundPlace]
    bodies: list[Body]
    echoes: list[Echo]
    models: list[ModelName]
    cells: list[Cell]
    trees: dict[int, Tree]
    sentence_starts: list[int]
    word_starts: list[int]
    classes: list[Trigger]
    class_starts: list[int]
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds `offset`."""
        return max(0, bisect_right(self.sentence_starts, offset) - 1)

    def spans_of(self, company: FoundCompany) -> list[tuple[int, int]]:
        """Return where a firm is named or stands behind a description, in order."""
        return sorted([*company.spans, *((e.start, e.end) for e in self.echoes if e.name == company.name)])

    def path(self, first: tuple[int, int], second: tuple[int, int]) -> list[str]:
        """Return features of the way through the parse from one stretch to another of the same sentence."""
        index = self.sentence_at(first[0])
        tree = self.trees.get(index)
        return tree.path(first, second) if tree is not None and self.sentence_at(second[0]) == index else []

    def words_between(self, start: int, end: int) -> list[Word]:
        """Return the words that lie in `start:end`."""
        left, right = bisect_right(self.word_starts, start - 1), bisect_right(self.word_starts, end - 1)
        return self.words[left:right]

    def classes_between(self, start: int, end: int) -> list[Trigger]:
        """Return the words of a class of meaning that begin in `start:end`."""
        left, right = bisect_left(self.class_starts, start), bisect_left(self.class_starts, end)
        return self.classes[left:right]

    def cell_at(self, offset: int) -> Cell | None:
        """Return the table cell that holds `offset`."""
        return next((cell for cell in self.cells if cell.start <= offset < cell.end), None)
