"""Reports into stories: a function of the set of reports, whatever their order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import TypeAlias

from rigwire.stories.blocks import blocks_of, sought_blocks
from rigwire.stories.likeness import likeness
from rigwire.stories.report import Key, Report
from rigwire.stories.rules import rules

# What was decided by hand of two reports, by their anchors in order: one event, or not.
Decisions: TypeAlias = Mapping[tuple[str, str], bool]


def candidate_pairs(reports: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    """Yield each pair of reports that meet in a block once, the smaller key first."""
    found_in: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        for block in blocks_of(report):
            found_in[block].append(report)
    pairs = {
        (min(one.key, other.key), max(one.key, other.key)): (one, other)
        for one in reports
        for block in sought_blocks(one)
        for other in found_in.get(block, [])
        if one.key != other.key
    }
    for _, pair in sorted(pairs.items(), key=lambda item: item[0]):
        one, other = sorted(pair, key=_key)
        yield one, other


def is_linked(one: Report, other: Report, decisions: Decisions) -> bool:
    """Tell whether two reports are neighbours: alike, or joined by hand."""
    if decisions.get(anchor_pair(one, other)) is True:
        return True
    score = likeness(one, other)
    return score is not None and score >= rules().link


def neighbourhoods(reports: Sequence[Report], decisions: Decisions) -> list[list[Report]]:
    """Return the reports that are linked, directly or over others, each list and all of them by key."""
    by_anchor: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_anchor[report.anchor].append(report)
    joined = [
        pair
        for (a, b), together in decisions.items()
        if together
        for pair in product(by_anchor.get(a, []), by_anchor.get(b, []))
    ]
    links = [pair for pair in candidate_pairs(reports) if is_linked(*pair, decisions)]
    return components(reports, [*links, *joined])


def components(reports: Iterable[Report], links: Iterable[tuple[Report, Report]]) -> list[list[Report]]:
    """Return the connected components of a graph of reports, by key."""
    parent = {report.key: report.key for report in reports}
    known = {report.key: report for report in reports}
    for one, other in links:
        a, b = _root(parent, one.key), _root(parent, other.key)
        parent[max(a, b)] = min(a, b)
    groups: dict[Key, list[Report]] = defaultdict(list)
    for key in sorted(known):
        groups[_root(parent, key)].append(known[key])
    return [groups[key] for key in sorted(groups)]


def partition(neighbourhood: Sequence[Report], decisions: Decisions) -> list[list[Report]]:
    """Return the stories of one neighbourhood, reports and stories by key.

    What was joined by hand is one unit from the start. Then the most alike pair of groups that may be joined is, again
    and again: no two of their units are known to differ, and the mean score between them is high enough.
    """
    units = _units(neighbourhood, decisions)
    scores = {
        (a, b): _unit_score(units[a], units[b], decisions) for a, b in combinations(range(len(units)), 2)
    }
    groups = _joined(len(units), scores)
    stories = [sorted((report for unit in group for report in units[unit]), key=_key) for group in groups]
    return sorted(stories, key=lambda story: story[0].key)


def anchor_pair(one: Report, other: Report) -> tuple[str, str]:
    """Return the anchors of two reports in the order of decisions."""
    return (one.anchor, other.anchor) if one.anchor < other.anchor else (other.anchor, one.anchor)


def _units(reports: Sequence[Report], decisions: Decisions) -> list[list[Report]]:
    """Return what is joined by hand together, by key; a pair that would join what was parted by hand is left out."""
    units = [[report] for report in sorted(reports, key=_key)]
    for one, other in combinations([unit[0] for unit in units], 2):
        if decisions.get(anchor_pair(one, other)):
            a = next(unit for unit in units if one in unit)
            b = next(unit for unit in units if other in unit)
            if a is not b and not _are_parted(a, b, decisions):
                a += b
                units.remove(b)
    return units


def _unit_score(ones: Sequence[Report], others: Sequence[Report], decisions: Decisions) -> float | None:
    """Return the score of the most alike reports of two units, None where none are alike or a hand parted them."""
    if _are_parted(ones, others, decisions):
        return None
    scores = [likeness(one, other) for one in ones for other in others]
    return max((score for score in scores if score is not None), default=None)


def _are_parted(ones: Sequence[Report], others: Sequence[Report], decisions: Decisions) -> bool:
    return any(decisions.get(anchor_pair(one, other)) is False for one in ones for other in others)


def _joined(count: int, scores: Mapping[tuple[int, int], float | None]) -> list[list[int]]:
    """Return units grouped by average linkage, the most alike pair first."""
    groups = [[unit] for unit in range(count)]
    links = sorted((-score, pair) for pair, score in scores.items() if score is not None and score >= rules().link)
    for _, (one, other) in links:
        a = next(group for group in groups if one in group)
        b = next(group for group in groups if other in group)
        if a is not b and _may_join(scores[min(x, y), max(x, y)] for x in a for y in b):
            a += b
            groups.remove(b)
    return groups


def _may_join(scores: Iterable[float | None]) -> bool:
    """Tell whether groups with these scores between them are alike enough, and nothing in them is known to differ."""
    given = list(scores)
    known = [score for score in given if score is not None]
    return len(known) == len(given) and sum(known) / len(known) >= rules().mean


def _key(report: Report) -> Key:
    return report.key


def _root(parent: dict[Key, Key], key: Key) -> Key:
    while parent[key] != key:
        parent[key] = parent[parent[key]]
        key = parent[key]
    return key
