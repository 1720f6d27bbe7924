"""From findings to events: what each figure is part of, which acts stand without one, and what belongs together."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rigwire.extract import features, roles
from rigwire.extract.linear import load_model
from rigwire.extract.machines import ModelName
from rigwire.extract.metrics import metric_of
from rigwire.extract.notices import fill_notice
from rigwire.extract.quantities import Measure
from rigwire.extract.roles import Anchor
from rigwire.extract.triggers import find_triggers
from rigwire.extract.view import View
from rigwire.model import Event, Quantity

_ACT_THRESHOLD = 0.5
_FIGURE_THRESHOLD = 0.45


@dataclass(slots=True)
class Draft:
    """An event in the making: its anchor words, attributes, figures and how sure each step was."""

    anchor: Anchor
    measures: list[Measure]
    counterparty: str | None = None
    jurisdiction: str | None = None
    date: str | None = None
    sureness: float = 1.0
    trace: dict[str, str] = field(default_factory=dict)


def find_events(view: View) -> tuple[Event, ...]:
    """Return the events that the article states, in the order of its text."""
    drafts = [*_figure_drafts(view)]
    drafts += _act_drafts(view, drafts)
    for draft in drafts:
        _fill_roles(view, draft)
    drafts = _merge(view, _drop_repeats(drafts))
    drafts.sort(key=lambda d: d.anchor.start)
    return tuple(_event(view, draft, number) for number, draft in enumerate(drafts, 1))


def _figure_drafts(view: View) -> Iterable[Draft]:
    """One draft for each figure that belongs to an event."""
    types, statuses = load_model("type"), load_model("status")
    for measure in view.measures:
        base = features.measure_features(view, measure)
        shares = types.distribution(base)
        type_, share = max(((t, p) for t, p in shares.items() if t != "none"), key=lambda pair: pair[1])
        if 1.0 - shares["none"] < _FIGURE_THRESHOLD:
            continue
        span = (measure.start, measure.end)
        status, certainty = _best(statuses.distribution(features.status_features(view, span, type_, base)))
        anchor = Anchor(*span, type_, status, measure.kind)
        trace = {"type": f"type model {share:.2f}", "status": f"status model {certainty:.2f}"}
        yield Draft(anchor, [measure], sureness=share * certainty, trace=trace)


def _act_drafts(view: View, drafts: list[Draft]) -> list[Draft]:
    """One draft for each sentence that states an event without a figure."""
    model, statuses = load_model("unstated"), load_model("status")
    found = []
    for sentence in view.sentences:
        if not find_triggers(view.text, sentence.start, sentence.end):
            continue
        filled = sorted({d.anchor.type for d in drafts if sentence.start <= d.anchor.start < sentence.end})
        span = (sentence.start, sentence.end)
        type_, share = _best(model.distribution(features.act_features(view, span, filled)))
        if type_ == "none" or share < _ACT_THRESHOLD or type_ in filled:
            continue
        span = features.act_word(view, span, type_)
        base = list(features.anchor_features(view, *span, "none"))
        status, certainty = _best(statuses.distribution(features.status_features(view, span, type_, base)))
        trace = {"type": f"act model {share:.2f}", "status": f"status model {certainty:.2f}"}
        found.append(Draft(Anchor(*span, type_, status, "none"), [], sureness=share * certainty, trace=trace))
    return found


def _best(shares: dict[str, float]) -> tuple[str, float]:
    return max(shares.items(), key=lambda pair: pair[1])


def _fill_roles(view: View, draft: Draft) -> None:
    """Find who, to whom, where and when."""
    for role in roles.ROLES:
        value, share = roles.choose(view, draft.anchor, role)
        draft.trace[role] = f"{role} model {share:.2f}"
        if role == "company":
            draft.anchor = replace(draft.anchor, company=value)
            draft.sureness *= share
        elif role == "counterparty":
            draft.counterparty = value
        elif role == "jurisdiction":
            draft.jurisdiction = value
        else:
            draft.date = value


def _drop_repeats(drafts: list[Draft]) -> list[Draft]:
    """The same figure stated twice with the same meaning counts once, the surer statement of it."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if not draft.measures:
            kept[("act", draft.anchor.start)] = draft
            continue
        m = draft.measures[0]
        key = (m.kind, m.value, m.unit, draft.anchor.type, draft.anchor.company)
        if key not in kept or kept[key].sureness < draft.sureness:
            kept[key] = draft
    return list(kept.values())


def _merge(view: View, drafts: list[Draft]) -> list[Draft]:
    """Figures of one sentence that say different things of one act make one event."""
    merged: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.anchor.start):
        partner = next(
            (other for other in merged if draft.measures and other.measures and _one_act(view, other, draft)),
            None,
        )
        if partner is None:
            merged.append(draft)
        else:
            partner.measures += draft.measures
            partner.counterparty = partner.counterparty or draft.counterparty
            partner.jurisdiction = partner.jurisdiction or draft.jurisdiction
            partner.date = partner.date or draft.date
    return merged


def _one_act(view: View, first: Draft, second: Draft) -> bool:
    a, b = first.anchor, second.anchor
    return (
        (a.type, a.status, a.company) == (b.type, b.status, b.company)
        and view.sentence_at(a.start) == view.sentence_at(b.start)
        and not {m.kind for m in first.measures} & {m.kind for m in second.measures}
        and len({x for x in (first.date, second.date) if x}) <= 1
        and view.cell_at(a.start) is None
    )


def _event(view: View, draft: Draft, number: int) -> Event:
    sentence = view.sentences[view.sentence_at(draft.anchor.start)]
    last = view.sentences[view.sentence_at(draft.measures[-1].start)] if draft.measures else sentence
    notice = (
        fill_notice(view, draft.anchor, draft.counterparty) if draft.anchor.type == "power_notice" else None
    )
    return Event(
        id=f"e{number}",
        type=draft.anchor.type,
        status=draft.anchor.status,
        company=draft.anchor.company,
        counterparty=draft.counterparty,
        jurisdiction=draft.jurisdiction,
        site=None,
        date=notice.effective if notice else draft.date,
        quantities=tuple(_quantity(view, m, draft.anchor.type) for m in draft.measures),
        notice=notice,
        confidence=round(draft.sureness, 3),
        quote=view.text[sentence.start : last.end],
        start=sentence.start,
        end=last.end,
        trace=draft.trace,
    )


def _quantity(view: View, measure: Measure, type_: str) -> Quantity:
    model = _model_of(view, measure)
    return Quantity(
        kind=measure.kind,
        value=measure.value,
        unit=measure.unit,
        low=measure.low,
        high=measure.high,
        qualifier=measure.qualifier,
        currency=measure.currency if measure.kind in ("money", "energy_price") else None,
        model=model.name if model and measure.kind == "machines" else None,
        metric=metric_of(view, measure) if type_ == "results" else None,
        text=measure.text,
        start=measure.start,
        end=measure.end,
    )


def _model_of(view: View, measure: Measure) -> ModelName | None:
    """The machine model inside or right after a count."""
    return next((m for m in view.models if measure.start <= m.start <= measure.end + 4), None)
