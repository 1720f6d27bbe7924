"""A chart of values over time as SVG: a line and a mark of its own for each company, targets hollow."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from rigwire.page import escape, tag
from rigwire.web.words import number

WIDTH, HEIGHT = 900, 340
LEFT, RIGHT, TOP, BOTTOM = 84, 30, 14, 34
MOST_SERIES = 6
_STEPS = (1, 2, 2.5, 5, 10)
# Each series has a shape of its own, so that colour is not needed to tell them apart.
_MARKS = ("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-5-5h10v10h-10z", "M0-6l6 10h-12z", "M0-7l6 7-6 7-6-7z",
          "M0 6l6-10h-12z", "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, what it says in words, and where it stands."""

    day: date
    value: float
    is_target: bool
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one company in the order of their days."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int
    top: float

    def x(self, day: int) -> float:
        share = (day - self.first) / (self.last - self.first)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, value: float) -> float:
        return round(HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM), 1)


def draw_chart(series: Sequence[Series], unit: str) -> Markup:
    """Return the chart of at most `MOST_SERIES` series as SVG, '' where there is no point. Values start at 0."""
    shown = [one for one in series[:MOST_SERIES] if one.points]
    points = [point for one in shown for point in one.points]
    if not points:
        return Markup("")
    days = [point.day.toordinal() for point in points]
    first, last = max(min(days) - 10, 1), min(max(days) + 10, date.max.toordinal())
    scale = _Scale(first, last, nice_top(max(point.value for point in points)))
    drawn = "".join(_grid(scale, unit))
    drawn += "".join(_series(one, place, scale) for place, one in enumerate(shown))
    return Markup(tag("svg", drawn, class_="chart", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="group"))


def draw_mark(place: int) -> Markup:
    """Return the mark of the n-th series for a legend."""
    path = tag("path", "", d=_MARKS[place], class_=f"point series{place + 1}")
    return Markup(tag("svg", path, class_="key", viewBox="-8 -8 16 16", aria_hidden="true"))


def nice_top(most: float) -> float:
    """Return the end of a scale: four equal round steps that reach the largest value."""
    if most < 1e-9:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(most / 4))
    return 4 * unit * next(step for step in _STEPS if most <= 4 * step * unit * (1 + 1e-9))


def _grid(scale: _Scale, unit: str) -> Iterator[str]:
    shown_unit, share = ("EH/s", 1000) if unit == "PH/s" and scale.top >= 1000 else (unit, 1)
    for quarter in range(5):
        value = scale.top * quarter / 4
        y = str(scale.y(value))
        yield tag("line", "", x1=str(LEFT), x2=str(WIDTH - RIGHT), y1=y, y2=y, class_="grid")
        label = f"{number(value / share)}{f' {shown_unit}' if quarter == 4 else ''}"
        yield tag("text", escape(label), x=str(LEFT - 8), y=y, class_="tick value", dy=".35em")
    for day, label in _ticks(scale):
        x = str(scale.x(day))
        yield tag("line", "", x1=x, x2=x, y1=str(TOP), y2=str(HEIGHT - BOTTOM), class_="grid")
        yield tag("text", label, x=x, y=str(HEIGHT - BOTTOM + 20), class_="tick day")


def _ticks(scale: _Scale) -> Iterator[tuple[int, str]]:
    """Yield the first days of years, quarters or months, whichever are few enough to be read."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in (1, 3, 6, 12, 24, 60, 120, 600) if months / step <= 8 or step == 600)
    for month in range(first.year * 12, last.year * 12 + 12, step):
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            yield day.toordinal(), day.strftime("%Y" if step >= 12 else "%Y-%m")


def _series(series: Series, place: int, scale: _Scale) -> str:
    class_ = f"series{place + 1}"
    levels = [point for point in series.points if not point.is_target]
    line = " ".join(f"{scale.x(point.day.toordinal())},{scale.y(point.value)}" for point in levels)
    drawn = tag("polyline", "", points=line, class_=f"line {class_}") if len(levels) > 1 else ""
    for point in series.points:
        label = f"{series.name}, {point.day.isoformat()}: {point.label}"
        where = f"translate({scale.x(point.day.toordinal())} {scale.y(point.value)})"
        mark = tag("title", escape(label)) + tag("path", "", d=_MARKS[place], transform=where)
        kind = "target" if point.is_target else "level"
        drawn += tag("a", tag("g", mark, class_=f"point {class_} {kind}"), href=point.href, aria_label=label)
    return drawn
