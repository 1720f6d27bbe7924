"""Who, to whom, where and when: each role of an event is the best of its candidates, or nobody."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rigwire.extract.calendar import days_covered, read_anchor
from rigwire.extract.features import heading_of, segment
from rigwire.extract.linear import LinearModel, load_model, softmax
from rigwire.extract.places import FoundPlace
from rigwire.extract.view import View

ROLES = ("company", "counterparty", "jurisdiction", "date")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words from which an event is read, and what is known of it so far."""

    start: int
    end: int
    type: str
    status: str
    kind: str
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible filler of a role; `value` None stands for nobody."""

    value: str | None
    features: tuple[str, ...]


def choose(
    view: View, anchor: Anchor, role: str, taken: tuple[str | None, ...] = ()
) -> tuple[str | None, float]:
    """Return the best filler of a role, none of `taken`, and its probability among all candidates."""
    options = [
        option
        for option in candidates(view, anchor, role)
        if option.value is None or option.value not in taken
    ]
    model: LinearModel = load_model(role)
    weights = softmax([model.scores(option.features)[0] for option in options])
    best = max(range(len(options)), key=lambda i: weights[i])
    value = options[best].value
    return value, sum(w for w, option in zip(weights, options, strict=True) if option.value == value)


def candidates(view: View, anchor: Anchor, role: str) -> list[Candidate]:
    """Return all candidates of a role with their features, nobody among them."""
    makers = {
        "company": _company,
        "counterparty": _counterparty,
        "jurisdiction": _jurisdiction,
        "date": _date,
        "effective": _date,
        "notified": _date,
        "until": _date,
        "recipient": _recipient,
    }
    return [*makers[role](view, anchor)]


@dataclass(frozen=True, slots=True)
class _Position:
    """How spans lie to an anchor."""

    same_before: int | None  # words between, nearest span before in the sentence
    same_after: int | None
    sentences_back: int | None
    sentences_ahead: int | None
    nearest: tuple[int, int] | None


def _bucket(words: int) -> str:
    return "0" if words < 2 else "1" if words < 5 else "2" if words < 10 else "3" if words < 18 else "4"


def _position(view: View, anchor: Anchor, spans: Iterable[tuple[int, int]]) -> _Position:
    index = view.sentence_at(anchor.start)
    sentence = view.sentences[index]
    before = [s for s in spans if sentence.start <= s[0] and s[1] <= anchor.start]
    after = [s for s in spans if anchor.end <= s[0] < sentence.end or (anchor.start <= s[0] < anchor.end)]
    earlier = [s for s in spans if s[0] < sentence.start]
    later = [s for s in spans if s[0] >= sentence.end]
    back = index - view.sentence_at(earlier[-1][0]) if earlier else None
    ahead = view.sentence_at(later[0][0]) - index if later else None
    nearest = (
        before[-1]
        if before
        else after[0]
        if after
        else earlier[-1]
        if earlier
        else later[0]
        if later
        else None
    )
    return _Position(
        len(view.words_between(before[-1][1], anchor.start)) if before else None,
        len(view.words_between(anchor.end, after[0][0])) if after else None,
        back,
        ahead,
        nearest,
    )


def _spatial(
    view: View, anchor: Anchor, position: _Position, type_: str, syntax: bool = True
) -> Iterable[str]:
    """Features common to all roles: distance, side, the words around the nearest span, the way through the parse."""
    left, right = segment(view, anchor.start, anchor.end)
    if position.same_before is not None:
        yield f"before:{_bucket(position.same_before)}"
        yield f"before|{type_}"
    if position.same_after is not None:
        yield f"after:{_bucket(position.same_after)}"
        yield f"after|{type_}"
    if position.same_before is None and position.same_after is None:
        back, ahead = position.sentences_back, position.sentences_ahead
        yield "later_only" if back is None else f"back:{min(back, 6)}"
        if ahead is not None and ahead <= 2:
            yield f"ahead:{ahead}"
            yield f"ahead:{ahead}|{type_}"
        if back is not None:
            yield f"back:{min(back, 3)}|{type_}"
    else:
        yield "same_sentence"
    if position.nearest is not None:
        start, end = position.nearest
        before = [w.norm for w in view.words_between(max(0, start - 30), start)][-2:]
        after = [w.norm for w in view.words_between(end, end + 30)][:2]
        same = "s" if position.same_before is not None or position.same_after is not None else "o"
        if before:
            yield f"{same}wb:{before[-1]}"
            yield f"{same}wb:{before[-1]}|{type_}"
            yield f"{same}wb2:{' '.join(before)}"
        if after:
            yield f"{same}wa:{after[0]}"
            yield f"{same}wa:{after[0]}|{type_}"
        if left <= start < right:
            yield "segment"
            yield f"segment|{type_}"
        low, high = segment(view, start, end)
        for name in {name for found in view.classes_between(low, high) for name in found.types}:
            yield f"{same}kc:{name}"
            yield f"{same}kc:{name}|{type_}"
        for side, found in (("kl", view.classes_between(max(low, start - 60), start)[-1:]), ("kr", view.classes_between(end, min(high, end + 60))[:1])):
            for name in [name for trigger in found for name in trigger.types]:
                yield f"{same}{side}:{name}"
                yield f"{same}{side}:{name}|{type_}"
        if same == "s" and start - view.sentences[view.sentence_at(start)].start < 12:
            yield "opens"
            yield f"opens|{type_}"
        if same == "s" and syntax:
            yield from view.path((anchor.start, anchor.end), position.nearest)


def _company(view: View, anchor: Anchor) -> Iterable[Candidate]:
    main = Counter({c.name: len(c.spans) for c in view.companies}).most_common(1)
    sentence = view.sentences[view.sentence_at(anchor.start)]
    pronoun = _pronoun(view, sentence.start, anchor.start)
    named = [c for c in view.companies if any(sentence.start <= s[0] < sentence.end for s in c.spans)]
    last = _last_named(view, anchor.start)
    for company in view.companies:
        position = _position(view, anchor, company.spans)
        features = [
            *_spatial(view, anchor, position, anchor.type),
            f"kind:{company.kind}",
            f"kind:{company.kind}|{anchor.type}",
        ]
        if main and company.name == main[0][0]:
            features += [
                "main",
                f"main|{anchor.type}",
                f"main|named:{min(len(named), 2)}",
                f"main|pron:{pronoun}",
            ]
        if any(form in view.title for form in (company.name, *company.aliases)):
            features += ["title", f"title|named:{min(len(named), 2)}"]
        if last == company.name:
            features += ["last", f"last|pron:{pronoun}", f"last|named:{min(len(named), 2)}"]
        if named == [company]:
            features += ["only_named", f"only_named|{anchor.type}"]
        if len(view.companies) == 1:
            features.append("only")
        features.append(f"mentions:{min(len(company.spans), 5)}")
        if _nearest_named(view, anchor, named) == company.name:
            features += ["nearest", f"nearest|{anchor.type}"]
        if named and named[0] == company:
            features += ["first_named", f"first_named|{anchor.type}"]
        yield Candidate(company.name, tuple(features))
    nobody = [
        "null",
        f"null|{anchor.type}",
        f"null|{anchor.type}|named:{min(len(named), 2)}",
        f"null|named:{min(len(named), 2)}",
    ]
    nobody += [f"null|pron:{pronoun}", f"null|companies:{min(len(view.companies), 4)}", f"null|{anchor.kind}"]
    nobody += [
        f"null|w:{w.norm}"
        for w in view.words_between(
            max(sentence.start, anchor.start - 60), min(sentence.end, anchor.end + 60)
        )
    ]
    yield Candidate(None, tuple(nobody))


def _pronoun(view: View, start: int, end: int) -> str:
    """The last word before the anchor that stands for a firm named earlier."""
    words = re.findall(
        r"\b(?:it|its|they|their|we|our|the (?:\w+[- ]){0,3}(?:company|miner|firm|operator|group|host|pool|subsidiary|maker))\b",
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


def _nearest_named(view: View, anchor: Anchor, named: list[object]) -> str | None:
    spans = [
        (min(abs(anchor.start - s[1]), abs(s[0] - anchor.end)), c.name)
        for c in view.companies
        if c in named
        for s in c.spans
    ]
    return min(spans)[1] if spans else None


def _counterparty(view: View, anchor: Anchor) -> Iterable[Candidate]:
    sentence = view.sentences[view.sentence_at(anchor.start)]
    for company in view.companies:
        if company.name == anchor.company:
            continue
        position = _position(view, anchor, company.spans)
        features = [
            *_spatial(view, anchor, position, anchor.type),
            f"kind:{company.kind}",
            f"kind:{company.kind}|{anchor.type}",
            "firm",
        ]
        if any(form in view.title for form in (company.name, *company.aliases)):
            features += ["title", f"title|{anchor.type}"]
        features.append(f"mentions:{min(len(company.spans), 3)}")
        yield Candidate(company.name, tuple(features))
    for body in view.bodies:
        if body.kind == "user" or not sentence.start - 400 <= body.start < sentence.end:
            continue
        position = _position(view, anchor, [(body.start, body.end)])
        head = body.phrase.split()[-1].lower()
        features = [
            *_spatial(view, anchor, position, anchor.type),
            f"body:{body.kind}",
            f"body:{body.kind}|{anchor.type}",
            f"head:{head}",
            f"head:{head}|{anchor.type}",
        ]
        yield Candidate(body.phrase, tuple(features))
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


_HERE = re.compile(
    r"\b(?:(?P<there>there|where|here|on site|on-site)|the (?P<country>country|kingdom|republic|nation|sultanate|emirate)"
    r"|the (?:\w+ )?(?P<region>province|state|region|county|village|town|city|municipality|district)"
    r"|(?:the|its|that|this) (?:\w+ ){0,2}?(?P<site>site|farm|plant|facility|mine|campus|hall|halls|data cent(?:er|re)|location|warehouse|park))\b",
    re.IGNORECASE,
)


def _pointer(view: View, anchor: Anchor) -> str:
    """The kind of word in the sentence that points back to a place named earlier."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    found = {m.lastgroup for m in _HERE.finditer(view.text, sentence.start, sentence.end)}
    return next((kind for kind in ("there", "site", "region", "country") if kind in found), "none")


