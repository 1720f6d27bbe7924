"""A map as SVG: shapes that lead to what happened there, the darker the more of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from rigwire.page import escape, tag
from rigwire.web.words import number

SHADES = 5


@dataclass(frozen=True, slots=True)
class Region:
    """A place with its value, and where a click on it leads."""

    code: str
    name: str
    value: float
    href: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of a place as an SVG path; of a place too small for one, the point `x`, `y`."""

    code: str | None
    name: str
    path: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Atlas:
    """The shapes of a map in its own units."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    dots: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """One colour of a map, 1 the faintest, and the smallest and largest value that have it."""

    number: int
    low: float
    high: float


def read_atlas(content: Mapping[str, Any]) -> Atlas:
    """Return the map of a file that `models/build_maps.py` wrote."""
    shapes = tuple(Shape(**entry) for entry in content["shapes"])
    return Atlas(content["width"], content["height"], shapes, tuple(Shape(**entry) for entry in content["dots"]))


def shades(regions: Iterable[Region]) -> list[Shade]:
    """Return the shades of a map, so that each has about as many places; equal values have the same one."""
    values = sorted(region.value for region in regions)
    groups: list[list[float]] = []
    for place, value in enumerate(values):
        is_due = place >= len(values) * len(groups) / SHADES
        if not groups or (is_due and len(groups) < SHADES and value != groups[-1][-1]):
            groups.append([])
        groups[-1].append(value)
    first = SHADES - len(groups) + 1 if len(groups) < SHADES else 1
    return [Shade(first + n, group[0], group[-1]) for n, group in enumerate(groups)]


def draw_map(atlas: Atlas, regions: Sequence[Region], nouns: tuple[str, str]) -> Markup:
    """Return a map as SVG. A place with a value is a link that says what it stands for; the others are plain.

    `nouns` name what is counted, one and several.
    """
    by_code = {region.code: region for region in regions}
    scale = shades(regions)
    drawn = "".join(_shape(shape, by_code.get(shape.code or ""), scale, nouns) for shape in atlas.shapes)
    drawn += "".join(
        _shape(dot, by_code[dot.code], scale, nouns) for dot in atlas.dots if dot.code and dot.code in by_code
    )
    return Markup(tag("svg", drawn, class_="map", viewBox=f"0 0 {atlas.width} {atlas.height}", role="group"))


def _shape(shape: Shape, region: Region | None, scale: Sequence[Shade], nouns: tuple[str, str]) -> str:
    if region is None:
        return tag("path", tag("title", escape(shape.name)), d=shape.path, class_="land")
    shade = next(shade.number for shade in scale if shade.low <= region.value <= shade.high)
    label = f"{shape.name}: {number(region.value)} {nouns[region.value != 1]}"
    title, class_ = tag("title", escape(label)), f"land shade{shade}"
    drawn = (
        tag("path", title, d=shape.path, class_=class_)
        if shape.path
        else tag("circle", title, cx=str(shape.x), cy=str(shape.y), r="9", class_=class_)
    )
    return tag("a", drawn, href=region.href, aria_label=label, data_code=region.code)
