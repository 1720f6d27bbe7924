"""What the words around a figure say: the named features from which its event's type and status are read."""

import math
import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from rigwire.extract.calendar import read_anchor, side_of
from rigwire.extract.ellipsis import cue_forms
from rigwire.extract.quantities import Measure
from rigwire.extract.sentences import Sentence
from rigwire.extract.unit_tables import alternatives
from rigwire.extract.view import View

_LONGEST_HEADING = 70  # characters
_SEGMENT = re.compile(r"[,;:—–()]\s|\s(?:and|but|while|which|after|as|where|when|than)\s")


def measure_features(view: View, measure: Measure) -> list[str]:
    """Return the features of a figure for the models of type and status."""
    span = (measure.start, measure.end)
    return [
        *_own(view, measure),
        *anchor_features(view, *span, measure.kind),
    ]


def _own(view: View, measure: Measure) -> Iterable[str]:
    kind = measure.kind
    yield "bias"
    yield f"k:{kind}"
    yield f"k:{kind}|q:{measure.qualifier}"
    yield f"k:{kind}|noun:{measure.noun.lower()}"
    yield f"k:{kind}|per:{measure.per}"
    yield f"k:{kind}|change:{measure.change}"
    yield f"k:{kind}|size:{_magnitude(measure.value)}"
    if not measure.explicit:
        yield f"k:{kind}|implicit"
    sentence = view.sentences[view.sentence_at(measure.start)]
    before = [m.kind for m in view.measures if sentence.start <= m.start < measure.start]
    after = [m.kind for m in view.measures if measure.start < m.start < sentence.end]
    yield f"k:{kind}|before:{before[-1] if before else None}"
    yield f"k:{kind}|after:{after[0] if after else None}"
    if any(m.start <= measure.end and measure.end + 30 >= m.start >= measure.end for m in view.models):
        yield f"k:{kind}|model"
    cell = view.cell_at(measure.start)
    if cell is not None:
        yield "table"
        for word in re.findall(r"[a-z]+", cell.label.lower()):
            yield f"row:{word}"
            yield f"row:{word}|{kind}"


def _magnitude(value: float) -> int:
    """The power of ten of a value in its unit: a machine has -1 PH/s or less, a farm more."""
    return math.floor(math.log10(value)) if value > 0 else 0


def anchor_features(view: View, start: int, end: int, kind: str) -> Iterable[str]:
    """Return the features of the place `start:end`: words near it, in its segment and sentence, triggers, headings."""
    index = view.sentence_at(start)
    sentence = view.sentences[index]
    left = [w.norm for w in view.words_between(sentence.start, start)]
    right = [w.norm for w in view.words_between(end, sentence.end)]
    for distance, word in enumerate(reversed(left[-4:]), 1):
        yield f"l{distance}:{word}"
        yield f"l{min(distance, 3)}:{word}|{kind}"
    for distance, word in enumerate(right[:4], 1):
        yield f"r{distance}:{word}"
        yield f"r{min(distance, 3)}:{word}|{kind}"
    if len(left) > 1:
        yield f"ll:{left[-2]} {left[-1]}"
    if len(right) > 1:
        yield f"rr:{right[0]} {right[1]}"
    for word in {w.stem for w in view.words_between(*segment(view, start, end))}:
        yield f"g:{word}"
        yield f"g:{word}|{kind}"
    yield from _trigger_features(view, start, end, kind)
    yield from _class_features(view, start, end, kind)
    yield from _place_features(view, index, kind)


