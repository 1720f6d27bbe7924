"""Candidates for the company of an event, its other party, and the one whom a notice addresses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rigwire.extract.bodies import Body
from rigwire.extract.companies import FoundCompany
from rigwire.extract.encoder import Span
from rigwire.extract.names import name_words
from rigwire.extract.positions import Anchor, Candidate, locate, spatial_features
from rigwire.extract.sentences import Sentence
from rigwire.extract.view import View


@dataclass(frozen=True)
class _Scene:
    """The firms around an event: those of its sentence, the last one before it, the nearest, those that stand out."""

    view: View
    anchor: Anchor
    sentence: Sentence
    named: list[FoundCompany]
    pronoun: str
    main: FoundCompany | None
    last: str | None
    nearest: str | None
    titled: set[str]

    @property
    def how_many(self) -> str:
        """How many firms the sentence names."""
        return f"named:{min(len(self.named), 2)}"


def company_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Whose event it is: every firm of the article, unnamed bodies in the sentence or not far before it, and nobody."""
    scene = _look_around(view, anchor)
    for company in view.companies:
        yield Candidate(company.name, _company_features(scene, company), view.spans_of(company))
    for body in _bodies_near(view, scene.sentence, 300):
        if body.kind != "public" and not body.describes:
            yield Candidate(body.name, _actor_features(scene, body), ((body.start, body.end),))
    yield Candidate(None, _no_company(scene))


def _look_around(view: View, anchor: Anchor) -> _Scene:
    sentence = view.sentences[view.sentence_at(anchor.start)]
    named = [c for c in view.companies if any(sentence.start <= s[0] < sentence.end for s in c.spans)]
    return _Scene(
        view,
        anchor,
        sentence,
        named,
        pronoun=_pronoun(view, sentence.start, anchor.start),
        main=max(view.companies, key=lambda c: len(c.spans), default=None),
        last=_last_named(view, anchor.start),
        nearest=_nearest_named(anchor, named),
        titled=_titled(view),
    )


def _company_features(scene: _Scene, company: FoundCompany) -> Iterable[str]:
    """How the firm lies to the event's words, and how it stands out."""
    view, anchor, type_ = scene.view, scene.anchor, scene.anchor.type
    yield from spatial_features(view, anchor, locate(view, anchor, company.spans), type_)
    yield from (f"kind:{company.kind}", f"kind:{company.kind}|{type_}", f"mentions:{min(len(company.spans), 5)}")
    if company is scene.main:
        yield from ("main", f"main|{type_}", f"main|{scene.how_many}", f"main|pron:{scene.pronoun}")
    if company.name in scene.titled:
        yield from ("title", f"title|{scene.how_many}")
    if scene.last == company.name:
        yield from ("last", f"last|pron:{scene.pronoun}", f"last|{scene.how_many}")
    if scene.named == [company]:
        yield from ("only_named", f"only_named|{type_}")
    if any(e.name == company.name and scene.sentence.start <= e.start < scene.sentence.end for e in view.echoes):
        yield from ("echo", f"echo|{scene.how_many}", f"echo|{type_}")
    if len(view.companies) == 1:
        yield "only"
    if scene.nearest == company.name:
        yield from ("nearest", f"nearest|{type_}")
    if scene.named and scene.named[0] == company:
        yield from ("first_named", f"first_named|{type_}")


def _bodies_near(view: View, sentence: Sentence, before: int, after: int = 0) -> list[Body]:
    """The unnamed bodies of a sentence and of so many characters before and after it."""
    return [body for body in view.bodies if sentence.start - before <= body.start < sentence.end + after]


def _actor_features(scene: _Scene, body: Body) -> Iterable[str]:
    """How an unnamed body lies to the event's words, what it is, and which firms it vies with."""
    yield from _body_features(scene.view, scene.anchor, body)
    yield from (f"body|{scene.how_many}", f"body|new:{body.is_new}", f"body|pron:{scene.pronoun}")


