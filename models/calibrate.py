"""Calibrate the confidence of events on documents that were not trained on: models/trained/confidence.npz.

    python models/calibrate.py [FOLDER ...]     # default: fixtures/gold/dev and fixtures/gold/unread

Needs the extra `train`. An event is right where its type, status and company are.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from alignment import Document, align, read_documents
from export import in_hundredths, write_model, write_version
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from rigwire.extract.events import confidence_features, find_drafts
from rigwire.extract.linear import LinearModel
from rigwire.extract.pipeline import scan

ROOT = Path(__file__).parent


def main() -> None:
    """Fit the confidence to the events of documents that the models have not seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    gold = ROOT.parent / "fixtures/gold"
    folders = parser.parse_args().folders or [gold / "dev", gold / "unread"]
    judged = [pair for document in read_documents(folders) for pair in judge(document)]
    print(f"{len(judged)} events, {sum(right for _, right in judged) / len(judged):.3f} of them right")
    write_model(ROOT / "trained", "confidence", fit(judged))
    write_version(ROOT / "trained")


def judge(document: Document) -> Iterator[tuple[list[str], bool]]:
    """Yield the confidence features of each event of a document, and whether the event is right."""
    one = align(document)
    for draft in find_drafts(scan(document.text, document.title, document.published)):
        right = one.is_right(draft)
        if right is not None:
            yield confidence_features(draft), right


def fit(judged: list[tuple[list[str], bool]]) -> LinearModel:
    """Fit a logistic regression of being right."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(features, 1.0) for features, _ in judged])
    model = LogisticRegression(C=0.3, max_iter=1000).fit(matrix, [right for _, right in judged])
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    weights = model.coef_.T.copy()
    weights[names.index("bias")] += model.intercept_  # a feature that all events have
    return LinearModel(["yes"], names, in_hundredths(weights))


if __name__ == "__main__":
    main()
