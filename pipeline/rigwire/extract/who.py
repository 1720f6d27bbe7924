"""Candidates for the company of an event, its other party, and the one whom a notice addresses."""

import re
from collections.abc import Iterable

from rigwire.extract.companies import FoundCompany
from rigwire.extract.positions import Anchor, Candidate, locate, spatial_features
from rigwire.extract.view import View


def company_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Whose event it is: every firm of the article, and nobody."""
    main = max(view.companies, key=lambda c: len(c.spans), default=None)
    sentence = view.sentences[view.sentence_at(anchor.start)]
    pronoun = _pronoun(view, sentence.start, anchor.start)
    named = [c for c in view.companies if any(sentence.start <= s[0] < sentence.end for s in c.spans)]
    last = _last_named(view, anchor.start)
    nearest, titled = _nearest_named(anchor, named), _titled(view)
    for company in view.companies:
        position = locate(view, anchor, company.spans)
        features = [
            *spatial_features(view, anchor, position, anchor.type),
            f"kind:{company.kind}",
            f"kind:{company.kind}|{anchor.type}",
        ]
        if company is main:
            features += [
                "main",
                f"main|{anchor.type}",
                f"main|named:{min(len(named), 2)}",
                f"main|pron:{pronoun}",
            ]
        if company.name in titled:
            features += ["title", f"title|named:{min(len(named), 2)}"]
        if last == company.name:
            features += ["last", f"last|pron:{pronoun}", f"last|named:{min(len(named), 2)}"]
        if named == [company]:
            features += ["only_named", f"only_named|{anchor.type}"]
        if any(e.name == company.name and sentence.start <= e.start < sentence.end for e in view.echoes):
            features += ["echo", f"echo|named:{min(len(named), 2)}", f"echo|{anchor.type}"]
        if len(view.companies) == 1:
            features.append("only")
        features.append(f"mentions:{min(len(company.spans), 5)}")
        if nearest == company.name:
            features += ["nearest", f"nearest|{anchor.type}"]
        if named and named[0] == company:
            features += ["first_named", f"first_named|{anchor.type}"]
        yield Candidate(company.name, tuple(features), view.spans_of(company))
    nobody = [
        "null",
        f"null|{anchor.type}",
        f"null|{anchor.type}|named:{min(len(named), 2)}",
        f"null|named:{min(len(named), 2)}",
    ]
    nobody += [f"null|pron:{pronoun}", f"null|companies:{min(len(view.companies), 4)}", f"null|{anchor.kind}"]
    nobody += [
        f"null|w:{w.norm}"
        for w in view.words_between(max(sentence.start, anchor.start - 60), min(sentence.end, anchor.end + 60))
    ]
    yield Candidate(None, tuple(nobody))


def _pronoun(view: View, start: int, end: int) -> str:
    """The last word before the anchor that stands for a firm named earlier."""
    words = re.findall(
        r"\b(?:it|its|they|their|we|our"
        r"|the (?:\w+[- ]){0,3}(?:company|miner|firm|operator|group|host|pool|subsidiary|maker))\b",
        view.text[start:end],
        re.I,
    )
    return (
        "none"
        if not words
        else "it"
        if len(words[-1]) < 6 and words[-1].lower() not in ("we", "our")
        else "we"
        if words[-1].lower() in ("we", "our")
        else "the"
    )


def _last_named(view: View, offset: int) -> str | None:
    spans = [(s[0], c.name) for c in view.companies for s in c.spans if s[0] < offset]
    return max(spans)[1] if spans else None


def _titled(view: View) -> set[str]:
    """The firms that the title names."""

    def find() -> set[str]:
        return {c.name for c in view.companies if any(form in view.title for form in (c.name, *c.aliases))}

    return view.once("titled firms", find)


def _nearest_named(anchor: Anchor, named: list[FoundCompany]) -> str | None:
    spans = [(min(abs(anchor.start - s[1]), abs(s[0] - anchor.end)), c.name) for c in named for s in c.spans]
    return min(spans)[1] if spans else None


def counterparty_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """The other party of an event: the other firms, the bodies named shortly before or with it, and nobody."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    titled = _titled(view)
    for company in view.companies:
        if company.name == anchor.company:
            continue
        position = locate(view, anchor, view.spans_of(company))
        features = [
            *spatial_features(view, anchor, position, anchor.type),
            f"kind:{company.kind}",
            f"kind:{company.kind}|{anchor.type}",
            "firm",
        ]
        if company.name in titled:
            features += ["title", f"title|{anchor.type}"]
        features.append(f"mentions:{min(len(company.spans), 3)}")
        yield Candidate(company.name, tuple(features), view.spans_of(company))
    for body in view.bodies:
        if body.kind == "user" or not sentence.start - 400 <= body.start < sentence.end:
            continue
        position = locate(view, anchor, [(body.start, body.end)])
        head = body.phrase.split()[-1].lower()
        features = [
            *spatial_features(view, anchor, position, anchor.type),
            f"body:{body.kind}",
            f"body:{body.kind}|{anchor.type}",
            f"head:{head}",
            f"head:{head}|{anchor.type}",
        ]
        yield Candidate(body.phrase, tuple(features), ((body.start, body.end),))
    yield Candidate(
        None,
        (
            "null",
            f"null|{anchor.type}",
            f"null|{anchor.type}|{anchor.kind}",
            f"null|{anchor.status}",
            f"null|own:{anchor.company is not None}",
        ),
    )


def recipient_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Whom a notice addresses: users in the article's words, or a firm."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    for body in view.bodies:
        if not sentence.start - 300 <= body.start < sentence.end + 200 or body.kind == "public":
            continue
        position = locate(view, anchor, [(body.start, body.end)])
        head = body.phrase.split()[-1].lower()
        features = [
            *spatial_features(view, anchor, position, "notice"),
            f"body:{body.kind}",
            f"head:{head}",
            f"words:{len(body.phrase.split())}",
        ]
        yield Candidate(body.phrase, tuple(features), ((body.start, body.end),))
    for company in view.companies:
        position = locate(view, anchor, view.spans_of(company))
        features = [
            *spatial_features(view, anchor, position, "notice"),
            "firm",
            f"kind:{company.kind}",
            f"own:{company.name == anchor.company}",
        ]
        yield Candidate(company.name, tuple(features), view.spans_of(company))
    yield Candidate(None, ("null", f"null|own:{anchor.company is not None}", f"null|{anchor.status}"))
