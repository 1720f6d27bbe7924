"""From findings to events: what each figure is part of, which acts stand without one, and how sure each event is."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from rigwire.extract import features, heads, roles
from rigwire.extract.clients import client_of
from rigwire.extract.drafts import LIKELY, Draft
from rigwire.extract.encoder import Encoding, Span, Vectors
from rigwire.extract.guesses import GUESS
from rigwire.extract.linear import load_model, probability, shares_of
from rigwire.extract.machines import ModelName
from rigwire.extract.merging import drop_repeats, join_notices, merge
from rigwire.extract.metrics import metric_of
from rigwire.extract.network import is_beyond_firms
from rigwire.extract.notices import read_notice, says_something, status_by_day
from rigwire.extract.quantities import Measure
from rigwire.extract.readings import row_beside
from rigwire.extract.respective import SURE, respective
from rigwire.extract.roles import Anchor
from rigwire.extract.table_roles import BY_TABLE, told_by_table
from rigwire.extract.view import View
from rigwire.model import CORE_KINDS, EVENT_TYPES, STATUSES, Event, Quantity

_ACT_THRESHOLD = 0.12
_FIGURE_THRESHOLD = 0.5
_GUESS_THRESHOLD = 0.8
_HASHRATE_THRESHOLD = 0.35
_CAPACITY = frozenset({"terahash", "petahash", "exahash", "kilowatt", "megawatt"})
_PRICED = frozenset({"power_notice", "power_deal", "regulation", "results"})
_LEAST_CONFIDENCE = 0.3
_NOBODY = {"network": ("company", "counterparty"), "production": ("counterparty",), "treasury": ("counterparty",)}
"""The roles that nobody plays, by type of event (docs/codebook.md, 2)."""
_LIMITS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)


def find_events(view: View) -> tuple[Event, ...]:
    """Return the events that the article states, in the order of its text."""
    drafts = merge(view, drop_repeats(find_drafts(view)))
    for draft in drafts:
        if draft.anchor.type == "power_notice":
            draft.notice, shares = read_notice(view, draft.anchor, draft.counterparty)
            draft.sure.update(shares)
    drafts = join_notices(view, [d for d in drafts if d.measures or d.notice is None or says_something(d.notice)])
    for draft in drafts:
        _set_by_day(view, draft)
    drafts.sort(key=lambda d: d.anchor.start)
    judged = [(draft, confidence(draft)) for draft in drafts]
    told = [(draft, share) for draft, share in judged if _is_core(draft) or share >= _LEAST_CONFIDENCE]
    return tuple(_event(view, draft, share, number) for number, (draft, share) in enumerate(told, 1))


def _is_core(draft: Draft) -> bool:
    """Tell an event that is worth its place even where it is hardly likely: a notice, or one with a core figure."""
    return draft.notice is not None or any(measure.kind in CORE_KINDS for measure in draft.measures)


def _set_by_day(view: View, draft: Draft) -> None:
    """Let the day on which a notice takes effect say whether it has."""
    status = status_by_day(draft.notice, draft.anchor.status, view.published) if draft.notice else draft.anchor.status
    if status != draft.anchor.status:
        draft.anchor = replace(draft.anchor, status=status)
        draft.sure["status"] = draft.sure["effective"]
        draft.rules["status"] = "the day on which it takes effect"


def find_drafts(view: View) -> list[Draft]:
    """Return one draft for each figure and each act without a figure; none of an article that the encoder left out."""
    if view.encoding is None:
        return []
    drafts = [*_figure_drafts(view, view.encoding)]
    drafts += [*_act_drafts(view, view.encoding, drafts)]
    for draft in drafts:
        _fill_roles(view, draft)
    return drafts


def _figure_drafts(view: View, encoding: Encoding) -> Iterable[Draft]:
    """One draft for each figure that belongs to an event."""
    if not view.measures:
        return
    places = [encoding.place(view.sentence_at(m.start), (m.start, m.end)) for m in view.measures]
    vectors = np.stack([encoding.mean_at(place) for place in places])
    scored = heads.type_scores(vectors, heads.look_around(encoding, places, vectors))
    for measure, vector, scores in zip(view.measures, vectors, scored, strict=True):
        base = features.measure_features(view, measure)
        shares = shares_of(heads.TYPES, scores, load_model("type").scores(base))
        possible = {t: p for t, p in shares.items() if t != "none"}
        type_, share = _best(possible)
        if _is_ruled_out(view, measure, type_) or (type_ == "power_notice" and share < LIKELY):
            del possible[type_]
            type_, share = _best(possible)
        if (measure.per == "machine" and type_ != "network") or _is_unit_price(measure, type_):
            continue
        if 1.0 - shares["none"] < _least_share(measure):
            continue
        span = (measure.start, measure.end)
        status, certainty = _status(view, span, type_, base, vector)
        if _is_networks(view, measure, type_, status):
            type_, share = "network", max(share, possible["network"])
            status, certainty = _status(view, span, type_, base, vector)
        draft = Draft(
            Anchor(*span, type_, status, measure.kind, vector), [measure], {"type": share, "status": certainty}
        )
        _read_beside(view, draft)
        yield draft


def _read_beside(view: View, draft: Draft) -> None:
    """Let the words right beside a figure go before the models."""
    anchor = draft.anchor
    row = row_beside(view.text, draft.measures[0], anchor.type, anchor.status)
    if row is None:
        return
    draft.anchor = replace(anchor, type=row.new_type or anchor.type, status=row.new_status or anchor.status)
    for step in (step for step, told in (("type", row.new_type), ("status", row.new_status)) if told):
        draft.sure[step] = max(draft.sure[step], SURE)
        draft.rules[step] = f"words beside the figure: {row.name}"


def _least_share(measure: Measure) -> float:
    """The probability from which a figure is part of an event; a hashrate hardly ever is beside the point."""
    if measure.noun == GUESS:
        return _GUESS_THRESHOLD
    return _HASHRATE_THRESHOLD if measure.kind == "hashrate" else _FIGURE_THRESHOLD


def _is_unit_price(measure: Measure, type_: str) -> bool:
    """Tell what a terahash or a megawatt costs, which is no sum of a deal; as a tariff or a cost it is told."""
    return measure.kind == "money" and measure.per in _CAPACITY and type_ not in _PRICED


def _is_networks(view: View, measure: Measure, type_: str, status: str) -> bool:
    """Tell a hashrate that no firm can have; what one is to have some day may be as large."""
    reached = measure.kind == "hashrate" and type_ != "shutdown" and status == "actual"
    return reached and is_beyond_firms(measure.value, view.published)


def _is_ruled_out(view: View, measure: Measure, type_: str) -> bool:
    """Tell what the words of a sentence exclude, whatever the models make of them."""
    if type_ == "power_notice":
        return features.only_closes(view, measure.start)
    return type_ == "sale" and measure.kind == "money" and features.sells_paper(view, measure.start)


def _act_drafts(view: View, encoding: Encoding, drafts: list[Draft]) -> Iterable[Draft]:
    """One draft for each act that a sentence states without a figure; what a heading says is said again below it."""
    last = len(view.sentences) - 1
    for index, sentence in enumerate(view.sentences):
        rows = encoding.sentence(index)
        if not len(rows) or not view.triggers_between(sentence.start, sentence.end):
            continue
        if index < last and features.is_heading(view.text[sentence.start : sentence.end]):
            continue
        filled = sorted({d.anchor.type for d in drafts if sentence.start <= d.anchor.start < sentence.end})
        whole = (sentence.start, sentence.end)
        scores, vectors = heads.act_scores(rows)
        linear = load_model("unstated").scores(features.act_features(view, whole, filled))
        for type_, score, other, vector in zip(EVENT_TYPES, scores, linear, vectors, strict=True):
            share = probability(float(score) + other)
            if share < _ACT_THRESHOLD or type_ in filled:
                continue
            span = features.act_word(view, whole, type_)
            base = list(features.anchor_features(view, *span, "none"))
            status, certainty = _status(view, span, type_, base, vector)
            yield Draft(Anchor(*span, type_, status, "none", vector), [], {"type": share, "status": certainty})


def _status(view: View, span: Span, type_: str, base: list[str], vector: Vectors) -> tuple[str, float]:
    linear = load_model("status").scores(features.status_features(view, span, type_, base))
    return _best(shares_of(STATUSES, heads.status_scores(vector[None], [type_])[0], linear))


def _best(shares: dict[str, float]) -> tuple[str, float]:
    return max(shares.items(), key=lambda pair: pair[1])


def _fill_roles(view: View, draft: Draft) -> None:
    """Find who, to whom, where and when; the later roles are read with the company in hand."""
    company = _fill(view, draft, "company")
    draft.anchor = replace(draft.anchor, company=company)
    draft.counterparty = _fill(view, draft, "counterparty")
    draft.jurisdiction = _fill(view, draft, "jurisdiction")
    draft.date = _fill(view, draft, "date")


def _fill(view: View, draft: Draft, role: str) -> str | None:
    if role in _NOBODY.get(draft.anchor.type, ()):
        draft.sure[role] = 1.0
        return None
    filler, draft.sure[role] = roles.choose(view, draft.anchor, role)
    if not draft.measures:
        return filler
    told, rule = told_by_table(view, draft.anchor, role), BY_TABLE
    if told is None:
        told, rule = respective(view, draft.anchor.start, role, filler), "its place in a list, respectively"
    if told is None and role == "company":
        told, rule = client_of(view, draft.anchor), "whom the contract is with"
    if told is None:
        return filler
    draft.sure[role], draft.rules[role] = max(draft.sure[role], SURE), rule
    return told


def confidence_features(draft: Draft) -> list[str]:
    """Return the features from which the probability is reckoned that type, status and company are all right."""
    found = ["bias", f"kind:{draft.anchor.kind}", f"type:{draft.anchor.type}", f"status:{draft.anchor.status}"]
    if draft.measures and draft.measures[0].noun == GUESS:
        found.append("guess")
    for step in ("type", "status", "company"):
        found += [f"{step}>{limit}" for limit in _LIMITS if draft.sure[step] > limit]
    return [*found, *(f"all>{limit}" for limit in _LIMITS if draft.sureness > limit)]


def confidence(draft: Draft) -> float:
    """Return the calibrated probability (0..1) that type, status and company of an event are all right."""
    return probability(load_model("confidence").scores(confidence_features(draft))[0])


def _event(view: View, draft: Draft, share: float, number: int) -> Event:
    sentence = view.sentences[view.sentence_at(draft.anchor.start)]
    last = view.sentences[view.sentence_at(draft.measures[-1].start)] if draft.measures else sentence
    return Event(
        id=f"e{number}",
        type=draft.anchor.type,
        status=draft.anchor.status,
        company=draft.anchor.company,
        counterparty=draft.counterparty,
        jurisdiction=draft.jurisdiction,
        site=_facility(view, draft, sentence.start, last.end),
        date=draft.notice.effective if draft.notice else draft.date,
        quantities=tuple(_quantity(view, m, draft.anchor.type) for m in draft.measures),
        notice=draft.notice,
        confidence=round(share, 3),
        quote=view.text[sentence.start : last.end],
        start=sentence.start,
        end=last.end,
        trace={s: draft.rules.get(s) or f"encoder and features, {share:.2f}" for s, share in draft.sure.items()},
    )


def _facility(view: View, draft: Draft, start: int, end: int) -> str | None:
    """The facility named nearest to the event's words in the sentences that state it."""
    named = [f for f in view.facilities if start <= f.start < end]
    nearest = min(named, key=lambda f: abs(f.start - draft.anchor.start), default=None)
    return nearest.name if nearest else None


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
