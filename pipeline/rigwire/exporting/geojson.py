"""Rows with a jurisdiction as GeoJSON points (RFC 7946)."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from rigwire.errors import UsageError
from rigwire.knowledge import read_table
from rigwire.serialize import records

_COLUMN = "jurisdiction"
_POINT_OF = "point_of"


def feature_collection(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Return a FeatureCollection: a feature a row, at the point of its jurisdiction; its columns are the properties.

    The points are those of `models/jurisdiction_points.csv`. A subdivision without one is shown at its country's; the
    property `point_of` says whose point it is. Without a jurisdiction, or a point of either, both are null. Raises
    `UsageError` where the rows have no column `jurisdiction`.
    """
    if _COLUMN not in columns:
        raise UsageError(f"GeoJSON needs a column {_COLUMN} with an ISO 3166 code; the rows have {', '.join(columns)}")
    return {"type": "FeatureCollection", "features": [_feature(row) for row in records(columns, rows)]}


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    code = row[_COLUMN] or ""
    known = next((place for place in (code, code.partition("-")[0]) if place in _points()), None)
    point = {"type": "Point", "coordinates": list(_points()[known])} if known else None
    return {"type": "Feature", "geometry": point, "properties": row | {_POINT_OF: known}}


@cache
def _points() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude by code."""
    rows = read_table("jurisdiction_points.csv")
    return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}
