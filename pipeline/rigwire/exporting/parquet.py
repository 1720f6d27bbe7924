"""Rows as Parquet, by pyarrow, an optional part: `pip install 'rigwire[parquet]'`."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rigwire.errors import UsageError
from rigwire.serialize import records

_GROUP = 50_000


def write_parquet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows with a type a column, in groups of 50,000; return how many. Raises `UsageError` without pyarrow.

    A column of whole numbers is int64, one with any other number double, one of bytes binary, all else text. The types
    are those of the first group; a later value that does not fit is a `UsageError`.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UsageError("Parquet needs pyarrow; `pip install 'rigwire[parquet]'`, or export csv or jsonl") from None
    names = list(next(records(columns, [columns])))
    found, count = iter(rows), 0
    first = list(islice(found, _GROUP))
    schema = pa.schema([(name, _type(pa, [row[n] for row in first])) for n, name in enumerate(names)])
    with pq.ParquetWriter(path, schema) as writer:
        group = first
        while group or not count:
            writer.write_table(_table(pa, schema, group))
            count += len(group)
            group = list(islice(found, _GROUP))
            if not group:
                break
    return count


def _table(pa: Any, schema: Any, rows: list[Sequence[Any]]) -> Any:
    try:
        arrays = [
            pa.array([_fit(pa, field.type, row[n]) for row in rows], field.type) for n, field in enumerate(schema)
        ]
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, ValueError) as error:
        raise UsageError(f"a column has values of several types: {error}; cast it in SQL") from None
    return pa.Table.from_arrays(arrays, schema=schema)


def _type(pa: Any, values: list[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return pa.int64()
    if kinds and kinds <= {int, float}:
        return pa.float64()
    return pa.binary() if kinds == {bytes} else pa.string()


def _fit(pa: Any, kind: Any, value: Any) -> Any:
    return str(value) if value is not None and kind == pa.string() else value