def _jurisdiction(view: View, anchor: Anchor) -> Iterable[Candidate]:
    sentence = view.sentences[view.sentence_at(anchor.start)]
    places = _without_qualifiers(view)
    codes = Counter(place.code for place in places)
    here = [p for p in places if sentence.start <= p.start < sentence.end]
    last = next((p.code for p in reversed(places) if p.start < sentence.start), None)
    pointer, beside = _pointer(view, anchor), _beside_company(view, anchor, places)
    for code, count in codes.items():
        spans = [(p.start, p.end) for p in places if p.code == code]
        position = _position(view, anchor, spans)
        nearest = next((p for p in places if (p.start, p.end) == position.nearest), None)
        features = [
            *_spatial(view, anchor, position, anchor.type, syntax=False),
            f"count:{min(count, 4)}",
            f"codes:{min(len(codes), 4)}",
        ]
        if nearest is not None:
            features += [f"pk:{nearest.kind}", f"pk:{nearest.kind}|{anchor.type}"]
            if re.match(
                r"[- ](?:based|headquartered|listed|registered)", view.text[nearest.end : nearest.end + 14]
            ):
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
        yield Candidate(code, tuple(features))
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
    found = [
        (abs(own - view.sentence_at(p.start)), p.code)
        for p in places
        if view.sentence_at(p.start) in sentences
    ]
    return list(dict.fromkeys(code for _, code in sorted(found, key=lambda pair: pair[0])))


