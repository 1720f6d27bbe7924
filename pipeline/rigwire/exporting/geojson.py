"""Rows with a jurisdiction as GeoJSON points (RFC 7946)."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from rigwire.errors import UsageError
from rigwire.knowledge import read_table
from rigwire.serialize import records

_COLUMN = "jurisdiction"


def feature_collection(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Return a FeatureCollection: a feature a row, at the point of its jurisdiction; its columns are the properties.

    A row without a jurisdiction, or of one without a point (`models/jurisdiction_points.csv`), has a null geometry.
    Raises `UsageError` where there is no such column.
    """
    if _COLUMN not in columns:
        raise UsageError(f"GeoJSON needs a column {_COLUMN} with an ISO 3166 code; the rows have {', '.join(columns)}")
    features = [
        {"type": "Feature", "geometry": _geometry(row[_COLUMN]), "properties": row} for row in records(columns, rows)
    ]
    return {"type": "FeatureCollection", "features": features}


def _geometry(code: str | None) -> dict[str, Any] | None:
    found = _points().get(code or "") or _points().get((code or "").partition("-")[0])
    return {"type": "Point", "coordinates": list(found)} if found else None


@cache
def _points() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude by code."""
    rows = read_table("jurisdiction_points.csv")
    return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}
