"""Candidates for the jurisdiction in which an event takes place."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

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

_SEAT = re.compile(r"[- ](?:based|headquartered|listed|registered)")
_DATELINE = 40  # characters


def _pointer(view: View, anchor: Anchor) -> str:
    """The kind of word in the sentence that points back to a place named earlier."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    found = {m.lastgroup for m in _HERE.finditer(view.text, sentence.start, sentence.end)}
    return next((kind for kind in ("there", "site", "region", "country") if kind in found), "none")


@dataclass(frozen=True)
class _Scene:
    """The places around an event: all of the article, those of its sentence, and what points at one of them."""

    view: View
    anchor: Anchor
    places: list[FoundPlace]
    codes: Counter[str]
    here: list[FoundPlace]
    last: str | None
    pointer: str
    beside: list[str]

    @property
    def named_here(self) -> bool:
        """Whether the sentence names a place."""
        return bool(self.here)


def jurisdiction_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Yield the jurisdictions of the article, and nowhere."""
    scene = _look_around(view, anchor)
    for code in scene.codes:
        found = [place for place in scene.places if place.code == code]
        spans = tuple((place.start, place.end) for place in found)
        yield Candidate(code, chain(_place_features(scene, code, found), _standing_features(scene, code, found)), spans)
    yield Candidate(None, _nowhere(scene))


def _look_around(view: View, anchor: Anchor) -> _Scene:
    sentence = view.sentences[view.sentence_at(anchor.start)]
    places = view.once("unqualified places", lambda: _without_qualifiers(view))
    return _Scene(
        view,
        anchor,
        places,
        codes=Counter(place.code for place in places),
        here=[p for p in places if sentence.start <= p.start < sentence.end],
        last=next((p.code for p in reversed(places) if p.start < sentence.start), None),
        pointer=_pointer(view, anchor),
        beside=_beside_company(view, anchor, places),
    )


def _place_features(scene: _Scene, code: str, found: list[FoundPlace]) -> Iterable[str]:
    """What the place is, where it is named, and how it lies to the event's words and to other places."""
    view, type_, codes = scene.view, scene.anchor.type, scene.codes
    position = locate(view, scene.anchor, [(place.start, place.end) for place in found])
    yield from spatial_features(view, scene.anchor, position, type_)
    yield f"count:{min(codes[code], 4)}"
    yield f"codes:{min(len(codes), 4)}"
    nearest = next((p for p in scene.places if (p.start, p.end) == position.nearest), None)
    if nearest is not None:
        yield f"pk:{nearest.kind}"
        yield f"pk:{nearest.kind}|{type_}"
        if _SEAT.match(view.text, nearest.end):
            yield "seat"
    yield "sub" if "-" in code else "country"
    if "-" not in code and any(other.startswith(code + "-") for other in codes):
        yield "has_finer"
        yield f"has_finer_here:{any(p.code.startswith(code + '-') for p in scene.here)}"
    if "-" in code and code[:2] in codes:
        yield "finer"


def _standing_features(scene: _Scene, code: str, found: list[FoundPlace]) -> Iterable[str]:
    """How the place stands out: the article's main one, the last, the only one here, beside the firm, in the title."""
    type_, pointer, here = scene.anchor.type, scene.pointer, f"here:{scene.named_here}"
    if code == scene.codes.most_common(1)[0][0]:
        yield from ("main", f"main|{type_}", f"main|{here}", f"main|{here}|{pointer}")
    if scene.last == code:
        yield from ("last", f"last|{here}", f"last|{here}|{pointer}", f"last|{here}|{type_}")
    if code in scene.beside:
        yield from (f"beside:{min(scene.beside.index(code), 2)}", f"beside|{here}", f"beside|{type_}")
    if {place.code for place in scene.here} == {code}:
        yield from ("only_here", f"only_here|{pointer}")
    if any(place.start < _DATELINE for place in found):
        yield from ("dateline", f"dateline|{here}")
    if any(scene.view.text[place.start : place.end] in scene.view.title for place in found):
        yield from ("title", f"title|{here}", f"title|{type_}")


def _nowhere(scene: _Scene) -> Iterable[str]:
    type_, kind, here = scene.anchor.type, scene.anchor.kind, f"here:{scene.named_here}"
    yield from ("null", f"null|{type_}", f"null|here:{min(len(scene.here), 2)}", f"null|{type_}|{here}")
    yield from (f"null|codes:{min(len(scene.codes), 3)}", f"null|{kind}", f"null|{kind}|{type_}")
    yield from (f"null|{scene.pointer}", f"null|{scene.pointer}|{here}", f"null|beside:{bool(scene.beside)}")


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
