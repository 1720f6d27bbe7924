"""Which drafts tell of one thing: a figure stated twice, mentions of one act, sentences of one notice."""

from collections import defaultdict
from dataclasses import replace

from rigwire.extract import heads
from rigwire.extract.drafts import LIKELY, Draft
from rigwire.extract.notices import agree, joined, may_be_one, refers_back
from rigwire.extract.table_roles import BY_TABLE
from rigwire.extract.view import View
from rigwire.model import Notice

_NOTICE_REACH = 2  # sentences
_LESS_POWER = {"cut", "curtail"}  # what is off at some hours is called either
_GOES_ON_SHARE, _GOES_ON_REACH = 0.3, 3  # of a sentence after a notice that says more of it
SAME_EVENT_REACH = 2  # sentences between two mentions of one event


def drop_repeats(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, a figure that is stated twice with one meaning once, as it is surer, but for two periods.

    Where one of its meanings is less likely than all others together, it has the meaning of the surer statement too.
    """
    periods: dict[tuple[object, ...], list[str | None]] = defaultdict(list)
    for draft in drafts:
        if draft.rules.get("date") == BY_TABLE:
            periods[_meaning(draft)].append(draft.date)
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        stated_for = periods[_meaning(draft)]
        key = (*_meaning(draft), draft.date if draft.date in stated_for else next(iter(stated_for), None))
        if key not in kept or kept[key].sureness < draft.sureness:
            kept[key] = draft
    surest: dict[tuple[object, ...], float] = {}
    for draft in kept.values():
        surest[_figure(draft)] = max(surest.get(_figure(draft), 0.0), draft.sure["type"])
    return [d for d in kept.values() if not d.measures or d.sure["type"] >= min(LIKELY, surest[_figure(d)])]


def _meaning(draft: Draft) -> tuple[object, ...]:
    """What a draft's figure is and means; of several acts that one word stands for the last counts."""
    return (*_figure(draft), draft.anchor.type if draft.measures else "")


def _figure(draft: Draft) -> tuple[object, ...]:
    """What a draft's figure is, whatever it means; the place of one without figures."""
    if not draft.measures:
        return ("act", draft.anchor.start)
    m = draft.measures[0]
    return (m.kind, m.value, m.unit, draft.anchor.company)


def merge(view: View, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with what different words say of one act made one."""
    merged: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.anchor.start):
        partner = next((other for other in reversed(merged) if _one_act(view, other, draft)), None)
        if partner is None:
            merged.append(draft)
        else:
            partner.measures += draft.measures
            partner.counterparty = partner.counterparty or draft.counterparty
            partner.jurisdiction = partner.jurisdiction or draft.jurisdiction
            partner.date = partner.date or draft.date
    return merged


def join_notices(view: View, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with sentences close together that speak of one notice made one."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.anchor.start):
        partner = next((other for other in reversed(kept) if _one_notice(view, other, draft)), None)
        if partner is None and _goes_on(view, kept, draft):
            continue
        if partner is None or partner.notice is None or draft.notice is None:
            kept.append(draft)
            continue
        if _is_vague(partner) and not _is_vague(draft):
            partner.notice = joined(draft.notice, partner.notice)
            partner.anchor = replace(draft.anchor, start=partner.anchor.start)
            partner.sure, partner.rules = draft.sure, draft.rules
        else:
            partner.notice = joined(partner.notice, draft.notice)
        partner.measures += draft.measures
        partner.counterparty = partner.counterparty or draft.counterparty
        partner.jurisdiction = partner.jurisdiction or draft.jurisdiction
        if _is_vague(partner) or not _is_vague(draft):
            partner.anchor = replace(partner.anchor, company=partner.anchor.company or draft.anchor.company)
    return kept


def _one_notice(view: View, first: Draft, second: Draft) -> bool:
    if first.notice is None or second.notice is None or view.cell_at(second.anchor.start) is not None:
        return False
    apart = view.sentence_at(second.anchor.start) - view.sentence_at(first.anchor.start)
    near = apart <= _NOTICE_REACH or _start_together(first.notice, second.notice)
    firms = {first.anchor.company, second.anchor.company} - {None}
    vague = _is_vague(first) != _is_vague(second)  # of its times one is as likely wrong as right
    sentence = view.sentences[view.sentence_at(second.anchor.start)]
    alike = {first.notice.action, second.notice.action} == _LESS_POWER or refers_back(view, sentence)
    more = replace(second.notice, action=first.notice.action) if alike else second.notice
    return near and len(firms) <= 1 and agree(first.notice, more, by_times=not vague)


def _start_together(first: Notice, second: Notice) -> bool:
    """Whether two notices of one issuer start at the same time: an article tells that of one, however far apart."""
    return first.effective is not None and (first.effective, first.issuer) == (second.effective, second.issuer)


def _goes_on(view: View, before: list[Draft], draft: Draft) -> bool:
    """Tell a sentence that hardly states a notice of its own, close after one: it says more of that."""
    if draft.notice is None or draft.measures or draft.sure["type"] >= _GOES_ON_SHARE:
        return False
    here = view.sentence_at(draft.anchor.start)
    return any(d.notice and here - view.sentence_at(d.anchor.start) <= _GOES_ON_REACH for d in before)


def _is_vague(draft: Draft) -> bool:
    return not draft.measures and draft.sure["type"] < LIKELY


def _one_act(view: View, first: Draft, second: Draft) -> bool:
    a, b = first.anchor, second.anchor
    apart = view.sentence_at(b.start) - view.sentence_at(a.start)
    return (
        (a.type, a.status, a.company) == (b.type, b.status, b.company)
        and apart <= SAME_EVENT_REACH
        and may_be_one(first.jurisdiction, second.jurisdiction)
        and may_be_one(first.date, second.date)
        and may_be_one(first.counterparty, second.counterparty)
        and heads.same_event_score(a.vector, b.vector, a.type, apart) > 0.0
    )