def _date(view: View, anchor: Anchor) -> Iterable[Candidate]:
    index = view.sentence_at(anchor.start)
    sentence = view.sentences[index]
    today = read_anchor(view.published).day
    cell = view.cell_at(anchor.start)
    heading = heading_of(view, index)
    values: dict[str, list[tuple[int, int]]] = {}
    for item in view.dates:
        values.setdefault(item.value, []).append((item.start, item.end))
    here = [d for d in view.dates if sentence.start <= d.start < sentence.end]
    months = Counter(d.value for d in view.dates if d.precision == "month").most_common(1)
    for item in {d.value: d for d in view.dates}.values():
        position = _position(view, anchor, values[item.value])
        here_or_before = (
            position.same_before is not None
            or position.same_after is not None
            or position.sentences_back is not None
        )
        if not here_or_before and (position.sentences_ahead or 9) > 2:
            continue
        features = [
            *_spatial(view, anchor, position, anchor.type),
            f"p:{item.precision}",
            f"p:{item.precision}|{anchor.type}",
            f"p:{item.precision}|{anchor.status}",
        ]
        covered = days_covered(item.value)
        side = (
            "none"
            if not (covered and today)
            else "future"
            if covered[0] > today
            else "past"
            if covered[1] < today
            else "now"
        )
        features += [
            f"side:{side}",
            f"side:{side}|{anchor.status}",
            f"side:{side}|{anchor.type}",
            f"side:{side}|{anchor.status}|{anchor.type}",
        ]
        if today and item.value == today.isoformat():
            features.append("today")
        if (
            cell is not None
            and cell.head
            and any(cell.head in view.text[s:e] or view.text[s:e] in cell.head for s, e in values[item.value])
        ):
            features.append("column")
        if any(view.text[s:e] in heading for s, e in values[item.value]) and heading:
            features.append("heading")
        if any(view.text[s:e] in view.title for s, e in values[item.value]):
            features += ["title", f"title|here:{bool(here)}"]
        if months and item.value == months[0][0]:
            features += ["main_month", f"main_month|here:{bool(here)}|{anchor.type}"]
        if len(here) == 1 and here[0].value == item.value:
            features += ["only_here", f"only_here|{anchor.type}"]
        if position.nearest is not None:
            order = _order(view, position.nearest)
            features += [order, f"{order}|{anchor.type}", f"{order}|{item.precision}"]
            if position.nearest[0] < 90:
                features.append("dateline")
        if position.nearest is not None and _is_nearest(
            anchor, position.nearest, [(d.start, d.end) for d in here]
        ):
            features += ["nearest", f"nearest|{anchor.type}"]
        yield Candidate(item.value, tuple(features))
    yield Candidate(
        None,
        (
            "null",
            f"null|{anchor.type}",
            f"null|{anchor.status}",
            f"null|here:{min(len(here), 2)}",
            f"null|{anchor.type}|here:{bool(here)}",
            f"null|{anchor.type}|{anchor.status}|here:{bool(here)}",
            f"null|{anchor.kind}",
            f"null|table:{cell is not None}",
        ),
    )


