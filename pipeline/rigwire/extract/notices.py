"""The slots of a power notice: what is done to whom, who says so, when it was told, when it starts and ends."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import product
from math import prod

from rigwire.extract import features, heads, roles
from rigwire.extract.calendar import read_anchor, side_of
from rigwire.extract.linear import load_model, shares_of
from rigwire.extract.recipients import in_full
from rigwire.extract.roles import Anchor
from rigwire.extract.sentences import Sentence
from rigwire.extract.unit_tables import alternatives
from rigwire.extract.view import View
from rigwire.knowledge import read_table, split_list
from rigwire.model import ACTIONS, Notice

_TIMES = ("notified", "effective", "until")
_LIKELIEST = 4  # candidates of a slot
_SURE = 0.9  # below, that no time was found may be wrong


def read_notice(view: View, anchor: Anchor, issuer: str | None) -> tuple[Notice, dict[str, float]]:
    """Return the notice that stands at an anchor, and how sure each slot is; `issuer` is the event's counterparty."""
    sentence = view.sentences[view.sentence_at(anchor.start)]
    start, end = features.act_word(view, (sentence.start, sentence.end), "power_notice")
    anchor = replace(anchor, start=start, end=end, kind="none")
    linear = load_model("action").scores(features.anchor_features(view, anchor.start, anchor.end, "notice"))
    actions = shares_of(ACTIONS, heads.action_scores(anchor.vector[None])[0], linear)
    action, sure = max(actions.items(), key=lambda pair: pair[1])
    shares = {"action": sure}
    chosen, shares["recipient"] = roles.choose(view, anchor, "recipient")
    recipient = in_full(view, anchor.start, chosen)
    (notified, effective, until), sure_of = _times(view, anchor)
    shares |= sure_of
    if effective is None and shares["effective"] < _SURE and action != "refuse":
        effective = _stated_hour(view, anchor, (until, notified))
    if notified is None and shares["notified"] < _SURE:
        notified = _told(view, anchor, effective, until)
    return Notice(action, issuer, recipient, notified, effective, until), shares


def _times(view: View, anchor: Anchor) -> tuple[tuple[str | None, ...], dict[str, float]]:
    """Return when a notice was told, from when and until when it holds, the likeliest together; and their shares.

    A day can fill one slot alone: what starts then was told before, and ends later.
    """
    weighed = [_likeliest(roles.weigh(view, anchor, slot)) for slot in _TIMES]
    ordered = [picked for picked in product(*weighed) if _in_order(*(value for value, _ in picked))]
    best = max(ordered, key=lambda picked: prod(share for _, share in picked))
    return tuple(value for value, _ in best), {slot: share for slot, (_, share) in zip(_TIMES, best, strict=True)}


def _likeliest(shares: dict[str | None, float]) -> list[tuple[str | None, float]]:
    """The few best candidates of a slot, and nothing, which goes with all."""
    return [*{**dict(Counter(shares).most_common(_LIKELIEST)), None: shares[None]}.items()]


def _in_order(notified: str | None, effective: str | None, until: str | None) -> bool:
    if notified is not None and notified == effective:
        return False
    return until is None or all(before is None or _is_before(before, until) for before in (notified, effective))


def _is_before(one: str, other: str) -> bool:
    """Tell whether a time can lie before another, which may be less exact."""
    common = min(len(one), len(other))
    return one != other and one[:common] <= other[:common]


def _stated_hour(view: View, anchor: Anchor, taken: tuple[str | None, ...]) -> str | None:
    """The one time of day of the notice's sentence: what happens at an hour is what was told."""
    hours = _dates_in(view, view.sentences[view.sentence_at(anchor.start)], "minute") - {*taken}
    return hours.pop() if len(hours) == 1 else None


def _told(view: View, anchor: Anchor, effective: str | None, until: str | None) -> str | None:
    """The one day of a sentence about being told, the notice's or the one before it: "On 4 May it got a letter"."""
    index = view.sentence_at(anchor.start)
    for sentence in (view.sentences[index], view.sentences[max(0, index - 1)]):
        told = any("notify" in found.types for found in view.classes_between(sentence.start, sentence.end))
        days = _dates_in(view, sentence, "day") - {effective, until}
        before = {day for day in days if effective is None or day < effective}
        if told and len(days) == 1 and before:
            return before.pop()
    return None


def _dates_in(view: View, sentence: Sentence, precision: str) -> set[str]:
    return {d.value for d in view.dates if sentence.start <= d.start < sentence.end and d.precision == precision}


def status_by_day(notice: Notice, status: str, published: str | None) -> str:
    """Return the status of a notice, seen from the publication day (docs/codebook.md, 3).

    What was told to start on a day is planned before that day and actual after it; a refusal holds from the word.
    """
    if notice.action == "refuse" or status not in ("actual", "planned") or notice.effective is None:
        return status
    side = side_of(notice.effective, read_anchor(published).day)
    return {"past": "actual", "future": "planned"}.get(side or "", status)


def refers_back(view: View, sentence: Sentence) -> bool:
    """Tell whether a sentence goes on about the notice before it: "The order covers 196 MW"."""
    return _reference().match(view.text, sentence.start, sentence.end) is not None


@cache
def _reference() -> re.Pattern[str]:
    """ "The cut" is one, "the power company cut" is none."""
    forms = {row["role"]: split_list(row["forms"]) for row in read_table("lexicon/sentence_words.csv")}
    nouns, verbs = alternatives(forms["notice"]), alternatives(forms["notice_or_verb"])
    return re.compile(rf"[“\"]?(?:The|This|That|These|Those)\s(?:(?:[\w-]+\s){{0,2}}?(?:{nouns})|(?:{verbs}))(?!\w)")


def says_something(notice: Notice) -> bool:
    """A notice that nobody gave and that names no time is none."""
    return any((notice.issuer, notice.notified, notice.effective))


def agree(first: Notice, second: Notice, *, by_times: bool = True) -> bool:
    """Tell whether two notices can be one: the same act, no two different issuers, nor times where those count."""
    times = ((first.effective, second.effective), (first.until, second.until)) if by_times else ()
    alike = first.action == second.action and may_be_one(first.issuer, second.issuer)
    return alike and all(_may_be_one_time(a, b) for a, b in times)


def may_be_one(one: str | None, other: str | None) -> bool:
    """Tell whether two values, either of which may not be known, can be the same."""
    return one == other or one is None or other is None


def _may_be_one_time(one: str | None, other: str | None) -> bool:
    """Tell whether two times, either of which may be less exact, can be the same: a day and an hour of it."""
    return one is None or other is None or one.startswith(other) or other.startswith(one)


def _more_exact(one: str | None, other: str | None) -> str | None:
    """Return a time, or what another tells beyond it: the hour of that day, any where it is not known."""
    return other if other is not None and other.startswith(one or "") else one


def joined(first: Notice, second: Notice) -> Notice:
    """Return the first notice with its empty slots filled from the second, and its times as exact as either states."""
    return Notice(
        action=first.action,
        issuer=first.issuer or second.issuer,
        recipient=first.recipient or second.recipient,
        notified=_more_exact(first.notified, second.notified),
        effective=_more_exact(first.effective, second.effective),
        until=_more_exact(first.until, second.until),
    )
