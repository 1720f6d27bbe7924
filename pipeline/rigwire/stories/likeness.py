"""How alike two reports are: a score over what they have in common, None where they can't be one event.

Symmetrical, and a function of the two reports alone.
"""

from rigwire.stories import figures as figure_rules
from rigwire.stories.parties import relation, same_words
from rigwire.stories.periods import days_apart, is_day, same_period
from rigwire.stories.report import Figure, Period, Report
from rigwire.stories.rules import kin, rules

_WEEK = 7
# How much of the larger of two figures their difference may be for one to be the other, badly remembered.
_OFF = 0.25
# The figures that tell at least this much are rarely the same by chance: 2,600, 84 or $6.5 million.
_TELLING = 3
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
    if not (kin(one.type, other.type) or _have_one_figure(one, other)):
        return True
    if (one.status == "cancelled") != (other.status == "cancelled"):
        return True
    if one.notice and other.notice and {one.notice.action, other.notice.action} in _OPPOSITES:
        return True
    if relation(one.company, other.company) == "different" and not _swapped(one, other):
        return True
    is_bound = one.type in types["bound_to_place"] or other.type in types["bound_to_place"]
    if is_bound and _place_relation(one, other) == "other":
        return True
    is_level = one.type in types["level"] or other.type in types["level"]
    if is_level and not any(figure_rules.agree(a, b) for a, b in _common(one, other)):
        return True
    return _far_apart(one, other, is_level=is_level)


def _have_one_figure(one: Report, other: Report) -> bool:
    """Tell whether two reports of one firm state one telling figure for what they take for different acts."""
    loose = rules().types["loose"]
    if one.type not in loose or other.type not in loose or relation(one.company, other.company) != "same":
        return False
    return any(figure_rules.equal(a.value, b.value) and _telling(a) >= _TELLING for a, b in _common(one, other))


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
    if _identity(one) != _identity(other):
        return False
    dates = [(one.dates[name], other.dates[name]) for name in one.dates.keys() & other.dates.keys()]
    common = _common(one, other)
    if not all(same_period(a, b) for a, b in dates):
        return False
    if not all(a.value == b.value and a.scope == b.scope for a, b in common):
        return False
    return bool(common) or (one.notice is not None and "effective" in one.dates.keys() & other.dates.keys())


def _identity(report: Report) -> tuple[object, ...]:
    """Return what two statements of one event in one article have in common in any case."""
    action = report.notice.action if report.notice else None
    return report.type, report.status, report.company, report.jurisdiction, action


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
    """Return `same` (subdivision), `country`, `within` (a country and its subdivision), `other` or `unknown`."""
    mine, theirs = one.jurisdiction, other.jurisdiction
    if not mine or not theirs:
        return "unknown"
    if mine == theirs:
        return "same" if "-" in mine else "country"
    is_within = mine.startswith(f"{theirs}-") or theirs.startswith(f"{mine}-")
    return "within" if is_within else "other"


def _places(one: Report, other: Report) -> float:
    weights = rules().weights
    named = {"same": weights["place"], "country": weights["country"], "within": weights["within"]}
    named["other"] = weights["other_place"]
    return named.get(_place_relation(one, other), 0.0)


def _common(one: Report, other: Report) -> list[tuple[Figure, Figure]]:
    """Return the pairs of figures of one kind, currency and coin, and of one metric where both have one."""
    return [
        (a, b) for a in one.figures for b in other.figures
        if (a.kind, a.currency or a.unit) == (b.kind, b.currency or b.unit)
        and (a.metric == b.metric or None in (a.metric, b.metric))
    ]  # fmt: skip


def _figures(one: Report, other: Report) -> float:
    """Score the two best slots with figures in common; a round figure says less than one of many digits."""
    weights = rules().weights
    common = _common(one, other)
    if not common:
        return weights["no_common_kind"] if one.figures and other.figures else 0.0
    best: dict[str, float] = {}
    for a, b in common:
        score = _figure_score(a, b)
        best[a.kind] = max(best.get(a.kind, score), score)
    return sum(sorted(best.values(), reverse=True)[:2])


def _figure_score(one: Figure, other: Figure) -> float:
    weights = rules().weights
    if figure_rules.equal(one.value, other.value):
        return weights["figure"] * {1: 0.5, 2: 0.8, 3: 1.0}.get(_telling(one), 1.15)
    if figure_rules.agree(one, other):
        return weights["near_figure"]
    larger = max(abs(one.value), abs(other.value))
    return weights["off_figure" if abs(one.value - other.value) <= _OFF * larger else "other_figure"]


def _telling(figure: Figure) -> int:
    """Return how much a figure tells: its significant digits, and one more for what is not a handful."""
    return figure_rules.digits(figure.value) + (figure.value >= 10)


def _dates(one: Report, other: Report) -> float:
    """Score the day of the event; of notices the best of their days, and more where they take effect on one day."""
    shared = one.dates.keys() & other.dates.keys()
    score = max((_date_score(one.dates[name], other.dates[name]) for name in shared), default=0.0)
    if "effective" in shared:
        mine, theirs = one.dates["effective"], other.dates["effective"]
        score += rules().weights["effective"] * (is_day(mine) and same_period(mine, theirs))
    return score


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
    if one.type == other.type:
        score = weights["rare_type"] if one.type in rules().types["rare"] else 0.0
    else:
        score = weights["type"]
    return score + weights["status"] * (one.status != other.status)


def _words(one: Report, other: Report) -> float:
    """Score the words that both sentences have, as a share of the mean of their lengths (Dice's coefficient)."""
    both = len(one.words) + len(other.words)
    return rules().weights["words"] * 2 * len(one.words & other.words) / both if both else 0.0


def _publication(one: Report, other: Report) -> float:
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).days)
    return rules().weights["same_day"] * max(0.0, 1 - days / _WEEK)
