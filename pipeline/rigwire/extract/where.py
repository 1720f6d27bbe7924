"""Candidates for the jurisdiction in which an event takes place."""

import re
from collections import Counter
from collections.abc import Iterable

from rigwire.extract.places import FoundPlace
from rigwire.extract.positions import Anchor, Candidate, locate, spatial_features
from rigwire.extract.view import View

_HERE = re.compile(
    r"\b(?:(?P<there>there|where|here|on site|on-site)"
    r"|the (?P<country>country|kingdom|republic|nation|sultanate|emirate)"
    r"|the (?:\w+ )?(?P<region>province|state|region|county|village|town|city|municipality|district)"
    r"|(?:the|its|that|this) (?:\w+ ){0,2}?"
    r"(?P<site>site|farm|plant|facility|mine|campus|hall|halls|data cent(?:er|re)|location|warehouse|park))\b",
    re.IGNORECASE,
)


def _pointer(view: View, anchor: Anchor) -> str:
    """The kind of word in the sentence that points back to a place named earlier."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    found = {m.lastgroup for m in _HERE.finditer(view.text, sentence.start, sentence.end)}
    return next((kind for kind in ("there", "site", "region", "country") if kind in found), "none")


def jurisdiction_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    sentence = view.sentences[view.sentence_at(anchor.start)]
    places = view.once("unqualified places", lambda: _without_qualifiers(view))
    codes = Counter(place.code for place in places)
    here = [p for p in places if sentence.start <= p.start < sentence.end]
    last = next((p.code for p in reversed(places) if p.start < sentence.start), None)
    pointer, beside = _pointer(view, anchor), _beside_company(view, anchor, places)
    for code, count in codes.items():
        spans = [(p.start, p.end) for p in places if p.code == code]
        position = locate(view, anchor, spans)
        nearest = next((p for p in places if (p.start, p.end) == position.nearest), None)
        features = [
            *spatial_features(view, anchor, position, anchor.type),
            f"count:{min(count, 4)}",
            f"codes:{min(len(codes), 4)}",
        ]
        if nearest is not None:
            features += [f"pk:{nearest.kind}", f"pk:{nearest.kind}|{anchor.type}"]
            if re.match(r"[- ](?:based|headquartered|listed|registered)", view.text[nearest.end : nearest.end + 14]):
                features.append("seat")
        features.append("sub" if "-" in code else "country")
        if "-" not in code and any(other.startswith(code + "-") for other in codes):
            features += ["has_finer", f"has_finer_here:{any(p.code.startswith(code + '-') for p in here)}"]
        if "-" in code and code[:2] in codes:
            features.append("finer")
        if code == codes.most_common(1)[0][0]:
            features += [
                "main",
                f"main|{anchor.type}",
                f"main|here:{bool(here)}",
                f"main|here:{bool(here)}|{pointer}",
            ]
        if last == code:
            features += [
                "last",
                f"last|here:{bool(here)}",
                f"last|here:{bool(here)}|{pointer}",
                f"last|here:{bool(here)}|{anchor.type}",
            ]
        if code in beside:
            features += [
                f"beside:{beside.index(code) if beside.index(code) < 2 else 2}",
                f"beside|here:{bool(here)}",
                f"beside|{anchor.type}",
            ]
        if len({p.code for p in here}) == 1 and here[0].code == code:
            features += ["only_here", f"only_here|{pointer}"]
        if any(place.start < 40 for place in places if place.code == code):
            features += ["dateline", f"dateline|here:{bool(here)}"]
        if any(m in view.title for m in {view.text[p.start : p.end] for p in places if p.code == code}):
            features += ["title", f"title|here:{bool(here)}", f"title|{anchor.type}"]
        yield Candidate(code, tuple(features), tuple(spans))
    nobody = [
        "null",
        f"null|{anchor.type}",
        f"null|here:{min(len(here), 2)}",
        f"null|{anchor.type}|here:{bool(here)}",
        f"null|codes:{min(len(codes), 3)}",
    ]
    nobody += [
        f"null|{anchor.kind}",
        f"null|{anchor.kind}|{anchor.type}",
        f"null|{pointer}",
        f"null|{pointer}|here:{bool(here)}",
        f"null|beside:{bool(beside)}",
    ]
    yield Candidate(None, tuple(nobody))


def _without_qualifiers(view: View) -> list[FoundPlace]:
    """Leave out the country that only says where a finer place lies: "Pavlodar, in Kazakhstan"."""
    kept: list[FoundPlace] = []
    for place in view.places:
        last = kept[-1] if kept else None
        qualifies = (
            last is not None
            and last.code.startswith(place.code + "-")
            and re.fullmatch(r"(?:,? in |, | \()(?:\w+ )?", view.text[last.end : place.start]) is not None
        )
        if not qualifies:
            kept.append(place)
    return kept


def _beside_company(view: View, anchor: Anchor, places: list[FoundPlace]) -> list[str]:
    """Codes named in a sentence with the event's company, the sentence nearest before the anchor first."""
    company = next((c for c in view.companies if c.name == anchor.company), None)
    if company is None:
        return []
    sentences = {view.sentence_at(start) for start, _ in company.spans}
    own = view.sentence_at(anchor.start)
    found = [(abs(own - view.sentence_at(p.start)), p.code) for p in places if view.sentence_at(p.start) in sentences]
    return list(dict.fromkeys(code for _, code in sorted(found, key=lambda pair: pair[0])))
