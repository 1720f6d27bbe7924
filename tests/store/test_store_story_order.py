"""The stories don't depend on the order in which articles come, are revised or are removed."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_builders import event, machines, quantity
from story_builders import picture, tell

from rigwire.model import Event, Notice
from rigwire.store import catch_up, open_database

# Few values, so that most pairs have something in common and neighbourhoods get tangled.
FIRMS = (None, "Oster Mining", "Oster", "Wolfden Mining", "AEP Texas", "American Electric Power", "local farms")
PLACES = (None, "KZ", "KZ-55", "US-TX")
DATES = (None, "2024-05", "2024-05-10", "2024-05-12", "2024-05-12T09:00", "2024-05-12T21:00", "2024-06")
COUNTS = (250, 1250, 1300, 84)


@dataclass(frozen=True)
class Told:
    """An article: who tells it, on which day, with which events."""

    outlet: str
    day: str | None
    events: tuple[Event, ...]


@st.composite
def told_events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(["delivery", "order", "fleet", "power_notice"]))
    date = draw(st.sampled_from(DATES))
    values: dict[str, Any] = {
        "company": draw(st.sampled_from(FIRMS)),
        "jurisdiction": draw(st.sampled_from(PLACES)),
        "status": draw(st.sampled_from(["actual", "planned"])),
        "date": date,
        "quote": draw(st.sampled_from(["The machines came on Monday.", "Farms go dark.", "It was told on Monday."])),
        "confidence": draw(st.sampled_from([0.5, 0.9])),
    }
    if kind == "power_notice":
        values["notice"] = Notice(draw(st.sampled_from(["cut", "curtail"])), "Grid", None, None, date, None)
    figures = [machines(draw(st.sampled_from(COUNTS)))] if draw(st.booleans()) else []
    if draw(st.booleans()):
        figures.append(quantity("power", draw(st.sampled_from([84.0, 86.0])), "MW", "so much power"))
    return event(kind, *figures, **values)


ARTICLES = st.builds(
    Told,
    st.sampled_from(["wire", "lane", "post"]),
    st.sampled_from([None, "2024-05-11", "2024-05-12", "2024-05-13", "2024-05-20", "2024-06-12"]),
    st.lists(told_events(), min_size=1, max_size=3).map(tuple),
)


def pictures(articles: dict[int, Told], order: list[int], extra: list[Told]) -> list[Any]:
    """Save articles in an order, with others between that are removed or replaced; return what the stories say."""
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "a.db") as store:
        for step, number in enumerate(order):
            told = articles[number]
            if step < len(extra):
                other = extra[step]
                tell(store, other.outlet, 1000 + step, other.day, *other.events)
                tell(store, told.outlet, number, told.day, *other.events, text="An earlier version.")
            tell(store, told.outlet, number, told.day, *told.events, text="The last version.")
        store.db.execute("delete from articles where canonical_url glob '*/1[0-9][0-9][0-9]'")
        catch_up(store)
        return picture(store)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ARTICLES, min_size=2, max_size=7), st.data())
def test_stories_are_the_same_in_any_order(articles: list[Told], data: st.DataObject) -> None:
    numbered = dict(enumerate(articles))
    order = data.draw(st.permutations(list(numbered)))
    extra = data.draw(st.lists(ARTICLES, max_size=3))
    assert pictures(numbered, order, extra) == pictures(numbered, list(numbered), [])
