"""Rows of a query as files for other programs: GeoJSON, Atom, Parquet. Each takes rows and gives text or bytes."""
