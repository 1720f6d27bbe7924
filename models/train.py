"""Train the log-linear parts of the extractor on annotated documents and write them to models/trained/.

    python models/train.py [FOLDER ...]        # default: fixtures/gold/train and fixtures/gold/dev

Needs the extra `train` (scikit-learn). The result is deterministic: the same documents give the same files.
"""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import alignment
from alignment import Document, read_documents
from ranking import Choice, fit_ranker
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rigwire.extract import aliases, features, firm_features, roles
from rigwire.extract.events import confidence_features, find_drafts
from rigwire.extract.linear import LinearModel
from rigwire.extract.names import find_names
from rigwire.extract.places import find_places

ROOT = Path(__file__).parent
_RARE = 3  # a feature seen less often teaches nothing that lasts
_NEGLIGIBLE = 0.02
_FOLDS = 5
_SEED = 7
Sample = tuple[list[str], str, float]


def main() -> None:
    """Train every part in the order in which the extractor uses them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "trained")
    args = parser.parse_args()
    folders = args.folders or [ROOT.parent / "fixtures/gold/train", ROOT.parent / "fixtures/gold/dev"]
    documents = list(read_documents(folders))
    args.out.mkdir(exist_ok=True)
    write(args.out, "company_name", fit(list(company_samples(documents)), strength=0.5))
    scanned = [alignment.align(document) for document in documents]
    for name in (*CLASSIFIERS, *RANKERS):
        write(args.out, name, fit_part(name, scanned))
    write(args.out, "confidence", fit(list(confidence_samples(scanned)), strength=1.0))


def fit_part(name: str, scanned: list[alignment.Aligned]) -> LinearModel:
    """Fit one of the classifiers or rankers on scanned documents."""
    if name in CLASSIFIERS:
        samples, strength = CLASSIFIERS[name]
        return fit([sample for one in scanned for sample in samples(one)], strength)
    choices, strength = RANKERS[name]
    weights = fit_ranker([choice for one in scanned for choice in choices(one)], strength, _RARE)
    return LinearModel(["yes"], [0.0], {f: [round(w, 3)] for f, w in weights.items() if abs(w) >= _NEGLIGIBLE})


def fit(samples: list[Sample], strength: float) -> LinearModel:
    """Fit a logistic regression and keep its weights, rounded, the negligible ones left out."""
    counts = Counter(feature for features_, _, _ in samples for feature in set(features_))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1.0 for f in features_ if counts[f] >= _RARE} for features_, _, _ in samples]
    )
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3)
    model.fit(matrix, [label for _, label, _ in samples], sample_weight=[weight for _, _, weight in samples])
    classes = [str(c) for c in model.classes_]
    weights = {
        feature: [round(float(row[i]), 3) for row in model.coef_]
        for i, feature in enumerate(vectorizer.get_feature_names_out())
        if max(abs(float(row[i])) for row in model.coef_) >= _NEGLIGIBLE
    }
    labels = [classes[1]] if len(classes) == 2 else classes
    return LinearModel(labels, [round(float(b), 4) for b in model.intercept_], weights)


def write(out: Path, name: str, model: LinearModel) -> None:
    """Write a trained part as compressed JSON, the same bytes for the same weights."""
    with gzip.GzipFile(out / f"{name}.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(model.as_dict(), separators=(",", ":"), sort_keys=True).encode())
    print(f"{name:14} {len(model.as_dict()['weights']):6} features", flush=True)


def confidence_samples(scanned: list[alignment.Aligned]) -> Iterator[Sample]:
    """Drafts of documents that the models have not seen (five folds): right or wrong in type, status and company."""
    order = list(range(len(scanned)))
    random.Random(_SEED).shuffle(order)
    for fold in range(_FOLDS):
        held = set(order[fold::_FOLDS])
        seen = [one for index, one in enumerate(scanned) if index not in held]
        parts = {name: fit_part(name, seen) for name in ("type", "status", "unstated", *roles.ROLES)}
        for index in held:
            for draft in find_drafts(scanned[index].view, parts.__getitem__):
                right = scanned[index].is_right(draft)
                if right is not None:
                    yield confidence_features(draft), "yes" if right else "no", 1.0


def company_samples(documents: Iterable[Document]) -> Iterator[Sample]:
    """Names of the documents: firm or not."""
    for document in documents:
        names = find_names(document.text, document.sentences, document.mask)
        places = {(p.start, p.end): p.code for p in find_places(document.text, [(n.start, n.end) for n in names])}
        starts, ends = [s.start for s in document.sentences], [s.end for s in document.sentences]
        around = firm_features.Surroundings(document.text, starts, ends, places, document.figures)
        for candidate in aliases.gather(document.text, document.sentences, document.mask):
            label = document.is_company(candidate.forms)
            if label is not None:
                yield firm_features.features(around, candidate), "yes" if label else "no", 1.0


def type_samples(one: alignment.Aligned) -> Iterator[Sample]:
    """Figures: the type of their event, or none."""
    for fact in one.facts:
        yield features.measure_features(one.view, fact.measure), fact.type, fact.weight


def status_samples(one: alignment.Aligned) -> Iterator[Sample]:
    """Figures and sentences of events: their status."""
    for fact in one.facts:
        if fact.event is not None:
            base = features.measure_features(one.view, fact.measure)
            span = (fact.measure.start, fact.measure.end)
            yield (
                features.status_features(one.view, span, fact.type, base),
                alignment.first(fact.event["status"]),
                fact.weight,
            )
    for act in one.acts:
        if act.event is not None:
            span = features.act_word(one.view, act.span, act.type)
            base = list(features.anchor_features(one.view, *span, "none"))
            yield (
                features.status_features(one.view, span, act.type, base),
                alignment.first(act.event["status"]),
                1.0,
            )


def sentence_samples(one: alignment.Aligned) -> Iterator[Sample]:
    """Sentences with triggers: the type of the event that they state without a figure, or none."""
    for act in one.acts:
        yield features.act_features(one.view, act.span, act.filled), act.type if act.event else "none", 1.0


def role_choices(one: alignment.Aligned, role: str) -> Iterator[Choice]:
    """The candidates for a role of each event."""
    for anchor, event in one.anchors():
        yield from _choice(one, anchor, role, event.get(role))


def _choice(one: alignment.Aligned, anchor: roles.Anchor, role: str, wanted: object) -> Iterator[Choice]:
    options = [(c.features, alignment.matches(role, wanted, c.value)) for c in roles.candidates(one.view, anchor, role)]
    if any(right for _, right in options):
        yield options


def action_samples(one: alignment.Aligned) -> Iterator[Sample]:
    """Anchors of power notices: the action."""
    for anchor, event in one.notices():
        base = list(features.anchor_features(one.view, anchor.start, anchor.end, "notice"))
        yield base, alignment.first(event["notice"]["action"]), 1.0


def slot_choices(one: alignment.Aligned, slot: str) -> Iterator[Choice]:
    """The candidates for a slot of each power notice."""
    for anchor, event in one.notices():
        yield from _choice(one, anchor, slot, event["notice"].get(slot))


CLASSIFIERS: dict[str, tuple[Callable[[alignment.Aligned], Iterable[Sample]], float]] = {
    "type": (type_samples, 1.0),
    "status": (status_samples, 0.5),
    "unstated": (sentence_samples, 0.2),
    "action": (action_samples, 0.3),
}
RANKERS: dict[str, tuple[Callable[[alignment.Aligned], Iterable[Choice]], float]] = {
    **{role: (partial(role_choices, role=role), 0.5) for role in roles.ROLES},
    **{slot: (partial(slot_choices, slot=slot), 1.0) for slot in ("recipient", "effective", "notified", "until")},
}
"""The trained parts: where their samples come from, and how little their weights are held back."""


if __name__ == "__main__":
    main()
