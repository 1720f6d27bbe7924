"""How alike two reports are: a score over what they have in common, None where they can't be one event.

Symmetrical, and a function of the two reports alone.
"""

from rigwire.stories import figures as figure_rules
from rigwire.stories.parties import relation, same_words
from rigwire.stories.periods import days_apart, is_day, same_period
from rigwire.stories.report import Figure, Period, Report
from rigwire.stories.rules import kin, rules

_WEEK = 7
_OPPOSITES = ({"cut", "restore"}, {"curtail", "restore"}, {"refuse", "restore"})


def likeness(one: Report, other: Report) -> float | None:
    """Return the score of a pair of reports, None for a pair that can't be one event."""
    if _excluded(one, other):
        return None
    if one.article == other.article and not _plainly_same(one, other):
        return None
    parts = (_parties, _places, _figures, _dates, _kinds, _words, _publication)
    return sum(part(one, other) for part in parts)


def _excluded(one: Report, other: Report) -> bool:
    types = rules().types
    if not kin(one.type, other.type) or (one.status == "cancelled") != (other.status == "cancelled"):
        return True
    if one.notice and other.notice and {one.notice.action, other.notice.action} in _OPPOSITES:
        return True
    if relation(one.company, other.company) == "different" and not _swapped(one, other):
        return True
    is_bound = one.type in types["bound_to_place"] or other.type in types["bound_to_place"]
    if is_bound and _place_relation(one, other) == "other":
        return True
    is_level = one.type in types["level"]
    if is_level and not any(figure_rules.agree(a, b) for a, b in _common(one, other)):
        return True
    return _far_apart(one, other, is_level=is_level)


def _far_apart(one: Report, other: Report, *, is_level: bool) -> bool:
    """Tell whether the days of the event or of publication are too far from each other."""
    window = rules().window
    mine, theirs = one.dates.get("date"), other.dates.get("date")
    gap = days_apart(mine, theirs) if mine and theirs else None
    if gap is not None and gap > (0 if is_level else window["dates"]):
        return True
    is_target = is_level and "actual" not in (one.status, other.status)
    is_same_day = bool(mine and theirs and is_day(mine) and same_period(mine, theirs)) and not is_target
    if one.published is None or other.published is None:
        return not is_same_day
    allowed = "same_date" if is_same_day else "target" if is_target else "plain"
    return abs((one.published - other.published).days) > window[allowed]


def _plainly_same(one: Report, other: Report) -> bool:
    """Tell whether one article states one event twice: nothing differs, and a figure or a notice's day is the same."""
    if (one.type, one.status) != (other.type, other.status) or one.company != other.company:
        return False
    if _place_relation(one, other) == "other" or _place_relation(one, other) == "unknown" != one.jurisdiction:
        return False
    dates = [(one.dates[name], other.dates[name]) for name in one.dates.keys() & other.dates.keys()]
    common = _common(one, other)
    if not all(same_period(a, b) for a, b in dates) or not all(a.value == b.value for a, b in common):
        return False
    return bool(common) or (one.notice is not None and "effective" in one.dates.keys() & other.dates.keys())


def _parties(one: Report, other: Report) -> float:
    weights = rules().weights
    score = {"same": weights["company"], "related": weights["related_company"]}.get(
        relation(one.company, other.company), 0.0
    )
    if not score and _swapped(one, other):
        return weights["related_company"]
    score += {"same": weights["counterparty"], "related": weights["counterparty"]}.get(
        second := relation(one.counterparty, other.counterparty), 0.0
    )
    if second == "different":
        score += weights["other_counterparty"]
    if one.notice and other.notice and one.notice.issuer and second not in ("same", "related"):
        score += weights["issuer"] if same_words(one.notice.issuer, other.notice.issuer) else 0.0
    return score


def _swapped(one: Report, other: Report) -> bool:
    """Tell whether each report has as other party what the other has as company."""
    pairs = (one.company, other.counterparty), (one.counterparty, other.company)
    return all(relation(a, b) in ("same", "related") for a, b in pairs)


def _place_relation(one: Report, other: Report) -> str:
    """Return `same`, `within` (a country and its subdivision), `other` or `unknown`."""
    mine, theirs = one.jurisdiction, other.jurisdiction
    if not mine or not theirs:
        return "unknown"
    if mine == theirs:
        return "same" if "-" in mine else "within"
    is_within = mine.startswith(f"{theirs}-") or theirs.startswith(f"{mine}-")
    return "within" if is_within else "other"


def _places(one: Report, other: Report) -> float:
    weights = rules().weights
    named = {"same": weights["place"], "within": weights["country"], "other": weights["other_place"]}
    return named.get(_place_relation(one, other), 0.0)


def _common(one: Report, other: Report) -> list[tuple[Figure, Figure]]:
    """Return the pairs of figures of one kind, currency, coin and metric."""
    return [
        (a, b) for a in one.figures for b in other.figures if figure_rules.slot(a) == figure_rules.slot(b)
    ]


def _figures(one: Report, other: Report) -> float:
    """Score the two best slots with figures in common; a round figure says less than one of many digits."""
    weights = rules().weights
    common = _common(one, other)
    if not common:
        return weights["no_common_kind"] if one.figures and other.figures else 0.0
    best: dict[str, float] = {}
    for a, b in common:
        score = _figure_score(a, b)
        slot = figure_rules.slot(a)
        best[slot] = max(best.get(slot, score), score)
    return sum(sorted(best.values(), reverse=True)[:2])


def _figure_score(one: Figure, other: Figure) -> float:
    weights = rules().weights
    if figure_rules.equal(one.value, other.value):
        known = figure_rules.digits(one.value) + (one.value >= 10)
        return weights["figure"] * {1: 0.5, 2: 0.8, 3: 1.0}.get(known, 1.15)
    return weights["near_figure"] if figure_rules.agree(one, other) else weights["other_figure"]


def _dates(one: Report, other: Report) -> float:
    """Score the day of the event; of a notice, the best of its days."""
    shared = one.dates.keys() & other.dates.keys()
    return max((_date_score(one.dates[name], other.dates[name]) for name in shared), default=0.0)


def _date_score(one: Period, other: Period) -> float:
    weights = rules().weights
    gap = days_apart(one, other)
    if gap is None:
        return weights["date"] if one.value == other.value else 0.0
    if gap:
        return weights["near_date"] if gap <= _WEEK else weights["other_date"]
    return weights["date"] if is_day(one) and same_period(one, other) else weights["overlapping_date"]


def _kinds(one: Report, other: Report) -> float:
    weights = rules().weights
    return weights["type"] * (one.type != other.type) + weights["status"] * (one.status != other.status)


def _words(one: Report, other: Report) -> float:
    union = one.words | other.words
    return rules().weights["words"] * len(one.words & other.words) / len(union) if union else 0.0


def _publication(one: Report, other: Report) -> float:
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).days)
    return rules().weights["same_day"] * max(0.0, 1 - days / _WEEK)