def _recipient(view: View, anchor: Anchor) -> Iterable[Candidate]:
    """Whom a notice addresses: users in the article's words, or a firm."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    for body in view.bodies:
        if not sentence.start - 300 <= body.start < sentence.end + 200 or body.kind == "public":
            continue
        position = _position(view, anchor, [(body.start, body.end)])
        head = body.phrase.split()[-1].lower()
        features = [
            *_spatial(view, anchor, position, "notice"),
            f"body:{body.kind}",
            f"head:{head}",
            f"words:{len(body.phrase.split())}",
        ]
        yield Candidate(body.phrase, tuple(features))
    for company in view.companies:
        position = _position(view, anchor, company.spans)
        features = [
            *_spatial(view, anchor, position, "notice"),
            "firm",
            f"kind:{company.kind}",
            f"own:{company.name == anchor.company}",
        ]
        yield Candidate(company.name, tuple(features))
    yield Candidate(None, ("null", f"null|own:{anchor.company is not None}", f"null|{anchor.status}"))


_AHEAD = re.compile(r"\b(?:will|would|shall|to be|is to|are to|was to|were to)\b", re.IGNORECASE)


def _order(view: View, span: tuple[int, int]) -> str:
    """Tell the day on which something is told from the day on which it starts: what stands before and after the date."""
    sentence = view.sentences[view.sentence_at(span[0])]
    ahead = bool(_AHEAD.search(view.text, sentence.start, span[0]))
    told = [c.start for c in view.classes_between(sentence.start, sentence.end) if "notify" in c.types]
    before, after = any(t < span[0] for t in told), any(t >= span[1] for t in told)
    return f"order:{'would' if ahead else ''}{'<' if before else ''}{'>' if after else ''}"


def _is_nearest(anchor: Anchor, span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    def gap(other: tuple[int, int]) -> int:
        return min(abs(anchor.start - other[1]), abs(other[0] - anchor.end))

    return bool(spans) and span in spans and all(gap(span) <= gap(other) for other in spans)
