"""One document under judgement: its annotation, what was found, and the article's words for both."""

from dataclasses import dataclass
from functools import cached_property

from rigwire.evaluation.agreement import same_quantity
from rigwire.evaluation.gold import GoldDocument, GoldEvent, GoldQuantity, Texts
from rigwire.evaluation.passages import Passages
from rigwire.evaluation.score import Slip
from rigwire.evaluation.spellings import number_spellings
from rigwire.model import Event, Extraction, Quantity


@dataclass(frozen=True)
class Case:
    """A document and its extraction; one of an article without text where the document could not be read."""

    document: GoldDocument
    extraction: Extraction

    @cached_property
    def passages(self) -> Passages:
        """The sentences of the article."""
        return Passages(self.extraction.article.text or self.document.text or "")

    def slip(self, part: str, problem: str, what: str, words: str | None) -> Slip:
        """Return one thing that went wrong in this document."""
        return Slip(self.document.id, part, problem, what, words)

    def gold_words(self, quantity: GoldQuantity, event: GoldEvent) -> str | None:
        """Return the sentence that states an annotated figure, as far as it can be found."""
        figures = (q for found in self.extraction.events for q in found.quantities)
        if not quantity.words and (same := next((q for q in figures if same_quantity(quantity, q)), None)):
            return self.found_words(same)
        spelt = [quantity.words]
        for value in (*quantity.value, *quantity.low):
            spelt += number_spellings(quantity.kind, value) if value is not None else []
        return self.passages.holding(spelt, within=event.quote) or event.quote

    def gold_event_words(self, event: GoldEvent) -> str | None:
        """Return the words that state an annotated event: its quote, else a sentence with its figure or a name."""
        if event.quote:
            return event.quote
        if event.quantities:
            return self.gold_words(event.quantities[0], event)
        issuers = event.notice.issuer if event.notice else ()
        return self.passages.holding([*event.company, *event.counterparty, *issuers])

    def found_words(self, item: Quantity | Event) -> str | None:
        """Return the sentence of a figure or event that was found; its own words where they are the title's."""
        words = item.text if isinstance(item, Quantity) else item.quote
        return self.passages.at(item.start, item.end) or words


def describe(kind: str, value: float | None, detail: str | None) -> str:
    """Return a figure in one line: `machines 2,600`, `money 25,000,000 USD`."""
    number = "?" if value is None else f"{value:,.6f}".rstrip("0").rstrip(".")
    return " ".join(part for part in (kind, number, detail) if part)


def either(answers: Texts) -> str:
    """Return the right values in words: `Acme or nothing`."""
    return " or ".join(answer or "nothing" for answer in answers)
