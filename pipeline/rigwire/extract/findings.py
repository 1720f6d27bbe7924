"""What the components have found so far in one document."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rigwire.extract.aliases import NameCandidate
from rigwire.extract.bodies import Body
from rigwire.extract.companies import FoundCompany
from rigwire.extract.dates import FoundDate
from rigwire.extract.echoes import Echo
from rigwire.extract.encoder import Encoding
from rigwire.extract.facilities import Facility
from rigwire.extract.gate import speaks_in_passing
from rigwire.extract.machines import ModelName
from rigwire.extract.places import FoundPlace
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import Sentence
from rigwire.extract.tables import Cell
from rigwire.extract.triggers import Trigger
from rigwire.extract.view import View
from rigwire.extract.words import Word

_OF_THE_TRADE = ("miner", "pool", "host", "manufacturer")  # kinds of firms


@dataclass
class Findings:
    """The growing findings on one text; `view` freezes them for the reading of events."""

    text: str
    title: str = ""
    published: str | None = None
    may_hold_facts: bool = True
    sentences: list[Sentence] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    dates: list[FoundDate] = field(default_factory=list)
    models: list[ModelName] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    candidates: list[NameCandidate] = field(default_factory=list)
    companies: list[FoundCompany] = field(default_factory=list)
    places: list[FoundPlace] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    echoes: list[Echo] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    classes: list[Trigger] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    encoding: Encoding | None = None

    def blocked(self) -> list[tuple[int, int]]:
        """Return the spans whose numbers and capitals belong to dates and machine models."""
        return [(d.start, d.end) for d in self.dates] + [(m.model_start, m.end) for m in self.models]

    def may_state_events(self) -> bool:
        """Tell whether there is a figure or a word that could state an event, in an article that speaks of mining."""
        if not (self.may_hold_facts and (self.measures or self.triggers)):
            return False
        firms = (candidate.firm for candidate in self.candidates)
        is_about_mining = bool(self.core_figures()) or any(firm and firm.kind in _OF_THE_TRADE for firm in firms)
        return is_about_mining or not speaks_in_passing(self.title, self.text)

    def core_figures(self) -> list[int]:
        """Return the offsets of counts of machines, hashrates, loads and coins."""
        return [m.start for m in self.measures if m.kind in ("machines", "hashrate", "power", "coins")]

    def view(self) -> View:
        """Return the findings as events are read from them."""
        return View(
            text=self.text,
            title=self.title,
            published=self.published,
            sentences=self.sentences,
            words=self.words,
            measures=self.measures,
            dates=self.dates,
            companies=self.companies,
            places=self.places,
            bodies=self.bodies,
            echoes=self.echoes,
            facilities=self.facilities,
            models=self.models,
            cells=self.cells,
            encoding=self.encoding,
            sentence_starts=[sentence.start for sentence in self.sentences],
            word_starts=[word.start for word in self.words],
            classes=self.classes,
            class_starts=[found.start for found in self.classes],
            triggers=self.triggers,
            trigger_starts=[found.start for found in self.triggers],
        )


def mask(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """Return one byte a character, 1 inside the spans."""
    marked = bytearray(length + 1)
    for start, end in spans:
        marked[start:end] = b"\1" * (end - start)
    return marked
