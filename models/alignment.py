"""Where in a text its gold annotation stands: figures to events, sentences to acts, names to firms."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language

from rigwire.extract import roles
from rigwire.extract.companies import FoundCompany, company_of, is_place, surroundings
from rigwire.extract.components import settle
from rigwire.extract.drafts import Draft
from rigwire.extract.features import act_word
from rigwire.extract.findings import Findings
from rigwire.extract.names import strip_legal
from rigwire.extract.pipeline import load_pipeline, run
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import Sentence
from rigwire.extract.view import View

Gold = dict[str, Any]
NO_VECTOR = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True)
class Document:
    """An annotated document: its text as the extractor sees it, and its gold."""

    id: str
    title: str
    published: str | None
    text: str
    gold: Gold

    def is_company(self, forms: list[str]) -> bool | None:
        """Tell whether a name with these spellings is a firm of the gold; None where the gold leaves it open."""
        keys = {key(form) for form in forms}
        for entry in self.gold["companies"]:
            names = [entry["name"], *entry.get("aliases", [])] if isinstance(entry, dict) else options(entry)
            if keys & {key(name) for name in names if name}:
                return None if None in names else True
        return False


def read_documents(folders: Iterable[Path]) -> Iterator[Document]:
    """Yield the documents of the folders, by name."""
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            text = data.get("text") or data["body"]
            yield Document(
                data["id"],
                data.get("title") or "",
                data.get("published") or data.get("published_gold"),
                text,
                data["gold"],
            )


def options(value: Any) -> list[Any]:
    """The values that are right: an annotation is one of them, or a list."""
    return value if isinstance(value, list) else [value]


def first(value: Any) -> str:
    """The first of the values that are right, nobody aside."""
    return next(str(v) for v in options(value) if v is not None)


def key(name: str | None) -> str:
    """What spellings of one name have in common: its words in lower case, without signs and legal suffixes."""
    return re.sub(r"[^a-z0-9]+", " ", strip_legal(name or "").lower().replace("’", "'")).strip()


def matches(slot: str, wanted: Any, value: str | None) -> bool:
    """Tell whether a candidate is one of the values that the gold takes as right."""
    if slot in ("company", "counterparty"):
        return any(key(w) == key(value) for w in options(wanted))
    if slot == "recipient":
        return any(_same_phrase(w, value) for w in options(wanted))
    return value in options(wanted)


def _same_phrase(wanted: str | None, value: str | None) -> bool:
    a, b = key(wanted), key(value)
    if not a or not b:
        return a == b
    x, y = set(a.split()), set(b.split())
    return a == b or ((x <= y or y <= x) and len(x ^ y) <= 3 and a.split()[-1] in y)


@dataclass(frozen=True)
class Fact:
    """A figure of the text with the gold event that carries it; `type` is "none" where no event does."""

    measure: Measure
    event: Gold | None
    type: str
    weight: float


@dataclass(frozen=True)
class Act:
    """The part of a sentence that could state an event without a figure, with that event if the gold has one."""

    span: tuple[int, int]
    event: Gold | None
    type: str
    filled: tuple[str, ...]


@dataclass
class Aligned:
    """A scanned document with its figures and sentences tied to the gold."""

    document: Document
    found: Findings
    view: View
    facts: list[Fact] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def anchors(self) -> Iterator[tuple[roles.Anchor, Gold]]:
        """Yield each place of the text from which an event is read, with the event."""
        for fact in self.facts:
            if fact.event is not None:
                yield (
                    self._anchor((fact.measure.start, fact.measure.end), fact.type, fact.measure.kind, fact.event),
                    fact.event,
                )
        for act in self.acts:
            if act.event is not None:
                yield self._anchor(act_word(self.view, act.span, act.type), act.type, "none", act.event), act.event

    def is_right(self, draft: Draft) -> bool | None:
        """Tell whether a draft has type, status and company right; None where the gold leaves it open."""
        if not draft.measures:
            found = [act.event for act in self.acts if act.span[0] <= draft.anchor.start < act.span[1]]
        else:
            start = draft.measures[0].start
            found = [fact.event for fact in self.facts if fact.measure.start == start]
        events = [event for event in found if event is not None]
        if any(event.get("optional") for event in events):
            return None
        return any(
            draft.anchor.type in options(event["type"])
            and draft.anchor.status in options(event["status"])
            and matches("company", event.get("company"), draft.anchor.company)
            for event in events
        )

    def _anchor(self, span: tuple[int, int], type_: str, kind: str, event: Gold) -> roles.Anchor:
        company = next((c for c in options(event.get("company")) if c), None)
        actors = (*self.view.companies, *self.view.bodies)
        named = next((one.name for one in actors if company and key(one.name) == key(company)), None)
        return roles.Anchor(span[0], span[1], type_, first(event["status"]), kind, NO_VECTOR, named)


def notice_anchor(one: Aligned, anchor: roles.Anchor) -> roles.Anchor:
    """Return the place from which the slots of a notice are read: the word for what is done to the supply."""
    sentence = one.view.sentences[one.view.sentence_at(anchor.start)]
    start, end = act_word(one.view, (sentence.start, sentence.end), "power_notice")
    return replace(anchor, start=start, end=end, kind="none")


def align(document: Document) -> Aligned:
    """Scan a document, its firms those of the gold, and tie its figures and sentences to the gold events."""
    found = run(_scanners(), document.text, document.title, document.published)
    before = replace(found)
    settle(found, _companies(document, found))
    one = Aligned(document, before, found.view())
    events = document.gold["events"]
    for measure in one.view.measures:
        event, quantity = _event_of(document.text, measure, events)
        optional = bool(event and (event.get("optional") or (quantity or {}).get("optional")))
        one.facts.append(Fact(measure, event, first(event["type"]) if event else "none", 0.5 if optional else 1.0))
    one.acts.extend(_acts(document, one.view, events, one.facts))
    return one


@cache
def _scanners() -> Language:
    """The pipeline up to the encoder."""
    return load_pipeline(exclude=("rigwire_encoder", "rigwire_companies"))


def _companies(document: Document, found: Findings) -> list[FoundCompany]:
    around = surroundings(found)
    names = [c for c in found.candidates if not is_place(c, around.places)]
    firms = [c for c in names if document.is_company(c.forms) is not False]
    return sorted((company_of(c, 1.0) for c in firms), key=lambda company: company.spans[0])


def _event_of(text: str, measure: Measure, events: list[Gold]) -> tuple[Gold | None, Gold | None]:
    """The gold event with this figure, the one whose quote holds the figure's place if several have it."""
    found = [(e, q) for e in events for q in e["quantities"] if _is_read_as(q, measure)]
    quoted = [(e, q) for e, q in found if _inside_quote(text, e.get("quote"), measure.start)]
    if quoted:
        return next(((e, q) for e, q in quoted if q.get("text") and q["text"] in measure.text), quoted[0])
    return found[0] if found else (None, None)


