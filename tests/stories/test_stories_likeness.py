"""Reports as plain data: what agrees, and properties that the stories rest on."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigwire.model import Notice
from rigwire.stories import Figure, Party, Period, Report, neighbourhoods, partition, scope_of, tell
from rigwire.stories.figures import agree, digits
from rigwire.stories.likeness import likeness
from rigwire.stories.periods import agree as dates_agree

JUNE, JULY = (date(2021, 6, 1), date(2021, 6, 30)), (date(2021, 7, 1), date(2021, 7, 31))


def on(value: str, words: str = "") -> Period:
    """A day, a month of 2021, or a minute."""
    if len(value) == 7:
        return Period(value, *(JUNE if value.endswith("06") else JULY), words)
    day = date.fromisoformat(value[:10])
    return Period(value, day, day, words)


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        (on("2021-06-27"), on("2021-06"), True),
        (on("2021-06-27"), on("2021-06-28"), False),
        (on("2021-06-19T09:00"), on("2021-06-19"), True),
        (on("2021-06-19T09:00"), on("2021-06-19T21:00"), False),
        (on("2021-07-01", "before 1 July"), on("2021-06-27"), True),
        (on("2021-07-01", "before 1 July"), on("2021-07-02"), False),
        (on("2021-07-01", "before 1 July"), on("2021-07", "by the end of July"), False),
        (on("2021-07-01", "before 1 July"), on("2021-07", "end of July"), False),
        (on("2021-07", "early July"), on("2021-07", "late July"), False),
        (on("2021-07", "early July"), on("2021-07-03"), True),
        (on("2021-06-19", "since 19 June"), on("2021-07-02"), True),
        (on("2021-06-19", "since 19 June"), on("2021-06-02"), False),
        (Period("--06-19", None, None), on("2021-06-19"), True),
        (Period("--06-19", None, None), on("2021-06-20"), False),
    ],
)
def test_dates(one: Period, other: Period, right: bool) -> None:
    assert dates_agree(one, other) is right
    assert dates_agree(other, one) is right


def machines(value: float, qualifier: str = "exact", scope: str | None = None, **more: float) -> Figure:
    """A count of machines."""
    return Figure(1, "machines", value, "machines", qualifier=qualifier, scope=scope, **more)


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        (machines(2600), machines(2600), True),
        (machines(2600), machines(2612), True),
        (machines(2600), machines(2700), False),
        (machines(2000), machines(2300), False),
        (machines(5), machines(6), False),
        (machines(2500, "about"), machines(2600), True),
        (machines(2500, "at_least"), machines(2600), True),
        (machines(2500, "at_least"), machines(2400), False),
        (machines(2500, "at_most"), machines(2400), True),
        (machines(2500, "range", low=2400, high=2600), machines(2599), True),
        (machines(2600, scope="total"), machines(2600, scope="more"), False),
        (machines(2600, scope="total"), machines(2600), True),
    ],
)
def test_figures(one: Figure, other: Figure, right: bool) -> None:
    assert agree(one, other) is right
    assert agree(other, one) is right


@pytest.mark.parametrize(
    ("before", "words", "after", "scope"),
    [
        ("It will ship another ", "2,600 machines", " in July", "more"),
        ("It will have ", "2,600 machines", " in all", "total"),
        ("A total of ", "2,600 machines", " came", "total"),
        ("It has ", "2,600 more machines", ".", "more"),
        ("It has ", "more than 2,600 machines", ".", None),
        ("It has more than ", "2,600 machines", ".", None),
        ("It has ", "2,600 machines", " in Texas", None),
    ],
)
def test_in_all_or_more(before: str, words: str, after: str, scope: str | None) -> None:
    assert scope_of(before, words, after) == scope


@pytest.mark.parametrize(("value", "known"), [(2600, 2), (18.2, 3), (0.05, 1), (1e8, 1), (84, 2)])
def test_digits(value: float, known: int) -> None:
    assert digits(value) == known


FIRMS = st.sampled_from(
    [
        None,
        Party("Oster", True),
        Party("Oster Mining", True),
        Party("Wolfden", True),
        Party("AEP Texas", True, ("American Electric Power",)),
        Party("American Electric Power", True),
        Party("local farms", False),
    ]
)
DATES = st.sampled_from([None, on("2021-06"), on("2021-06-19T09:00"), on("2021-06-19T21:00"), on("2021-06-20")])
FIGURES = st.builds(
    Figure,
    st.just(1),
    st.sampled_from(["machines", "power"]),
    st.sampled_from([84.0, 86.0, 1250.0, 1300.0]),
    st.just("pieces"),
    qualifier=st.sampled_from(["exact", "about", "at_least"]),
    scope=st.sampled_from([None, "total", "more"]),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    kind = draw(st.sampled_from(["delivery", "fleet", "power_notice", "shutdown", "order"]))
    when = draw(DATES)
    notice = Notice("cut", draw(st.sampled_from([None, "Grid", "the Grid Company"])), None, None, None, None)
    return Report(
        key=(draw(st.sampled_from("abcdef")), draw(st.sampled_from(["e1", "e2"]))),
        anchor="", outlet=draw(st.sampled_from(["wire", "lane", "post"])), copies=draw(st.sampled_from("xyz")),
        published=draw(st.sampled_from([None, date(2021, 6, 20), date(2021, 6, 21), date(2021, 7, 20)])),
        type=kind, status=draw(st.sampled_from(["actual", "planned", "cancelled"])),
        company=draw(FIRMS), counterparty=draw(FIRMS),
        jurisdiction=draw(st.sampled_from([None, "KZ", "KZ-55", "US-TX"])), site=None,
        dates={"date": when} if when else {},
        figures=tuple(draw(st.lists(FIGURES, max_size=2))),
        notice=notice if kind == "power_notice" else None,
        confidence=0.5, quote="", words=draw(st.frozensets(st.sampled_from(["rigs", "farm", "cut"]))),
    )  # fmt: skip


@settings(deadline=None)
@given(reports(), reports())
def test_likeness_is_symmetrical(one: Report, other: Report) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))


@settings(deadline=None)
@given(st.lists(reports(), max_size=12, unique_by=lambda report: report.key), st.randoms())
def test_every_report_is_in_one_story_whatever_the_order(given_: list[Report], random: object) -> None:
    def told(some: list[Report]) -> list[object]:
        groups = [story for near in neighbourhoods(some, {}) for story in partition(near, {})]
        assert sorted(report.key for group in groups for report in group) == sorted(report.key for report in some)
        return [tell(group) for group in groups]

    shuffled = list(given_)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert told(shuffled) == told(given_)


@settings(deadline=None)
@given(st.lists(reports(), min_size=1, max_size=6, unique_by=lambda report: report.key))
def test_the_best_values_agree_with_themselves_and_are_somebodys(given_: list[Report]) -> None:
    story = tell(given_)
    for slot, choice in story.choices.items():
        stated = {statement.value for statement, _ in story.statements if statement.slot == slot}
        assert choice.best.value in stated
        assert 1 <= choice.sources <= story.sources <= len({report.article for report in given_})
    for conflict in story.conflicts:
        stated = {statement.value for statement, _ in story.statements if statement.slot == conflict.slot}
        assert {conflict.value, conflict.other} <= stated
        assert conflict.value != conflict.other
