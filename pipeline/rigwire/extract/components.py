"""The components of the spaCy pipeline, in the order of models/config.cfg, each a factory of its own.

Each takes what the earlier ones left in `doc.user_data["rigwire"]`, adds its findings, and shows them in `doc.spans`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from rigwire.extract.bodies import find_bodies
from rigwire.extract.companies import find_companies
from rigwire.extract.dates import find_dates
from rigwire.extract.echoes import find_echoes
from rigwire.extract.findings import Findings, mask
from rigwire.extract.gate import may_hold_facts
from rigwire.extract.machines import find_models
from rigwire.extract.measures import all_measures
from rigwire.extract.names import find_names
from rigwire.extract.places import find_places
from rigwire.extract.sentences import split_sentences
from rigwire.extract.syntax import parse_sentences
from rigwire.extract.tables import find_cells
from rigwire.extract.triggers import find_classes
from rigwire.extract.words import split_words

Component = Callable[[Doc], Doc]


def findings(doc: Doc) -> Findings:
    """Return the findings that the components gather on a document."""
    found: Findings | None = doc.user_data.get("rigwire")
    if found is None:
        found = doc.user_data["rigwire"] = Findings(doc.text)
    return found


def prepare(doc: Doc, text: str, title: str | None, published: str | None) -> None:
    """Give a document what is known of the article: a doc puts its text together anew each time that it is asked."""
    doc.user_data["rigwire"] = Findings(text, title or "", published)


def _show(doc: Doc, key: str, spans: Iterable[tuple[int, int, str]]) -> None:
    made = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in spans]
    doc.spans[key] = [span for span in made if span is not None]


@Language.factory("rigwire_sentences", assigns=["doc.user_data"])
def make_sentences(nlp: Language, name: str) -> Component:
    """Sentences, words, classes of meaning and table cells; and whether the costly components are worth their time."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.sentences = split_sentences(found.text)
        found.may_hold_facts = may_hold_facts(found.title, found.text)
        if found.may_hold_facts:
            found.words, found.cells = split_words(found.text), find_cells(found.text)
            found.classes = [c for s in found.sentences for c in find_classes(found.text, s.start, s.end)]
        return doc

    return component


@Language.factory("rigwire_dates", assigns=["doc.spans"])
def make_dates(nlp: Language, name: str) -> Component:
    """Dates, read from the publication date."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        found.dates = find_dates(found.text, found.published)
        _show(doc, "dates", ((d.start, d.end, d.value) for d in found.dates))
        return doc

    return component


@Language.factory("rigwire_machines", assigns=["doc.spans"])
def make_machines(nlp: Language, name: str) -> Component:
    """Names of machine models."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if not found.may_hold_facts:
            return doc
        found.models = find_models(found.text)
        _show(doc, "machines", ((m.start, m.end, "model") for m in found.models))
        return doc

    return component


@Language.factory("rigwire_quantities", requires=["doc.user_data"], assigns=["doc.spans"])
def make_quantities(nlp: Language, name: str) -> Component:
    """Numbers with their units."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if not found.may_hold_facts:
            return doc
        found.measures = all_measures(found.text, found.blocked(), found.models, found.cells)
        _show(doc, "quantities", ((m.start, m.end, m.kind) for m in found.measures))
        return doc

    return component


@Language.factory("rigwire_names", requires=["doc.user_data"], assigns=["doc.spans"])
def make_names(nlp: Language, name: str) -> Component:
    """Places, firms and unnamed bodies: what is a place in one name is a part of a firm's in another."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        avoid = mask(len(found.text), found.blocked())
        names = find_names(found.text, found.sentences, avoid)
        places = find_places(found.text, [(n.start, n.end) for n in names])
        located = {(p.start, p.end): p.code for p in places}
        found.companies = find_companies(found.text, found.sentences, names, avoid, located, found.core_figures())
        inside = mask(len(found.text), [span for company in found.companies for span in company.spans])
        found.places = [place for place in places if not inside[place.start]]
        if found.may_hold_facts:
            _find_stand_ins(found)
        _show(doc, "companies", ((s, e, c.name) for c in found.companies for s, e in c.spans))
        _show(doc, "places", ((p.start, p.end, p.code) for p in found.places))
        return doc

    return component


def _find_stand_ins(found: Findings) -> None:
    """Find what stands for a firm or body without its name: only events need it."""
    found.echoes = find_echoes(found.text, found.companies)
    echoed = mask(len(found.text), ((e.start, e.end) for e in found.echoes))
    bodies = find_bodies(found.text, found.sentences)
    found.bodies = [body for body in bodies if not echoed[body.end - 1] or body.kind == "user"]


@Language.factory("rigwire_syntax", default_config={"longest": 1500}, requires=["doc.user_data"])
def make_syntax(nlp: Language, name: str, longest: int) -> Component:
    """Dependency trees of the sentences that hold a figure; sentences over `longest` characters are left out."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        view = found.view()
        wanted = sorted({view.sentence_at(m.start) for m in found.measures if view.cell_at(m.start) is None})
        spans = [(index, found.sentences[index]) for index in wanted]
        spans = [(index, s) for index, s in spans if s.end - s.start <= longest]
        trees = parse_sentences([(s.start, found.text[s.start : s.end]) for _, s in spans])
        found.trees = {index: tree for (index, _), tree in zip(spans, trees, strict=True)}
        return doc

    return component


FACTORIES: tuple[Any, ...] = (
    make_sentences,
    make_dates,
    make_machines,
    make_quantities,
    make_names,
    make_syntax,
)
