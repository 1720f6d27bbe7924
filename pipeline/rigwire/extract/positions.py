"""How the candidates for a role lie to the words from which an event is read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rigwire.extract.encoder import Span, Vectors
from rigwire.extract.features import segment
from rigwire.extract.view import View


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words from which an event is read, their vector, and what is known of the event so far."""

    start: int
    end: int
    type: str
    status: str
    kind: str
    vector: Vectors = field(compare=False, repr=False)
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible filler of a role and where it is mentioned; `value` None stands for nobody, who is nowhere.

    `features` are worked out when they are asked for, once.
    """

    value: str | None
    features: Iterable[str]
    spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """How spans lie to an anchor."""

    same_before: int | None  # words between, nearest span before in the sentence
    same_after: int | None
    sentences_back: int | None
    sentences_ahead: int | None
    nearest: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a span: words beside it, classes of meaning in its segment and next to it on both sides."""

    before: list[str]
    after: list[str]
    classes: set[str]
    left: list[str]
    right: list[str]
    opens: bool


def _bucket(words: int) -> str:
    return "0" if words < 2 else "1" if words < 5 else "2" if words < 10 else "3" if words < 18 else "4"


def locate(view: View, anchor: Anchor, spans: Iterable[Span]) -> Position:
    """Return how spans, given in the order of the text, lie to an anchor."""
    index = view.sentence_at(anchor.start)
    sentence = view.sentences[index]
    earlier = before = after = later = None
    for span in spans:
        if span[0] < sentence.start:
            earlier = span
        elif span[0] >= sentence.end:
            later = span
            break
        elif span[1] <= anchor.start:
            before = span
        elif span[0] >= anchor.start:
            after = after or span
    return Position(
        view.count_words(before[1], anchor.start) if before else None,
        view.count_words(anchor.end, after[0]) if after else None,
        index - view.sentence_at(earlier[0]) if earlier else None,
        view.sentence_at(later[0]) - index if later else None,
        before or after or earlier or later,
    )


def spatial_features(view: View, anchor: Anchor, position: Position, type_: str) -> Iterable[str]:
    """Features common to all roles: distance, side, the words around the nearest span."""
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
        yield from _around(view, anchor, position, type_)


def _same_sentence(position: Position) -> bool:
    return position.same_before is not None or position.same_after is not None


def _around(view: View, anchor: Anchor, position: Position, type_: str) -> Iterable[str]:
    """The words and classes of meaning around the nearest span; "s" marks the anchor's own sentence, "o" another."""
    assert position.nearest is not None
    start, end = position.nearest
    same = "s" if _same_sentence(position) else "o"
    yield from view.once(("around", start, end, same, type_), lambda: [*_told_around(view, start, end, same, type_)])
    left, right = segment(view, anchor.start, anchor.end)
    if left <= start < right:
        yield "segment"
        yield f"segment|{type_}"


def _told_around(view: View, start: int, end: int, same: str, type_: str) -> Iterable[str]:
    """What is the same for all anchors of a type."""
    around = view.once(("around", start, end), lambda: _surroundings(view, start, end))
    if around.before:
        yield f"{same}wb:{around.before[-1]}"
        yield f"{same}wb:{around.before[-1]}|{type_}"
        yield f"{same}wb2:{' '.join(around.before)}"
    if around.after:
        yield f"{same}wa:{around.after[0]}"
        yield f"{same}wa:{around.after[0]}|{type_}"
    for side, names in (("kc", around.classes), ("kl", around.left), ("kr", around.right)):
        for name in names:
            yield f"{same}{side}:{name}"
            yield f"{same}{side}:{name}|{type_}"
    if same == "s" and around.opens:
        yield "opens"
        yield f"opens|{type_}"


def _surroundings(view: View, start: int, end: int) -> Surroundings:
    low, high = segment(view, start, end)
    left = view.classes_between(max(low, start - 60), start)[-1:]
    right = view.classes_between(end, min(high, end + 60))[:1]
    return Surroundings(
        before=[w.norm for w in view.words_between(max(0, start - 30), start)][-2:],
        after=[w.norm for w in view.words_between(end, end + 30)][:2],
        classes={name for found in view.classes_between(low, high) for name in found.types},
        left=[name for trigger in left for name in trigger.types],
        right=[name for trigger in right for name in trigger.types],
        opens=start - view.sentences[view.sentence_at(start)].start < 12,
    )
