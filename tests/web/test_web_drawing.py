"""Maps and charts: shades, scales, and shapes that lie where the places are."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.knowledge import models_dir
from rigwire.web.atlas import SHADES, Atlas, Region, Shape, draw_map, read_atlas, shades
from rigwire.web.chart import HEIGHT, WIDTH, Point, Series, draw_chart, nice_top

VALUES = st.lists(st.floats(min_value=0.001, max_value=1e12), min_size=1, max_size=60)
SVG = "{http://www.w3.org/2000/svg}"


def regions(values: list[float]) -> list[Region]:
    return [Region(f"C{n}", f"Country {n}", value, f"/stories?place=C{n}") for n, value in enumerate(values)]


@given(VALUES)
def test_each_value_has_one_shade_and_a_larger_one_no_fainter(values: list[float]) -> None:
    scale = shades(regions(values))
    assert 1 <= len(scale) <= SHADES
    assert scale[-1].number == SHADES
    found = [[shade.number for shade in scale if shade.low <= value <= shade.high] for value in sorted(values)]
    assert all(len(numbers) == 1 for numbers in found)
    assert found == sorted(found)


def test_a_map_links_places_with_a_value_alone() -> None:
    square = "M0 0l10 0 0 10-10 0z"
    atlas = Atlas(100, 50, (Shape("AA", "A <&> land", square), Shape(None, "Nobody's", square)), (Shape("BB", "Dot"),))
    drawn = ElementTree.fromstring(draw_map(atlas, [Region("AA", "A", 1234.5, "/x?a=1&b=2")], ("machine", "machines")))
    [link] = drawn.findall("a")
    assert link.attrib == {"href": "/x?a=1&b=2", "aria-label": "A <&> land: 1,234.5 machines", "data-code": "AA"}
    assert [child.tag for child in drawn] == ["a", "path"]


@pytest.mark.parametrize(("value", "told"), [(1, "1 notice"), (2, "2 notices"), (0.5, "0.5 notices")])
def test_one_is_named_in_the_singular(value: float, told: str) -> None:
    atlas = Atlas(100, 50, (Shape("AA", "Aland", "M0 0l10 0 0 10-10 0z"),), ())
    drawn = ElementTree.fromstring(draw_map(atlas, [Region("AA", "A", value, "/")], ("notice", "notices")))
    assert [link.get("aria-label") for link in drawn.findall("a")] == [f"Aland: {told}"]


@pytest.mark.parametrize(("name", "least"), [("world", 160), ("us", 51)])
def test_a_map_of_the_project_has_iso_codes_and_shapes_about_its_frame(name: str, least: int) -> None:
    atlas = read_atlas(json.loads((models_dir() / "maps" / f"{name}.json").read_text(encoding="utf-8")))
    codes = [shape.code for shape in (*atlas.shapes, *atlas.dots) if shape.code]
    known = {country.alpha_2 for country in pycountry.countries} | {place.code for place in pycountry.subdivisions}
    assert len(codes) == len(set(codes)) >= least
    assert set(codes) <= known
    for shape in atlas.shapes:
        for x, y in corners(shape.path):
            assert -60 <= x <= atlas.width + 60
            assert -60 <= y <= atlas.height + 60


@pytest.mark.parametrize(
    ("name", "west", "east", "north", "south"),
    [("world", "US", "KZ", "CA", "BR"), ("world", "PY", "OM", "RU", "AU"), ("us", "US-WA", "US-NY", "US-ND", "US-TX")],
)
def test_shapes_lie_where_the_places_are(name: str, west: str, east: str, north: str, south: str) -> None:
    atlas = read_atlas(json.loads((models_dir() / "maps" / f"{name}.json").read_text(encoding="utf-8")))
    middle = {shape.code: _middle(shape.path) for shape in atlas.shapes}
    assert middle[west][0] < middle[east][0]
    assert middle[north][1] < middle[south][1]


def corners(path: str) -> list[tuple[int, int]]:
    """Return the points of an SVG path of `M x y l dx dy … z` rings."""
    points = []
    for ring in filter(None, path.split("z")):
        first, _, rest = ring[1:].partition("l")
        x, y = map(int, re.findall(r"-?\d+", first))
        points.append((x, y))
        steps = list(map(int, re.findall(r"-?\d+", rest)))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
    return points


def _middle(path: str) -> tuple[float, float]:
    points = corners(path)
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


@given(st.floats(min_value=1e-6, max_value=1e15))
def test_a_scale_reaches_the_largest_value_and_wastes_less_than_its_upper_half(most: float) -> None:
    top = nice_top(most)
    assert most <= top * (1 + 1e-6)
    assert top < most * 2.6


@given(st.lists(st.tuples(st.integers(0, 4000), st.floats(0, 1e9), st.booleans()), max_size=30))
def test_every_point_of_a_chart_lies_in_its_frame(points: list[tuple[int, float, bool]]) -> None:
    first = date(2016, 1, 1)
    series = Series("A <b>", tuple(Point(first + timedelta(d), v, t, "x & y", "/s?a&b") for d, v, t in points))
    drawn = draw_chart([series], "PH/s")
    assert bool(drawn) is bool(points)
    if not points:
        return
    chart = ElementTree.fromstring(drawn)
    marks = [mark.attrib["transform"] for mark in chart.iter("path")]
    assert len(marks) == len(points)
    for mark in marks:
        x, y = map(float, re.findall(r"[\d.]+", mark))
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_a_larger_value_stands_higher_and_a_later_day_further_right() -> None:
    points = tuple(Point(date(2025, month, 1), value, False, "", "/") for month, value in ((1, 5.0), (7, 8.0)))
    chart = ElementTree.fromstring(draw_chart([Series("A", points)], "MW"))
    (x1, y1), (x2, y2) = (
        tuple(map(float, pair.split(","))) for pair in chart.find("polyline").attrib["points"].split()
    )  # type: ignore[union-attr]
    assert x1 < x2
    assert y1 > y2
