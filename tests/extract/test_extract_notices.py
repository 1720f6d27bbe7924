"""Which sentences make one power notice, and which one of their own."""

import numpy as np
import pytest

from rigwire.extract.events import Draft, join_notices
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


def test_what_a_later_sentence_says_of_the_same_notice_fills_its_slots() -> None:
    view = scan(TEXT.format(more=""), None, "2022-01-21")
    letters = Notice("cut", None, None, "2022-01-17", None, None)
    [one] = join_notices(view, [draft(view, "cut", 0.9, CUT), draft(view, "went", 0.6, letters)])
    assert one.notice == Notice("cut", "KEGOC", "miners", "2022-01-17", "2022-01-24", None)
