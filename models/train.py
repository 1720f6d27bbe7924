"""Train the log-linear parts of the extractor on annotated documents and write them to models/trained/.

    python models/train.py [FOLDER ...]        # default: fixtures/gold/train and fixtures/gold/dev

Needs the extra `train` (scikit-learn). The result is deterministic: the same documents give the same files.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import alignment
from alignment import Document, read_documents
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rigwire.extract import aliases, features, firm_features, roles
from rigwire.extract.names import find_names
from rigwire.extract.places import find_places

ROOT = Path(__file__).parent
_RARE = 3  # a feature seen less often teaches nothing that lasts
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
    write(args.out, "company_name", list(company_samples(documents)), strength=0.5)
    scanned = [alignment.align(document) for document in documents]
    write(args.out, "type", [s for one in scanned for s in type_samples(one)], strength=1.0)
    write(args.out, "status", [s for one in scanned for s in status_samples(one)], strength=0.5)
    write(args.out, "unstated", [s for one in scanned for s in sentence_samples(one)], strength=0.2)
    for role in roles.ROLES:
        write(args.out, role, [s for one in scanned for s in role_samples(one, role)], strength=0.3)
    write(args.out, "action", [s for one in scanned for s in action_samples(one)], strength=0.3)
    for slot in ("recipient", "effective", "notified", "until"):
        write(args.out, slot, [s for one in scanned for s in slot_samples(one, slot)], strength=0.3)


def write(out: Path, name: str, samples: list[Sample], strength: float) -> None:
    """Fit one model and write its weights, rounded, the negligible ones left out."""
    counts = Counter(feature for features_, _, _ in samples for feature in set(features_))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{f: 1.0 for f in features_ if counts[f] >= _RARE} for features_, _, _ in samples]
    )
    labels = [label for _, label, _ in samples]
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3)
    model.fit(matrix, labels, sample_weight=[weight for _, _, weight in samples])
    classes = [str(c) for c in model.classes_]
    rows = model.coef_
    binary = len(classes) == 2
    weights = {
        feature: [round(float(row[i]), 3) for row in rows]
        for i, feature in enumerate(vectorizer.get_feature_names_out())
        if max(abs(float(row[i])) for row in rows) >= 0.02
    }
    data = {
        "labels": [classes[1]] if binary else classes,
        "bias": [round(float(b), 4) for b in model.intercept_],
        "weights": weights,
    }
    with gzip.GzipFile(out / f"{name}.json.gz", "wb", mtime=0) as file:
        file.write(json.dumps(data, separators=(",", ":"), sort_keys=True).encode())
    print(f"{name:14} {len(samples):6} samples {len(weights):6} features, fits {model.score(matrix, labels):.3f}")


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


def role_samples(one: alignment.Aligned, role: str) -> Iterator[Sample]:
    """Candidates for a role of each event: right or wrong."""
    for anchor, event in one.anchors():
        wanted = event.get(role)
        options = roles.candidates(one.view, anchor, role)
        right = [alignment.matches(role, wanted, option.value) for option in options]
        if any(right):
            for option, good in zip(options, right, strict=True):
                yield list(option.features), "yes" if good else "no", 1.0


def action_samples(one: alignment.Aligned) -> Iterator[Sample]:
    """Anchors of power notices: the action."""
    for anchor, event in one.notices():
        base = list(features.anchor_features(one.view, anchor.start, anchor.end, "notice"))
        yield base, alignment.first(event["notice"]["action"]), 1.0


def slot_samples(one: alignment.Aligned, slot: str) -> Iterator[Sample]:
    """Candidates for a slot of each power notice: right or wrong."""
    for anchor, event in one.notices():
        options = roles.candidates(one.view, anchor, slot)
        right = [alignment.matches(slot, event["notice"].get(slot), option.value) for option in options]
        if any(right):
            for option, good in zip(options, right, strict=True):
                yield list(option.features), "yes" if good else "no", 1.0


if __name__ == "__main__":
    main()
