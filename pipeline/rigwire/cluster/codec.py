"""Frozen dataclasses as JSON and back: how articles and extractions travel, without code in the data."""

import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> str:
    """Return a dataclass as JSON."""
    return json.dumps(asdict(value), ensure_ascii=False)


def decode(kind: type[T], text: str) -> T:
    """Return the dataclass `kind` of its JSON. Raises ValueError, KeyError or TypeError for what is none."""
    decoded: T = _built(kind, json.loads(text))
    return decoded


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: Any, data: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        return kind(**{name: _built(inner, data[name]) for name, inner in _fields(kind).items()})
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        rest = next(member for member in inside if member is not NoneType)
        return None if data is None else _built(rest, data)
    if origin is tuple:
        return tuple(_built(inside[0], member) for member in data)
    if not isinstance(data, (Mapping, str, int, float, NoneType)):
        raise TypeError(f"{data!r} is no {kind}")
    return data
