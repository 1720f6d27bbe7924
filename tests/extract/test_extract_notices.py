"""Which sentences make one power notice, and which one of their own."""

from dataclasses import replace

import numpy as np
import pytest

from rigwire.extract import roles
from rigwire.extract.drafts import Draft
from rigwire.extract.events import find_drafts
from rigwire.extract.merging import join_notices
from rigwire.extract.notices import read_notice
from rigwire.extract.pipeline import scan
from rigwire.extract.roles import Anchor
from rigwire.extract.view import View
from rigwire.model import Notice

TEXT = "KEGOC will cut off miners on 24 January. Letters went out on Monday. {more}Tavanir curtails farms from May."
CUT = Notice("cut", "KEGOC", "miners", None, "2022-01-24", None)


def draft(view: View, word: str, share: float, notice: Notice) -> Draft:
    start = view.text.index(word)
    anchor = Anchor(start, start + len(word), "power_notice", "planned", "none", np.zeros(384, dtype=np.float32))
    return Draft(anchor, [], {"type": share, "status": 0.9, "company": 0.9}, notice=notice)


@pytest.mark.parametrize(
    ("share", "more", "told"),
    [
        (0.2, "", ["cut"]),
        (0.4, "", ["cut", "curtail"]),
        (0.2, "It is cold. The lake is low. ", ["cut", "curtail"]),
    ],
)
def test_a_sentence_that_hardly_states_a_notice_goes_on_about_the_one_before(
    share: float, more: str, told: list[str]
) -> None:
    view = scan(TEXT.format(more=more), None, "2022-01-21")
    other = Notice("curtail", "Tavanir", "farms", None, "2022-05", None)
    joined = join_notices(view, [draft(view, "cut", 0.9, CUT), draft(view, "curtails", share, other)])
    assert [one.notice.action for one in joined if one.notice] == told


def test_what_is_cut_at_some_hours_is_curtailed() -> None:
    view = scan(TEXT.format(more=""), None, "2022-01-21")
    hours = Notice("curtail", "KEGOC", None, None, "2022-01-24", "2022-01-31")
    [one] = join_notices(view, [draft(view, "cut", 0.9, CUT), draft(view, "went", 0.9, hours)])
    assert one.notice == Notice("cut", "KEGOC", "miners", None, "2022-01-24", "2022-01-31")


def test_what_a_later_sentence_says_of_the_same_notice_fills_its_slots() -> None:
    view = scan(TEXT.format(more=""), None, "2022-01-21")
    letters = Notice("cut", None, None, "2022-01-17", None, None)
    [one] = join_notices(view, [draft(view, "cut", 0.9, CUT), draft(view, "went", 0.6, letters)])
    assert one.notice == Notice("cut", "KEGOC", "miners", "2022-01-17", "2022-01-24", None)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("2022-01-24", "2022-01-24T09:00", ["2022-01-24T09:00"]),
        ("2022-01-24T09:00", "2022-01-24", ["2022-01-24T09:00"]),
        ("2022-01", "2022-01-24", ["2022-01-24"]),
        ("2022-01-24T09:00", "2022-01-24T10:00", ["2022-01-24T09:00", "2022-01-24T10:00"]),
        ("2022-01-24", "2022-01-25T09:00", ["2022-01-24", "2022-01-25T09:00"]),
        (None, "2022-01-25", ["2022-01-25"]),
    ],
)
def test_a_day_and_an_hour_of_it_are_one_time_told_by_the_hour(first: str | None, second: str, told: list[str]) -> None:
    view = scan(TEXT.format(more=""), None, "2022-01-21")
    notices = [replace(CUT, effective=first), replace(CUT, effective=second)]
    drafts = [draft(view, word, 0.9, notice) for word, notice in zip(("cut", "went"), notices, strict=True)]
    assert [one.notice.effective for one in join_notices(view, drafts) if one.notice] == told


@pytest.mark.parametrize(("effective", "number"), [("2022-01-24", 1), ("2022-01-25", 2)])
def test_a_sentence_far_away_tells_of_the_same_notice_if_its_issuer_and_start_are_the_same(
    effective: str, number: int
) -> None:
    view = scan(TEXT.format(more="It is cold. The lake is low. Snow fell. More snow fell. "), None, "2022-01-21")
    later = Notice("cut", "KEGOC", None, None, effective, None)
    assert len(join_notices(view, [draft(view, "cut", 0.9, CUT), draft(view, "curtails", 0.9, later)])) == number


@pytest.mark.parametrize(("share", "company"), [(0.4, None), (0.9, "Enegix")])
def test_a_sentence_that_may_tell_of_a_notice_does_not_say_whose_it_is(share: float, company: str | None) -> None:
    view = scan(TEXT.format(more=""), None, "2022-01-21")
    later = draft(view, "went", share, Notice("cut", "KEGOC", "Enegix", None, "2022-01-24", None))
    later.anchor = replace(later.anchor, company="Enegix")
    [one] = join_notices(view, [draft(view, "cut", 0.9, CUT), later])
    assert one.anchor.company == company


def test_a_heading_states_no_act_of_its_own() -> None:
    heading = "Grid operator orders miners to switch off"
    text = f"{heading}\n\nKEGOC told all crypto miners on Monday to stop by Friday. The order was unexpected."
    assert [one.anchor.start > len(heading) for one in find_drafts(scan(text, None, "2022-01-21"))] == [True]
    [alone] = find_drafts(scan(heading, None, "2022-01-21"))
    assert alone.anchor.type == "power_notice"


@pytest.mark.parametrize(
    ("notified", "effective", "until", "expected"),
    [
        ({}, {"2022-01-24": 0.6}, {"2022-01-24": 0.5, "2022-01-31": 0.4}, (None, "2022-01-24", "2022-01-31")),
        ({}, {"2022-01-24": 0.9}, {"2022-01-20": 0.7}, (None, "2022-01-24", None)),
        ({"2022-01-24": 0.6}, {"2022-01-24": 0.8}, {}, (None, "2022-01-24", None)),
        ({"2022-01-24": 0.95}, {"2022-01-24": 0.6}, {}, ("2022-01-24", None, None)),
        ({}, {"2022-01": 0.9}, {"2022-01-31": 0.9}, (None, "2022-01", "2022-01-31")),
        ({}, {}, {"a": 0.19, "b": 0.18, "c": 0.17, "d": 0.16, "e": 0.15}, (None, None, "a")),
    ],
)
def test_the_times_of_a_notice_are_the_likeliest_that_go_together(
    monkeypatch: pytest.MonkeyPatch,
    notified: dict[str | None, float],
    effective: dict[str | None, float],
    until: dict[str | None, float],
    expected: tuple[str | None, str | None, str | None],
) -> None:
    shares = {"notified": notified, "effective": effective, "until": until, "recipient": {}}
    nothing: dict[str, dict[str | None, float]] = {
        slot: {None: 1.0 - sum(given.values())} for slot, given in shares.items()
    }
    monkeypatch.setattr(roles, "weigh", lambda view, anchor, slot: shares[slot] | nothing[slot])
    view = scan("KEGOC will cut off the farm.", None, "2022-01-21")
    notice, _ = read_notice(view, draft(view, "cut", 0.9, CUT).anchor, "KEGOC")
    assert (notice.notified, notice.effective, notice.until) == expected
