"""Candidates for the date of an event and for the times of a notice."""

import re
from collections import Counter
from collections.abc import Iterable

from rigwire.extract.calendar import days_covered, read_anchor
from rigwire.extract.features import heading_of
from rigwire.extract.positions import Anchor, Candidate, locate, spatial_features
from rigwire.extract.view import View


def date_candidates(view: View, anchor: Anchor) -> Iterable[Candidate]:
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
        position = locate(view, anchor, values[item.value])
        here_or_before = (
            position.same_before is not None or position.same_after is not None or position.sentences_back is not None
        )
        if not here_or_before and (position.sentences_ahead or 9) > 2:
            continue
        features = [
            *spatial_features(view, anchor, position, anchor.type),
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
        if position.nearest is not None and _is_nearest(anchor, position.nearest, [(d.start, d.end) for d in here]):
            features += ["nearest", f"nearest|{anchor.type}"]
        yield Candidate(item.value, tuple(features), tuple(values[item.value]))
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


_AHEAD = re.compile(r"\b(?:will|would|shall|to be|is to|are to|was to|were to)\b", re.IGNORECASE)


def _order(view: View, span: tuple[int, int]) -> str:
    """Tell the day of telling from the day of starting, by what stands before and after the date."""
    sentence = view.sentences[view.sentence_at(span[0])]
    ahead = bool(_AHEAD.search(view.text, sentence.start, span[0]))
    told = [c.start for c in view.classes_between(sentence.start, sentence.end) if "notify" in c.types]
    before, after = any(t < span[0] for t in told), any(t >= span[1] for t in told)
    return f"order:{'would' if ahead else ''}{'<' if before else ''}{'>' if after else ''}"


def _is_nearest(anchor: Anchor, span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    def gap(other: tuple[int, int]) -> int:
        return min(abs(anchor.start - other[1]), abs(other[0] - anchor.end))

    return bool(spans) and span in spans and all(gap(span) <= gap(other) for other in spans)
