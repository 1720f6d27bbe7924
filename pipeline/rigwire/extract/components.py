"""The components of the spaCy pipeline, in the order of models/config.cfg, each a factory of its own.

Each takes what the earlier ones left in `doc.user_data["rigwire"]`, adds its findings, and shows them in `doc.spans`.
"""

from collections.abc import Callable, Iterable

from spacy.language import Language
from spacy.tokens import Doc

from rigwire.extract.aliases import gather
from rigwire.extract.bodies import find_bodies, locate_bodies
from rigwire.extract.companies import FoundCompany, find_companies
from rigwire.extract.dates import find_dates
from rigwire.extract.echoes import find_echoes
from rigwire.extract.encoder import encode
from rigwire.extract.facilities import find_facilities
from rigwire.extract.findings import Findings, mask
from rigwire.extract.gate import may_hold_facts
from rigwire.extract.located_names import find_located
from rigwire.extract.machines import find_models
from rigwire.extract.measures import all_measures
from rigwire.extract.names import find_names
from rigwire.extract.places import find_places
from rigwire.extract.sentences import split_sentences
from rigwire.extract.tables import find_cells
from rigwire.extract.triggers import find_classes, find_triggers
from rigwire.extract.windows import cut_windows
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
            found.triggers = [t for s in found.sentences for t in find_triggers(found.text, s.start, s.end)]
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


@Language.factory("rigwire_names", requires=["doc.user_data"])
def make_names(nlp: Language, name: str) -> Component:
    """Places, unnamed bodies, and all names that could be firms."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        avoid = mask(len(found.text), found.blocked())
        names = find_names(found.text, found.sentences, avoid)
        found.candidates = gather(found.text, found.sentences, names, avoid)
        spans = [(n.start, n.end) for n in names]
        places = find_places(found.text, spans)
        places += find_located(found.text, spans, places)
        found.places = sorted(places, key=lambda place: place.start)
        if found.may_hold_facts:
            found.bodies = find_bodies(found.text, found.sentences)
        return doc

    return component


@Language.factory("rigwire_encoder", requires=["doc.user_data"])
def make_encoder(nlp: Language, name: str) -> Component:
    """Vectors of all words, of articles that can state an event."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        if found.may_state_events():
            found.encoding = encode(*cut_windows(found))
        return doc

    return component


def settle(found: Findings, companies: list[FoundCompany]) -> None:
    """Keep the firms, and the places and bodies that are not words of a firm."""
    found.companies = companies
    inside = mask(len(found.text), [span for company in companies for span in company.spans])
    found.places = [place for place in found.places if not inside[place.start]]
    if not found.may_hold_facts:
        return
    found.echoes = find_echoes(found.text, companies)
    echoed = mask(len(found.text), ((e.start, e.end) for e in found.echoes))
    unnamed = [body for body in found.bodies if not echoed[body.end - 1] or body.kind == "user"]
    found.bodies = locate_bodies(found.text, unnamed, found.places)
    known = mask(len(found.text), [span for company in companies if company.country for span in company.spans])
    found.facilities = find_facilities(found.text, found.sentences, known, found.places)


@Language.factory("rigwire_companies", requires=["doc.user_data"], assigns=["doc.spans"])
def make_companies(nlp: Language, name: str) -> Component:
    """Firms: what is a place in one name is a part of a firm's in another, and a description stands for a firm."""

    def component(doc: Doc) -> Doc:
        found = findings(doc)
        settle(found, find_companies(found))
        _show(doc, "companies", ((s, e, c.name) for c in found.companies for s, e in c.spans))
        _show(doc, "places", ((p.start, p.end, p.code) for p in found.places))
        return doc

    return component