def segment(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the stretch between the commas and conjunctions around `start:end`, within its sentence."""
    return view.once(("segment", start, end), lambda: _segment(view, start, end))


def _segment(view: View, start: int, end: int) -> tuple[int, int]:
    index = view.sentence_at(start)
    sentence = view.sentences[index]
    cuts = view.once(
        ("cuts", index), lambda: [m.span() for m in _SEGMENT.finditer(view.text, sentence.start, sentence.end)]
    )
    left = max((last for _, last in cuts if last <= start), default=sentence.start)
    right = min((first for first, _ in cuts if first >= end), default=sentence.end)
    return left, right


def _trigger_features(view: View, start: int, end: int, kind: str) -> Iterable[str]:
    sentence = view.sentences[view.sentence_at(start)]
    left, right = segment(view, start, end)
    near: dict[str, int] = {}
    for trigger in view.triggers_between(sentence.start, sentence.end):
        gap = (
            view.count_words(trigger.end, start)
            if trigger.end <= start
            else -view.count_words(end, trigger.start) - 1
        )
        inside = left <= trigger.start < right
        for name in trigger.types:
            if name not in near or abs(gap) < abs(near[name]):
                near[name] = gap
            if inside:
                yield f"ts:{name}"
                yield f"ts:{name}|{kind}"
    for name, gap in near.items():
        side = "l" if gap >= 0 else "r"
        bucket = "0" if abs(gap) < 2 else "1" if abs(gap) < 5 else "2" if abs(gap) < 10 else "3"
        yield f"t{side}:{name}:{bucket}"
        yield f"t{side}:{name}|{kind}"


def _class_features(view: View, start: int, end: int, kind: str) -> Iterable[str]:
    """Classes of meaning: the nearest on each side, those of the segment, those of the sentence."""
    sentence = view.sentences[view.sentence_at(start)]
    low, high = segment(view, start, end)
    left: list[str] = []
    right: list[str] = []
    for found in view.classes_between(sentence.start, sentence.end):
        for name in found.types:
            if low <= found.start < high:
                yield f"cg:{name}"
                yield f"cg:{name}|{kind}"
            yield f"cs:{name}"
            (left if found.end <= start else right).append(name)
            side = "l" if found.end <= start else "r" if found.start >= end else "i"
            gap = (
                view.count_words(found.end, start)
                if side == "l"
                else view.count_words(end, found.start)
            )
            if gap <= 4:
                yield f"c{side}{'n' if gap <= 1 else 'm'}:{name}"
                yield f"c{side}:{name}|{kind}"
    yield f"cl1:{left[-1] if left else None}|{kind}"
    yield f"cr1:{right[0] if right else None}|{kind}"
    yield f"clr:{left[-1] if left else None}|{right[0] if right else None}"
    if len(left) > 1:
        yield f"cl2:{left[-2]}|{left[-1]}"


def _place_features(view: View, index: int, kind: str) -> Iterable[str]:
    """Where in the article the sentence stands, and what the neighbours say."""
    sentence = view.sentences[index]
    heading = heading_of(view, index)
    for word in re.findall(r"[a-z]+", heading.lower())[:8]:
        yield f"h:{word}"
        if word == "about":
            yield f"h:about|{kind}"
    opening = [w.norm for w in view.words_between(sentence.start, sentence.end)][:3]
    for word in opening:
        yield f"o:{word}"
    if opening[:1] in (["-"], ["*"], ["•"], ["·"]):
        yield "bullet"
    if index:
        before = view.sentences[index - 1]
        if sentence.paragraph - before.paragraph <= 2:
            for name in {
                t for trigger in view.triggers_between(before.start, before.end) for t in trigger.types
            }:
                yield f"pt:{name}"


def heading_of(view: View, index: int) -> str:
    """Return the nearest heading before a sentence, no more than 25 lines up."""
    heading: str = view.once(("heading", index), lambda: _find_heading(view, index))
    return heading


def _find_heading(view: View, index: int) -> str:
    for position in range(index - 1, max(-1, index - 25), -1):
        sentence = view.sentences[position]
        words = view.text[sentence.start : sentence.end]
        if is_heading(words):
            return words
    return ""


def is_heading(words: str) -> bool:
    """Tell a heading from a sentence, list item or table row: a short line without a full stop."""
    listed = re.match(r"[-•*·]\s", words) or "|" in words or "\t" in words
    return len(words) < _LONGEST_HEADING and words[-1] not in '.!?,;"”' and not listed


def status_features(
    view: View, measure_or_anchor: tuple[int, int], type_: str, base: Iterable[str]
) -> list[str]:
    """Return the features for the status: those of the type, the type itself, and where the sentence's dates lie."""
    start, end = measure_or_anchor
    sentence = view.sentences[view.sentence_at(start)]
    found = [*base, f"type:{type_}"]
    today = read_anchor(view.published).day
    left, right = segment(view, start, end)
    for item in view.dates:
        side = side_of(item.value, today)
        if side and sentence.start <= item.start < sentence.end:
            found.append(f"date:{side}")
            found.append(f"date:{side}|{type_}")
            if left <= item.start < right:
                found.append(f"near:{side}")
    return found


def act_features(view: View, span: tuple[int, int], filled: Iterable[str]) -> list[str]:
    """Return the features of a sentence that may state an event without a figure.

    `filled` are the types of the events that its figures already state.
    """
    start, end = span
    words = [w.norm for w in view.words_between(start, end)]
    found = {"bias", f"length:{min(len(words) // 8, 5)}", *(f"w:{word}" for word in words)}
    found |= {f"ww:{a} {b}" for a, b in pairwise(words)}
    found |= {f"t:{name}" for trigger in view.triggers_between(start, end) for name in trigger.types}
    classes = sorted({name for c in view.classes_between(start, end) for name in c.types})
    found |= {f"c:{name}" for name in classes}
    found |= {f"cc:{a}|{b}" for i, a in enumerate(classes) for b in classes[i + 1 :]}
    found |= {f"filled:{name}" for name in filled}
    found.add(f"filled:{bool(list(filled))}")
    found |= {f"has:{c.kind}" for c in view.companies if any(start <= s[0] < end for s in c.spans)}
    found |= {f"body:{b.kind}" for b in view.bodies if start <= b.start < end}
    found.add(f"dates:{min(sum(start <= d.start < end for d in view.dates), 2)}")
    found.add(f"places:{min(sum(start <= p.start < end for p in view.places), 2)}")
    found.add(f"figures:{min(sum(start <= m.start < end for m in view.measures), 2)}")
    index = view.sentence_at(start)
    found.add(f"nth:{min(index, 3)}")
    if index:
        before = view.sentences[index - 1]
        found |= {
            f"pt:{n}" for trigger in view.triggers_between(before.start, before.end) for n in trigger.types
        }
    found |= {f"ti:{word}" for word in re.findall(r"[a-z]{3,}", view.title.lower())}
    return sorted(found)


_PAPERS = ("lend", "equity")
_SUPPLY_ACTS = ("cut_supply", "curtail_load", "restore_supply", "refuse_supply", "tariff_change")
_NOTICE_ACTS = (*_SUPPLY_ACTS, "shut")


def only_closes(view: View, start: int) -> bool:
    """Tell whether the sentence at `start` speaks of closing and not of supply or supplier: it tells of no notice."""
    sentence = view.sentences[view.sentence_at(start)]
    acts = _acts(view, sentence)
    return "shut" in acts and acts.isdisjoint(_SUPPLY_ACTS) and not _names_supplier(view, sentence)


def _names_supplier(view: View, sentence: Sentence) -> bool:
    """Tell whether a sentence names who supplies power: what he shuts off is supply."""
    firms = [start for c in view.companies if c.kind == "utility" for start, _ in view.spans_of(c)]
    bodies = [body.start for body in view.bodies if body.kind == "supplier"]
    return any(sentence.start <= start < sentence.end for start in (*firms, *bodies))


def sells_paper(view: View, start: int) -> bool:
    """Tell whether what the sentence at `start` speaks of selling is notes or shares, no coins or machines."""
    sentence = view.sentences[view.sentence_at(start)]
    named = _goods().search(view.text, sentence.start, sentence.end)
    return named is None and not _acts(view, sentence).isdisjoint(_PAPERS)


def _acts(view: View, sentence: Sentence) -> set[str]:
    return {name for found in view.classes_between(sentence.start, sentence.end) for name in found.types}


@cache
def _goods() -> re.Pattern[str]:
    forms = cue_forms()
    return re.compile(rf"(?<!\w)(?:{alternatives([*forms['coin_thing'], *forms['machine_thing']])})(?!\w)")


def act_word(view: View, span: tuple[int, int], type_: str) -> tuple[int, int]:
    """Return the word in `span` that states an act of this type; the whole span where none does.

    Of a notice it is the last word for what is done to the supply: "told that it would be cut off".
    """
    start, end = span
    if type_ == "power_notice":
        done = [c for c in view.classes_between(start, end) if any(name in _NOTICE_ACTS for name in c.types)]
        if done:
            return done[-1].start, done[-1].end
    found = [t for t in view.triggers_between(start, end) if type_ in t.types]
    return (found[0].start, found[0].end) if found else span