def _is_read_as(quantity: Gold, measure: Measure) -> bool:
    values = [v for v in options(quantity["value"]) if v is not None]
    return quantity["kind"] == measure.kind and any(abs(v - measure.value) <= 0.0005 * abs(v) + 1e-12 for v in values)


def _inside_quote(text: str, quote: str | None, offset: int) -> bool:
    position = text.find(quote) if quote else -1
    return position >= 0 and position <= offset < position + len(quote or "")


def _acts(document: Document, view: View, events: list[Gold], facts: list[Fact]) -> Iterator[Act]:
    """Sentences that hold a trigger, with the events that their words state and none of their figures does."""
    # A notice is stated by its sentence, even where its figures stand in others.
    told = [e for e in events if e.get("quote") and (e.get("notice") or not _has_measure(e, view.measures))]
    for sentence in view.sentences:
        triggers = view.triggers_between(sentence.start, sentence.end)
        if not triggers:
            continue
        inside = [f for f in facts if f.event and sentence.start <= f.measure.start < sentence.end]
        filled = tuple(sorted({f.type for f in inside}))
        own = {id(f.event) for f in inside}
        stated = [e for e in told if _overlaps(document.text, e["quote"], sentence) and id(e) not in own]
        if not stated:
            yield Act((sentence.start, sentence.end), None, "none", filled)
        for event in stated:
            yield Act((sentence.start, sentence.end), event, first(event["type"]), filled)


def _has_measure(event: Gold, measures: Iterable[Measure]) -> bool:
    """Tell whether the text has a figure of the event that can be read."""
    return any(_is_read_as(quantity, measure) for quantity in event["quantities"] for measure in measures)


def _overlaps(text: str, quote: str, sentence: Sentence) -> bool:
    """The first sentence of the quote is the one that states the event."""
    position = text.find(quote)
    return position >= 0 and sentence.start <= position + 1 < sentence.end
