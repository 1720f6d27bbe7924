"""Build `models/maps/world.json` and `us.json`, the shapes that the web page draws.

Usage: npm pack world-atlas@2.0.2 us-atlas@3.0.1
       python models/build_maps.py world-atlas-2.0.2.tgz us-atlas-3.0.1.tgz

world-atlas is Natural Earth, us-atlas the US Census Bureau's states, both public domain, as TopoJSON. A map has `width`
and `height` in its own units, `shapes` (ISO 3166 code or null, name, SVG path) and `dots` (code, name, x, y) for the
countries too small to be drawn. Borders are those of Natural Earth: who holds a place, not who claims it.
"""

import argparse
import json
import math
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

from rigwire.knowledge import models_dir

Point = tuple[float, float]
Ring = list[Point]

WORLD_WIDTH = 2000
NORTH, SOUTH = 84.0, -56.0  # degrees; beyond them nobody mines
LEFT_OUT = "010"  # Antarctica
SMALLEST = 40.0  # square units; a country with less of the map is a dot


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description="Build the shapes of the maps.")
    parser.add_argument("world", type=Path)
    parser.add_argument("us", type=Path)
    arguments = parser.parse_args()
    folder = models_dir() / "maps"
    folder.mkdir(exist_ok=True)
    write(folder / "world.json", world_map(arguments.world))
    write(folder / "us.json", us_map(arguments.us))


def world_map(package: Path) -> dict[str, Any]:
    """Return the countries of the coarse file as shapes, and those of the finer one that it lacks as dots."""
    coarse, fine = (read(package, f"countries-{scale}.json")["countries"] for scale in ("110m", "50m"))
    top, left = equal_earth((0.0, NORTH))[1], equal_earth((-180.0, 0.0))[0]
    scale = WORLD_WIDTH / (2 * -left)

    def place(point: Point) -> Point:
        x, y = equal_earth(point)
        return (x - left) * scale, (top - y) * scale

    shapes, drawn = [], set()
    for number, name, rings in coarse:
        code = country_code(number)
        projected = [[place(point) for point in part] for ring in rings for part in cut_at_date_line(ring)]
        if number != LEFT_OUT and (code is None or max(map(area, projected)) >= SMALLEST):
            shapes.append({"code": code, "name": country_name(code) or name, "path": path(projected)})
            drawn.add(code)
    dots = [
        {
            "code": code,
            "name": country_name(code),
            **middle([[place(p) for p in part] for ring in rings for part in cut_at_date_line(ring)]),
        }
        for number, _, rings in fine
        if (code := country_code(number)) and code not in drawn and number != LEFT_OUT
    ]
    height = round((top - equal_earth((0.0, SOUTH))[1]) * scale)
    return {"origin": "world-atlas 2.0.2 (Natural Earth)", "width": WORLD_WIDTH, "height": height,
            "shapes": shapes, "dots": dots}  # fmt: skip


def us_map(package: Path) -> dict[str, Any]:
    """Return the states, which the package has already laid flat."""
    codes = {state.name: state.code for state in pycountry.subdivisions.get(country_code="US")}
    shapes = [
        {"code": codes[name], "name": name, "path": path(rings)}
        for _, name, rings in read(package, "states-albers-10m.json")["states"]
        if name in codes
    ]
    return {"origin": "us-atlas 3.0.1 (US Census Bureau)", "width": 975, "height": 610, "shapes": shapes, "dots": []}


def read(package: Path, file: str) -> dict[str, list[tuple[str | None, str, list[Ring]]]]:
    """Return the objects of a TopoJSON file: of each geometry its id, its name and its rings."""
    with tarfile.open(package) as archive:
        topology = json.load(archive.extractfile(f"package/{file}"))  # type: ignore[arg-type]
    arcs = [list(positions(arc, topology["transform"])) for arc in topology["arcs"]]
    return {
        name: [
            (geometry.get("id"), geometry.get("properties", {}).get("name", ""), list(rings_of(geometry, arcs)))
            for geometry in group["geometries"]
        ]
        for name, group in topology["objects"].items()
    }


def positions(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """Yield the points of an arc, which is stored as differences of whole numbers."""
    x = y = 0
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * wide + left, y * high + low


def rings_of(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """Yield the rings of a (multi)polygon; `~n` is the n-th arc backwards."""
    polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"]) or []
    for ring in (ring for polygon in polygons for ring in polygon):
        points: Ring = []
        for number in ring:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        yield points


def cut_at_date_line(ring: Ring) -> Iterator[Ring]:
    """Yield the parts of a ring of longitudes and latitudes on either side of the 180th meridian."""
    unrolled, turn = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        turn += 360 * ((x - before < -180) - (x - before > 180))
        unrolled.append((x + turn, y))
    for shift in (-360, 0, 360):
        part = unrolled
        for edge, side in ((-180, 1), (180, -1)):
            part = half_plane(part, edge + shift, side)
        if part:
            yield [(x - shift, y) for x, y in part]


def half_plane(ring: Ring, edge: float, side: int) -> Ring:
    """Return the part of a ring east (`side` 1) or west (-1) of a meridian (Sutherland and Hodgman 1974)."""
    kept: Ring = []
    for (x, y), (u, v) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        is_inside, follows = (x - edge) * side >= 0, (u - edge) * side >= 0
        if is_inside:
            kept.append((x, y))
        if is_inside != follows:
            kept.append((edge, y + (v - y) * (edge - x) / (u - x)))
    return kept


def equal_earth(point: Point) -> Point:
    """Return a longitude and latitude in degrees on the Equal Earth map (Šavrič, Patterson, Jenny 2018, eq. 9)."""
    longitude, latitude = map(math.radians, point)
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    theta = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * longitude * math.cos(theta) / (3 * slope)
    return x, a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta


def path(rings: list[Ring]) -> str:
    """Return an SVG path of whole numbers; rings that shrink to less than a triangle are left out."""
    return "".join(filter(None, map(ring_path, rings)))


def ring_path(ring: Ring) -> str:
    """Return one closed ring, each point as its distance from the one before."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        if (point := (round(x), round(y))) not in points[-1:]:
            points.append(point)
    if points and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = [f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}l{' '.join(steps).replace(' -', '-')}z"


def area(ring: Ring) -> float:
    """Return the area that a ring encloses."""
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def middle(rings: list[Ring]) -> dict[str, int]:
    """Return the middle of the largest ring's box."""
    xs, ys = zip(*max(rings, key=area), strict=True)
    return {"x": round((min(xs) + max(xs)) / 2), "y": round((min(ys) + max(ys)) / 2)}


def country_code(number: str | None) -> str | None:
    """Return the ISO 3166 code of a numeric one."""
    country = pycountry.countries.get(numeric=number) if number else None
    return country.alpha_2 if country else None


def country_name(code: str | None) -> str | None:
    """Return the usual English name of a country."""
    country = pycountry.countries.get(alpha_2=code) if code else None
    return getattr(country, "common_name", country.name) if country else None


def write(file: Path, content: dict[str, Any]) -> None:
    """Write a map with one shape a line, so that a change can be read."""
    lists = ("shapes", "dots")
    head = json.dumps({key: value for key, value in content.items() if key not in lists}, ensure_ascii=False)[1:-1]
    parts = [
        f'"{key}": [\n' + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in content[key]) + "\n]"
        for key in lists
    ]
    file.write_text(f"{{{head},\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
