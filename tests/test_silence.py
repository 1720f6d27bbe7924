"""A source that brings nothing new for longer than is its habit is told, one that is as slow as ever is not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import Project
from rigwire.run.job import run
from rigwire.run.report import RunReport
from rigwire.run.silence import find_silence

START = datetime(2025, 1, 1, tzinfo=UTC)


def silent_after(gaps: list[float], quiet: float) -> bool:
    """Whether a source is silent whose items lie so many days apart, so many days after the last of them."""
    moments = [START]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(days=gap))
    return find_silence(moments, moments[-1], moments[-1] + timedelta(days=quiet)) is not None


@pytest.mark.parametrize(
    ("gaps", "quiet", "is_silent"),
    [
        ([0.2] * 40, 2.9, False),
        ([0.2] * 40, 3.1, True),
        ([1, 1, 4, 1, 1], 5.9, False),
        ([1, 1, 4, 1, 1], 6.1, True),
        ([30] * 5, 44, False),
        ([30] * 5, 46, True),
        ([60] + [1] * 30, 4, True),
        ([1, 1, 1], 400, False),
        ([], 400, False),
    ],
)
def test_silence_by_habit(gaps: list[float], quiet: float, is_silent: bool) -> None:
    assert silent_after(gaps, quiet) is is_silent


@settings(deadline=None)
@given(st.lists(st.floats(0.01, 90), min_size=4, max_size=60), st.floats(0, 400), st.floats(0, 400))
def test_what_is_silent_stays_so_until_something_comes(gaps: list[float], quiet: float, more: float) -> None:
    assert silent_after(gaps, quiet + more) >= silent_after(gaps, quiet)


def test_a_silent_source_is_named_in_the_closing_line_and_the_list(stored: Project) -> None:
    def later(days: int) -> RunReport:
        return run(stored.settings, clock=lambda: datetime.now(UTC) + timedelta(days=days))

    assert later(2).silent == {}
    report = later(400)
    assert set(report.silent) == {"gridpost", "hashwire", "ledgerlane", "minepress"}
    assert report.exit_code == 0
    assert "silent: gridpost (400 days, before " in report.closing_line()
    printed = stored.rigwire("sources", "list", "--format", "csv").stdout
    assert printed.count("400 days, before ") == 4
    feed = stored.pages / "feeds" / "gridpost.atom"
    text = feed.read_text(encoding="utf-8")
    feed.write_text(text.replace("2025-09-09:morrow", "2025-09-10:morrow").replace("/news/morrow", "/news/new-morrow"))
    assert set(later(402).silent) == {"hashwire", "ledgerlane", "minepress"}