def _no_company(scene: _Scene) -> Iterable[str]:
    view, anchor, type_, how_many = scene.view, scene.anchor, scene.anchor.type, scene.how_many
    yield from ("null", f"null|{type_}", f"null|{type_}|{how_many}", f"null|{how_many}")
    yield from (f"null|pron:{scene.pronoun}", f"null|companies:{min(len(view.companies), 4)}", f"null|{anchor.kind}")
    start, end = max(scene.sentence.start, anchor.start - 60), min(scene.sentence.end, anchor.end + 60)
    yield from (f"null|w:{word.norm}" for word in view.words_between(start, end))


def _pronoun(view: View, start: int, end: int) -> str:
    """The last word before the anchor that stands for a firm named earlier: "it", "we", "the" or "none"."""
    found = [match.lastgroup for match in _stand_ins().finditer(view.text, start, end)]
    return found[-1] or "none" if found else "none"


@cache
def _stand_ins() -> re.Pattern[str]:
    third, first, nouns = ("|".join(sorted(name_words(r))) for r in ("third_person", "first_person", "description"))
    return re.compile(rf"\b(?:(?P<it>{third})|(?P<we>{first})|(?P<the>the (?:\w+[- ]){{0,3}}(?:{nouns})))\b", re.I)


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
    """Who the other party is: every other firm, unnamed bodies in the sentence or not far before it, and nobody."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    for company in view.companies:
        if company.name != anchor.company:
            spans = view.spans_of(company)
            yield Candidate(company.name, _partner_features(view, anchor, company, spans), spans)
    for body in _bodies_near(view, sentence, 400):
        if body.may_trade and body.name != anchor.company:
            yield Candidate(body.name, _body_features(view, anchor, body), ((body.start, body.end),))
    own = f"own:{anchor.company is not None}"
    null = ("null", f"null|{anchor.type}", f"null|{anchor.type}|{anchor.kind}", f"null|{anchor.status}", f"null|{own}")
    yield Candidate(None, null)


def _partner_features(view: View, anchor: Anchor, company: FoundCompany, spans: Sequence[Span]) -> Iterable[str]:
    yield from spatial_features(view, anchor, locate(view, anchor, spans), anchor.type)
    yield from (f"kind:{company.kind}", f"kind:{company.kind}|{anchor.type}", "firm")
    yield f"mentions:{min(len(company.spans), 3)}"
    if company.name in _titled(view):
        yield from ("title", f"title|{anchor.type}")


def _body_features(view: View, anchor: Anchor, body: Body) -> Iterable[str]:
    yield from spatial_features(view, anchor, locate(view, anchor, [(body.start, body.end)]), anchor.type)
    for name in (f"body:{body.kind}", f"head:{_head_of(body)}"):
        yield from (name, f"{name}|{anchor.type}")


def _head_of(body: Body) -> str:
    return body.phrase.split()[-1].lower()


def recipient_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Whom a notice addresses: users in the article's words, or a firm."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    for body in _bodies_near(view, sentence, 300, 200):
        if body.kind != "public":
            yield Candidate(body.name, _user_features(view, anchor, body), ((body.start, body.end),))
    for company in view.companies:
        spans = view.spans_of(company)
        yield Candidate(company.name, _told_features(view, anchor, company, spans), spans)
    yield Candidate(None, ("null", f"null|own:{anchor.company is not None}", f"null|{anchor.status}"))


def _user_features(view: View, anchor: Anchor, body: Body) -> Iterable[str]:
    yield from spatial_features(view, anchor, locate(view, anchor, [(body.start, body.end)]), "notice")
    yield from (f"body:{body.kind}", f"head:{_head_of(body)}", f"words:{len(body.phrase.split())}")


def _told_features(view: View, anchor: Anchor, company: FoundCompany, spans: Sequence[Span]) -> Iterable[str]:
    yield from spatial_features(view, anchor, locate(view, anchor, spans), "notice")
    yield from ("firm", f"kind:{company.kind}", f"own:{company.name == anchor.company}")
